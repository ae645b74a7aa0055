"""The pages of a ledger: discover, decide which are due, claim, look up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from newsclean.discovery.entry import Entry
from newsclean.ledger.clock import as_utc, later
from newsclean.ledger.database import BATCH, Database
from newsclean.ledger.outcomes import Outcomes
from newsclean.ledger.page import (
    DuePage,
    Page,
    key_of,
    plainest,
    read_hints,
    sanitize_text,
    write_hints,
)
from newsclean.ledger.schema import page
from newsclean.ledger.schema import run as run_table
from newsclean.urls import is_version, page_key

_T = TypeVar("_T")
# ``last_seen`` is exact to the day, so that a listing of 100,000 pages need not be updated in every
# run. Seconds.
_SEEN_AGAIN = 24 * 3600


@dataclass(frozen=True, slots=True)
class Decision:
    """The URLs that are new to the ledger, the URLs that are due, and the number of other known
    URLs."""

    new: list[str]
    due: list[str]
    known: int


class Pages:
    """The pages of a ledger. Buffered outcomes are written before reading."""

    def __init__(self, database: Database, outcomes: Outcomes) -> None:
        self._database = database
        self._outcomes = outcomes

    def discover(self, site: str, entries: Iterable[Entry], now: str) -> int:
        """Add the pages that a listing of *site* names and return how many are new.

        New pages are due at once. *now* is UTC. Entries are written in batches of 500 and not kept
        in memory, so *entries* may be a generator.
        """
        self._outcomes.flush()
        new = 0
        for batch in _batches(entries):
            rows = plainest(batch, lambda entry: entry.url)
            with self._database.write() as connection:
                new += self._note(connection, site, rows, now)
        return new

    def _note(self, connection: Connection, site: str, rows: dict[str, Entry], now: str) -> int:
        known = {
            row.canonical_url: row
            for row in connection.execute(
                select(page.c.canonical_url, page.c.last_seen, page.c.url, page.c.version).where(
                    page.c.canonical_url.in_(list(rows))
                )
            )
        }
        self._prefer_plain_urls(connection, rows, known.values())
        stale = later(now, -_SEEN_AGAIN)
        seen = [{"key": key} for key, row in known.items() if row.last_seen < stale]
        if seen:
            connection.execute(
                update(page).where(page.c.canonical_url == bindparam("key")).values(last_seen=now),
                seen,
            )
        new = [
            {
                "canonical_url": key,
                "site": site,
                "url": sanitize_text(entry.url),
                "state": "discovered",
                "hints": write_hints(entry),
                "published": as_utc(entry.date_published),
                "first_seen": now,
                "last_seen": now,
                "next_fetch_at": now,
            }
            for key, entry in rows.items()
            if key not in known
        ]
        if new:
            connection.execute(self._database.insert(page).on_conflict_do_nothing(), new)
        return len(new)

    def _prefer_plain_urls(
        self, connection: Connection, rows: dict[str, Entry], known: Iterable[Any]
    ) -> None:
        """If a page was found by its print, AMP or mobile URL, and its plain URL is found before
        the page is exported, fetch the plain URL."""
        better = [
            {"key": row.canonical_url, "new_url": sanitize_text(rows[row.canonical_url].url)}
            for row in known
            if not row.version
            and is_version(row.url)
            and not is_version(rows[row.canonical_url].url)
        ]
        if better:
            statement = update(page).where(page.c.canonical_url == bindparam("key"))
            connection.execute(statement.values(url=bindparam("new_url")), better)

    def decide(self, urls: Iterable[str], now: str) -> Decision:
        """Return which of *urls* are new and which are due at *now* (UTC).

        This writes nothing. Memory grows with the number of new and due pages, not with the ledger.
        """
        self._outcomes.flush()
        new: list[str] = []
        due: list[str] = []
        known = 0
        with self._database.read() as connection:
            for batch in _batches(urls):
                keys = {key_of(page_key(url)): url for url in batch}
                query = select(page.c.canonical_url, page.c.next_fetch_at).where(
                    page.c.canonical_url.in_(list(keys))
                )
                for row in connection.execute(query):
                    url = keys.pop(row.canonical_url)
                    if row.next_fetch_at is not None and row.next_fetch_at <= now:
                        due.append(url)
                    else:
                        known += 1
                new.extend(keys.values())
        return Decision(new, due, known)

    def due(self, site: str, now: str, limit: int, *, run: int) -> list[DuePage]:
        """Return up to *limit* due pages of *site* at *now* (UTC) and claim them for *run*. New
        pages come first, then pages that have waited longest.

        A page is claimed once per run. Claims of a killed run are released to the next run.
        """
        self._outcomes.flush()
        found: list[DuePage] = []
        with self._database.write() as connection:
            for states in (["discovered"], ["failed", "exported", "written", "duplicate"]):
                if len(found) < limit:
                    query = (
                        select(page)
                        .where(
                            page.c.site == site,
                            page.c.state.in_(states),
                            page.c.next_fetch_at <= now,
                            page.c.claimed_by.is_distinct_from(run),
                        )
                        .order_by(page.c.next_fetch_at)
                        .limit(limit - len(found))
                    )
                    found.extend(_as_due(row) for row in connection.execute(query))
            for batch in _batches(due.canonical for due in found):
                connection.execute(
                    update(page).where(page.c.canonical_url.in_(batch)).values(claimed_by=run)
                )
        return found

    def versions(self, canonicals: Iterable[str]) -> dict[str, int]:
        """Return how often each of the pages *canonicals* was exported. Unknown pages are left
        out."""
        self._outcomes.flush()
        found: dict[str, int] = {}
        with self._database.read() as connection:
            for batch in _batches(canonicals):
                keys = {key_of(canonical): canonical for canonical in batch}
                query = select(page.c.canonical_url, page.c.version).where(
                    page.c.canonical_url.in_(list(keys))
                )
                found |= {keys[row.canonical_url]: row.version for row in connection.execute(query)}
        return found

    def claim(self, urls: Iterable[str], *, run: int) -> list[DuePage]:
        """Return the pages of *urls* that were never fetched, and claim them for *run*, as `due`
        does."""
        self._outcomes.flush()
        found: list[DuePage] = []
        with self._database.write() as connection:
            for batch in _batches(key_of(page_key(url)) for url in urls):
                mine = page.c.canonical_url.in_(batch) & (page.c.state == "discovered")
                free = mine & page.c.claimed_by.is_distinct_from(run)
                found.extend(_as_due(row) for row in connection.execute(select(page).where(free)))
                connection.execute(update(page).where(mine).values(claimed_by=run))
        return found

    def judge_again(self, site: str, reason: str, now: str, *, run: int) -> None:
        """Make the pages of *site* due at *now* (UTC) which a killed run rejected for *reason*.

        Only the lock on *site* shows that runs without an end, except *run*, were killed. Hold it.
        """
        killed = select(run_table.c.id).where(run_table.c.ended.is_(None), run_table.c.id != run)
        self._judge_again(reason, now, (page.c.site == site) & page.c.claimed_by.in_(killed))

    def judge_pages_again(self, urls: Iterable[str], reason: str, now: str) -> None:
        """Make the pages *urls* due at *now* (UTC) if they were rejected for *reason*. The present
        run, which has claimed them, does not get them again."""
        for batch in _batches(key_of(page_key(url)) for url in urls):
            self._judge_again(reason, now, page.c.canonical_url.in_(batch))

    def _judge_again(self, reason: str, now: str, which: ColumnElement[bool]) -> None:
        self._outcomes.flush()
        rejected = (page.c.state == "rejected") & (page.c.reason == reason)
        statement = update(page).where(rejected & which)
        with self._database.write() as connection:
            connection.execute(statement.values(state="discovered", reason=None, next_fetch_at=now))

    def look_up(self, canonical: str) -> Page | None:
        """Return the page *canonical*. None if it is unknown."""
        self._outcomes.flush()
        with self._database.read() as connection:
            row = connection.execute(
                select(page).where(page.c.canonical_url == key_of(canonical))
            ).one_or_none()
        return as_page(row) if row is not None else None


def as_page(row: Any) -> Page:
    """Return a row of the table ``page`` as a `Page`."""
    return Page(
        canonical=row.canonical_url,
        site=row.site,
        url=row.url,
        state=row.state,
        reason=row.reason,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        fetched_at=row.fetched_at,
        next_fetch_at=row.next_fetch_at,
        failures=row.failures,
        content_hash=row.content_hash,
        version=row.version,
        etag=row.etag,
    )


def _as_due(row: Any) -> DuePage:
    return DuePage(
        canonical=row.canonical_url,
        url=row.url,
        attempt=row.failures + 1,
        etag=row.etag,
        last_modified=row.last_modified,
        content_hash=row.content_hash,
        version=row.version,
        hints=read_hints(row.url, row.hints),
    )


def _batches(items: Iterable[_T]) -> Iterator[Sequence[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
