"""What reading and cleaning a page costs, as ratios to its parse and to trafilatura.

Each page is generated for one measurement and read once: a page that is read again finds its
strings, patterns and branches warm and looks two to three times as cheap.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import trafilatura

from bench.pages import KINDS, url_of
from newsclean.article import clean_article, extract_article
from newsclean.cleaning.tree import parse_html

Reader = Callable[[str, str], object]
READERS: dict[str, Reader] = {
    "parse": lambda html, url: parse_html(html),
    "read": extract_article,
    "read and clean": lambda html, url: clean_article(extract_article(html, url)),
    "trafilatura": lambda html, url: trafilatura.bare_extraction(html, url=url, with_metadata=True),
}


def bench_reading(rounds: int, first: int) -> dict[str, Any]:
    """Measure each kind of page on *rounds* × 10 fresh pages, print and return the results.

    Returned is kind → reader → ``cpu_us`` and ``wall_us`` (medians, microseconds) and ``parses``
    (quartiles of the ratio to the parse of the same page). *first* numbers the first page:
    another number gives other pages. The readers take turns in another order for each page.
    """
    results: dict[str, Any] = {}
    for kind, make in KINDS.items():
        pages = [(make(number), url_of(number)) for number in range(first, first + rounds * 10)]
        results[kind] = {"bytes": int(statistics.median(len(html.encode()) for html, _ in pages))}
        results[kind] |= _measure(pages)
        print(f"reading: {kind} ({results[kind]['bytes']:,} bytes, {len(pages)} fresh pages)")
        for name in READERS:
            found = results[kind][name]
            low, middle, high = found["parses"]
            print(
                f"  {name:16}{found['cpu_us']:9.0f} µs CPU {found['wall_us']:9.0f} µs"
                f" {middle:7.2f} × parse ({low:.2f} to {high:.2f})"
            )
    return results


def _measure(pages: list[tuple[str, str]]) -> dict[str, Any]:
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
    return {
        name: {
            "cpu_us": statistics.median(cpu[name]),
            "wall_us": statistics.median(wall[name]),
            "parses": statistics.quantiles(
                [own / parse for own, parse in zip(cpu[name], cpu["parse"], strict=True)], n=4
            ),
        }
        for name in names
    }
