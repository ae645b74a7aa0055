"""Run and measure a command: ``python bench/timed.py COMMAND…`` prints its wall time and CPU time
in seconds, and its exit code. On Linux, the CPU time includes every child process, even one that
the command did not wait for."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2): orphans become children of this process


def run(command: list[str], folder: Path) -> tuple[float, float, int]:
    """Run *command* in *folder*; return (seconds, CPU seconds, exit code)."""
    watched = [sys.executable, str(Path(__file__).absolute()), *command]  # a process that counts
    done = subprocess.run(watched, check=True, cwd=folder, stdout=subprocess.PIPE, text=True)
    said = done.stdout.split()
    return float(said[-3]), float(said[-2]), int(said[-1])


def main() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    start = time.perf_counter()
    nowhere = subprocess.DEVNULL
    code = subprocess.run(sys.argv[1:], check=False, stdout=nowhere, stderr=nowhere).returncode
    seconds = time.perf_counter() - start
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = os.times()
    print(seconds, used.children_user + used.children_system, code)


if __name__ == "__main__":
    main()
