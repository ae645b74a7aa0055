"""What a crawl of one site may be told to ask for, and the bounds of one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ListingKind = Literal["front", "section", "feed", "sitemap"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A listing to ask for. ``of`` is the listing that it is page ``number`` of; a ``guess`` is a
    usual place that nothing names."""

    url: str
    kind: ListingKind
    depth: int = 0
    of: str = ""
    number: int = 1
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one site in one run."""

    listings: int = 1_000  # feeds, sitemaps, sections and their pages
    listing_pages: int = 100  # pages of one section
    sections: int = 200  # navigation links that are tried as sections
    samples: int = 40  # samples that turned out to be no articles
    links: int = 100_000  # links that wait for a verdict


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user wants: nothing published before *since* (a day), only pages under or named
    by these *sections* (paths)."""

    since: str | None = None
    sections: tuple[str, ...] = ()
