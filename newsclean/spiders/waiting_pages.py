"""The pages of multi-page articles in an archive: they wait for each other, in any order."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from newsclean.fetched import ReadPage
from newsclean.rejections import Rejection
from newsclean.spiders.further import FurtherPages
from newsclean.urls import normal_url, page_key

if TYPE_CHECKING:
    from newsclean.archives import PageMark
    from newsclean.archives.fetches import Fetches
    from newsclean.spiders.page import PageSpider

_T = TypeVar("_T")

_ANY_NUMBER = sys.maxsize  # after every first page


@dataclass(frozen=True, slots=True)
class Numbered(Generic[_T]):
    """A *page* that waits, with its *number* in the archive."""

    number: int
    page: _T


class WaitingPages:
    """The waiting pages by normal URL, the oldest first.

    ``first`` are first pages of articles. ``later`` are further pages that may be articles
    themselves. ``fetched`` are pages that the original crawl fetched as further pages, and
    ``unavailable`` are further pages that it could not fetch.
    """

    def __init__(self) -> None:
        self.first: dict[str, Numbered[ReadPage]] = {}
        self.later: dict[str, Numbered[ReadPage]] = {}
        self.fetched: dict[str, Numbered[ReadPage]] = {}
        self.unavailable: dict[str, Numbered[Rejection]] = {}

    def add_unavailable(self, number: int, rejection: Rejection) -> None:
        """Add a further page that the original crawl could not fetch."""
        self.unavailable[normal_url(rejection.url)] = Numbered(number, rejection)

    def add(self, number: int, url: str, read: ReadPage, mark: PageMark | None = None) -> bool:
        """Add the page *url*, the entry *number* of the archive, if it must wait for other pages of
        its article. Return True if it waits."""
        key, numbered = normal_url(url), Numbered(number, read)
        if mark is not None and (mark.kind == "further" or read.place.first is not None):
            # A page that was not requested as a further page may be before its first page.
            at = number if mark.kind == "further" else _ANY_NUMBER
            self.fetched[normal_url(mark.asked or url)] = Numbered(at, read)
            return True
        if read.place.first is not None:
            return self.later.setdefault(key, numbered) is numbered
        if read.place.pages or (mark is not None and read.place.whole):
            self.first[key] = numbered
            return True
        return False

    def drop_fetched(self, most: int) -> None:
        """Drop the oldest pages that are no articles if there are more than *most* of a kind."""
        for waiting in (self.fetched, self.unavailable):
            for key in oldest(waiting, most):
                del waiting[key]


def oldest(waiting: dict[str, Any], most: int) -> list[str]:
    """Return the oldest keys of *waiting* if there are more than *most*: all but half of *most*.

    >>> oldest({"a": 1, "b": 2, "c": 3}, 2)
    ['a', 'b']
    """
    return list(waiting)[: len(waiting) - most // 2] if len(waiting) > most else []


class SavedFurtherPages(FurtherPages):
    """Finds the further pages of an article among the pages that are *waiting*.

    ``since`` is the number of the article's first page in the archive. A crawl fetches the further
    pages after the first page, so a page with a lower number belongs to an older version.
    """

    def __init__(
        self, spider: PageSpider, most: int, waiting: WaitingPages, fetches: Fetches
    ) -> None:
        super().__init__(spider, most)
        self.waiting = waiting
        self.fetches = fetches
        self.since = 0

    async def _fetch(self, url: str, of: str, number: int) -> ReadPage | Rejection:
        key = normal_url(url)
        if key in self.waiting.later:
            self.fetches.settle(page_key(url))
            return self.waiting.later.pop(key).page
        for waiting in (self.waiting.fetched, self.waiting.unavailable):
            if key in waiting and waiting[key].number > self.since:
                return waiting.pop(key).page
        return Rejection(url=url, reason="not-saved", detail="not in the archive")
