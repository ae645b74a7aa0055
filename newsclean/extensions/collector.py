"""How often Python looks for garbage in cycles while a crawl runs."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Self

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# Containers made and not yet freed after which the youngest are looked at. Python's own 700 are
# a tenth of a page.
_THRESHOLD = 10_000


class Collector:
    """Has the garbage collector leave alone what the program is made of, for the time of a crawl.

    Modules, classes and settings stay until the end, and are most of what it would look at again
    and again: a third of the CPU time of a crawl whose pages are read in worker processes. What a
    page leaves behind is collected as before, in larger steps.
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
        """Set what is there apart."""
        gc.collect()
        gc.freeze()
        _, *older = self._before
        gc.set_threshold(_THRESHOLD, *older)

    def engine_stopped(self) -> None:
        """Leave the collector as it was: this process may have other things to do."""
        gc.set_threshold(*self._before)
        gc.unfreeze()
