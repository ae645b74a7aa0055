"""Do not fetch page 2 or later of an article again if it was fetched with the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from newsclean.spiders.page import PageSpider
from newsclean.urls import normal_url

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class FurtherPageError(IgnoreRequest):
    """The page belongs to a multi-page article. ``reason`` is its name in the statistics."""

    reason = "further-page"


class FurtherPageMiddleware:
    """Refuses requests for pages that belong to a multi-page article of this run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware for *crawler*."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise FurtherPageError for page 2 or later of an article."""
        spider = self.crawler.spider
        if not isinstance(spider, PageSpider) or "newsclean_page" in request.meta:
            return
        claimed = spider.further.claimed
        of = claimed.get(normal_url(request.url)) if claimed else None
        if of is not None:
            raise FurtherPageError(f"a further page of {of}")
