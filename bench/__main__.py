"""``make bench``: what the pipeline costs, as ratios, medians of interleaved runs."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from lxml import etree

from bench.ledger import bench_ledger
from bench.pages import decoded_body, page, raw_body
from newsclean.article import clean_article, extract_article
from newsclean.cleaning import clean_body

_PARSER = etree.HTMLParser(huge_tree=True, encoding="utf-8")


def interleaved(
    calls: dict[str, Callable[[], object]], rounds: int, times: int
) -> dict[str, float]:
    """Return the median microseconds of each of *calls*, run in turns: a machine's mood then
    falls on all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.process_time()
            for _ in range(times):
                call()
            seconds[name].append((time.process_time() - start) / times * 1e6)
    return {name: statistics.median(values) for name, values in seconds.items()}


def bench_cleaning(rounds: int) -> None:
    raw, decoded = raw_body(), decoded_body()
    whole = page(1).decode()
    calls: dict[str, Callable[[], object]] = {
        "parse the decoded body": lambda: etree.fromstring(decoded.encode(), _PARSER),
        "clean the decoded body": lambda: clean_body(decoded),
        "clean the escaped body": lambda: clean_body(raw),
        "parse a page": lambda: etree.fromstring(whole.encode(), _PARSER),
        "read a page": lambda: extract_article(whole, "http://a.example/"),
        "read and clean a page": lambda: clean_article(extract_article(whole, "http://a.example/")),
    }
    found = interleaved(calls, rounds, 40)
    print(f"cleaning (body of {len(raw):,} characters, page of {len(whole.encode()):,} bytes)")
    for name, value in found.items():
        base = found["parse a page" if "page" in name else "parse the decoded body"]
        print(f"  {name:28}{value:9.0f} µs {value / base:7.2f} × parsing")


# Kind of crawl → what it is called.
CRAWLS = {
    "bare": "stock Scrapy that counts responses",
    "full": "newsclean: read, clean, check, export",
    "ledger": "the same with a ledger",
    "site": "newsclean's site spider, with a ledger",
    "trafilatura": "trafilatura: download and extract",
}


def bench_crawls(rounds: int, count: int, kinds: list[str]) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.server", str(count)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        rates: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(rounds):
            for kind, found in rates.items():
                # trafilatura is an order slower: a part of the pages tells its rate as well.
                part = count if kind != "trafilatura" else max(50, count // 8)
                command = [sys.executable, "-m", "bench.crawls", kind, port, str(part)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                found.append(part / float(done.stdout))
    finally:
        server.kill()
    median = {kind: statistics.median(found) for kind, found in rates.items()}
    print(f"crawls ({count} pages of 30 kB from one local server, median of {rounds})")
    bases = [kind for kind in ("bare", "full", "trafilatura") if kind in median]
    for kind, value in median.items():
        ratios = "".join(f" {value / median[base]:6.2f} × {base}" for base in bases)
        print(f"  {CRAWLS[kind]:40}{value:8.0f} pages/s{ratios}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--known", type=int, default=1_000_000, help="pages in the large ledger")
    parser.add_argument("--only", choices=("cleaning", "crawls", "ledger"))
    options = parser.parse_args()
    if options.only in {None, "cleaning"}:
        bench_cleaning(options.rounds)
    if options.only in {None, "crawls"}:
        bench_crawls(options.rounds, options.pages, list(CRAWLS))
    if options.only in {None, "ledger"}:
        asked = options.known // 10
        bench_ledger(min(options.rounds, 3), (asked, options.known), asked)
    if options.only == "ledger":
        bench_crawls(options.rounds, options.pages, ["full", "ledger", "site"])


if __name__ == "__main__":
    main()
