"""Measure the ledger with many known pages and one listing: ``python -m bench.ledger``.

``build PATH KNOWN`` creates the ledger. ``ask PATH KNOWN ASKED ROUND`` prints as JSON the time for
a listing of ASKED pages. Each round has other new pages and is two days later. Each step is a
separate process, so that its peak memory can be measured.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from newsclean.discovery.entry import Entry
from newsclean.ledger import Ledger, utc_now
from newsclean.ledger.clock import later
from newsclean.urls import page_key

SITE = "news.example"
DAY = 24 * 3600
# 1/20 of a listing is new; 1/20 of the known pages is due for another request.
SHARE = 20
COLUMNS = (
    "canonical_url, site, url, state, hints, first_seen, last_seen, fetched_at, next_fetch_at,"
    " failures, etag, content_hash, version, feed, feed_end"
)


def url_of(number: int) -> str:
    # As on a real site, the pages of one listing are not next to each other in the table.
    scattered = number * 2_654_435_761 % 2**32
    return f"https://{SITE}/2026/{number % 12 + 1:02}/{scattered:010}-report-from-the-harbour.html"


def build(path: Path, known: int) -> None:
    """Make a ledger of *known* exported pages, as a crawl two days ago would have left it."""
    Ledger.open(path).close()
    then = later(utc_now(), -2 * DAY)

    def rows() -> Iterator[tuple[object, ...]]:
        # In the order of the keys, because that is ten times as fast to write.
        for url, number in sorted((url_of(number), number) for number in range(known)):
            again = then if number % SHARE == 0 else None
            yield (
                *(url, SITE, url, "exported", None, then, then, then, again),
                *(0, f'"{number:x}"', f"{number:064x}", 1, "articles.jsonl", number * 4000),
            )

    assert page_key(url_of(1)) == url_of(1)

    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=OFF")  # until the ledger opens it
        connection.execute("PRAGMA synchronous=OFF")
        marks = ", ".join("?" * len(COLUMNS.split(",")))
        connection.executemany(f"INSERT INTO page ({COLUMNS}) VALUES ({marks})", rows())
    connection.close()


def ask(path: Path, known: int, asked: int, round_: int) -> dict[str, float]:
    """Return the seconds to decide on a listing, to store it, to store it again, and to take the
    first pages that are due. Also return the peak memory in MB before and after that."""
    new = asked // SHARE
    numbers = [at * known // (asked - new) for at in range(asked - new)]
    numbers += range(known + round_ * new, known + (round_ + 1) * new)
    random.Random(round_).shuffle(numbers)
    urls = [url_of(number) for number in numbers]
    now = later(utc_now(), 2 * DAY * round_)
    found: dict[str, float] = {}
    with Ledger.open(path) as ledger:
        ledger.pages.decide(urls[:500], now)  # import and compile what the first call needs
        found["before"] = _peak()

        def timed(name: str, call: Callable[[], Any]) -> Any:
            start = time.perf_counter()
            done = call()
            found[name] = time.perf_counter() - start
            return done

        decision = timed("decide", lambda: ledger.pages.decide(urls, now))

        def note() -> int:
            return ledger.pages.discover(SITE, (Entry(url, "sitemap") for url in urls), now)

        noted = timed("note", note)
        again = timed("again", note)
        due = timed("due", lambda: ledger.pages.due(SITE, now, 500, run=round_ + 1))
        found["after"] = _peak()
    assert (len(decision.new), noted, again) == (new, new, 0), (decision.new[:3], noted, again)
    assert decision.known + len(decision.due) == asked - new
    assert len(due) == 500
    return found


def _peak() -> float:
    """Return the peak memory of this process in MB."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (1024 if sys.platform != "darwin" else 1024**2)


def bench_ledger(rounds: int, sizes: tuple[int, int], asked: int) -> None:
    """Print the cost of a listing of *asked* pages in a ledger of each of *sizes*."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {known: Path(folder) / f"{known}.sqlite" for known in sizes}
        for known, path in paths.items():
            _run("build", path, known)
        found: dict[int, list[dict[str, float]]] = {known: [] for known in sizes}
        for round_ in range(rounds):
            for known, path in paths.items():
                found[known].append(json.loads(_run("ask", path, known, asked, round_)))
    median = {
        known: {name: statistics.median(one[name] for one in runs) for name in runs[0]}
        for known, runs in found.items()
    }
    print(
        f"ledger (SQLite; a listing of {asked:,} pages, {asked // SHARE:,} of them new;"
        f" median of {rounds})"
    )
    for known, one in median.items():
        print(
            f"  {known:>9,} known: {one['decide']:5.1f} s to decide, {one['note']:5.1f} s to note"
            f" for the first time in a day, {one['again']:5.1f} s to note again,"
            f" {one['due'] * 1000:4.0f} ms to take 500; {one['before']:.0f} MB"
            f" {one['after'] - one['before']:+.1f} MB"
        )
    small, large = (median[known] for known in sizes)
    ratios = {name: large[name] / small[name] for name in ("decide", "note", "again", "after")}
    print(
        f"  {sizes[1] // sizes[0]} × the pages: {ratios['decide']:.2f} × the time to decide,"
        f" {ratios['note']:.2f} × to note, {ratios['again']:.2f} × to note again,"
        f" {ratios['after']:.2f} × the memory"
    )


def _run(*arguments: object) -> str:
    command = [sys.executable, "-m", "bench.ledger", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    command, path = sys.argv[1], Path(sys.argv[2])
    numbers = [int(argument) for argument in sys.argv[3:]]
    if command == "build":
        build(path, *numbers)
    else:
        print(json.dumps(ask(path, *numbers)))
