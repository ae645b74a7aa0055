"""A request is sent only to sites that the crawl holds: request in, answer or exception out."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

from newsclean.middlewares.held_sites import HeldSitesHandler, OtherSiteError, TakenOverError

URL = "https://bay.example/1"


def ask(monkeypatch, request, *, keeper=None, shards=None):
    async def answer(self, request):
        return Response(request.url)

    monkeypatch.setattr(HTTP11DownloadHandler, "__init__", lambda self, crawler: None)
    monkeypatch.setattr(HTTP11DownloadHandler, "download_request", answer)
    spider = SimpleNamespace(shards=shards)
    crawler = SimpleNamespace(spider=spider, get_extension=lambda _: keeper)
    return asyncio.run(HeldSitesHandler(crawler).download_request(request))


@pytest.mark.parametrize("keeper", [None, SimpleNamespace(may_ask=lambda: True)])
def test_what_a_crawl_holds_is_asked(monkeypatch, keeper):
    assert ask(monkeypatch, Request(URL), keeper=keeper).url == URL


def test_what_another_crawl_may_hold_is_not_asked(monkeypatch):
    with pytest.raises(TakenOverError) as error:
        ask(monkeypatch, Request(URL), keeper=SimpleNamespace(may_ask=lambda: False))
    assert error.value.reason == "taken-over"


@pytest.mark.parametrize(
    ("origin", "shards", "passes"),
    [
        ("https://www.bay.example/", "1/8", True),
        ("https://other.example/", None, True),
        ("https://other.example/", "1/8", False),
    ],
)
def test_a_redirect_to_another_site_is_followed_by_a_crawl_that_shares_no_list(
    monkeypatch, origin, shards, passes
):
    request = Request(URL, meta={"redirect_urls": [origin]})
    if passes:
        assert ask(monkeypatch, request, shards=shards).url == URL
        return
    with pytest.raises(OtherSiteError) as error:
        ask(monkeypatch, request, shards=shards)
    assert error.value.reason == "other-site"
