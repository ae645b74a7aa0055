"""What a listing says about one page: its address, and what stood beside it."""

from dataclasses import dataclass
from typing import Literal

FoundIn = Literal["sitemap", "feed", "section"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that a listing names.

    ``url`` is absolute, http or https, without a fragment. Dates say what the listing
    says and no more, as in `newsclean.items.Article`: ``2026-04-18``,
    ``2026-04-18T09:30:00`` with no zone known, or with an offset. What the listing does
    not say is ``None``.
    """

    url: str
    found_in: FoundIn
    headline: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    language: str | None = None
