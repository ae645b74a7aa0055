"""What the ledger gives and takes about one page."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from newsclean.discovery.entry import Entry
from newsclean.urls import is_version, page_key

Item = TypeVar("Item")

State = Literal["discovered", "written", "exported", "duplicate", "rejected", "failed", "gone"]
# Every state with its meaning, in the order in which a page goes through them.
STATES: dict[State, str] = {
    "discovered": "named by a listing, not fetched yet",
    "written": "its article is in a file that is not published yet",
    "exported": "its article is in the feed; looked at again while it is young",
    "duplicate": "another address of a page whose article is in the feed",
    "rejected": "fetched, and no article",
    "failed": "could not be fetched; comes back later",
    "gone": "not there any more, or given up",
}
# PostgreSQL's index takes keys of 2,700 bytes, and four bytes a character at worst.
_LONGEST_KEY = 500


@dataclass(frozen=True, slots=True)
class Due:
    """A page to fetch. Times are UTC, as `newsclean.ledger.clock` writes them.

    ``attempt`` counts from 1, after failures in a row. ``etag`` and ``last_modified`` are
    the headers' values for a conditional request, ``content_hash`` and ``version`` those
    of the last export, None and 0 for a page that is new. ``hints`` is what the listing
    said of it.
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
    """All that the ledger knows of one page; names as in `newsclean.ledger.schema`."""

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
    """Return key of a page → the first of *items* that names it by its plain URL, or the first of
    all if each asks for a version of it. Pages keep the order in which they are named first."""
    best: dict[str, Item] = {}
    for item in items:
        url = url_of(item)
        key = key_of(page_key(url))
        if key not in best or (is_version(url_of(best[key])) and not is_version(url)):
            best[key] = item
    return best


def key_of(canonical: str) -> str:
    """Return the key of a page whose canonical URL is *canonical*: the URL, shortened with
    a digest if it is long, without what PostgreSQL cannot store."""
    key = clean(canonical)
    if len(key) <= _LONGEST_KEY:
        return key
    # No canonical URL has a fragment, so that no other page has this key.
    return f"{key[:400]}#{hashlib.sha256(key.encode()).hexdigest()}"


def clean(text: str) -> str:
    """Return *text* without NUL and lone surrogates, which no database stores."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def write_hints(entry: Entry) -> str | None:
    """Return what *entry* says beyond its address as JSON, None if that is nothing."""
    said = {
        name: value
        for name in ("found_in", "headline", "date_published", "date_modified", "language")
        if (value := getattr(entry, name)) is not None
    }
    return json.dumps(said) if said else None  # in ASCII: any character is stored so


def read_hints(url: str, hints: str | None) -> Entry:
    """Return what `write_hints` wrote, as the entry for *url* that it was."""
    said: dict[str, Any] = json.loads(hints) if hints else {}
    return Entry(url, said.pop("found_in", "section"), **said)
