"""Redirects whose target is no URL.

Scrapy's middlewares raise ValueError for them. Such a page is no fault of the program: a redirect
to nowhere is refused with its reason, and a page with a broken refresh is read as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware, RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response


class BadRedirectError(IgnoreRequest):
    """A redirect leads to no URL; ``reason`` is the word that it is counted under."""

    reason = "bad-redirect"


class CheckedRedirectMiddleware(RedirectMiddleware):
    """Scrapy's middleware, which refuses a ``Location`` that is no URL (``http://[::1``)."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """As Scrapy's; raise BadRedirectError for a target that is no URL."""
        try:
            return super().process_response(request, response)
        except ValueError:
            raise BadRedirectError("the redirect leads to no URL") from None


class CheckedRefreshMiddleware(MetaRefreshMiddleware):
    """Scrapy's middleware, which leaves a page alone that names a broken ``base`` or refresh,
    or a charset that is none (``rot13``), as browsers do."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """As Scrapy's."""
        try:
            return super().process_response(request, response)
        except (ValueError, LookupError):
            return response
