"""The evidence for the kind of the pages of a URL template: counts of its links and pages."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from newsclean.discovery.page_kind import Kind

Outcome = Literal["article", "listing", "other", "variant"]

SAMPLES = 2  # pages of a template that are fetched before it is decided
_WORN_OUT = 2  # listings of a template without a new title; then no more are requested


@dataclass(slots=True)
class Evidence:
    """The evidence for a URL template.

    ``links`` counts its links: ``titles`` of them have a text as wide as a title, ``dated`` have a
    date next to them. ``feed`` and ``sitemap`` count entries. Fetched pages are counted by kind:
    ``articles`` (``article_dates`` of them with a date), ``listings``, ``others``, ``variants``
    (other URLs of known articles). ``useful`` listings had a new title, ``useless`` ones had not.
    ``misses`` is the number of pages in a row that were not articles. ``kind`` and ``decided``
    (UTC) are the decision, None before it.
    """

    kind: Kind | None = None
    links: int = 0
    titles: int = 0
    dated: int = 0
    width: int = 0
    feed: int = 0
    sitemap: int = 0
    articles: int = 0
    article_dates: int = 0
    listings: int = 0
    others: int = 0
    variants: int = 0
    useful: int = 0
    useless: int = 0
    misses: int = 0
    decided: str | None = None

    @property
    def fetched(self) -> int:
        """The number of fetched pages."""
        return self.articles + self.listings + self.others + self.variants

    def judged(self) -> Kind | None:
        """Return the kind of page by the evidence, or None if more samples are needed."""
        fetched = self.fetched
        if self.feed and not fetched:
            return "article"
        if fetched < min(SAMPLES, max(1, self.links + self.sitemap)):
            return None
        if self.articles * 2 >= fetched:
            return "article"
        return "listing" if self.listings > self.others + self.variants else "other"

    @property
    def is_worn_out(self) -> bool:
        """True if listings of this template have nothing new, so no more are requested."""
        return self.useless >= _WORN_OUT and self.useless * 2 > self.useful

    def as_record(self) -> dict[str, Any]:
        """Return the values that are not zero, for the ledger and for ``newsclean ledger``."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Evidence:
        """Return the evidence in *record*, from `as_record`. Ignore unknown names."""
        names = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in record.items() if name in names})

    @property
    def is_unanimous(self) -> bool:
        """True if enough pages were fetched, and all are of one kind."""
        counts = (self.articles, self.listings, self.others + self.variants)
        return sum(1 for count in counts if count) == 1 and sum(counts) >= SAMPLES
