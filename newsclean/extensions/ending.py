"""End a crawl at any moment, even before its engine has started."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider

from newsclean.extensions.background import repeat

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_POLL = 0.01  # seconds
_LOOK_EVERY = 0.2  # seconds


class Ending:
    """Ends a crawl whose last items came from the ``start`` method of the spider, as in archives.

    In Scrapy 2.19, a closing scraper waits for the items in its pipelines. It is notified only when
    an item of a response is done. For other items it waits without end.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._task: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected to the engine's signals."""
        ending = cls(crawler)
        crawler.signals.connect(ending.engine_started, signals.engine_started)
        crawler.signals.connect(ending.engine_stopped, signals.engine_stopped)
        return ending

    def engine_started(self) -> None:
        """Start to check the scraper."""
        self._task = asyncio.ensure_future(repeat(self.crawler, _LOOK_EVERY, self.look))

    def engine_stopped(self) -> None:
        """Stop to check the scraper."""
        if self._task is not None:
            self._task.cancel()

    def look(self) -> bool:
        """Notify a closing scraper if it is idle. Return False after it was notified."""
        assert self.crawler.engine is not None
        assert self.crawler.spider is not None
        slot = self.crawler.engine.scraper.slot  # Scrapy 2.19 has no public API for this
        if slot is None or slot.closing is None or slot.closing.called:
            return True
        if slot.is_idle():
            slot.closing.callback(self.crawler.spider)
        return not slot.closing.called


async def end_crawl(crawler: Crawler, reason: str, why: str) -> None:
    """End the crawl of *crawler* for *reason* as soon as its engine runs. *why* is the line for the
    user (`note_why`).

    In Scrapy 2.19, an engine that starts after its spider was closed waits without end.
    """
    note_why(crawler, why)
    engine = crawler.engine
    assert engine is not None

    def close() -> None:
        raise CloseSpider(reason)

    if not engine.running:  # it may become idle before this coroutine continues
        crawler.signals.connect(close, signals.spider_idle, weak=False)
    while not engine.running:
        await asyncio.sleep(_POLL)
    await engine.close_spider_async(reason=reason)


def note_why(crawler: Crawler, why: str) -> None:
    """Store in one line *why* a crawl failed, for its summary. Only the first reason is stored."""
    if crawler.stats is not None and crawler.stats.get_value("newsclean/why") is None:
        crawler.stats.set_value("newsclean/why", why)
