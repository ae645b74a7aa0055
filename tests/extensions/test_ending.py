"""Ending a crawl: the engine's state in, whether it was told to end out."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.exceptions import CloseSpider
from twisted.internet.defer import Deferred

from newsclean.extensions.ending import Ending, end_crawl, note_why
from tests.units import crawler, make, stats_of


@pytest.mark.parametrize(
    ("closing", "idle", "told"), [(False, True, False), (True, False, False), (True, True, True)]
)
def test_a_scraper_that_is_closing_is_told_when_it_is_idle(closing, idle, told):
    ending, _ = make(Ending)
    slot = SimpleNamespace(closing=Deferred() if closing else None, is_idle=lambda: idle)
    ending.crawler.engine = SimpleNamespace(scraper=SimpleNamespace(slot=slot))
    ending.crawler.spider = object()
    assert ending.look() is not told
    assert (closing and slot.closing.called) is told
    if told:
        assert slot.closing.result is ending.crawler.spider
        assert ending.look() is True, "once is enough"


def test_a_crawl_ends_when_its_engine_runs():
    owner = crawler()
    reasons = []

    async def close(*, reason):
        reasons.append(reason)

    engine = owner.engine = SimpleNamespace(running=False, close_spider_async=close)

    async def run():
        ending = asyncio.ensure_future(end_crawl(owner, "locked_out", "Locked out: by a test"))
        await asyncio.sleep(0.03)
        assert reasons == []
        engine.running = True
        await ending

    asyncio.run(run())
    assert reasons == ["locked_out"]
    assert stats_of(owner)() == {"why": "Locked out: by a test"}


def test_a_spider_that_is_idle_before_ends_at_once():
    owner = crawler()
    owner.engine = SimpleNamespace(running=False)
    from scrapy import signals

    async def run():
        ending = asyncio.ensure_future(end_crawl(owner, "feed_failed", "no space"))
        await asyncio.sleep(0)
        ((_, raised),) = owner.signals.send_catch_log(signals.spider_idle, dont_log=CloseSpider)
        assert raised.value.reason == "feed_failed"
        ending.cancel()

    asyncio.run(run())


def test_the_first_reason_counts():
    owner = crawler()
    note_why(owner, "first")
    note_why(owner, "second")
    assert stats_of(owner)() == {"why": "first"}
