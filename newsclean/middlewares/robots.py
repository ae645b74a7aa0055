"""robots.txt, obeyed by every request that waits for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, with one task a host for everybody.

    In Scrapy 2.19 the requests that wait for a robots.txt share a Deferred; the first of them
    takes its result and the others get None, which means that all is allowed.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._reading: dict[str, asyncio.Task[RobotParser | None]] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the host of *request*, None where it has none."""
        host = urlparse_cached(request).netloc
        if host not in self._reading:
            self._reading[host] = asyncio.ensure_future(super().robot_parser(request))
        # A request that is cancelled must not take the rules away from the others.
        return await asyncio.shield(self._reading[host])
