"""A real terminal, 100 columns by 30 lines, with a shell in it."""

import itertools
import os
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tests.crawls.run import FAST, ROOT

REQUIRED = "NEWSCLEAN_REQUIRE_BROWSER"
_NUMBERS = itertools.count()


class Terminal:
    """``text`` is what was printed, lines that the terminal wrapped joined again; ``screen``
    what can be seen."""

    def __init__(self, socket):
        self.socket = socket

    def tmux(self, *arguments):
        command = ["tmux", "-L", self.socket, "-f", "/dev/null", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def type(self, *keys):
        self.tmux("send-keys", *keys)

    def crawl(self, *arguments, command=("-m", "newsclean", "crawl")):
        line = shlex.join([sys.executable, *command, *FAST, *map(str, arguments)])
        self.type("-l", line)
        self.type("Enter")

    @property
    def screen(self):
        return self.tmux("capture-pane", "-p")

    @property
    def text(self):
        return self.tmux("capture-pane", "-p", "-J", "-S", "-5000")

    def wait(self, *words, timeout=120):
        """Wait until all *words* or patterns can be seen; gives the screen."""
        deadline = time.monotonic() + timeout
        while True:
            screen = self.screen
            if all(
                word in screen if isinstance(word, str) else word.search(screen) for word in words
            ):
                return screen
            assert time.monotonic() < deadline, f"waited in vain for {words}:\n{self.text}"
            time.sleep(0.1)

    def format(self, name):
        return self.tmux("display-message", "-p", f"#{{{name}}}").strip()


@contextmanager
def terminal(folder):
    if shutil.which("tmux") is None:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail("no tmux, and the tests must not be skipped")
        pytest.skip("no tmux to test the display in")
    new = Terminal(f"newsclean-{os.getpid()}-{next(_NUMBERS)}")
    shell = f"cd {shlex.quote(str(folder))}; PS1='ready> ' exec bash --norc --noprofile"
    variables = {"PYTHONPATH": ROOT, "PYTHONUTF8": "1", "LANG": "C.UTF-8", "PROMPT_COMMAND": ""}
    settings = [part for name, value in variables.items() for part in ("-e", f"{name}={value}")]
    new.tmux("new-session", "-d", "-x", "100", "-y", "30", *settings, shell)
    try:
        new.tmux("set-option", "-g", "history-limit", "5000")
        new.wait("ready>")
        yield new
    finally:
        new.tmux("kill-server")
