"""Configure Python's cyclic garbage collector while a crawl runs."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Self

from scrapy import signals

from newsclean.garbage import collect_rarely

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Collector:
    """Makes the garbage collector skip the objects of the program itself during a crawl.

    Modules, classes and settings live until the end. Scanning them repeatedly takes a third of the
    CPU time of a crawl whose pages are read in worker processes. The objects of pages are still
    collected, in larger steps.
    """

    def __init__(self) -> None:
        self._before = gc.get_threshold()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected."""
        collector = cls()
        crawler.signals.connect(collector.engine_started, signals.engine_started)
        crawler.signals.connect(collector.engine_stopped, signals.engine_stopped)
        return collector

    def engine_started(self) -> None:
        """Freeze the existing objects, and set the threshold."""
        # Only new objects are collected first. Among all objects of a start there are fewer than a
        # hundred that nobody uses, and looking for them takes 50 ms.
        gc.collect(1)
        gc.freeze()
        collect_rarely()

    def engine_stopped(self) -> None:
        """Restore the garbage collector, because the process may continue after the crawl."""
        gc.set_threshold(*self._before)
        gc.unfreeze()
