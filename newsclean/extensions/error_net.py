"""EXPORT: the net under everything: no exception makes a page vanish.

Scrapy logs an exception of a callback, a pipeline or a signal handler and goes on. The page is
then in no feed, and the next run fetches it again. `ErrorNet` turns each such exception into a
`Rejection` with the reason ``error``, so that the page is written, counted and put off like a
page that failed.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider, StopDownload
from scrapy.http import Request
from scrapy.signalmanager import SignalManager
from twisted.python.failure import Failure

from newsclean.article import utc
from newsclean.error_place import place_of
from newsclean.export.extension import FeedExport
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.items import Article, Rejection
from newsclean.reports.tally import OTHER, site_name
from newsclean.signals import error_caught, line_written, page_unchanged
from newsclean.spiders.failures import ERROR
from newsclean.spiders.page import PageSpider

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_NO_OUTCOME = "the page was read, but gave neither an article nor a reason"
# Scrapy 2.19 sends no signal for these, for example when a pipeline's close_spider raises.
_ENGINE_LOGGERS = ("scrapy.core.engine", "scrapy.core.scraper")
_ENGINE_ERRORS = frozenset(
    {
        "Slot close failure",
        "Downloader close failure",
        "Scraper close failure",
        "Scheduler close failure",
        "Scraper bug processing %(request)s",
    }
)
# Without these extensions nothing that is read would be kept.
_ESSENTIAL = (FeedExport, LedgerKeeper)


class ErrorNet:
    """Rejects the page of every exception (``newsclean/rejected/error``), and counts exceptions
    that belong to no page (``newsclean/errors``). ``by_site`` has the number of both by site,
    ``(other)`` for those of no page.

    A page that a `PageSpider` asked for is followed until it has an outcome. One that has none
    when the spider is idle, because a component swallowed it, is rejected as well.
    """

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        self.crawler = crawler
        self.stats = crawler.stats
        self.engine_errors = _EngineErrors(self)
        self.by_site: Counter[str] = Counter()
        self._asked: dict[str, Request] = {}  # URL before redirects → the latest request

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected."""
        net = cls(crawler)
        # The only way to learn which handler of which signal failed for which item. Receivers
        # are kept by sender, so those that are connected already stay so (read in Scrapy 2.19).
        crawler.signals = WatchedSignals(crawler, net)
        connect = crawler.signals.connect
        connect(net.spider_error, signals.spider_error)
        connect(net.item_error, signals.item_error)
        connect(net.request_scheduled, signals.request_scheduled)
        connect(net.request_dropped, signals.request_dropped)
        connect(net.line_written, line_written)
        connect(net.count, error_caught)
        connect(net.engine_stopped, signals.engine_stopped)
        for name in _ENGINE_LOGGERS:
            logging.getLogger(name).addFilter(net.engine_errors)
        return net

    def engine_stopped(self) -> None:
        """Leave Scrapy's loggers to the next crawl of this process."""
        for name in _ENGINE_LOGGERS:
            logging.getLogger(name).removeFilter(self.engine_errors)

    # --- exceptions ---------------------------------------------------------------------------

    def spider_error(self, failure: Failure, response: Any, spider: Spider) -> None:
        """Reject the page whose callback, errback or spider middleware raised."""
        request: Request | None = getattr(response, "request", None)
        assert failure.value is not None
        if request is None:  # the spider's start(): no page is known yet
            self.count(failure.value)
        else:
            if "newsclean_ask" in request.meta:
                self.stats.inc_value("newsclean/failed_listings")
            self.reject(_origin(request), place_of(failure.value), request)

    def item_error(self, item: Any, response: Any, spider: Spider, failure: Failure) -> None:
        """Reject the page whose item made a pipeline raise."""
        assert failure.value is not None
        request: Request | None = getattr(response, "request", None)
        url = item.url if isinstance(item, Article | Rejection) else None
        if request is None and url is None:
            self.count(failure.value)
        else:
            self.reject(url or _origin(request), place_of(failure.value), request)

    def handler_failed(
        self, signal: object, receiver: object, error: BaseException, sent: dict[str, Any]
    ) -> None:
        """Keep what the *receiver* of *signal* lost when it raised *error*; *sent* is what the
        signal came with."""
        owner = getattr(receiver, "__self__", None)
        request = sent.get("request") or getattr(sent.get("response"), "request", None)
        item = sent.get("item")
        self.count(error)
        if not isinstance(owner, FeedExport):
            return
        if signal in {signals.item_scraped, signals.item_dropped}:
            url = item.url if isinstance(item, Article | Rejection) else _origin(request)
            if url:
                self.reject(url, place_of(error), request)
        elif signal is signals.request_dropped and "redirect_urls" in sent["request"].meta:
            self.reject(_origin(request), place_of(error), request)

    def leave(self) -> None:
        """Give back the ledger of a crawl that ends before it began."""
        keeper = self.crawler.get_extension(LedgerKeeper)
        if keeper is not None:
            keeper.close({})

    def reject(self, url: str, detail: str, request: Request | None) -> None:
        """Write, count and remember that the page *url* was lost to an exception."""
        if request is not None:
            self._asked.pop(_origin(request), None)
        rejection = Rejection(
            url=url,
            reason=ERROR,
            detail=detail,
            dateDownloaded=utc(datetime.now(UTC)),
            discoveredBy=request.meta.get("newsclean_discovered_by") if request else None,
        )
        spider = self.crawler.spider
        export = self.crawler.get_extension(FeedExport)
        assert spider is not None
        try:
            if export is not None:
                export.reject(rejection, spider, request, None)
                return
        except Exception:
            logger.exception("The rejected feed cannot say what happened to %s", url)
        self.stats.inc_value(f"newsclean/rejected/{ERROR}")
        self.crawler.signals.send_catch_log(
            line_written, item=rejection, spider=spider, request=request
        )

    def line_written(self, item: Article | Rejection, spider: Spider) -> None:
        """Count a page that ended with an error by its site."""
        if isinstance(item, Rejection) and item.reason == ERROR:
            self.by_site[site_name(item.url)] += 1

    def count(self, error: BaseException) -> None:
        """Count an exception that belongs to no page."""
        self.stats.inc_value("newsclean/errors")
        self.by_site[OTHER] += 1
        logger.error("Error outside any page: %s", place_of(error))

    # --- pages without an outcome --------------------------------------------------------------

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Follow a page from now on."""
        callback = request.callback
        if isinstance(spider, PageSpider) and callback == spider.parse_page:
            self._asked[_origin(request)] = request

    def request_dropped(self, request: Request, spider: Spider) -> None:
        """A request that Scrapy refuses as a duplicate gives nothing."""
        self._asked.pop(_origin(request), None)

    def settle(self, request: Request | None) -> None:
        """Note that the page of *request* has an outcome."""
        if request is not None:
            self._asked.pop(_origin(request), None)

    def reject_lost(self) -> None:
        """Reject the pages that have no outcome, to be called when the spider is idle."""
        for url, request in list(self._asked.items()):
            self.reject(url, _NO_OUTCOME, request)


class WatchedSignals(SignalManager):
    """Scrapy's signals, whose failed handlers *net* hears of."""

    def __init__(self, crawler: Crawler, net: ErrorNet) -> None:
        super().__init__(crawler)
        self.net = net

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy's."""
        if signal is signals.spider_idle:
            # Before the handlers, because those add requests.
            self.net.reject_lost()
        return self._watch(signal, super().send_catch_log(signal, **kwargs), kwargs)

    async def send_catch_log_async(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy's."""
        return self._watch(signal, await super().send_catch_log_async(signal, **kwargs), kwargs)

    def _watch(
        self, signal: object, results: list[tuple[Any, Any]], sent: dict[str, Any]
    ) -> list[tuple[Any, Any]]:
        """Tell the net of each exception among *results* that Scrapy does not ask for itself;
        return them, with the end of the crawl for an extension that could not start."""
        if results:
            expected = sent.get("dont_log", ())
            expected = (*(expected if isinstance(expected, tuple) else (expected,)), StopDownload)
        for number, (receiver, result) in enumerate(results):
            error = result.value if isinstance(result, Failure) else result
            if not isinstance(error, BaseException) or isinstance(error, expected):
                continue
            self.net.handler_failed(signal, receiver, error, sent)
            owner = getattr(receiver, "__self__", None)
            if signal is signals.spider_opened and isinstance(owner, _ESSENTIAL):
                self.net.leave()
                results[number] = receiver, CloseSpider("extension_failed")
        if signal in {signals.item_scraped, signals.item_dropped}:
            self.net.settle(getattr(sent.get("response"), "request", None))
        elif signal is page_unchanged:
            self.net.settle(sent.get("request"))
        return results


def _origin(request: Request | None) -> str:
    """Return the URL that was asked for, before any redirect."""
    if request is None:
        return ""
    url: str = request.meta.get("redirect_urls", [request.url])[0]
    return url


class _EngineErrors(logging.Filter):
    """Tells *net* of the exceptions that Scrapy's engine only logs; lets every record pass."""

    def __init__(self, net: ErrorNet) -> None:
        super().__init__()
        self.net = net

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        ours = getattr(record, "spider", None) is self.net.crawler.spider
        if error is not None and ours and record.msg in _ENGINE_ERRORS:
            self.net.count(error)
        return True
