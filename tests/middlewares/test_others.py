"""Downloader middlewares as units: request or response in, the same or an exception out."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response

from newsclean.middlewares.further_page import FurtherPageError, FurtherPageMiddleware
from newsclean.middlewares.retry_after import RetryAfterMiddleware, retry_after
from newsclean.spiders.article import ArticleSpider
from newsclean.urls import normal_url
from tests.units import make

URL = "https://bay.example/1_2"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        *(("7", 7), (" 7 ", 7), ("-7", None), ("7.5", None), ("soon", None), ("", None)),
        ("٧", None),
        ("Sat, 18 Apr 99999999999999999999 09:30:00 GMT", None),
        ("Sat, 18 Apr 2026 09:30:00 +99999999999999", None),
    ],
)
def test_how_long_a_host_asks_for(header, seconds):
    assert retry_after(header) == seconds


def test_how_long_a_host_asks_for_by_a_date():
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 80 < retry_after(date) <= 90
    assert retry_after("Sat, 18 Apr 2015 09:30:00 GMT") == 0


@pytest.mark.parametrize(
    ("status", "header", "waits"),
    [(429, "20", 20), (503, "20", 20), (429, "9999", 60), (200, "20", 0), (429, None, 0)],
)
def test_a_host_that_asks_for_rest_gets_it(status, header, waits):
    middleware, stats = make(RetryAfterMiddleware)
    slot = SimpleNamespace(delay=0.0, lastseen=0.0)
    slots = {"bay.example": slot}
    middleware.crawler.engine = SimpleNamespace(downloader=SimpleNamespace(slots=slots))
    response = Response(URL, status=status, headers={"Retry-After": header} if header else {})
    now = time.monotonic()
    assert middleware.process_response(Request(URL), response) is response
    assert stats() == ({"retry_after": 1} if waits else {})
    assert slot.lastseen == (pytest.approx(now + waits, abs=5) if waits else 0)


def test_a_page_that_an_article_has_claimed_is_not_fetched_again():
    middleware, _ = make(FurtherPageMiddleware)
    spider = middleware.crawler.spider = ArticleSpider(arguments=None)
    assert middleware.process_request(Request(URL)) is None
    spider.further.claimed[normal_url(URL)] = "https://bay.example/1"
    with pytest.raises(
        FurtherPageError, match=r"a further page of https://bay.example/1$"
    ) as error:
        middleware.process_request(Request(URL))
    assert error.value.reason == "further-page"
    assert middleware.process_request(Request(URL, meta={"newsclean_page": 2})) is None
