"""Configure Python's cyclic garbage collector while a crawl runs."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Self

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# The number of container objects that are created and not freed until the youngest generation is
# collected. Python's default of 700 is reached ten times per page.
_THRESHOLD = 10_000


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
        gc.collect()
        gc.freeze()
        _, *older = self._before
        gc.set_threshold(_THRESHOLD, *older)

    def engine_stopped(self) -> None:
        """Restore the garbage collector, because the process may continue after the crawl."""
        gc.set_threshold(*self._before)
        gc.unfreeze()
