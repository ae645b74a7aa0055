"""``make bench``: the cost of the pipeline as ratios, medians of interleaved runs.

Prints the results and writes them to ``bench.json``.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.archives import bench_archives
from bench.ledger import bench_ledger
from bench.reading import bench_reading
from bench.sites import bench_sites
from newsclean import __version__

# Kind of crawl → its name in the output.
CRAWLS = {
    "bare": "stock Scrapy that counts responses",
    "busy": "stock Scrapy beside two processes that read pages",
    "full": "newsclean: read, clean, check, export",
    "workers": "the same with worker processes",
    "ledger": "the same with a ledger",
    "rotated": "the same with a ledger, rotated",
    "kept": "the same with WARC files as well",
    "site": "newsclean's site spider, with a ledger",
    "trafilatura": "trafilatura: download and extract",
}


def bench_crawls(rounds: int, count: int, kinds: list[str]) -> dict[str, Any]:
    """Crawl *count* pages with each of *kinds*, print and return pages a second."""
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.server", str(count)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        rates: dict[str, list[float]] = {kind: [] for kind in kinds}
        costs: dict[str, list[float]] = {kind: [] for kind in kinds}  # CPU seconds a page
        for _ in range(rounds):
            for kind, found in rates.items():
                # trafilatura is ten times slower, so it gets only a part of the pages.
                part = count if kind != "trafilatura" else max(50, count // 8)
                command = [sys.executable, "-m", "bench.crawls", kind, port, str(part)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                seconds, cpu = map(float, done.stdout.split())
                found.append(part / seconds)
                costs[kind].append(cpu / part)
    finally:
        server.kill()
    median = {kind: statistics.median(found) for kind, found in rates.items()}
    print(f"crawls ({count} pages of 30 kB from one local server, median of {rounds})")
    bases = [kind for kind in ("bare", "full", "trafilatura") if kind in median]
    for kind, value in median.items():
        ratios = "".join(f" {value / median[base]:6.2f} × {base}" for base in bases)
        print(f"  {CRAWLS[kind]:50}{value:8.0f} pages/s{ratios}")
    results: dict[str, Any] = {
        kind: {"pages_per_second": rates[kind], "cpu_seconds_per_page": costs[kind]}
        for kind in kinds
    }
    if {"full", "kept"} <= set(kinds):
        # Compare runs of the same round, because the load of the machine differs between rounds.
        lost = statistics.median(
            1 - kept / full for full, kept in zip(rates["full"], rates["kept"], strict=True)
        )
        more = statistics.median(
            kept / full - 1 for full, kept in zip(costs["full"], costs["kept"], strict=True)
        )
        print(f"  ledger, WARC files and rotation cost {lost:.1%} of pages/s, {more:.1%} more CPU")
        results["kept_costs"] = {"pages_per_second": lost, "cpu": more}
    return results


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--known", type=int, default=1_000_000, help="pages in the large ledger")
    parser.add_argument("--only", choices=("reading", "archives", "crawls", "ledger", "sites"))
    parser.add_argument(
        "--sites", type=int, default=2_000, help="sites of 50 articles in one crawl"
    )
    parser.add_argument("--json", type=Path, default=Path("bench.json"), metavar="FILE")
    options = parser.parse_args()
    results: dict[str, Any] = {
        "newsclean": __version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    # Each run has pages with other numbers, so that no page was read before.
    first = int(time.time()) % 1_000_000 * 1000
    if options.only in {None, "reading"}:
        results["reading"] = bench_reading(options.rounds, first)
    if options.only in {None, "archives"}:
        results["archives"] = bench_archives(min(options.rounds, 3), first)
    if options.only in {None, "crawls"}:
        results["crawls"] = bench_crawls(options.rounds, options.pages, list(CRAWLS))
    if options.only in {None, "ledger"}:
        asked = options.known // 10
        bench_ledger(min(options.rounds, 3), (asked, options.known), asked)
    if options.only == "ledger":
        kinds = ["full", "ledger", "rotated", "kept", "site"]
        results["crawls"] = bench_crawls(options.rounds, options.pages, kinds)
    if options.only in {None, "sites"}:
        results["sites"] = bench_sites(options.sites, 50)
    options.json.write_text(json.dumps(results, indent=1) + "\n")
    print(f"written to {options.json}")


if __name__ == "__main__":
    main()
