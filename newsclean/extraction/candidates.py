"""The candidates for a field from the sources of a page, and the trust in each source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newsclean.items import Article

# Most trusted first. ``sitemap`` and ``feed`` are values from a listing.
TRUST = ("rule", "json-ld", "embedded", "microdata", "meta", "byline", "sitemap", "feed", "generic")
_RANK = {source: rank for rank, source in enumerate(TRUST)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value for a field from one source. ``source`` is one of `TRUST`; for a rule, the site
    follows after a colon. ``is_vague`` is True if the source does not say which date it is."""

    field: str
    value: Any
    source: str
    is_vague: bool = False


@dataclass(slots=True)
class Candidates:
    """The candidates of a page, by field."""

    found: dict[str, list[Candidate]] = field(default_factory=dict)
    # Cache of (candidate, reader) → the value read, because fields need it twice.
    memo: dict[tuple[int, str | None], Any] = field(default_factory=dict)

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Add *candidates*, except those with empty values."""
        for candidate in candidates:
            if candidate.value:
                self.found.setdefault(candidate.field, []).append(candidate)

    def of(self, name: str) -> list[Candidate]:
        """Return the candidates of the field *name*, the most trusted first. With equal trust, they
        are in document order."""
        return sorted(self.found.get(name, ()), key=lambda one: rank(one.source))

    def read(self, name: str, reader: Callable[[Any], Any]) -> Iterator[tuple[Candidate, Any]]:
        """Yield ``(candidate, reader(value))`` of the field *name* by descending trust. Skip falsy
        results."""
        for candidate in self.of(name):
            value = reader(candidate.value)
            if value:
                yield candidate, value


def rank(source: str) -> int:
    """Return the index of *source* in `TRUST`, or the length of `TRUST` if it is unknown.

    >>> rank("json-ld") < rank("generic")
    True
    """
    return _RANK.get(source.partition(":")[0], len(_RANK))


class ArticleBuilder:
    """Sets the fields of an article, and records the source of each."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.sources = article.metadata.fieldSources

    def set(self, name: str, found: tuple[Any, str] | None) -> None:
        """Set the field *name* to *found*, a value and its source, unless that is None or empty."""
        if found is not None and found[0]:
            setattr(self.article, name, found[0])
            self.sources[name] = found[1]
