"""Measure reading and cleaning a page, as ratios to its parse and to trafilatura.

Each page is generated for one measurement and read once. A page that is read again has warm caches
and looks two to three times as fast. The peers of ``make quality`` take part if they are installed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.pages import KINDS, url_of
from newsclean.article import clean_article, extract_article
from newsclean.cleaning.tree import parse_html
from tests.quality.readers import READERS as PEERS

Reader = Callable[[str, str], object]
OURS = "read and clean"
READERS: dict[str, Reader] = {
    "parse": lambda html, url: parse_html(html),
    "read": extract_article,
    OURS: lambda html, url: clean_article(extract_article(html, url)),
    **{name: reader for name, reader in PEERS.items() if name != "newsclean"},
}


def bench_reading(rounds: int, first: int) -> dict[str, Any]:
    """Measure each kind of page on *rounds* × 10 fresh pages, print and return the results.

    The result is kind → reader → ``cpu_us`` and ``wall_us`` (medians, microseconds), ``parses``
    (quartiles of the ratio to the parse of the same page) and ``ours`` (quartiles of the ratio of
    newsclean's read and clean to this reader). ``all`` has for each peer the ratio of newsclean's
    CPU time to that of the peer over all pages. *first* is the number of the first page; another
    number gives other pages. The order of the readers changes with each page.
    """
    results: dict[str, Any] = {}
    sums = dict.fromkeys(READERS, 0.0)
    for kind, make in KINDS.items():
        pages = [(make(number), url_of(number)) for number in range(first, first + rounds * 10)]
        results[kind] = {"bytes": int(statistics.median(len(html.encode()) for html, _ in pages))}
        cpu, wall = _measure(pages)
        for name, values in cpu.items():
            sums[name] += sum(values)
        results[kind] |= _summary(cpu, wall)
        print(f"reading: {kind} ({results[kind]['bytes']:,} bytes, {len(pages)} fresh pages)")
        for name in READERS:
            found = results[kind][name]
            print(
                f"  {name:16}{found['cpu_us']:9.0f} µs CPU {found['wall_us']:9.0f} µs"
                f"  {_spread(found['parses'])} × parse"
                + (f"  newsclean is {_spread(found['ours'])} of it" if name in PEERS else "")
            )
    results["all"] = {name: sums[OURS] / sums[name] for name in READERS if name in PEERS}
    for name, part in results["all"].items():
        print(f"reading: newsclean takes {part:.2f} of the CPU of {name}, over all pages")
    return results


def _spread(quartiles: list[float]) -> str:
    low, middle, high = quartiles
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def _measure(pages: list[tuple[str, str]]) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return the microseconds of CPU and of the clock by reader, one for each page."""
    cpu: dict[str, list[float]] = {name: [] for name in READERS}
    wall: dict[str, list[float]] = {name: [] for name in READERS}
    names = list(READERS)
    for count, (html, url) in enumerate(pages):
        turn = count % len(names)
        for name in names[turn:] + names[:turn]:
            # A string of its own: Python keeps its UTF-8 form after the first use.
            text = html.encode().decode()
            start, began = time.process_time(), time.perf_counter()
            READERS[name](text, url)
            cpu[name].append((time.process_time() - start) * 1e6)
            wall[name].append((time.perf_counter() - began) * 1e6)
    return cpu, wall


def _summary(cpu: dict[str, list[float]], wall: dict[str, list[float]]) -> dict[str, Any]:
    return {
        name: {
            "cpu_us": statistics.median(own),
            "wall_us": statistics.median(wall[name]),
            "parses": _ratios(own, cpu["parse"]),
            "ours": _ratios(cpu[OURS], own),
        }
        for name, own in cpu.items()
    }


def _ratios(some: list[float], others: list[float]) -> list[float]:
    return statistics.quantiles([a / b for a, b in zip(some, others, strict=True)], n=4)
