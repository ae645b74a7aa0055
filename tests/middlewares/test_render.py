"""Pages that need JavaScript: response in, the response or a rendered one out."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response

from newsclean.middlewares import browser
from newsclean.middlewares.browser import RenderError
from newsclean.middlewares.render import RenderMiddleware
from tests.server import article_page
from tests.units import crawler, make, stats_of

URL = "https://bay.example/1"
SHELL = b"<html><body><div id=root></div><script src=/app.js></script></body></html>"


class Browser:
    """Renders every page as *html*; fails if that is None."""

    def __init__(self, html):
        self.html = html
        self.asked = 0

    async def render(self, url, answer):
        self.asked += 1
        if self.html is None:
            raise RenderError("it took too long")
        return self.html


def page(body=SHELL, **fields):
    return HtmlResponse(URL, body=body, headers={"Content-Type": "text/html"}, **fields)


def middleware_with(html):
    owner = crawler()
    logger = SimpleNamespace(warning=lambda *_: None)
    owner.spider = SimpleNamespace(logger=logger)
    middleware = RenderMiddleware(owner, "chromium")
    middleware.browser = Browser(html)
    return middleware, stats_of(owner)


def give(middleware, response, **meta):
    return asyncio.run(middleware.process_response(Request(URL, meta=meta), response))


def test_without_its_setting_there_is_no_middleware():
    with pytest.raises(NotConfigured):
        make(RenderMiddleware)


def test_a_page_that_a_script_builds_is_rendered():
    middleware, stats = middleware_with(article_page(1).decode())
    found = give(middleware, page())
    assert found.body == article_page(1)
    assert found.headers["Content-Type"] == b"text/html; charset=utf-8"
    assert stats() == {"rendered": 1}


@pytest.mark.parametrize(
    ("response", "meta"),
    [
        (page(article_page(1)), {}),
        (page(status=404), {}),
        (Response(URL, body=SHELL), {}),
        (page(), {"newsclean_subresource": True}),
    ],
)
def test_any_other_answer_passes(response, meta):
    middleware, stats = middleware_with("")
    assert give(middleware, response, **meta) is response
    assert (middleware.browser.asked, stats()) == (0, {})


@pytest.mark.parametrize(
    ("html", "counted"), [(None, {"render_failed": 5}), (SHELL.decode(), {"rendered": 5})]
)
def test_a_site_that_rendering_does_not_help_is_left_alone(html, counted):
    middleware, stats = middleware_with(html)
    for _ in range(7):
        assert give(middleware, page()).body == SHELL
    assert middleware.browser.asked == 5
    assert stats() == counted


def test_a_script_that_is_requested_twice_is_cached_once(monkeypatch):
    monkeypatch.setattr(browser, "_MAX_CACHE", 100)
    cache = browser.Browser("chromium", None, timeout=1, user_agent="")
    for _ in range(5):
        cache._keep("https://news.example/a.js", (200, {}, b"x" * 60))
    cache._keep("https://news.example/b.js", (200, {}, b"x" * 70))
    assert list(cache._cache) == ["https://news.example/b.js"]
