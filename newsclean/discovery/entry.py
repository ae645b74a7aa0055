"""One page in a listing: its URL and the data next to it."""

from dataclasses import dataclass
from typing import Literal

FoundIn = Literal["sitemap", "feed", "section"]
MAX_LANGUAGE_LENGTH = 35  # characters of a language tag; RFC 5646, section 4.4.1


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in a listing.

    ``url`` is an absolute http or https URL without a fragment. Dates are only as exact as in the
    listing, as in `newsclean.items.Article`: ``2026-04-18``, ``2026-04-18T09:30:00`` if the time
    zone is unknown, or with an offset. A value that the listing does not give is ``None``.
    """

    url: str
    found_in: FoundIn
    headline: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    language: str | None = None
