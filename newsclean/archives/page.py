"""A page as it was found on disk, and the refusals that are alike in every format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newsclean.archives.mark import PageMark
from newsclean.items import Rejection

OPT_OUT_HEADERS = ("x-robots-tag", "tdm-reservation")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One saved page, still in bytes.

    ``kind`` is ``html``, or ``text`` for a page's text without its markup.
    ``content_type`` is the HTTP header that was saved with it, if any; ``date`` is when
    it was fetched (UTC), if the archive says so: a file's own times change with every
    copy and are not taken for it. ``opt_outs`` are the HTTP headers, by lower-case name, with
    which a site reserves its pages (`OPT_OUT_HEADERS`). ``mark`` is what the crawl that saved the
    page noted on it, and ``record`` the ID of its WARC record.
    """

    url: str
    body: bytes = field(repr=False)
    kind: Literal["html", "text"]
    content_type: str | None = None
    date: datetime | None = None
    opt_outs: Mapping[str, str] = field(default_factory=dict)
    mark: PageMark | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A further page of an article for which a crawl asked without getting it, and why."""

    rejection: Rejection


def reject_empty(url: str) -> Rejection:
    """Return the refusal of a page with nothing in it."""
    return Rejection(url=url, reason="empty-page", detail="the saved page has no content")


def reject_large(url: str, limit: int) -> Rejection:
    """Return the refusal of a page of more than *limit* bytes."""
    return Rejection(url=url, reason="too-large", detail=f"more than {limit:,} bytes")
