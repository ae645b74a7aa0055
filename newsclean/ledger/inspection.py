"""Queries of users about the ledger: pages by state, the history of one URL."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, select

from newsclean.ledger.database import BATCH, Database
from newsclean.ledger.outcomes import Outcomes
from newsclean.ledger.page import Page, State, key_of
from newsclean.ledger.pages import as_page
from newsclean.ledger.schema import candidate, event, identity, listing, page, template, walk
from newsclean.urls import page_key

# A page whose article is in the feed under its URL, even if the page is now gone from its site.
_EXPORTED = and_(page.c.version > 0, page.c.state != "duplicate")


@dataclass(frozen=True, slots=True)
class Event:
    """An event in the history of a page. ``what`` is ``version N`` (exported), ``duplicate``,
    ``rejected``, ``failed``, ``missing``, ``removed`` or ``lost``. ``at`` is UTC."""

    at: str
    what: str
    detail: str | None


@dataclass(frozen=True, slots=True)
class LastExport:
    """The last export of a page: its ``version``, the time at which it was written (``at``, UTC;
    ``9`` if it is unknown), and the hash of the previous version."""

    version: int
    at: str
    previous_hash: str | None


class Inspection:
    """Queries and deletes pages of a ledger. Buffered outcomes are written first."""

    def __init__(self, database: Database, outcomes: Outcomes) -> None:
        self._database = database
        self._outcomes = outcomes

    def counts(self, site: str | None = None) -> dict[str, dict[State, int]]:
        """Return the number of pages in each state, by site. Sites are sorted by name."""
        self._outcomes.flush()
        query = select(page.c.site, page.c.state, func.count()).group_by(page.c.site, page.c.state)
        if site is not None:
            query = query.where(page.c.site == site)
        found: dict[str, dict[State, int]] = {}
        with self._database.read() as connection:
            for name, state, count in connection.execute(query.order_by(page.c.site)):
                found.setdefault(name, {})[state] = count
        return found

    def next_looks(self) -> dict[str, str]:
        """Return for each site the time (UTC) of its next scheduled page or listing."""
        self._outcomes.flush()
        found: dict[str, str] = {}
        with self._database.read() as connection:
            for table in (page, listing):
                query = select(table.c.site, func.min(table.c.next_fetch_at)).group_by(table.c.site)
                for site, moment in connection.execute(query):
                    if moment is not None:
                        found[site] = min(moment, found.get(site, moment))
        return found

    def next_pages(self, limit: int, site: str | None = None) -> list[Page]:
        """Return the next *limit* scheduled pages (of *site*), the earliest first."""
        self._outcomes.flush()
        query = select(page).where(page.c.next_fetch_at.is_not(None))
        if site is not None:
            query = query.where(page.c.site == site)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(page.c.next_fetch_at).limit(limit)).all()
        return [as_page(row) for row in rows]

    def history(self, url: str) -> tuple[Page, list[Event]] | None:
        """Return the page *url*, in any spelling, and its events, oldest first. None if the page is
        unknown."""
        self._outcomes.flush()
        key = key_of(page_key(url))
        with self._database.read() as connection:
            row = connection.execute(select(page).where(page.c.canonical_url == key)).one_or_none()
            events = connection.execute(
                select(event.c.at, event.c.what, event.c.detail)
                .where(event.c.canonical_url == key)
                .order_by(event.c.id)
            ).all()
        return (as_page(row), [Event(*one) for one in events]) if row is not None else None

    def last_export(self, canonical: str) -> LastExport | None:
        """Return the last export of the page *canonical*. None if it was not exported, or if it is
        now a duplicate of another page."""
        self._outcomes.flush()
        key = key_of(canonical)
        with self._database.read() as connection:
            version = connection.execute(
                select(page.c.version).where(page.c.canonical_url == key, _EXPORTED)
            ).scalar()
            if version is None:
                return None
            events = connection.execute(
                select(event.c.what, event.c.at, event.c.detail)
                .where(event.c.canonical_url == key)
                .where(event.c.what.in_([f"version {version}", f"version {version - 1}"]))
                .order_by(event.c.id)
            ).all()
        by_name = {row.what: row for row in events}
        last, before = by_name.get(f"version {version}"), by_name.get(f"version {version - 1}")
        return LastExport(version, last.at if last else "9", before.detail if before else None)

    def exported_urls(self) -> Iterator[str]:
        """Yield the URLs of all pages with a last export (see `last_export`), in the order of their
        keys. Rows are read in batches."""
        self._outcomes.flush()
        after = ""
        while True:
            query = select(page.c.canonical_url, page.c.url).where(page.c.canonical_url > after)
            with self._database.read() as connection:
                rows = connection.execute(
                    query.where(_EXPORTED).order_by(page.c.canonical_url).limit(BATCH)
                ).all()
            if not rows:
                return
            yield from (row.url for row in rows)
            after = rows[-1].canonical_url

    def forget_url(self, url: str) -> bool:
        """Delete the page *url*, in any spelling. Return True if it was known.

        The next listing that names it discovers it again.
        """
        self._outcomes.flush()
        key = key_of(page_key(url))
        with self._database.write() as connection:
            connection.execute(delete(event).where(event.c.canonical_url == key))
            connection.execute(delete(identity).where(identity.c.canonical_url == key))
            return connection.execute(delete(page).where(page.c.canonical_url == key)).rowcount > 0

    def forget_site(self, site: str) -> int:
        """Delete every page and listing of *site* and return the number of pages.

        The runs of the site are kept, because they are history.
        """
        self._outcomes.flush()
        keys = select(page.c.canonical_url).where(page.c.site == site)
        with self._database.write() as connection:
            connection.execute(delete(event).where(event.c.canonical_url.in_(keys)))
            connection.execute(delete(identity).where(identity.c.canonical_url.in_(keys)))
            for table in (listing, template, candidate, walk):
                connection.execute(delete(table).where(table.c.site == site))
            return connection.execute(delete(page).where(page.c.site == site)).rowcount
