"""Write every response to WARC files before anything else gets it (``NEWSCLEAN_WARC``).

A page is in the archive before its article is in the feed, even if the crawl is killed between.
Scrapy does not keep all bytes of a response. The status phrase, the order and spelling of header
names, and the request are reconstructed; chunks of the transfer encoding are not kept.
``Authorization`` and ``Cookie`` headers of requests are left out.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from scrapy import signals
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.utils.httpobj import urlparse_cached

from newsclean import __version__
from newsclean.archives.mark import PageMark
from newsclean.archives.verdict import REASONS, Verdict
from newsclean.archives.writing import Exchange, Judged, WarcWriter, repair
from newsclean.extensions.ending import end_crawl
from newsclean.items import Article
from newsclean.rejections import Rejection
from newsclean.signals import line_written, section_found
from newsclean.spiders.page import DOWNLOADED, PageSpider
from newsclean.urls import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

_T = TypeVar("_T")
logger = logging.getLogger(__name__)

# The key of ``Request.meta`` for the ID of the record in which the answer was saved.
_RECORD = "newsclean_record"
_SECRETS = frozenset({b"authorization", b"cookie", b"proxy-authorization"})
_WARC_1_1 = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_DESCRIPTION = (
    "Reconstructed from what the crawler keeps: status phrase, order and spelling of header names,"
    " requests (without Authorization and Cookie). Bodies have no chunks and no content encoding;"
    " X-Archive-Orig-Content-Encoding names it."
)


class PageNotSavedError(IgnoreRequest):
    """The page could not be written. ``reason`` is its name in the statistics."""

    reason = "failed"


class SavePagesMiddleware:
    """Passes a response on after it was written. If that fails, the crawl ends (``warc_failed``),
    and the page counts as failed. The next run fetches it again."""

    def __init__(self, crawler: Crawler, writer: WarcWriter) -> None:
        self.crawler = crawler
        self.writer = writer
        # Records to write, each with the future of the requests that wait for it. None waits for a
        # verdict.
        self._waiting: list[tuple[Exchange | Judged, asyncio.Future[None] | None]] = []
        self._task: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        # One thread, so that records are written in order and the reactor does not wait.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="newsclean-warc")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware. Raise NotConfigured without ``NEWSCLEAN_WARC``."""
        settings = crawler.settings
        folder = settings.get("NEWSCLEAN_WARC")
        if not folder:
            raise NotConfigured
        info = (
            ("software", f"newsclean/{__version__} (https://scrapy.org/)"),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", _WARC_1_1),
            ("robots", "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore"),
            ("http-header-user-agent", str(settings.get("USER_AGENT"))),
            ("description", _DESCRIPTION),
        )
        writer = WarcWriter(
            Path(folder),
            max_size=settings.getint("NEWSCLEAN_WARC_MAX_SIZE"),
            max_body=settings.getint("DOWNLOAD_MAXSIZE"),
            info=info,
        )
        middleware = cls(crawler, writer)
        connect = crawler.signals.connect
        connect(middleware.spider_opened, signals.spider_opened)
        connect(middleware.line_written, line_written)
        connect(middleware.section_found, section_found)
        connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    async def spider_opened(self) -> None:
        """Repair the files that killed crawls left in the folder."""
        try:
            repaired = await self._in_thread(repair, self.writer.folder)
        except OSError as error:
            self._give_up(error)
            return
        for path, cut in repaired:
            logger.info("%s: completed; %d bytes of an incomplete record were cut off", path, cut)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return *response* after it was written. Raise PageNotSavedError if that fails."""
        if "cached" in response.flags or len(response.url) > MAX_URL:
            return response
        # to the second, like the date of the article
        now = datetime.now(UTC).replace(microsecond=0)
        request.meta[DOWNLOADED] = now
        mark = mark_of(request) if isinstance(self.crawler.spider, PageSpider) else None
        exchange = exchange_of(request, response, now, mark)
        if mark is not None and mark.kind == "page":
            request.meta[_RECORD] = exchange.record
        try:
            await self._write(exchange)
        except OSError as error:
            self._give_up(error)
            raise PageNotSavedError(f"the page could not be written: {error.strerror}") from None
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value("newsclean/saved_pages")
        return response

    def line_written(
        self, item: Article | Rejection, spider: Spider, request: Request | None = None
    ) -> None:
        """Note why a saved page gave no article, if the page alone does not show it."""
        if isinstance(item, Rejection) and item.reason in REASONS and request is not None:
            self._judge(request, item.reason, item.duplicateOf)

    def section_found(self, request: Request) -> None:
        """Note that a saved page is a section."""
        self._judge(request, "listing-page")

    def _judge(self, request: Request, reason: str, duplicate_of: str | None = None) -> None:
        record = request.meta.get(_RECORD)
        if record is not None and self._closing is None:
            verdict = Verdict(record, request.url, reason, duplicate_of)
            self._put(Judged(verdict, datetime.now(UTC)), None)

    async def _in_thread(self, call: Callable[..., _T], *arguments: object) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, *arguments)

    async def _write(self, exchange: Exchange) -> None:
        """Return after *exchange* was written, together with others that are waiting."""
        written = asyncio.get_running_loop().create_future()
        self._put(exchange, written)
        await written

    def _put(self, entry: Exchange | Judged, written: asyncio.Future[None] | None) -> None:
        self._waiting.append((entry, written))
        if self._task is None:
            self._task = asyncio.ensure_future(self._write_waiting())

    async def _write_waiting(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._in_thread(self.writer.write, [one for one, _ in batch])
            except Exception as error:  # each waiting page gets the exception
                failure: Exception | None = error
            else:
                failure = None
            for _, written in batch:
                if written is None:
                    if isinstance(failure, OSError):
                        self._give_up(failure)
                elif not written.done():  # otherwise its request was cancelled
                    if failure is None:
                        written.set_result(None)
                    else:
                        written.set_exception(failure)
        self._task = None

    async def spider_closed(self) -> None:
        """Close the current file."""
        if self._task is not None:
            await self._task
        try:
            await self._in_thread(self.writer.close)
        except OSError as error:
            logger.error("A WARC file is not complete, the next run repairs it: %s", error)
        self._thread.shutdown(wait=False)

    def _give_up(self, error: OSError) -> None:
        if self._closing is not None:
            return
        reason = error.strerror or type(error).__name__
        folder = self.writer.folder
        why = f"The WARC files in {folder} cannot be written, the crawl ends: {reason}"
        logger.error("%s", why)
        self._closing = asyncio.ensure_future(end_crawl(self.crawler, "warc_failed", why))


def exchange_of(
    request: Request, response: Response, date: datetime, mark: PageMark | None
) -> Exchange:
    """Return *request* and *response*, downloaded at *date*, as they are written."""
    flags = {"partial", "dataloss"} & set(response.flags)
    return Exchange(
        url=response.url,
        date=date,
        request=_request_message(request),
        status=response.status,
        headers=_headers(response.headers),
        body=response.body,
        protocol=response.protocol,
        ip_address=str(response.ip_address) if response.ip_address else None,
        truncated="unspecified" if flags else None,
        mark=mark,
    )


def mark_of(request: Request) -> PageMark:
    """Return the purpose of *request* of a newsclean spider."""
    meta = request.meta
    asked = meta.get("redirect_urls", [meta.get("newsclean_asked")])[0]
    if "newsclean_listing" in meta or "newsclean_subresource" in meta:
        return PageMark("listing", asked)
    if "newsclean_page" in meta:
        return PageMark("further", asked, number=meta["newsclean_page"])
    if meta.get("dont_obey_robotstxt") and urlparse_cached(request).path == "/robots.txt":
        return PageMark("robots", asked)
    return PageMark(
        "page",
        asked,
        discovered_by=meta.get("newsclean_discovered_by"),
        hints=meta.get("newsclean_hints") or {},
    )


def _request_message(request: Request) -> bytes:
    parts = urlparse_cached(request)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{request.method} {target} HTTP/1.1".encode()]
    if b"Host" not in request.headers:
        lines.append(b"Host: " + parts.netloc.rpartition("@")[2].encode())
    for name, value in _headers(request.headers):
        if name.lower() not in _SECRETS:
            lines.append(name + b": " + value)
    return b"\r\n".join(lines) + b"\r\n\r\n" + request.body


def _headers(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name in headers for value in headers.getlist(name)]
