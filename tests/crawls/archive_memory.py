"""Reads generated pages with the spider ``archive`` and prints how its memory grows.

    python -m tests.crawls.archive_memory --pages 200000 --workers 0

The pages come from no file: each is made when it is asked for, all are different articles. The
temporary tables may keep 1 MB each in memory, so that they are full early; a crawl lets them have
8 MB. Prints the memory of the main process after each tenth of the pages, and the growth per page
over the second half.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import UTC, datetime

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from newsclean import temporary_database
from newsclean.archives import SavedPage
from newsclean.cli.running import crawl_settings, run_crawler
from newsclean.spiders import archive
from tests.cluster.pages import page, url_of

_DATE = datetime(2026, 4, 18, 9, 30, tzinfo=UTC)
_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory():
    """Return the memory of this process in kB."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * _PAGE // 1000


def measure(pages, workers):
    """Read *pages* pages; return [(articles so far, kB)]."""
    temporary_database._CACHE_KIB = 1_024
    archive.read_saved = lambda paths, **_: (
        SavedPage(url_of(number), page(number), "html", "text/html; charset=utf-8", _DATE)
        for number in range(pages)
    )
    samples = []
    count = 0

    def exported(item):
        nonlocal count
        count += 1
        if count % max(1, pages // 10) == 0:
            samples.append((count, memory()))

    with tempfile.TemporaryDirectory() as folder:
        given = {"LOG_LEVEL": "WARNING", "NEWSCLEAN_WORKERS": workers, "NEWSCLEAN_PROGRESS": False}
        settings = crawl_settings(given, overwrite=[f"{folder}/articles.jsonl.zst"])
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler("archive")
        crawler.signals.connect(exported, signals.item_scraped)
        code = run_crawler(process, crawler, {"path": (folder,)})
    assert code == 0
    assert count == pages
    return samples


def main():
    parser = argparse.ArgumentParser(prog="tests.crawls.archive_memory", description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--workers", default="0")
    options = parser.parse_args()
    samples = measure(options.pages, options.workers)
    for count, kilobytes in samples:
        print(f"{count:10,} articles {kilobytes / 1000:6.1f} MB")
    (middle, before), (end, after) = samples[len(samples) // 2 - 1], samples[-1]
    print(
        f"growth over the second half: {(after - before) * 1000 / (end - middle):.0f} bytes a page"
    )


if __name__ == "__main__":
    main()
