"""Ending a crawl at any moment, also before its engine has started."""

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
    """Lets a crawl end whose last items came from the spider's ``start``, as an archive's do.

    In Scrapy 2.19, a scraper that is closing waits for the items in its pipelines. Only items that
    came from a response tell it when they are done. For other items it waits for ever.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._task: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, which looks while the engine runs."""
        ending = cls(crawler)
        crawler.signals.connect(ending.engine_started, signals.engine_started)
        crawler.signals.connect(ending.engine_stopped, signals.engine_stopped)
        return ending

    def engine_started(self) -> None:
        """Begin to look."""
        self._task = asyncio.ensure_future(repeat(self.crawler, _LOOK_EVERY, self.look))

    def engine_stopped(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()

    def look(self) -> bool:
        """Tell a closing scraper that it is idle, if it is; return False if it was told."""
        assert self.crawler.engine is not None
        assert self.crawler.spider is not None
        slot = self.crawler.engine.scraper.slot  # 2.19 has no public way to ask or to tell
        if slot is None or slot.closing is None or slot.closing.called:
            return True
        if slot.is_idle():
            slot.closing.callback(self.crawler.spider)
        return not slot.closing.called


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
