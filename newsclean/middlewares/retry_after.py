"""Obey a Retry-After header of a 429 or 503 response for all requests to the host."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self

from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)
_STATUSES = frozenset({429, 503})


class RetryAfterMiddleware:
    """Delays every request to a host that responded 429 or 503 with a Retry-After, for at most
    ``NEWSCLEAN_MAX_DELAY`` seconds. Scrapy's retry middleware decides if the page is requested
    again."""

    def __init__(self, crawler: Crawler, max_delay: float) -> None:
        self.crawler = crawler
        self.max_delay = max_delay

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware for *crawler*."""
        return cls(crawler, crawler.settings.getfloat("NEWSCLEAN_MAX_DELAY"))

    def process_response(self, request: Request, response: Response) -> Response:
        """Return *response*. Delay further requests to its host if it has a Retry-After."""
        header = response.headers.get("Retry-After")
        if response.status in _STATUSES and header is not None:
            seconds = retry_after(header.decode("latin-1"))
            if seconds is not None:
                self._rest(request, min(seconds, self.max_delay))
        return response

    def _rest(self, request: Request, seconds: float) -> None:
        assert self.crawler.engine is not None and self.crawler.stats is not None
        host = urlparse_cached(request).hostname or ""
        key = request.meta.get("download_slot", host)
        # Like AutoThrottle: Scrapy 2.19 has no public way to the slots of its downloader.
        slot = self.crawler.engine.downloader.slots.get(key)
        self.crawler.stats.inc_value("newsclean/retry_after")
        logger.info("%s: Retry-After is %.0f seconds", host, seconds)
        if slot is not None:
            # A slot counts its delay from the last request. Without one, it does not wait.
            slot.delay = max(slot.delay, 0.001)
            slot.lastseen = max(slot.lastseen, time.monotonic() + seconds)


def retry_after(header: str) -> float | None:
    """Return the seconds in a Retry-After *header*, which is a number or a date (RFC 9110, section
    10.2.3). Return None if it is neither.

    >>> retry_after("120"), retry_after("soon")
    (120.0, None)
    """
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
