"""What discovery needs of a ledger. `newsclean.ledger.discovery.SiteMemory` is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.discovery.entry import Entry

WalkState = Literal["walking", "walked", "missing", "useless"]


@dataclass(frozen=True, slots=True)
class Walk:
    """How far the pages of a listing were followed. ``walking``: page ``number`` at ``next_url``
    comes next. ``walked``: to the end, or to ``until`` (a day) if that is set. ``missing``: a usual
    place where nothing is. ``useless``: a listing that names nothing new."""

    state: WalkState
    next_url: str | None = None
    number: int = 1
    until: str | None = None


class Memory(Protocol):
    """The ledger's part about one site. All of it may raise LedgerError."""

    def discover(self, entries: Sequence[Entry]) -> int:
        """Note pages to fetch; return how many are new."""

    def known(self, urls: Iterable[str]) -> set[str]:
        """Return those of *urls* that are pages to fetch or were fetched, or are listings."""

    def has_articles(self) -> bool:
        """Return True if an article of the site was exported."""

    def has_exported(self, urls: Iterable[str]) -> bool:
        """Return True if the article of one of *urls* was exported."""

    def keep(self, links: Sequence[tuple[Entry, str, str]]) -> list[Entry]:
        """Keep links that are not judged yet, each with its template's key and its family's;
        return the new ones."""

    def waiting(self, key: str, limit: int) -> list[Entry]:
        """Return up to *limit* of the links kept under *key*, in the order in which they came."""

    def waiting_counts(self) -> list[tuple[str, str, int]]:
        """Return how many links are kept: template, family, number."""

    def drop(self, urls: Iterable[str]) -> None:
        """Keep these links no longer."""

    def load(self) -> dict[str, dict[str, Any]]:
        """Return the evidence of each template, as it was saved."""

    def save(self, records: Mapping[str, dict[str, Any]]) -> None:
        """Save the evidence of these templates."""

    def listings(self) -> list[tuple[str, str]]:
        """Return the URL and the kind of each listing that was read in earlier runs."""

    def walk(self, url: str) -> Walk | None:
        """Return how far the listing *url* was followed, None if it is unknown."""

    def save_walk(self, url: str, walk: Walk) -> None:
        """Note how far the listing *url* was followed."""
