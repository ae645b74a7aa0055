"""The garbage collector during a crawl, and after it."""

import gc
import weakref

from scrapy import signals
from scrapy.utils.test import get_crawler

from newsclean.extensions.collector import Collector


class Cycle:
    def __init__(self):
        self.itself = self


def test_what_was_there_is_left_alone_until_the_end():
    crawler = get_crawler()
    collector = Collector.from_crawler(crawler)
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        crawler.signals.send_catch_log(signals.engine_started)
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold()[0] > before[0]
        # What a page leaves behind goes as before.
        page = weakref.ref(Cycle())
        gc.collect()
        assert page() is None
    finally:
        collector.engine_stopped()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() <= frozen
