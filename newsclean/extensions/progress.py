"""SHOW: the progress of a running crawl, at the bottom of a terminal or as lines in the log."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newsclean.extensions.background import tell_error
from newsclean.extensions.counts import KINDS, Counts
from newsclean.extensions.progress_text import MAX_SITES, Snapshot, progress_line
from newsclean.extensions.waits import queue_length, waits_of
from newsclean.items import Article
from newsclean.signals import line_written

if TYPE_CHECKING:
    from rich.console import RenderableType
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from newsclean.extensions.terminal import Terminal

logger = logging.getLogger(__name__)

_REFRESH_EVERY = 0.25  # seconds, on a terminal
_RATE_OVER = 10.0  # seconds over which pages per second are measured


class Progress:
    """Shows the progress of a crawl: four times per second on *terminal*, or, without a terminal,
    in a line of the log every *interval* seconds."""

    def __init__(self, crawler: Crawler, terminal: Terminal | None, interval: float) -> None:
        self.crawler = crawler
        self.terminal = terminal
        self.interval = interval
        self.counts = Counts.of(crawler)
        self.latest: str | None = None
        self.started = time.monotonic()
        # Pairs of the time (monotonic clock) and the number of pages until then.
        moments = 2 if terminal is None else int(_RATE_OVER / _REFRESH_EVERY)
        self.moments: deque[tuple[float, int]] = deque([(self.started, 0)], moments)
        self._loop = create_looping_call(self._show_again)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected. Raise NotConfigured if no progress is shown."""
        settings = crawler.settings
        interval = settings.getfloat("NEWSCLEAN_PROGRESS_INTERVAL")
        terminal = None
        if _wants_terminal(settings):
            from newsclean.extensions.terminal import Terminal  # noqa: PLC0415 - rich

            terminal, interval = Terminal(force=True), _REFRESH_EVERY
        if interval <= 0:
            raise NotConfigured
        shown = cls(crawler, terminal, interval)
        connect = crawler.signals.connect
        connect(shown.spider_opened, signals.spider_opened)
        connect(shown.line_written, line_written)
        connect(shown.spider_closed, signals.spider_closed)
        connect(shown.stop, signals.engine_stopped)
        return shown

    def spider_opened(self, spider: Spider) -> None:
        """Start to show progress."""
        if self.terminal is not None:
            self.terminal.open(self._table())
        self._loop.start(self.interval, now=False)

    def line_written(self, item: Any, spider: Spider) -> None:
        """Store the headline of the last exported article."""
        if isinstance(item, Article):
            self.latest = item.headline

    def show(self) -> None:
        """Show the current state."""
        if self.terminal is None:
            logger.info("%s", progress_line(self.snapshot()))
        else:
            self.terminal.show(self._table())

    def _table(self) -> RenderableType:
        from newsclean.extensions.progress_table import progress_table  # noqa: PLC0415 - rich

        return progress_table(self.snapshot())

    def _show_again(self) -> None:
        try:
            self.show()
        except Exception as error:
            tell_error(self.crawler, error)
            raise  # the looping call logs it and ends

    def spider_closed(self, spider: Spider) -> None:
        """Stop to show progress, because the summary follows."""
        self.stop()

    def stop(self) -> None:
        """Close the terminal display, if it is open."""
        if self._loop.running:
            self._loop.stop()
        if self.terminal is not None:
            self.terminal.close()

    def snapshot(self) -> Snapshot:
        """Return the current state of the crawl."""
        by_site, now = self.counts.by_site, time.monotonic()
        totals = {kind: self.counts.totals[kind] for kind in KINDS}
        ended = sum(totals[kind] for kind in KINDS[2:])
        # Pages of an archive are not fetched.
        busy = by_site["fetched"] if totals["fetched"] else by_site["exported"]
        self.moments.append((now, max(totals["fetched"], ended)))
        (first, before), (last, pages) = self.moments[0], self.moments[-1]
        engine, stats = self.crawler.engine, self.crawler.stats
        assert engine is not None and stats is not None
        totals["read"] = stats.get_value("newsclean/read", 0)
        waits = waits_of(
            engine.downloader, self.crawler.settings.getfloat("DOWNLOAD_DELAY"), time.monotonic()
        )
        hosts = dict.fromkeys([host for host, _ in busy.most_common(MAX_SITES)] + list(waits))
        shown = sorted(hosts, key=lambda host: -busy[host])[:MAX_SITES]
        return Snapshot(
            spider=self.crawler.spider.name if self.crawler.spider else "",
            seconds=now - self.started,
            totals=totals,
            rate=(pages - before) / (last - first) if last > first else 0.0,
            queue=queue_length(engine.downloader, engine.scheduler),
            retries=stats.get_value("retry/count", 0),
            sites={host: {kind: by_site[kind][host] for kind in KINDS} for host in shown},
            more_sites=max(0, len(busy) - len(shown)),
            waits=waits,
            latest=self.latest,
        )


def _wants_terminal(settings: BaseSettings) -> bool:
    wish = settings.get("NEWSCLEAN_PROGRESS")
    if wish != "auto":
        return settings.getbool("NEWSCLEAN_PROGRESS")
    # Feed lines on the same terminal would break the display.
    feed = any(str(uri).startswith(("stdout:", "-")) for uri in settings.getdict("FEEDS"))
    on_top = (feed or settings.get("NEWSCLEAN_PRINT")) and sys.stdout.isatty()
    able = os.environ.get("TERM") not in {None, "", "dumb"}
    return sys.stderr.isatty() and able and not on_top
