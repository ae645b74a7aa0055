"""A page as it was found on disk, and the rejections that all formats share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from newsclean.archives.mark import PageMark
from newsclean.rejections import Rejection, meaning_of

OPT_OUT_HEADERS = ("x-robots-tag", "tdm-reservation")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One saved page, in bytes.

    ``kind`` is ``html``, or ``text`` for the text of a page without markup. ``content_type`` is the
    HTTP header that was saved with the page, if any. ``date`` is when the page was fetched (UTC),
    if the archive says so. The times of a file do not count, because each copy changes them.
    ``opt_outs`` are the HTTP headers, by lower-case name, with which a site reserves its rights
    (`OPT_OUT_HEADERS`). ``mark`` is the note of the crawl that saved the page, and ``record`` the
    ID of its WARC record.
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
    """A further page of an article that a crawl requested without success, and the reason."""

    rejection: Rejection


def reject_empty(url: str) -> Rejection:
    """Return the rejection of an empty page."""
    return Rejection(url=url, reason="empty-page", detail=meaning_of("empty-page"))


def reject_large(url: str, limit: int) -> Rejection:
    """Return the rejection of a page of more than *limit* bytes."""
    return Rejection(url=url, reason="too-large", detail=f"more than {limit:,} bytes")


def in_utc(date: datetime) -> datetime | None:
    """Return *date* in UTC, or None if UTC has no such date. A time without a zone is in UTC.

    >>> in_utc(datetime.fromisoformat("0001-01-01T00:00:00+01:00"))
    """
    try:
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except OverflowError:
        return None
