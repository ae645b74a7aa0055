"""Fetch one page without a crawl, but with the rules of a crawl.

The response passes the same middlewares: robots.txt, private addresses and ports, limits on size,
time and redirects, decompression. Nothing is exported, saved or written to the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from newsclean.cli.running import crawl_settings
from newsclean.fetched import page_problem
from newsclean.spiders.failures import explain_error
from newsclean.spiders.page import fetched_page
from newsclean.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

# A user waits for one page, so there is no delay and no retry.
_SETTINGS: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 0,
    "EXTENSIONS": {},
    "FEEDS": {},
    "ITEM_PIPELINES": {},
    "LOG_ENABLED": False,
    "NEWSCLEAN_RENDER": False,
    "NEWSCLEAN_WARC": None,
}


class _OnePage(Spider):
    """Requests one page and stores the response, or the reason of the failure."""

    name = "one-page"
    response: Response | None = None
    problem: tuple[str, str] | None = None

    async def start(self) -> AsyncIterator[Any]:
        for url in self.start_urls:
            yield Request(url, callback=self.take, errback=self.fail, dont_filter=True)

    def take(self, response: Response) -> None:
        self.response, self.problem = response, page_problem(fetched_page(response))

    def fail(self, failure: Failure) -> None:
        assert failure.value is not None
        reason, detail, _ = explain_error(failure.value)
        self.problem = reason, detail


def fetch_page(url: str) -> tuple[bytes, str | None, str]:
    """Return (body in bytes, content type, final URL after redirects) of the page *url*.

    The host and port of *url* may be private, because the user named them. Redirects must not
    lead to other private hosts. Raise ValueError with one line if the page cannot be fetched or is
    not HTML. Call it only once in a process, because it stops the reactor.
    """
    if not is_web_url(url):
        raise ValueError(f"{url}: expected an http or https URL")
    process = AsyncCrawlerProcess(crawl_settings(_SETTINGS))
    crawler = process.create_crawler(_OnePage)
    process.crawl(crawler, start_urls=[url])
    process.start()
    spider = crawler.spider
    assert isinstance(spider, _OnePage)
    if spider.problem is not None:
        reason, detail = spider.problem
        raise ValueError(f"{url}: {detail} ({reason})")
    if spider.response is None:
        raise ValueError(f"{url}: the request ended without a response")
    content_type = spider.response.headers.get("Content-Type")
    shown = content_type.decode("latin-1") if content_type else None
    return spider.response.body, shown, spider.response.url
