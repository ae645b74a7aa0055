"""Invalid redirects and redirect loops.

Scrapy's middlewares raise ValueError for a target that is not a URL, and follow a loop until the
limit. Here, an invalid redirect is refused with its reason. A page with an invalid refresh, or
one that only reloads itself, is read as a page. A page that only has a script which leads to
another URL is a redirect, too.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse

from newsclean.discovery.script_redirect import MAX_SIZE, script_redirect
from newsclean.urls import normal_url, same_site

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response

# Bytes. Scrapy searches the first 4096 characters, of at most four bytes each, for a refresh.
_MAX_HEAD = 4 * 4096


class BadRedirectError(IgnoreRequest):
    """The target of a redirect is not a URL. ``reason`` is its name in the statistics."""

    reason = "bad-redirect"


class RedirectLoopError(IgnoreRequest):
    """Redirects form a loop, or are too many. ``reason`` is its name in the statistics."""

    reason = "redirect-loop"


class OtherSiteError(IgnoreRequest):
    """A page of a site that is crawled redirects to another site, whose pages are not read.
    ``reason`` is its name in the statistics."""

    reason = "other-site"


class CheckedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's middleware, which also refuses a ``Location`` that is not a URL (``http://[::1``)
    and a loop."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Redirect like Scrapy. Raise BadRedirectError for a target that is not a URL,
        RedirectLoopError for a loop or too many redirects, and OtherSiteError for a page of the
        site spider that leads to another site."""
        try:
            result: Request | Response = super().process_response(request, response)
        except ValueError:
            raise BadRedirectError("the target of the redirect is not a URL") from None
        except IgnoreRequest:
            raise _too_many() from None
        _refuse_circle(request, result)
        _refuse_other_site(request, result)
        return result


class CheckedRefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's middleware with exceptions. Like browsers, it ignores an invalid refresh, ``base``
    or charset (``rot13``). It also ignores a page that only reloads itself, as live pages do. A
    script that leads to another page counts as a refresh."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Redirect like Scrapy. Raise the errors of `CheckedRedirectMiddleware`."""
        if not _may_lead_on(response.body):
            return response
        try:
            result: Request | Response = super().process_response(request, response)
            by_script = result is response and _led_by_script(response)
            if by_script:
                result = super().process_response(request, by_script)
        except (ValueError, LookupError):
            return response
        except IgnoreRequest:
            raise _too_many() from None
        if not isinstance(result, Request):
            return response
        if normal_url(result.url) == normal_url(request.url):
            return response
        if by_script and result.url in request.meta.get("redirect_urls", ()):
            return response  # a script may have a condition, so this is no certain loop
        _refuse_circle(request, result)
        _refuse_other_site(request, result)
        return result


def _may_lead_on(body: bytes) -> bool:
    """Return False if the page *body* has neither a refresh nor a script that leads to another
    page. Most pages have none, and need not be decoded (40 µs for 30 kB).

    >>> _may_lead_on(b"<title>Rain at last</title>")
    False
    """
    head = body[:_MAX_HEAD].lower()
    is_wide = b"\0" in head  # UTF-16, where the words below have other bytes
    by_script = len(body) <= 4 * MAX_SIZE and b"location" in body
    return b"refresh" in head or by_script or is_wide


def _led_by_script(response: Response) -> Response | None:
    """Return a copy of *response* with a refresh to the URL to which its script leads, or None."""
    if not isinstance(response, HtmlResponse) or len(response.body) > 4 * MAX_SIZE:
        return None
    target = script_redirect(response.text)
    if target is None:
        return None
    refresh = f'<meta http-equiv="refresh" content="0;url={escape(target)}">'
    return response.replace(body=refresh.encode(response.encoding, "xmlcharrefreplace"))


def _too_many() -> RedirectLoopError:
    """Return the error for too many redirects, the only ones that Scrapy 2.19 refuses."""
    return RedirectLoopError("more than REDIRECT_MAX_TIMES redirects")


def _refuse_circle(request: Request, result: Request | Response) -> None:
    """Raise RedirectLoopError if *result* is a request for a URL that led to *request*."""
    before = [*request.meta.get("redirect_urls", ()), request.url]
    if isinstance(result, Request) and result.url in before:
        raise RedirectLoopError(f"redirect loop at {result.url}")


def _refuse_other_site(request: Request, result: Request | Response) -> None:
    """Raise OtherSiteError if *request* is for a page of a site in the ledger, and *result* is a
    request to another site. Its answer would be rejected, so it is not sent."""
    is_page = "newsclean_due" in request.meta
    if is_page and isinstance(result, Request) and not same_site(result.url, request.url):
        raise OtherSiteError(f"redirects to {result.url[:300]}")
