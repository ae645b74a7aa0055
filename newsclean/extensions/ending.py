"""Ending a crawl at any moment, also before its engine has started."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import CloseSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_POLL = 0.01  # seconds


async def end_crawl(crawler: Crawler, reason: str, why: str) -> None:
    """End the crawl of *crawler* for *reason*, once its engine runs. *why* is the line that the
    user reads (`note_why`).

    In Scrapy 2.19, an engine that starts after its spider was closed waits for ever.
    """
    note_why(crawler, why)
    engine = crawler.engine
    assert engine is not None

    def close() -> None:
        raise CloseSpider(reason)

    if not engine.running:  # it may find nothing to do before this coroutine goes on
        crawler.signals.connect(close, signals.spider_idle, weak=False)
    while not engine.running:
        await asyncio.sleep(_POLL)
    await engine.close_spider_async(reason=reason)


def note_why(crawler: Crawler, why: str) -> None:
    """Keep *why* a crawl failed, in one line, for its summary; the first reason counts."""
    if crawler.stats is not None and crawler.stats.get_value("newsclean/why") is None:
        crawler.stats.set_value("newsclean/why", why)
