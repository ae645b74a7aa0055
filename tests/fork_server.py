"""Processes that need not start Python and import Scrapy and newsclean again.

A crawl of a few pages takes ten times longer to start than to run. Here one process imports
everything once and forks each crawl from itself. `Process` and `run` look like those of
`subprocess`. What they start is a process like any other: it has a folder, an environment,
arguments, signals, limits and an exit code of its own, and it can be killed.
"""

import atexit
import faulthandler
import importlib
import json
import os
import pkgutil
import re
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
# What a crawl imports late and no setting names.
IMPORTED_LATE = """
    scrapy.cmdline scrapy.core.downloader.tls sqlalchemy.dialects.sqlite
    twisted.internet.ssl twisted.logger uvloop
""".split()
STACKS = signal.SIGUSR1  # has a process write what its threads do to standard error
COMPONENT = re.compile(r"[a-z_0-9]+(?:\.\w+)+\.[A-Z]\w+")


def run(arguments, *, cwd, env, stdin=None, timeout=None, file_limit=None):
    """Run ``python -m …`` to its end, as `subprocess.run` does; return a CompletedProcess."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(stdin or b"")
        given.seek(0)
        process = Process(
            arguments, cwd=cwd, env=env, stdin=given, stdout=out, stderr=err, file_limit=file_limit
        )
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(process.args, code, out.read(), err.read())


class Process:
    """``python -m …`` in a session of its own. *file_limit* is the largest file in bytes."""

    def __init__(
        self, arguments, *, cwd, env=os.environ, stdin=None, stdout=None, stderr, file_limit=None
    ):
        self.args = [str(argument) for argument in arguments]
        self.returncode = None
        started = {
            "arguments": self.args,
            "cwd": str(cwd),
            "env": {name: str(value) for name, value in env.items()},
            "file_limit": file_limit,
        }
        with open(os.devnull, "r+b") as nothing:
            files = [file or nothing for file in (stdin, stdout, stderr)]
            self._status = _server().start(started, [file.fileno() for file in files])
        self.pid = int(self._status.readline())

    def poll(self):
        """Return the exit code, None while the process runs."""
        return self.returncode if self._ended(0) else None

    def wait(self, timeout=None):
        """Return the exit code; raise TimeoutExpired after *timeout* seconds."""
        if not self._ended(timeout):
            raise subprocess.TimeoutExpired(self.args, timeout)
        return self.returncode

    def send_signal(self, sign):
        if self.poll() is None:
            os.kill(self.pid, sign)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def _ended(self, timeout):
        if self.returncode is None and select.select([self._status], [], [], timeout)[0]:
            self.returncode = int(self._status.readline())
            self._status.close()
        return self.returncode is not None


class Client:
    """The server as the tests see it; it ends when they do."""

    def __init__(self):
        self.control, others = socket.socketpair()
        with others:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.fork_server"],
                cwd=ROOT,
                env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
                stdin=others,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the tests
            )
        atexit.register(self.stop)

    def start(self, started, files):
        """Fork a process; return the file of its process number and later its exit code."""
        ours, childs = socket.socketpair()
        message = json.dumps(started).encode()
        with childs, ours:
            head = len(message).to_bytes(8, "big")
            socket.send_fds(self.control, [head], [childs.fileno(), *files])
            self.control.sendall(message)
            return ours.makefile("rb", buffering=0)

    def stop(self):
        self.control.close()
        self.process.wait()


_client = None


def _server():
    global _client  # noqa: PLW0603 - one in each process of pytest-xdist
    if _client is None:
        _client = Client()
    return _client


def serve(control):
    """Fork whenever it is asked for; return what a child shall do, in the child, and None when
    the tests have ended."""
    statuses = {}  # process number → where its exit code is awaited
    woken, wake = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    before = signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    while True:
        ready, _, _ = select.select([control, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            reap(statuses)
        if control not in ready:
            continue
        head, fds, _, _ = socket.recv_fds(control, 8, 4)
        if not head:
            for child in statuses:
                os.kill(child, signal.SIGKILL)
            return None
        message = control.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL)
        child = os.fork()
        if not child:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, before)
            # A shell has what it starts in the background ignore Ctrl-C.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for fd in (woken, wake, *(status.fileno() for status in statuses.values())):
                os.close(fd)
            control.close()
            return become(json.loads(message), fds)
        statuses[child] = socket.socket(fileno=fds[0])
        for fd in fds[1:]:
            os.close(fd)


def reap(statuses):
    """Tell the exit codes of the children that have ended."""
    while statuses:
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            return
        with statuses.pop(child) as waiting, suppress(OSError):  # nobody may wait any more
            waiting.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def become(started, fds):
    """Take on session, files, limit, folder and environment of a new process; return its
    arguments."""
    os.setsid()
    status, *files = fds
    os.write(status, b"%d\n" % os.getpid())
    os.close(status)
    for fd, file in enumerate(files):
        os.dup2(file, fd)
        os.close(file)
    reopen_streams()
    faulthandler.register(STACKS, file=2)
    if started["file_limit"]:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (started["file_limit"],) * 2)
    os.environ.clear()
    os.environ.update(started["env"])
    time.tzset()
    os.chdir(started["cwd"])
    path = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:] = dict.fromkeys([os.getcwd(), *filter(None, path), *sys.path[1:]])
    importlib.invalidate_caches()
    return started["arguments"]


def reopen_streams():
    """Open the standard streams again: those of the server remember whether its own files were
    seekable, and seek in a pipe if they were."""
    for fd, name in enumerate(("stdin", "stdout", "stderr")):
        old = getattr(sys, name)
        stream = os.fdopen(
            fd,
            "w" if fd else "r",
            buffering=1 if name == "stderr" else -1,
            encoding=old.encoding,
            errors=old.errors,
            closefd=False,
        )
        setattr(sys, name, stream)


def import_all():
    """Import Scrapy, newsclean, and what they import late: the components of the settings."""
    import scrapy.commands
    from scrapy.settings import Settings

    import newsclean

    for name in IMPORTED_LATE:
        importlib.import_module(name)
    for package in (newsclean, scrapy.commands):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    settings = Settings()
    settings.setmodule("newsclean.settings")
    for name in filter(COMPONENT.fullmatch, texts(settings)):
        importlib.import_module(name.rpartition(".")[0])
    assert "twisted.internet.reactor" not in sys.modules


def texts(value):
    """Yield the strings in settings, dictionaries in them included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in (*value, *value.values()):
            yield from texts(one)


if __name__ == "__main__":
    import gc

    import_all()
    gc.freeze()  # else each child copies all memory at its first collection
    with socket.socket(fileno=os.dup(0)) as control:
        arguments = serve(control)
    if arguments:
        module, *sys.argv[1:] = arguments
        runpy.run_module(module, run_name="__main__", alter_sys=True)
