"""Obey robots.txt for every request, as in RFC 9309."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from scrapy import Request, signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler, load_object

from newsclean.discovery.robots_bounds import bound_robots
from newsclean.error_place import place_of
from newsclean.extensions.background import tell_error
from newsclean.rejections import meaning_of
from newsclean.spiders.failures import explain_error

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

_SERVER_ERRORS = frozenset({429, *range(500, 600)})
# Failures of the host itself. Its pages fail for the same reason.
_REASONS_OF_HOST = frozenset({"dns", "refused", "unreachable", "tls", "bad-url", "error"})
# Failures that mean "no rules". More than five redirects may mean that (section 2.3.1.2), and so
# may a redirect to a private address. If the host itself is private or has used up its budget, its
# pages are refused anyway.
_REASONS_OF_NO_RULES = frozenset(
    {"redirect-loop", "bad-redirect", "private-address", "site-budget"}
)
# Smaller files are parsed in a millisecond. A thread would take longer.
_MIN_BYTES_FOR_THREAD = 20_000


class RobotsUnavailableError(IgnoreRequest):
    """The robots.txt of a host could not be fetched. ``reason`` is the reason of its pages in the
    statistics."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ForbiddenByRobotsError(IgnoreRequest):
    """robots.txt forbids the URL. ``reason`` is its name in the statistics."""

    reason = "robots"


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware with the rules of RFC 9309 and limits for hostile files.

    - A server error, 429 or no response (section 2.3.1.4) forbids the host for this run, with the
      reason ``robots-unavailable``. Other client errors allow everything.
    - The first 500 KiB are read (section 2.5), within the limits of `bound_robots`, in a thread.
    - The file is fetched once for each scheme and host, even if many requests wait for it. In
      Scrapy 2.19 they share a Deferred. Only the first request gets its result; the others get
      None, which allows everything.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._parser_class: RobotParser = load_object(crawler.settings["ROBOTSTXT_PARSER"])
        self._reading: dict[str, asyncio.Task[RobotParser | None]] = {}

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise ForbiddenByRobotsError if *rp* forbids the URL of *request*."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise ForbiddenByRobotsError(meaning_of("robots")) from None

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the host of *request*, or None if it has none. Raise
        RobotsUnavailableError if they cannot be fetched in this run."""
        url = urlparse_cached(request)
        host = f"{url.scheme}://{url.netloc}"
        if host not in self._reading:
            self._reading[host] = asyncio.ensure_future(self._read(request))
        # If a request is cancelled, the others must still get the rules.
        task = self._reading[host]
        if not task.done():
            await asyncio.wait([task])
        error = task.exception()
        if isinstance(error, RobotsUnavailableError):
            # A new exception for each request, because each raise adds to its traceback.
            raise RobotsUnavailableError(error.reason, str(error))
        return task.result()

    async def _read(self, request: Request) -> RobotParser | None:
        assert self.crawler.engine is not None and self.crawler.stats is not None
        stats = self.crawler.stats
        url = urlparse_cached(request)
        host = url.netloc.rpartition("@")[2]
        robots_request = Request(
            f"{url.scheme}://{host}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True},
            callback=NO_CALLBACK,
        )
        stats.inc_value("robotstxt/request_count")
        try:
            response = await self.crawler.engine.download_async(robots_request)
        except Exception as error:  # any exception, as in an errback
            reason, detail, _ = explain_error(error)
            if reason in _REASONS_OF_NO_RULES:
                return None
            raise self._unavailable(robots_request, reason, detail) from None
        stats.inc_value("robotstxt/response_count")
        stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if response.status in _SERVER_ERRORS:
            detail = f"the server responded with status {response.status}"
            raise self._unavailable(robots_request, "robots-unavailable", detail)
        if not 200 <= response.status < 300:
            return None
        try:
            parser = await self._parse(response)
        except Exception as error:  # of newsclean or the parser; the rules are unknown
            tell_error(self.crawler, error)
            raise self._unavailable(robots_request, "robots-unavailable", place_of(error)) from None
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        return parser

    async def _parse(self, response: Response) -> RobotParser:
        body, is_cut = response.body, False
        if len(body) < _MIN_BYTES_FOR_THREAD:
            body, is_cut = bound_robots(body)
            parser: RobotParser = build_from_crawler(self._parser_class, self.crawler, body)
        else:
            body, is_cut = await asyncio.to_thread(bound_robots, body)
            parser = await asyncio.to_thread(
                build_from_crawler, self._parser_class, self.crawler, body
            )
        if is_cut:
            self._count("robots_cut")
            logger.warning("%s exceeds the limits: the rest is ignored", response.url)
        return parser

    def _unavailable(self, request: Request, reason: str, detail: str) -> RobotsUnavailableError:
        self._count("robots_unavailable")
        logger.warning(
            "%s could not be fetched (%s): the host is skipped in this run", request.url, detail
        )
        if reason in _REASONS_OF_HOST:
            return RobotsUnavailableError(reason, detail)
        return RobotsUnavailableError("robots-unavailable", f"robots.txt: {detail}")

    def _count(self, name: str) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"newsclean/{name}")
