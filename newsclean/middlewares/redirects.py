"""Redirects that lead nowhere.

Scrapy's middlewares raise ValueError for a target that is no URL, and follow circles until the
limit. Such a page is no fault of the program: a redirect to nowhere is refused with its reason,
and a page with a broken refresh, or one that only reloads itself, is read as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from newsclean.urls import normal_url

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response


class BadRedirectError(IgnoreRequest):
    """A redirect leads to no URL; ``reason`` is the word that it is counted under."""

    reason = "bad-redirect"


class RedirectLoopError(IgnoreRequest):
    """Redirects lead in a circle, or are too many. ``reason`` is the word in the statistics."""

    reason = "redirect-loop"


class CheckedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's middleware, which refuses a ``Location`` that is no URL (``http://[::1``) and a
    circle."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """As Scrapy's; raise BadRedirectError for a target that is no URL, RedirectLoopError for
        one that led to *request* and for too many redirects."""
        try:
            result: Request | Response = super().process_response(request, response)
        except ValueError:
            raise BadRedirectError("the redirect leads to no URL") from None
        except IgnoreRequest:
            raise _too_many() from None
        _refuse_circle(request, result)
        return result


class CheckedRefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's middleware, which leaves a page alone that names a broken ``base`` or refresh,
    or a charset that is none (``rot13``), as browsers do, and a page that only reloads itself, as
    live pages do."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """As Scrapy's; raise RedirectLoopError for a circle or too many redirects."""
        try:
            result: Request | Response = super().process_response(request, response)
        except (ValueError, LookupError):
            return response
        except IgnoreRequest:
            raise _too_many() from None
        if isinstance(result, Request) and normal_url(result.url) == normal_url(request.url):
            return response
        _refuse_circle(request, result)
        return result


def _too_many() -> RedirectLoopError:
    """Return the error for the only request that Scrapy's redirect middlewares refuse (2.19)."""
    return RedirectLoopError("more than REDIRECT_MAX_TIMES redirects")


def _refuse_circle(request: Request, result: Request | Response) -> None:
    """Raise RedirectLoopError if *result* is a request for a URL that led to *request*."""
    before = [*request.meta.get("redirect_urls", ()), request.url]
    if isinstance(result, Request) and result.url in before:
        raise RedirectLoopError(f"redirects in a circle to {result.url}")
