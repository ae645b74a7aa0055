"""One page in the ledger: its states, its row, and its key."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from newsclean.discovery.entry import Entry
from newsclean.urls import is_version, page_key

Item = TypeVar("Item")

State = Literal["discovered", "written", "exported", "duplicate", "rejected", "failed", "gone"]
# Every state with its meaning, in the usual order of a page's states.
STATES: dict[State, str] = {
    "discovered": "in a listing, not fetched yet",
    "written": "its article is in a file that is not published yet",
    "exported": "its article is in the feed; fetched again while it is young",
    "duplicate": "another URL of an article that is in the feed",
    "rejected": "fetched, and not an article",
    "failed": "could not be fetched; tried again later",
    "gone": "no longer on the site, or given up",
}
# Characters. An index of PostgreSQL has keys of up to 2,700 bytes, and a character has up to four.
_MAX_KEY_LENGTH = 500
_MAX_LISTING_URL = 2_000  # bytes, for the same reason; the rest is for the name of the site


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page to fetch.

    ``attempt`` is 1 plus the number of failures in a row. ``etag`` and ``last_modified`` are
    the header values for a conditional request. ``content_hash`` and ``version`` are those of the
    last export, None and 0 for a new page. ``hints`` is the entry of the page in the listing.
    """

    canonical: str
    url: str
    attempt: int
    etag: str | None
    last_modified: str | None
    content_hash: str | None
    version: int
    hints: Entry


@dataclass(frozen=True, slots=True)
class Page:
    """The row of one page. The names are those of `newsclean.ledger.schema`; times are UTC."""

    canonical: str
    site: str
    url: str
    state: State
    reason: str | None
    first_seen: str
    last_seen: str
    fetched_at: str | None
    next_fetch_at: str | None
    failures: int
    content_hash: str | None
    version: int
    etag: str | None = None


def plainest(items: Iterable[Item], url_of: Callable[[Item], str]) -> dict[str, Item]:
    """Return the best of *items* for each page, by the key of the page.

    The best item is the first one with the plain URL of the page, or the first one if all have the
    URL of a version (print, AMP, mobile). The order of the pages is that of their first items.
    """
    best: dict[str, Item] = {}
    for item in items:
        url = url_of(item)
        key = key_of(page_key(url))
        if key not in best or (is_version(url_of(best[key])) and not is_version(url)):
            best[key] = item
    return best


def key_of(canonical: str) -> str:
    """Return the key of the page with the canonical URL *canonical*: the URL without characters
    that PostgreSQL cannot store. A long URL is shortened and gets a digest."""
    key = sanitize_text(canonical)
    if len(key) <= _MAX_KEY_LENGTH:
        return key
    # No canonical URL has a fragment, so no other page has this key.
    return f"{key[:400]}#{hashlib.sha256(key.encode()).hexdigest()}"


def may_be_listing(url: str) -> bool:
    """Return True if *url* is short enough for the tables of listings. A longer one is read in
    every run, and nothing about it is stored."""
    return len(url.encode("utf-8", "replace")) <= _MAX_LISTING_URL


def sanitize_text(text: str) -> str:
    """Return *text* without NUL and lone surrogates, which databases cannot store."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def write_hints(entry: Entry) -> str | None:
    """Return the values of *entry* except its URL as JSON. None if it has no other values."""
    values = {
        name: value
        for name in ("found_in", "headline", "date_published", "date_modified", "language")
        if (value := getattr(entry, name)) is not None
    }
    return json.dumps(values) if values else None  # ASCII, so that every character can be stored


def read_hints(url: str, hints: str | None) -> Entry:
    """Return the entry for *url* whose values `write_hints` wrote."""
    values: dict[str, Any] = json.loads(hints) if hints else {}
    return Entry(url, values.pop("found_in", "section"), **values)
