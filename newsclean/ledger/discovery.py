"""The results of discovery for each site: URL templates, undecided links, walks of listings.

A walk is the progress of reading the pages of a section (page 2, page 3, …).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, select

from newsclean.discovery.memory import Walk
from newsclean.ledger.clock import later, utc_now
from newsclean.ledger.database import BATCH, Database
from newsclean.ledger.page import (
    key_of,
    may_be_listing,
    plainest,
    read_hints,
    sanitize_text,
    write_hints,
)
from newsclean.ledger.schema import candidate, listing, page, template, walk
from newsclean.urls import page_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement

    from newsclean.discovery.entry import Entry
    from newsclean.ledger.listings import Listings
    from newsclean.ledger.pages import Pages

_USELESS_FOR = 7 * 24 * 3600  # seconds until a listing without new entries is fetched again
_MISSING_FOR = 30 * 24 * 3600  # seconds until a usual URL without a feed is tried again


class Discovery:
    """The results of discovery for all sites. `of_site` returns those of one site."""

    def __init__(self, database: Database, pages: Pages, listings: Listings) -> None:
        self._database = database
        self._pages = pages
        self._listings = listings

    def of_site(self, site: str) -> SiteMemory:
        """Return the memory of discovery for *site*."""
        return SiteMemory(self._database, self._pages, self._listings, site)

    def templates(self, site: str) -> dict[str, dict[str, Any]]:
        """Return the evidence of each template of *site*, in the format of `Evidence.as_record`."""
        query = select(template.c.key, template.c.evidence).where(template.c.site == site)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(template.c.key)).all()
        return {row.key: json.loads(row.evidence) for row in rows}

    def waiting(self, site: str) -> list[tuple[str, str, int]]:
        """Return the number of undecided links of *site*, as (template, family, number)."""
        query = (
            select(candidate.c.template, candidate.c.family, func.count())
            .where(candidate.c.site == site)
            .group_by(candidate.c.template, candidate.c.family)
        )
        with self._database.read() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def forget(self, site: str) -> None:
        """Delete the results of discovery for *site*."""
        with self._database.write() as connection:
            for table in (template, candidate, walk):
                connection.execute(delete(table).where(table.c.site == site))


class SiteMemory:
    """The results for one site; implements `newsclean.discovery.memory.Memory`."""

    def __init__(self, database: Database, pages: Pages, listings: Listings, site: str) -> None:
        self._database = database
        self._pages = pages
        self._listings = listings
        self.site = site

    def discover(self, entries: Sequence[Entry]) -> int:
        """Add pages to fetch and return how many are new."""
        return self._pages.discover(self.site, entries, utc_now())

    def known(self, urls: Iterable[str]) -> set[str]:
        """Return the *urls* that are known pages or listings."""
        by_key = {_key(url): url for url in urls}
        found: set[str] = set()
        with self._database.read() as connection:
            for keys in _batches(by_key):
                rows = connection.execute(
                    select(page.c.canonical_url).where(page.c.canonical_url.in_(keys))
                ).scalars()
                found.update(by_key[key] for key in rows)
                urls_here = [sanitize_text(by_key[key]) for key in keys]
                found.update(
                    connection.execute(
                        select(listing.c.url).where(listing.c.url.in_(urls_here))
                    ).scalars()
                )
        return found

    def has_articles(self) -> bool:
        """Return True if any article of the site was exported."""
        query = select(page.c.url).where(page.c.site == self.site, page.c.version > 0).limit(1)
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def has_exported(self, urls: Iterable[str]) -> bool:
        """Return True if the article of one of *urls* was exported."""
        wanted = dict.fromkeys(map(_key, urls))
        with self._database.read() as connection:
            for keys in _batches(wanted):
                query = select(page.c.url).where(page.c.canonical_url.in_(keys), page.c.version > 0)
                if connection.execute(query.limit(1)).first() is not None:
                    return True
        return False

    def keep(self, links: Sequence[tuple[Entry, str, str]]) -> list[Entry]:
        """Store undecided links and return the new ones."""
        best = plainest(links, lambda link: link[0].url)
        entries = {link_key: entry for link_key, (entry, _, _) in best.items()}
        rows = {
            link_key: {
                "site": self.site,
                "canonical_url": link_key,
                "url": sanitize_text(entry.url),
                "template": sanitize_text(key),
                "family": sanitize_text(family),
                "hints": write_hints(entry),
                "first_seen": utc_now(),
            }
            for link_key, (entry, key, family) in best.items()
        }
        new: list[Entry] = []
        with self._database.write() as connection:
            for keys in _batches(rows):
                known = set(
                    connection.execute(
                        select(candidate.c.canonical_url).where(
                            candidate.c.site == self.site, candidate.c.canonical_url.in_(keys)
                        )
                    ).scalars()
                )
                fresh = [rows[key] for key in keys if key not in known]
                if fresh:
                    statement = self._database.insert(candidate).on_conflict_do_nothing()
                    connection.execute(statement, fresh)
                new += [entries[key] for key in keys if key not in known]
        return new

    def waiting(self, key: str, limit: int) -> list[Entry]:
        """Return up to *limit* undecided links of the template or the family *key*."""
        query = (
            select(candidate.c.url, candidate.c.hints)
            .where(
                candidate.c.site == self.site,
                (candidate.c.family if key.startswith("~") else candidate.c.template)
                == sanitize_text(key),
            )
            .order_by(candidate.c.first_seen, candidate.c.canonical_url)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [read_hints(row.url, row.hints) for row in connection.execute(query)]

    def waiting_counts(self) -> list[tuple[str, str, int]]:
        """Return the number of undecided links, as (template, family, number)."""
        query = (
            select(candidate.c.template, candidate.c.family, func.count())
            .where(candidate.c.site == self.site)
            .group_by(candidate.c.template, candidate.c.family)
        )
        with self._database.read() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(query)]

    def drop(self, urls: Iterable[str]) -> None:
        """Delete these undecided links."""
        with self._database.write() as connection:
            for keys in _batches([_key(url) for url in urls]):
                connection.execute(
                    delete(candidate).where(
                        candidate.c.site == self.site, candidate.c.canonical_url.in_(keys)
                    )
                )

    def load(self) -> dict[str, dict[str, Any]]:
        """Return the evidence of each template, as `save` received it."""
        query = select(template.c.key, template.c.evidence).where(template.c.site == self.site)
        with self._database.read() as connection:
            return {row.key: json.loads(row.evidence) for row in connection.execute(query)}

    def save(self, records: Mapping[str, dict[str, Any]]) -> None:
        """Store the evidence of these templates."""
        now = utc_now()
        rows = [
            {
                "site": self.site,
                "key": sanitize_text(key),
                "kind": record.get("kind"),
                "evidence": json.dumps(record, sort_keys=True),
                "updated": now,
            }
            for key, record in records.items()
        ]
        if rows:
            statement = self._database.insert(template)
            changed = {name: statement.excluded[name] for name in ("kind", "evidence", "updated")}
            with self._database.write() as connection:
                connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=[template.c.site, template.c.key], set_=changed
                    ),
                    rows,
                )

    def listings(self) -> list[tuple[str, str]]:
        """Return the URL and the kind of each listing of earlier runs. Leave out missing listings,
        and listings that were found useless (no new entries) in the last 7 days."""
        useless = select(walk.c.url).where(
            walk.c.site == self.site,
            (walk.c.state == "missing")
            | ((walk.c.state == "useless") & (walk.c.updated > later(utc_now(), -_USELESS_FOR))),
        )
        with self._database.read() as connection:
            left_out = set(connection.execute(useless).scalars())
        return [
            (one.url, one.kind)
            for one in self._listings.known(self.site)
            if one.url not in left_out
        ]

    def walk(self, url: str) -> Walk | None:
        """Return the walk of the listing *url*. None if it is unknown, or was missing more than 30
        days ago."""
        with self._database.read() as connection:
            row = connection.execute(select(walk).where(_same_walk(self.site, url))).one_or_none()
        if row is None or (
            row.state == "missing" and row.updated < later(utc_now(), -_MISSING_FOR)
        ):
            return None
        return Walk(row.state, row.next_url, row.number, row.until)

    def save_walk(self, url: str, found: Walk) -> None:
        """Store the walk of the listing *url*, unless the URL is too long (`may_be_listing`)."""
        if not may_be_listing(url):
            return
        row = {
            "site": self.site,
            "url": sanitize_text(url),
            "state": found.state,
            "next_url": sanitize_text(found.next_url) if found.next_url else None,
            "number": found.number,
            "until": found.until,
            "updated": utc_now(),
        }
        with self._database.write() as connection:
            statement = self._database.insert(walk).values(row)
            connection.execute(
                statement.on_conflict_do_update(index_elements=[walk.c.site, walk.c.url], set_=row)
            )


def _same_walk(site: str, url: str) -> ColumnElement[bool]:
    return and_(walk.c.site == site, walk.c.url == sanitize_text(url))


def _key(url: str) -> str:
    return key_of(page_key(url))


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    every = list(keys)
    for at in range(0, len(every), BATCH):
        yield every[at : at + BATCH]
