"""Count the machine instructions for a page: ``python -m bench.instructions``.

Other programs on the machine disturb times, but not this count. It needs valgrind, under which a
program takes fifty times as long. The pages are generated, or from a file of labelled pages
(``PAGES.jsonl.xz``, one JSON object per line with ``html`` and ``url``). Two runs read different
numbers of pages, and the difference counts. So the imports and the first pages are left out.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

from bench.pages import KINDS, url_of
from bench.reading import READERS
from newsclean.urls import site_of

_FEWER = 5  # pages of the first run
_REFERENCES = re.compile(r"I\s+refs:\s+([\d,]+)")


def main() -> None:
    """Print the instructions of one page for each reader, or read pages as one of the two runs."""
    parser = argparse.ArgumentParser(prog="python -m bench.instructions", description=__doc__)
    parser.add_argument("--pages", type=int, default=20, help="counted pages")
    parser.add_argument("--kind", choices=KINDS, default="escaped", help="kind of generated pages")
    parser.add_argument("--file", type=Path, help="labelled pages instead")
    parser.add_argument("--readers", default="parse,read and clean", help="names, with commas")
    parser.add_argument("--read", type=int, help=argparse.SUPPRESS)  # one run
    options = parser.parse_args()
    if options.read is not None:
        site_of("https://a.example/")  # some pages need the public suffix list, which is imported
        # Both runs make all pages, so that making them does not count.
        for html, url in _pages(options, _FEWER + options.pages)[: options.read]:
            READERS[options.readers](html, url)
        return
    for name in options.readers.split(","):
        fewer, more = (_count(name, count) for count in (_FEWER, _FEWER + options.pages))
        print(f"{name:16}{(more - fewer) / options.pages / 1e6:8.1f} million instructions a page")


def _pages(options: argparse.Namespace, count: int) -> list[tuple[str, str]]:
    if options.file is None:
        return [(KINDS[options.kind](number), url_of(number)) for number in range(count)]
    with lzma.open(options.file, "rt", encoding="utf-8") as lines:
        pages = map(json.loads, islice(lines, count))
        return [(page["html"], page["url"] or "") for page in pages]


def _count(reader: str, count: int) -> int:
    """Return the instructions of a run in which *reader* reads *count* pages."""
    cachegrind = "valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null"
    again = [sys.executable, "-m", "bench.instructions", *sys.argv[1:]]
    run = subprocess.run(
        [*cachegrind.split(), *again, "--readers", reader, "--read", str(count)],
        capture_output=True,
        text=True,
        check=True,
    )
    match = _REFERENCES.search(run.stderr)
    assert match is not None, run.stderr
    return int(match[1].replace(",", ""))


if __name__ == "__main__":
    main()
