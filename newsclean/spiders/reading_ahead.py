"""Entries of an archive that are read before their turn, while earlier entries are handled."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from newsclean.archives import SavedPage
from newsclean.urls import normal_url, page_key

if TYPE_CHECKING:
    from collections.abc import Awaitable, Coroutine, Iterator

    from newsclean.archives.files import Found
    from newsclean.fetched import ReadPage

# The maximum size of pages that are read ahead: more than the largest page (DOWNLOAD_MAXSIZE).
MAX_BYTES_AHEAD = 50_000_000
# The pages that a thread reads at a time. For one small page, starting a thread costs more than
# reading the page.
_PAGES_AT_ONCE = 64
_BYTES_AT_ONCE = 1_000_000


class EntryAhead:
    """The entry *number* of an archive. Entries are handled in order; a page is read meanwhile."""

    def __init__(self, number: int, page: Found) -> None:
        self.number = number
        self.page = page
        self.size = 0
        self.keys: set[str] = set()
        self.reading: Awaitable[ReadPage]

    def begin(self, reading: Coroutine[Any, Any, ReadPage], *, ahead: bool) -> None:
        """Start *reading* the page now if *ahead* is true, otherwise when its turn comes."""
        assert isinstance(self.page, SavedPage)
        self.size = len(self.page.body)
        self.keys = {normal_url(self.page.url), page_key(self.page.url)}
        self.reading = asyncio.ensure_future(reading) if ahead else reading

    def cancel(self) -> None:
        """Cancel reading the page, because the crawl has ended."""
        if isinstance(reading := getattr(self, "reading", None), asyncio.Future):
            reading.cancel()


def read_some(pages: Iterator[Found]) -> list[Found]:
    """Return the next entries of *pages*, an empty list at the end."""
    found: list[Found] = []
    size = 0
    while len(found) < _PAGES_AT_ONCE and size < _BYTES_AT_ONCE:
        page = next(pages, None)
        if page is None:
            break
        found.append(page)
        if isinstance(page, SavedPage):
            size += len(page.body)
    return found
