"""One crawl of the benchmark pages: ``python -m bench.crawls KIND PORT COUNT`` prints wall time and
CPU time of this process in seconds, from the start of the engine to the end.

``bare`` is stock Scrapy that counts responses. ``busy`` is the same beside two processes that read
pages, as worker processes do, which need the same cores and caches. ``full`` is newsclean that
reads, cleans, checks and exports. ``workers`` is the same with two worker processes, whose CPU time
is not counted. ``ledger`` is ``full`` with a ledger, ``rotated`` also with a rotating feed,
``kept`` also with WARC files. ``site`` is newsclean that discovers the pages. ``trafilatura`` is
its own downloader and extractor.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from bench.pages import escaped_page, path, url_of

# Requests at a time, for all kinds: the default of Scrapy for one host.
CONCURRENT = 8


@dataclass
class Spent:
    """Seconds of the clock and of this process's CPU."""

    clock: float
    cpu: float


def crawl_bare(urls: list[str]) -> Spent:
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    class Bare(scrapy.Spider):
        name = "bare"
        count = 0

        async def start(self) -> AsyncIterator[Any]:
            for url in urls:
                yield scrapy.Request(url)

        def parse(self, response: Any) -> None:
            Bare.count += 1

    process = AsyncCrawlerProcess({"LOG_LEVEL": "WARNING"})
    spent = _timed(process, Bare)
    assert Bare.count == len(urls), Bare.count
    return spent


def crawl_busy(urls: list[str]) -> Spent:
    command = [sys.executable, "-m", "bench.crawls", "reader", "0", "0"]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for reader in readers:
            assert reader.stdout is not None
            reader.stdout.readline()  # it has begun
        return crawl_bare(urls)
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()


def read_pages() -> None:
    """Read pages without end."""
    from newsclean.article import clean_article, extract_article

    pages = [escaped_page(number) for number in range(20)]
    for count, html in enumerate(itertools.cycle(pages)):
        clean_article(extract_article(html, url_of(count % 20)))
        if count == 0:
            print(flush=True)


def crawl_full(urls: list[str]) -> Spent:
    return _crawl_newsclean(urls, "article", url=",".join(urls))


def crawl_workers(urls: list[str]) -> Spent:
    return _crawl_newsclean(urls, "article", workers=2, url=",".join(urls))


def crawl_ledger(urls: list[str]) -> Spent:
    return _crawl_newsclean(urls, "article", "ledger.sqlite", url=",".join(urls))


def crawl_rotated(urls: list[str]) -> Spent:
    return _crawl_newsclean(urls, "article", "ledger.sqlite", rotate="1MB", url=",".join(urls))


def crawl_kept(urls: list[str]) -> Spent:
    return _crawl_newsclean(
        urls, "article", "ledger.sqlite", rotate="1MB", warc="pages", url=",".join(urls)
    )


def crawl_site(urls: list[str]) -> Spent:
    return _crawl_newsclean(urls, "site", "ledger.sqlite", url=urljoin(urls[0], "/"))


def _crawl_newsclean(
    urls: list[str],
    spider: str,
    ledger: str | None = None,
    rotate: str | None = None,
    warc: str | None = None,
    workers: str | int = 0,
    **arguments: str,
) -> Spent:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder) / "articles.jsonl"
        settings = Settings()
        settings.setmodule("newsclean.settings", priority="project")
        settings.setdict(
            {
                "LOG_LEVEL": "WARNING",
                "DOWNLOAD_DELAY": 0,
                "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENT,
                "NEWSCLEAN_SUMMARY": False,
                "NEWSCLEAN_WORKERS": workers,
                "NEWSCLEAN_PROGRESS": False,
                "NEWSCLEAN_FEED_ROTATE": rotate,
                "NEWSCLEAN_LEDGER": ledger and str(Path(folder) / ledger),
                "NEWSCLEAN_WARC": warc and str(Path(folder) / warc),
                "FEEDS": {str(feed): {"format": "jsonlines"}},
            },
            priority="cmdline",
        )
        process = AsyncCrawlerProcess(settings)
        spent = _timed(process, spider, **arguments)
        parts = [  # several if the feed is rotated
            path
            for path in Path(folder).glob("articles*.jsonl*")
            if {".rejected", ".manifest"}.isdisjoint(path.suffixes)
        ]
        lines = b"".join(part.read_bytes() for part in parts).splitlines()
        assert len(lines) == len(urls), len(lines)
        assert "SECURE_LINK" not in json.loads(lines[-1])["articleBody"]
    return spent


def crawl_trafilatura(urls: list[str]) -> Spent:
    import trafilatura
    from trafilatura.settings import use_config

    config = use_config()
    config["DEFAULT"]["SSRF_PROTECTION"] = "off"  # the server is on loopback

    def read(url: str) -> bool:
        page = trafilatura.fetch_url(url, config=config)
        trafilatura.bare_extraction(page, url=url, with_metadata=True)
        return page is not None

    before = _now()
    with ThreadPoolExecutor(CONCURRENT) as threads:
        done = sum(threads.map(read, urls))
    assert done == len(urls), done
    return _since(before)


def _timed(process: Any, spider: Any, **arguments: str) -> Spent:
    """Crawl; return the times from the first request on, without imports and set-up."""
    from scrapy import signals

    crawler = process.create_crawler(spider)
    begun: list[Spent] = []

    def begin() -> None:
        begun.append(_now())

    crawler.signals.connect(begin, signals.engine_started)
    process.crawl(crawler, **arguments)
    process.start()
    return _since(begun[0])


def _now() -> Spent:
    return Spent(time.perf_counter(), time.process_time())


def _since(before: Spent) -> Spent:
    now = _now()
    return Spent(now.clock - before.clock, now.cpu - before.cpu)


CRAWLS = {
    "bare": crawl_bare,
    "busy": crawl_busy,
    "full": crawl_full,
    "workers": crawl_workers,
    "ledger": crawl_ledger,
    "rotated": crawl_rotated,
    "kept": crawl_kept,
    "site": crawl_site,
    "trafilatura": crawl_trafilatura,
}

if __name__ == "__main__":
    kind, port, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if kind == "reader":
        read_pages()
    urls = [f"http://127.0.0.1:{port}{path(number)}" for number in range(count)]
    spent = CRAWLS[kind](urls)
    print(spent.clock, spent.cpu)
