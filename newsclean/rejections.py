"""The rejection of a page without an article: a line of the second feed, with its reason.

The tables of reasons are the only place of their meanings. The documentation shows them, and the
spiders and pipelines use them as the ``detail`` of a rejection (`meaning_of`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from newsclean.items import Article


@dataclass(slots=True)
class Rejection:
    """A page without an article, with the reason. It is written to the second feed."""

    url: str
    """URL of the page."""
    reason: str
    """The reason as a fixed word that can be counted: one of `FAILURES` or `NO_ARTICLE`, or
    ``http-`` and the status of the response."""
    detail: str | None = None
    """The reason as one line of text."""
    status: int | None = None
    """The HTTP status, if there was a response."""
    dateDownloaded: str | None = None
    """Time of the download in UTC."""
    discoveredBy: str | None = None
    """How a crawl found the page."""
    duplicateOf: str | None = None
    """URL of the article that a ``duplicate`` repeats."""

    @classmethod
    def of(
        cls, article: Article, reason: str, detail: str, *, url: str = "", duplicate_of: str = ""
    ) -> Self:
        """Return the rejection of *article*, which was read. *url* is the requested URL if it is
        not the URL of the article."""
        return cls(
            url=url or article.url,
            reason=reason,
            detail=detail,
            dateDownloaded=article.metadata.dateDownloaded,
            discoveredBy=article.metadata.discoveredBy,
            duplicateOf=duplicate_of or None,
        )

    @classmethod
    def as_duplicate(cls, article: Article, first: str) -> Self:
        """Return the rejection of *article* as a duplicate of the article from the URL *first*."""
        return cls.of(article, "duplicate", f"the same article as {first}", duplicate_of=first)


# Reason → meaning, for a page that could not be fetched. The cause may be temporary, so a later
# run of a crawl with a ledger requests the page again.
FAILURES: dict[str, str] = {
    "dns": "the host name has no IP address",
    "refused": "the host refuses the connection",
    "reset": "the host closed the connection before it sent a response",
    "unreachable": "no connection to the host",
    "timeout": "no response within `DOWNLOAD_TIMEOUT` seconds",
    "truncated": "the response ended before it was complete",
    "damaged": "the compressed body cannot be decompressed",
    "tls": "the TLS connection failed, for example because of an invalid certificate",
    "bad-header": "the response violates HTTP",
    "bad-redirect": "the target of the redirect cannot be requested",
    "redirect-loop": "a redirect loop, or more than `REDIRECT_MAX_TIMES` redirects",
    "private-address": "the address is not public, or the port is not allowed",
    "robots-unavailable": "robots.txt could not be fetched, so the host is skipped in this run",
    "site-budget": "the site has used up a budget of `NEWSCLEAN_SITE_BUDGET`",
    "worker-killed": "the worker process that read the page ended",
    "too-slow": "reading the page took more than `NEWSCLEAN_WORKER_TIMEOUT` seconds",
    "too-much-memory": "reading the page took more than `NEWSCLEAN_WORKER_MEMORY` bytes",
    "taken-over": "another crawl may have taken over the site",
    "incomplete": "a page of an article that was exported before could not be fetched",
    "ignored": "a middleware of the project refused the request",
    "failed": "the page could not be written to the WARC files",
    "error": "newsclean or the project's code raised an exception",
    **{
        f"http-{status}": f"the server responded with status {status}"
        for status in (408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524)
    },
}
# Reason → meaning, for a page that was fetched, or can never be fetched, and gives no article.
NO_ARTICLE: dict[str, str] = {
    "no-body": "no article text was found on the page",
    "short-body": "the body has fewer letters than `NEWSCLEAN_MIN_LETTERS`",
    "needs-javascript": "the page has no text without JavaScript",
    "not-html": "the response is not an HTML page",
    "not-article": "the page was read, and is not an article",
    "listing-page": "the page lists articles (of a crawl, in the ledger only)",
    "too-old": "the article is older than `since`",
    "duplicate": "the same article was exported from another URL",
    "further-page": "the page is page 2 or later of an article",
    "redirect": "a page of an article redirects to a page that is not part of it",
    "other-site": "the page redirects to another site",
    "robots": "robots.txt forbids the request",
    "too-large": "the body has more than `DOWNLOAD_MAXSIZE` bytes",
    "bad-url": "the URL cannot be requested",
    "scheme": "the scheme of the URL is neither http nor https",
    "long-url": "the URL is longer than the limit",
    "empty-page": "the saved page has no content",
    "unreadable": "the file cannot be read",
    "not-saved": "no WARC file has the page",
}


def is_failure(reason: str) -> bool:
    """Return True if *reason* of a `Rejection` may be temporary, such as a host that does not
    respond. Return False for a page without an article.

    >>> is_failure("timeout"), is_failure("no-body")
    (True, False)
    """
    return reason in FAILURES


def meaning_of(reason: str) -> str:
    """Return the meaning of *reason* as plain text. Raise KeyError for an unknown reason.

    >>> meaning_of("timeout")
    'no response within DOWNLOAD_TIMEOUT seconds'
    """
    return (FAILURES.get(reason) or NO_ARTICLE[reason]).replace("`", "")
