"""Block requests for sites that another machine may have taken over.

The check is in the download handler, because requests wait after the downloader middlewares: up to
forty requests of a site, with a delay between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import IgnoreRequest

from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.middlewares.redirects import OtherSiteError
from newsclean.urls import same_site

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class TakenOverError(IgnoreRequest):
    """Another crawl may have taken the site over. ``reason`` is its name in the statistics."""

    reason = "taken-over"


class HeldSitesHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler with a check of the ledger extension before each request."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler

    async def download_request(self, request: Request) -> Response:
        """Download like Scrapy. Raise TakenOverError or OtherSiteError if that is not allowed."""
        keeper = self.crawler.get_extension(LedgerKeeper)
        if keeper is not None and not keeper.may_ask():
            raise TakenOverError("another crawl may have taken over the site")
        origin = request.meta.get("redirect_urls", [request.url])[0]
        is_shared = getattr(self.crawler.spider, "shards", None) is not None
        if is_shared and not same_site(request.url, origin):
            raise OtherSiteError(f"redirects to {request.url[:300]}")
        return await super().download_request(request)
