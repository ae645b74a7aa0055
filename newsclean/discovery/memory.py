"""The interface that discovery needs of a ledger. `newsclean.ledger.discovery.SiteMemory` has
it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.discovery.entry import Entry

WalkState = Literal["walking", "walked", "missing", "useless"]


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the pages of a listing were followed.

    ``walking``: page ``number`` at ``next_url`` is next. ``walked``: to the end, or to the day
    ``until`` if that is set. ``missing``: a usual path where there is no feed or sitemap.
    ``useless``: a listing without anything new.
    """

    state: WalkState
    next_url: str | None = None
    number: int = 1
    until: str | None = None


class Memory(Protocol):
    """The part of the ledger about one site. All methods may raise LedgerError."""

    def discover(self, entries: Sequence[Entry]) -> int:
        """Add pages to fetch; return how many are new."""

    def known(self, urls: Iterable[str]) -> set[str]:
        """Return the *urls* that are listings, or pages that were fetched or will be fetched."""

    def has_articles(self) -> bool:
        """Return True if an article of the site was exported."""

    def has_exported(self, urls: Iterable[str]) -> bool:
        """Return True if the article of one of *urls* was exported."""

    def keep(self, links: Sequence[tuple[Entry, str, str]]) -> list[Entry]:
        """Store undecided links, each with the keys of its template and its family; return the new
        ones."""

    def waiting(self, key: str, limit: int) -> list[Entry]:
        """Return up to *limit* of the undecided links with *key*, oldest first."""

    def waiting_counts(self) -> list[tuple[str, str, int]]:
        """Return the numbers of undecided links as (template, family, number)."""

    def drop(self, urls: Iterable[str]) -> None:
        """Delete these undecided links."""

    def load(self) -> dict[str, dict[str, Any]]:
        """Return the saved evidence of each template."""

    def save(self, records: Mapping[str, dict[str, Any]]) -> None:
        """Save the evidence of these templates."""

    def listings(self) -> list[tuple[str, str]]:
        """Return the URL and the kind of each listing that was read in earlier runs."""

    def walk(self, url: str) -> Walk | None:
        """Return how far the listing *url* was followed, or None if it is unknown."""

    def save_walk(self, url: str, walk: Walk) -> None:
        """Save how far the listing *url* was followed."""
