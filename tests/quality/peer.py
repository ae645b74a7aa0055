"""Peers in an environment of their own: ``python -m tests.quality.peer NAME`` reads a page per line
from standard input, and writes its Reading and the CPU time in seconds to standard output."""

import contextlib
import json
import subprocess
import sys
import time
from dataclasses import asdict

from tests.quality.readers import READERS
from tests.quality.score import Reading


def installed(python: str) -> list[str]:
    """Return the names of the readers that *python* can import."""
    code = "from tests.quality.readers import READERS; print(*READERS)"
    done = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.split()


def readings(python: str, name: str, pages: list[tuple[str, str]]) -> tuple[list[Reading], float]:
    """Return what the reader *name* of *python* reads on *pages* (URL and HTML), and the CPU time
    in seconds."""
    given = "".join(json.dumps(page) + "\n" for page in pages)
    command = [python, "-m", "tests.quality.peer", name]
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True, text=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [Reading(**reading) for reading, _ in found], sum(seconds for _, seconds in found)


def main(name: str) -> None:
    answers = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):  # a peer may print
        for line in sys.stdin:
            url, html = json.loads(line)
            started = time.process_time()
            try:
                got = READERS[name](html, url)
            except Exception as error:  # a peer's mistake on one page costs it that page
                print(f"{name} on {url!r}: {type(error).__name__}", file=sys.stderr)
                got = Reading()
            spent = time.process_time() - started
            print(json.dumps((asdict(got), spent)), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
