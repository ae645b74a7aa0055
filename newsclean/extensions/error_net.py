"""EXPORT: make sure that no page is lost because of an exception.

Scrapy logs an exception of a callback, a pipeline or a signal handler and continues. Then the page
is in no feed, and the next run fetches it again. `ErrorNet` converts each such exception to a
`Rejection` with the reason ``error``. So the page is in the rejected feed, is counted, and is tried
again later like a failed page.
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
from newsclean.items import Article
from newsclean.rejections import Rejection
from newsclean.reports.tally import OTHER, site_name
from newsclean.signals import error_caught, line_written, page_unchanged
from newsclean.spiders.failures import ERROR
from newsclean.spiders.page import PageSpider

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_NO_OUTCOME = "the page was fetched, but gave neither an article nor a rejection"
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
# Without these extensions, articles would not be stored.
_ESSENTIAL = (FeedExport, LedgerKeeper)


class ErrorNet:
    """Rejects the page of every exception (``newsclean/rejected/error``), and counts exceptions
    that belong to no page (``newsclean/errors``). ``by_site`` counts both by site; exceptions
    without a page count for ``(other)``.

    Each page that a `PageSpider` requested is tracked until it has an outcome. If a page has no
    outcome when the spider is idle, because a component dropped it silently, it is rejected, too.
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
        # The only way to find out which handler of which signal failed for which item. Receivers
        # are stored by sender, so existing connections are kept (read in Scrapy 2.19).
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
        """Remove the filters from Scrapy's loggers, for the next crawl of this process."""
        for name in _ENGINE_LOGGERS:
            logging.getLogger(name).removeFilter(self.engine_errors)

    # --- exceptions ---------------------------------------------------------------------------

    def spider_error(self, failure: Failure, response: Any, spider: Spider) -> None:
        """Reject the page whose callback, errback or spider middleware raised an exception."""
        request: Request | None = getattr(response, "request", None)
        assert failure.value is not None
        if request is None:  # an exception in the spider's start(): there is no page yet
            self.count(failure.value)
        else:
            if "newsclean_listing" in request.meta:
                self.stats.inc_value("newsclean/failed_listings")
            self.reject(_origin(request), place_of(failure.value), request)

    def item_error(self, item: Any, response: Any, spider: Spider, failure: Failure) -> None:
        """Reject the page whose item caused an exception in a pipeline."""
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
        """Reject the page for which the *receiver* of *signal* raised *error*. *sent* are the
        arguments of the signal."""
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
        """Close the ledger of a crawl that ends before it began."""
        keeper = self.crawler.get_extension(LedgerKeeper)
        if keeper is not None:
            keeper.close({})

    def reject(self, url: str, detail: str, request: Request | None) -> None:
        """Write and count a rejection of the page *url* with the reason ``error``."""
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
            logger.exception("The rejection of %s cannot be written", url)
        self.stats.inc_value(f"newsclean/rejected/{ERROR}")
        self.crawler.signals.send_catch_log(
            line_written, item=rejection, spider=spider, request=request
        )

    def line_written(self, item: Article | Rejection, spider: Spider) -> None:
        """Count a page with the reason ``error`` by its site."""
        if isinstance(item, Rejection) and item.reason == ERROR:
            self.by_site[site_name(item.url)] += 1

    def count(self, error: BaseException) -> None:
        """Count an exception that belongs to no page."""
        self.stats.inc_value("newsclean/errors")
        self.by_site[OTHER] += 1
        logger.error("Error outside any page: %s", place_of(error))

    # --- pages without an outcome --------------------------------------------------------------

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Begin to track a page."""
        callback = request.callback
        if isinstance(spider, PageSpider) and callback == spider.parse_page:
            self._asked[_origin(request)] = request

    def request_dropped(self, request: Request, spider: Spider) -> None:
        """Stop to track a page that Scrapy drops as a duplicate."""
        self._asked.pop(_origin(request), None)

    def settle(self, request: Request | None) -> None:
        """Stop to track the page of *request*, because it has an outcome."""
        if request is not None:
            self._asked.pop(_origin(request), None)

    def reject_lost(self) -> None:
        """Reject the pages without an outcome. Call this when the spider is idle."""
        for url, request in list(self._asked.items()):
            self.reject(url, _NO_OUTCOME, request)


class WatchedSignals(SignalManager):
    """Scrapy's signal manager, which reports failed handlers to *net*."""

    def __init__(self, crawler: Crawler, net: ErrorNet) -> None:
        super().__init__(crawler)
        self.net = net

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """Send *signal* as Scrapy does, and report failed handlers."""
        if signal is signals.spider_idle:
            # Before the handlers, because they add requests.
            self.net.reject_lost()
        return self._watch(signal, super().send_catch_log(signal, **kwargs), kwargs)

    async def send_catch_log_async(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """Send *signal* as Scrapy does, and report failed handlers."""
        return self._watch(signal, await super().send_catch_log_async(signal, **kwargs), kwargs)

    def _watch(
        self, signal: object, results: list[tuple[Any, Any]], sent: dict[str, Any]
    ) -> list[tuple[Any, Any]]:
        """Report each exception in *results* that Scrapy does not expect. Return the results. If an
        essential extension could not start, its result is replaced by CloseSpider."""
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
    """Return the URL that was requested, before any redirect."""
    if request is None:
        return ""
    url: str = request.meta.get("redirect_urls", [request.url])[0]
    return url


class _EngineErrors(logging.Filter):
    """Reports to *net* exceptions that Scrapy's engine only logs. It keeps every log record."""

    def __init__(self, net: ErrorNet) -> None:
        super().__init__()
        self.net = net

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        ours = getattr(record, "spider", None) is self.net.crawler.spider
        if error is not None and ours and record.msg in _ENGINE_ERRORS:
            self.net.count(error)
        return True
