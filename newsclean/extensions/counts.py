"""Count the outcomes of the pages of a crawl while it runs, for the progress and the report."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from scrapy import signals

from newsclean.items import Article
from newsclean.rejections import Rejection, is_failure
from newsclean.reports import Timeline
from newsclean.reports.tally import site_name
from newsclean.signals import line_written, page_unchanged

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.signalmanager import SignalManager

    from newsclean.ledger.page import DuePage

# Requests for a part of a page: a further page of an article, a resource that a browser requests.
_NO_PAGES = frozenset({"newsclean_page", "newsclean_subresource"})
_counts_of: WeakKeyDictionary[SignalManager, Counts] = WeakKeyDictionary()
KINDS = ("found", "fetched", "exported", "unchanged", "rejected", "failed")


class Counts:
    """Counts pages from the moment that it is connected to the signals of a crawler, *connected*.

    ``totals`` counts pages by kind (`KINDS`), ``by_site`` each kind by site, ``failures`` failed
    pages by reason. ``new`` counts pages that no earlier run exported, by site and outcome
    (``exported`` or the reason of the rejection). ``timeline`` counts all kinds except ``found`` by
    time (Unix).
    """

    def __init__(self, connected: SignalManager) -> None:
        self.totals: Counter[str] = Counter()
        self.by_site: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        self.failures: Counter[str] = Counter()
        self.new: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.timeline = Timeline()
        connected.connect(self.request_scheduled, signals.request_scheduled)
        connected.connect(self.response_received, signals.response_received)
        connected.connect(self.line_written, line_written)
        connected.connect(self.page_unchanged, page_unchanged)

    @classmethod
    def of(cls, crawler: Crawler) -> Counts:
        """Return the counts of *crawler*. All of its components share them, because each receiver
        of a signal costs as much as what it counts."""
        counts = _counts_of.get(crawler.signals)
        if counts is None:
            counts = _counts_of[crawler.signals] = cls(crawler.signals)
        return counts

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Count a found page once. Retries and redirects are not counted."""
        if request.meta.get("retry_times") or request.meta.get("redirect_times"):
            return
        self._count("found", request.url)

    def response_received(self, response: Response, request: Request, spider: Spider) -> None:
        """Count a fetched page. A robots.txt and the further pages of an article are not
        counted."""
        if not (request.url.endswith("/robots.txt") or request.meta.keys() & _NO_PAGES):
            self._count("fetched", request.url)

    def line_written(
        self, item: Article | Rejection, spider: Spider, request: Request | None = None
    ) -> None:
        """Count an article or a rejection."""
        if isinstance(item, Article):
            self._count("exported", item.url)
            outcome, is_new = "exported", item.metadata.changeType != "updated"
        else:
            self._count("failed" if is_failure(item.reason) else "rejected", item.url)
            if is_failure(item.reason):
                self.failures[item.reason] += 1
            due: DuePage | None = request.meta.get("newsclean_due") if request is not None else None
            outcome, is_new = item.reason, due is None or due.version == 0
        if is_new:
            self.new[site_name(item.url)][outcome] += 1

    def page_unchanged(self, url: str, spider: Spider) -> None:
        """Count an unchanged page."""
        self._count("unchanged", url)

    def _count(self, kind: str, url: str) -> None:
        self.totals[kind] += 1
        self.by_site[kind][site_name(url)] += 1
        if kind != "found":
            self.timeline.add(time.time(), kind)
