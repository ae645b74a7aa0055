"""FETCH: obey the Crawl-delay of robots.txt if it is longer than the configured delay."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class Politeness:
    """Sets the delay of each host to its Crawl-delay, at most ``NEWSCLEAN_MAX_DELAY`` seconds, if
    that is longer than the configured delay. It logs this and counts ``newsclean/crawl_delays``."""

    def __init__(self, crawler: Crawler, max_delay: float) -> None:
        self.crawler = crawler
        self.max_delay = max_delay
        self.user_agent: str = crawler.settings["USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected."""
        polite = cls(crawler, crawler.settings.getfloat("NEWSCLEAN_MAX_DELAY"))
        crawler.signals.connect(polite.robots_parsed, signals.robots_parsed)
        return polite

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Apply the Crawl-delay of the host of *request*, if it has one for this user agent."""
        theirs: Any = robotparser.crawl_delay(self.user_agent)
        if not theirs or theirs <= 0:
            return
        delay = min(float(theirs), self.max_delay)
        host = urlparse_cached(request).hostname or ""
        assert self.crawler.engine is not None and self.crawler.stats is not None
        # Scrapy 2.19 has no public API for the slots of its downloader; AutoThrottle does the same.
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", host))
        if slot is None or slot.delay >= delay:
            return
        slot.delay = delay
        self.crawler.stats.inc_value("newsclean/crawl_delays")
        capped = f", capped from {theirs:g}" if theirs > self.max_delay else ""
        logger.info("%s: Crawl-delay is %g seconds%s", host, delay, capped)
