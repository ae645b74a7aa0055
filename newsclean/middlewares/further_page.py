"""A further page of an article is fetched with the article, and not again as a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import IgnoreRequest

from newsclean.spiders.page import PageSpider
from newsclean.urls import normal_url

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class FurtherPageError(IgnoreRequest):
    """The page belongs to an article; ``reason`` is the word that it is counted under."""

    reason = "further-page"


class FurtherPageMiddleware:
    """Refuses requests for pages that an article of this run has claimed as its own."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware for *crawler*."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise FurtherPageError for the page of an article that begins elsewhere."""
        spider = self.crawler.spider
        if not isinstance(spider, PageSpider) or "newsclean_page" in request.meta:
            return
        claimed = spider.further.claimed
        of = claimed.get(normal_url(request.url)) if claimed else None
        if of is not None:
            raise FurtherPageError(f"a further page of {of}")
