"""A response is saved before it is passed on: response in, response and records out."""

import asyncio
from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse
from warcio.archiveiterator import ArchiveIterator

from newsclean.archives import read_saved
from newsclean.archives.mark import PageMark
from newsclean.items import Article
from newsclean.middlewares.save_pages import (
    PageNotSavedError,
    SavePagesMiddleware,
    exchange_of,
    mark_of,
)
from newsclean.rejections import Rejection
from newsclean.spiders.article import ArticleSpider
from newsclean.spiders.page import DOWNLOADED
from tests.server import article_page
from tests.units import make

URL = "https://bay.example/1?a=b"


def response(number=1, **fields):
    headers = {"Content-Type": "text/html", "Set-Cookie": ["a=1", "b=2"]}
    body = article_page(number)
    return HtmlResponse(f"{URL}{number}", body=body, headers=headers, protocol="HTTP/1.1", **fields)


class Engine:
    """Scrapy's engine, as the middleware sees it."""

    running = True

    def __init__(self):
        self.reasons = []

    async def close_spider_async(self, *, reason):
        self.reasons.append(reason)


def pass_on(folder, *pairs, engine=None):
    middleware, stats = make(SavePagesMiddleware, NEWSCLEAN_WARC=str(folder))
    middleware.crawler.engine = engine or Engine()

    async def all_at_once():
        await middleware.spider_opened()
        given = [middleware.process_response(*pair) for pair in pairs]
        found = await asyncio.gather(*given, return_exceptions=True)
        await middleware.spider_closed()
        return found

    return asyncio.run(all_at_once()), stats()


def test_without_its_setting_there_is_no_middleware():
    with pytest.raises(NotConfigured):
        make(SavePagesMiddleware)


def test_responses_pass_when_they_are_written(tmp_path):
    pairs = [(Request(f"{URL}{number}"), response(number)) for number in range(20)]
    found, stats = pass_on(tmp_path, *pairs)
    assert found == [given for _, given in pairs]
    assert stats == {"saved_pages": 20}
    assert all(request.meta[DOWNLOADED].tzinfo is UTC for request, _ in pairs)
    (path,) = tmp_path.iterdir()
    bodies = [page.body for page in read_saved([path], limit=10**6)]
    assert bodies == [given.body for _, given in pairs]


def test_what_the_cache_gives_is_not_written_again(tmp_path):
    found, stats = pass_on(tmp_path, (Request(URL), response(flags=["cached"])))
    assert isinstance(found[0], HtmlResponse)
    assert (stats, list(tmp_path.iterdir())) == ({}, [])


def test_a_page_that_cannot_be_written_goes_no_further(tmp_path):
    (tmp_path / "file").write_text("")
    engine, pairs = Engine(), [(Request(URL), response()) for _ in range(2)]
    found, stats = pass_on(tmp_path / "file", *pairs, engine=engine)
    assert [type(one) for one in found] == [PageNotSavedError] * 2
    assert found[0].reason == "failed"
    assert engine.reasons == ["warc_failed"]
    folder = tmp_path / "file"
    assert stats["why"].startswith(f"The WARC files in {folder} cannot be written, the crawl ends:")


def test_why_a_page_gave_no_article_is_written_after_it(tmp_path):
    middleware, _ = make(SavePagesMiddleware, NEWSCLEAN_WARC=str(tmp_path))
    middleware.crawler.spider = ArticleSpider(arguments=None)
    requests = [Request(f"{URL}{number}") for number in range(4)]

    async def judge():
        await middleware.spider_opened()
        for number, request in enumerate(requests):
            await middleware.process_response(request, response(number))
        middleware.section_found(requests[0])
        for reason, request in zip(("not-article", "no-body"), requests[1:3], strict=True):
            item = Rejection(request.url, reason)
            middleware.line_written(item, middleware.crawler.spider, request)
        middleware.line_written(Article(url=URL), middleware.crawler.spider, requests[3])
        middleware.line_written(Rejection(URL, "not-article"), middleware.crawler.spider)
        await middleware.spider_closed()

    asyncio.run(judge())
    (path,) = tmp_path.iterdir()
    found = list(read_saved([path], limit=10**6))
    pages, verdicts = found[:4], found[4:]
    assert [(one.record, one.url, one.reason) for one in verdicts] == [
        (pages[0].record, requests[0].url, "listing-page"),
        (pages[1].record, requests[1].url, "not-article"),
    ]


def test_the_request_is_written_without_its_secrets(tmp_path):
    secrets = {"Authorization": "Basic c2VjcmV0", "Cookie": "id=c2VjcmV0"}
    request = Request(URL, headers={"Accept": "text/html", **secrets})
    pass_on(tmp_path, (request, response()))
    (path,) = tmp_path.iterdir()
    with path.open("rb") as file:
        *_, record = ArchiveIterator(file)
        head = (record.http_headers.to_str() + "\r\n").splitlines()
    assert head[:3] == ["GET /1?a=b HTTP/1.1", "Host: bay.example", "Accept: text/html"]
    assert b"c2VjcmV0" not in b"".join(page.body for page in read_saved([path], limit=10**6))
    assert not [line for line in head if "c2VjcmV0" in line]


def test_headers_that_come_several_times_are_kept():
    exchange = exchange_of(Request(URL), response(), datetime.now(UTC), None)
    assert [value for name, value in exchange.headers if name == b"Set-Cookie"] == [b"a=1", b"b=2"]


@pytest.mark.parametrize(
    ("url", "meta", "mark"),
    [
        ("/robots.txt", {"dont_obey_robotstxt": True}, PageMark("robots")),
        ("/robots.txt", {}, PageMark("page")),
        ("/feed", {"newsclean_listing": None}, PageMark("listing")),
        ("/1_2", {"newsclean_page": 2}, PageMark("further", number=2)),
        (
            "/1_2b",
            {"newsclean_page": 2, "newsclean_asked": "/1_2"},
            PageMark("further", "/1_2", number=2),
        ),
        ("/new", {"redirect_urls": ["/old", "/older"]}, PageMark("page", "/old")),
        (
            "/1",
            {"newsclean_discovered_by": "feed", "newsclean_hints": {"headline": ("Calm", "feed")}},
            PageMark("page", discovered_by="feed", hints={"headline": ("Calm", "feed")}),
        ),
    ],
)
def test_what_a_request_was_for(url, meta, mark):
    assert mark_of(Request(f"https://bay.example{url}", meta=meta)) == mark
