"""The requests for listings of one site, and the limits of one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ListingKind = Literal["front", "section", "feed", "sitemap"]


@dataclass(frozen=True, slots=True)
class ListingRequest:
    """A listing to request. It is page ``number`` of the listing ``of``. A ``guess`` is a usual
    path for a feed or a sitemap that no page declares."""

    url: str
    kind: ListingKind
    depth: int = 0
    of: str = ""
    number: int = 1
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one site in one run."""

    listings: int = 1_000  # feeds, sitemaps, sections and their pages
    listing_pages: int = 100  # pages of one section
    sections: int = 200  # navigation links that are tried as sections
    samples: int = 40  # samples that were not articles
    links: int = 100_000  # undecided links


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the user: nothing published before *since* (a day), only pages below these
    *sections* (paths) or linked from them. *folders* are the folders of users (``/~jo/``) in which
    the crawl begins; pages outside of them belong to others."""

    since: str | None = None
    sections: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
