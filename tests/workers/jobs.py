"""Jobs for the workers in the tests."""

import os
import signal
import time


def double(number):
    return 2 * number


def process_id():
    return os.getpid()


def say(text):
    raise LookupError(text)


class Unpicklable(Exception):
    def __init__(self, one, two):
        super().__init__(one)


def say_unpicklable():
    raise Unpicklable("a", "b")


def function():
    return lambda: None


def die(sign=signal.SIGKILL):
    os.kill(os.getpid(), sign)


def leave(code):
    os._exit(code)


def stop():
    os.kill(os.getpid(), signal.SIGSTOP)


def sleep(seconds):
    time.sleep(seconds)
    return seconds


def count_running(folder):
    """Return the number of jobs that run at this moment: each has a file in *folder*."""
    own = folder / str(os.getpid())
    own.touch(exist_ok=False)
    time.sleep(0.1)
    running = len(list(folder.iterdir()))
    own.unlink()
    return running


def hoard():
    kept = []
    while True:
        kept.append(b"x" * 10_000_000)


def grow(megabytes):
    return b"x" * (megabytes * 1_000_000)


class Owner:
    """Tells how often it was pickled."""

    pickled = 0

    def __init__(self, name):
        self.name = name

    def __getstate__(self):
        type(self).pickled += 1
        return self.__dict__

    def greet(self, whom):
        return f"{self.name} greets {whom} in {os.getpid()}"
