"""Invalid redirects and loops lose no page."""

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from newsclean.middlewares.redirects import BadRedirectError, OtherSiteError, RedirectLoopError
from newsclean.middlewares.redirects import (
    CheckedRedirectMiddleware as RedirectMiddleware,
)
from newsclean.middlewares.redirects import (
    CheckedRefreshMiddleware as MetaRefreshMiddleware,
)
from newsclean.settings import METAREFRESH_MAXDELAY

PAGE = "https://news.example/7"


def process(kind, response, **meta):
    request = Request(PAGE, meta=meta)
    middleware = kind.from_crawler(
        get_crawler(settings_dict={"METAREFRESH_MAXDELAY": METAREFRESH_MAXDELAY})
    )
    return middleware.process_response(request, response(request))


def moved(target):
    return lambda request: HtmlResponse(
        request.url, status=302, headers={"Location": target}, request=request
    )


def refreshing(content):
    body = f'<html><head><meta http-equiv="refresh" content="{content}"></head>'.encode()
    return lambda request: HtmlResponse(request.url, body=body, request=request)


def scripted(target):
    body = f"<script>location.href = '{target}'</script>".encode()
    return lambda request: HtmlResponse(request.url, body=body, request=request)


def test_a_script_that_leads_to_another_page_is_a_redirect():
    result = process(MetaRefreshMiddleware, scripted("/8?a=1&b=2"))
    assert result.url == "https://news.example/8?a=1&b=2"
    assert result.meta["redirect_urls"] == [PAGE]


@pytest.mark.parametrize("target", ["/7", "/start", "javascript:void(0)", "http://[::1"])
def test_a_script_that_leads_back_or_nowhere_leaves_the_page(target):
    # Unlike a refresh: the script may have a condition.
    start = ["https://news.example/start"]
    assert process(MetaRefreshMiddleware, scripted(target), redirect_urls=start).status == 200


def test_a_redirect_is_followed():
    assert process(RedirectMiddleware, moved("/8")).url == "https://news.example/8"
    assert process(MetaRefreshMiddleware, refreshing("0; url=/8")).url == "https://news.example/8"


@pytest.mark.parametrize(
    ("kind", "made"),
    [(RedirectMiddleware, moved), (MetaRefreshMiddleware, scripted)],
)
def test_a_page_of_a_crawled_site_is_not_followed_to_another_site(kind, made):
    other = "https://elsewhere.example/8"
    with pytest.raises(OtherSiteError, match="redirects to https://elsewhere"):
        process(kind, made(other), newsclean_due=object())
    assert process(kind, made(other)).url == other  # any other request
    same = "https://www.news.example/8"
    assert process(kind, made(same), newsclean_due=object()).url == same


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "gb18030"])
def test_a_refresh_is_found_in_any_case_and_encoding(charset):
    # The words before it take as many bytes as characters of this encoding can have.
    before = "\U0001f6a2" * 4_000
    html = f'<title>{before}</title><META HTTP-EQUIV="Refresh" CONTENT="0; URL=/8">'
    headers = {"Content-Type": f"text/html; charset={charset}"}

    def response(request):
        body = html.encode(charset)
        return HtmlResponse(request.url, headers=headers, body=body, request=request)

    assert process(MetaRefreshMiddleware, response).url == "https://news.example/8"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/"])
def test_a_target_of_another_scheme_leaves_the_answer(target):
    assert process(RedirectMiddleware, moved(target)).status == 302


def test_a_target_that_is_no_url_is_an_error_of_its_own():
    with pytest.raises(BadRedirectError):
        process(RedirectMiddleware, moved("http://[::1"))


@pytest.mark.parametrize(
    "content",
    [
        "3",
        "3; url=https://news.example/7#top",
        "0; url=javascript:alert(1)",
        "0; url=mailto:a@b.example",
        "0; url=http://[::1",
        "30; url=/8",
    ],
)
def test_a_page_that_reloads_or_leads_nowhere_is_read(content):
    assert process(MetaRefreshMiddleware, refreshing(content)).status == 200


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        (RedirectMiddleware, moved("/start")),
        (RedirectMiddleware, moved("/7")),
        (MetaRefreshMiddleware, refreshing("0; url=/start")),
    ],
)
def test_a_circle_is_an_error_of_its_own(kind, response):
    with pytest.raises(RedirectLoopError, match="loop at"):
        process(kind, response, redirect_urls=["https://news.example/start"])


@pytest.mark.parametrize(
    ("kind", "response"),
    [(RedirectMiddleware, moved("/8")), (MetaRefreshMiddleware, refreshing("0; url=/8"))],
)
def test_too_many_redirects_have_the_reason_of_a_loop(kind, response):
    with pytest.raises(RedirectLoopError, match="REDIRECT_MAX_TIMES"):
        process(kind, response, redirect_ttl=0)
