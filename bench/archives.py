"""Measure saved pages per second and per CPU second, compared with trafilatura's command line.

``python -m bench.archives PAGES.jsonl.xz …`` uses your labelled pages (`tests.quality`), and scores
the bodies. Both read the same pages: newsclean in one WARC file, trafilatura as HTML files, because
it does not read WARC.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.pages import escaped_page, news_page, url_of
from bench.timed import run
from newsclean.schema import read_lines
from newsclean.urls import page_key
from tests.quality.pages import lines
from tests.quality.score import Reading, score

PAGES = 800  # pages, half of each of two kinds
SHARDS = 8  # shards for the engine: two or more for each worker
_RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
    "WARC-Date: 2026-04-18T09:30:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
)
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
_CORES = os.cpu_count() or 1

Page = tuple[str, str]  # URL, HTML
Bodies = dict[int, str]  # number of the page → text of its article


class Archive:
    """*pages* in *folder*: as ``pages.warc.gz`` and as the files ``html/NUMBER.html``."""

    def __init__(self, folder: Path, pages: list[Page]) -> None:
        self.folder = folder
        self.numbers = {page_key(url): number for number, (url, _) in enumerate(pages)}
        self.warc = folder / "pages.warc.gz"
        self.html = folder / "html"
        self.html.mkdir()
        with self.warc.open("wb") as file:
            for number, (url, html) in enumerate(pages):
                body = html.encode("utf-8", "replace")
                (self.html / f"{number}.html").write_bytes(body)
                block = _HTTP + body
                head = _RECORD.format(url=url, number=number, length=len(block))
                file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 1))
        self.out = folder / "out"

    def ours(self, *options: str, to: str = "articles.jsonl") -> list[str]:
        """Return the command that reads the archive with newsclean and *options*."""
        command = [sys.executable, "-m", "newsclean", "archive", str(self.warc)]
        return [*command, *options, "-o", str(self.out / to)]

    def sharded(self, workers: int) -> list[str]:
        """Return the command that reads it in shards, with *workers*."""
        size = self.warc.stat().st_size / SHARDS / 1e6
        options = ("--engine", "local", "--workers", str(workers), "--shard-size", str(size))
        return self.ours(*options, to="%(shard)s.jsonl")

    def theirs(self) -> list[str]:
        """Return the command that reads it with trafilatura, body and metadata as newsclean.

        ``--keep-dirs`` keeps the names of the files, by which they are found again. Those of an
        absolute folder are stored in it.
        """
        command = [sys.executable, "-m", "trafilatura.cli", "--input-dir", str(self.html)]
        command += ["--output-dir", str(self.out), "--keep-dirs", "--json", "--with-metadata"]
        return [*command, "--parallel", str(_CORES)]

    def our_bodies(self) -> Bodies:
        """Return the articles that newsclean stored."""
        records = (
            json.loads(line)
            for path in self.out.glob("*.jsonl")
            if not path.name.endswith((".rejected.jsonl", ".manifest.jsonl"))
            for line in read_lines(path)
        )
        return {self.numbers[page_key(one["url"])]: one["articleBody"] for one in records}

    def their_bodies(self) -> Bodies:
        """Return the texts that trafilatura stored."""
        found = {
            int(path.stem): json.loads(path.read_bytes()).get("text") or ""
            for path in self.html.glob("*.json")
        }
        return {number: text for number, text in found.items() if text.strip()}


def contenders(archive: Archive) -> dict[str, tuple[list[str], Callable[[], Bodies]]]:
    """Return name → (command, function that returns the stored articles)."""
    found = {
        "archive": (archive.ours(), archive.our_bodies),
        f"archive --workers {_CORES}": (archive.ours("--workers", str(_CORES)), archive.our_bodies),
        "archive --engine local, 1 worker": (archive.sharded(1), archive.our_bodies),
        f"archive --engine local, {_CORES} workers": (archive.sharded(_CORES), archive.our_bodies),
    }
    try:
        import trafilatura  # noqa: F401 - a peer
    except ModuleNotFoundError:
        return found
    theirs = (archive.theirs(), archive.their_bodies)
    return found | {f"trafilatura --parallel {_CORES}": theirs}


def measure(rounds: Iterator[list[Page]]) -> tuple[dict[str, Any], list[tuple[str, Bodies]]]:
    """Read each list of pages with each of the contenders, by turns. Print pages per second and per
    CPU second, including the start of the command, and the number of articles. Return these numbers
    and the articles of each run."""
    results: dict[str, dict[str, list[float]]] = {}
    outcomes = []
    for pages in rounds:
        with tempfile.TemporaryDirectory() as name:
            archive = Archive(Path(name), pages)
            for contender, (command, bodies_of) in contenders(archive).items():
                archive.out.mkdir()
                seconds, cpu, code = run(command, archive.folder)
                if code:
                    raise SystemExit(f"{contender}: ended with code {code}")
                bodies = bodies_of()
                outcomes.append((contender, bodies))
                shutil.rmtree(archive.out)
                found = results.setdefault(contender, {"wall": [], "cpu": [], "articles": []})
                found["wall"].append(len(pages) / seconds)
                found["cpu"].append(len(pages) / cpu)
                found["articles"].append(len(bodies))
    for contender, found in results.items():
        wall, cpu = statistics.median(found["wall"]), statistics.median(found["cpu"])
        print(
            f"  {contender:34}{wall:6.1f} pages/s{cpu:8.1f} a CPU second"
            f"{sum(found['articles']):8.0f} articles"
        )
    peer = next((name for name in results if name.startswith("trafilatura")), None)
    for contender, found in results.items():
        if peer is not None and contender != peer:
            for what in ("wall", "cpu"):  # each beside the peer of its round
                pairs = zip(found[what], results[peer][what], strict=True)
                found[f"{what}_beside_peer"] = [ours / theirs for ours, theirs in pairs]
            print(
                f"  {contender:34}{statistics.median(found['wall_beside_peer']):6.2f} × the peer's"
                f" pages/s, {statistics.median(found['cpu_beside_peer']):.2f} × for the same CPU"
            )
    return results, outcomes


def bench_archives(rounds: int, first: int) -> dict[str, Any]:
    """Read *rounds* fresh archives of 800 pages; print and return the result of `measure`.

    *first* numbers the first page.
    """
    print(f"archives ({PAGES} fresh pages of 30 and 170 kB, median of {rounds}; {_CORES} cores)")

    def pages(start: int) -> list[Page]:
        numbers = range(start, start + PAGES)
        make = (escaped_page, news_page)
        return [(url_of(number), make[number % 2](number)) for number in numbers]

    return measure(pages(first + turn * PAGES) for turn in range(rounds))[0]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.archives", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="PAGES.jsonl.xz")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    labelled: dict[str, tuple[Page, Reading]] = {}
    for path in options.files:
        for number, (named, html, label) in enumerate(lines(path)):
            url = named or f"https://{path.name.partition('.')[0]}.example/{number}"
            labelled.setdefault(page_key(url), ((url, html), label))
    pages = [page for page, _ in labelled.values()]
    labels = [label for _, label in labelled.values()]
    print(f"archives ({len(pages)} labelled pages, median of {options.rounds}; {_CORES} cores)")
    _, outcomes = measure(iter([pages] * options.rounds))
    for contender, bodies in dict(outcomes).items():
        pairs = [(label, Reading(bodies.get(at, ""))) for at, label in enumerate(labels)]
        print(f"  {contender:34}body F1 {score(pairs)['body']:.3f}")


if __name__ == "__main__":
    main()
