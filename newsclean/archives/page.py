"""A page as it was found on disk, and the refusals that are alike in every format."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newsclean.items import Rejection


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One saved page, still in bytes.

    ``kind`` is ``html``, or ``text`` for a page's text without its markup.
    ``content_type`` is the HTTP header that was saved with it, if any; ``date`` is when
    it was fetched (UTC), if the archive says so: a file's own times change with every
    copy and are not taken for it.
    """

    url: str
    body: bytes = field(repr=False)
    kind: Literal["html", "text"]
    content_type: str | None = None
    date: datetime | None = None


def reject_empty(url: str) -> Rejection:
    """Return the refusal of a page with nothing in it."""
    return Rejection(url=url, reason="empty-page", detail="the saved page has no content")


def reject_large(url: str, limit: int) -> Rejection:
    """Return the refusal of a page of more than *limit* bytes."""
    return Rejection(url=url, reason="too-large", detail=f"more than {limit:,} bytes")
