"""What the sources of a page say of a field, and how far each is trusted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from newsclean.items import Article

# Most trusted first. ``sitemap`` and ``feed`` are what a listing said of the page.
TRUST = ("rule", "json-ld", "embedded", "microdata", "meta", "byline", "sitemap", "feed", "generic")
_RANK = {source: rank for rank, source in enumerate(TRUST)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value for a field as one source gives it; ``source`` is one of `TRUST`, a rule's with
    its site behind a colon."""

    field: str
    value: Any
    source: str


@dataclass(slots=True)
class Candidates:
    """The candidates of a page, by field."""

    found: dict[str, list[Candidate]] = field(default_factory=dict)
    # What was made of a candidate's value, by the candidate and how it was read: fields ask twice.
    memo: dict[tuple[int, str | None], Any] = field(default_factory=dict)

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Take *candidates*; empty values are none."""
        for candidate in candidates:
            if candidate.value:
                self.found.setdefault(candidate.field, []).append(candidate)

    def of(self, name: str) -> list[Candidate]:
        """Return the candidates of the field *name*, the most trusted first and in the order
        of the page where the trust is the same."""
        return sorted(self.found.get(name, ()), key=lambda one: rank(one.source))

    def read(self, name: str, reader: Callable[[Any], Any]) -> Iterator[tuple[Candidate, Any]]:
        """Yield each candidate of *name* with what *reader* makes of its value, in the order
        of trust, without those of which it makes nothing."""
        for candidate in self.of(name):
            value = reader(candidate.value)
            if value:
                yield candidate, value


def rank(source: str) -> int:
    """Return the place of *source* in `TRUST`, behind its last where it is none of them."""
    return _RANK.get(source.partition(":")[0], len(_RANK))


class Chosen:
    """Sets fields of an article and notes where each came from."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.sources = article.metadata.fieldSources

    def set(self, name: str, found: tuple[Any, str] | None) -> None:
        """Set the field *name* to *found*, a value and its source; leaves it where that is
        None or empty."""
        if found is not None and found[0]:
            setattr(self.article, name, found[0])
            self.sources[name] = found[1]
