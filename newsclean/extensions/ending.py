"""Ending a crawl at any moment, also before its engine has started."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import CloseSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_POLL = 0.01  # seconds


async def end_crawl(crawler: Crawler, reason: str) -> None:
    """End the crawl of *crawler* for *reason*, once its engine runs.

    In Scrapy 2.19, an engine that starts after its spider was closed waits for ever.
    """
    engine = crawler.engine
    assert engine is not None

    def close() -> None:
        raise CloseSpider(reason)

    if not engine.running:  # it may find nothing to do before this coroutine goes on
        crawler.signals.connect(close, signals.spider_idle, weak=False)
    while not engine.running:
        await asyncio.sleep(_POLL)
    await engine.close_spider_async(reason=reason)
