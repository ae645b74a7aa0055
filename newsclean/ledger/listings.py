"""Sitemaps, feeds and section pages: asked conditionally, and less often while quiet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from newsclean.ledger.clock import later, seconds_between
from newsclean.ledger.database import Database
from newsclean.ledger.page import clean
from newsclean.ledger.policy import Policy
from newsclean.ledger.schema import listing

# A listing quiet for ten hours is asked every hour.
_SHARE_OF_QUIET = 0.1


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of a listing. Times are UTC; ``kind`` is ``sitemap``, ``feed`` or
    ``section``; ``etag`` and ``last_modified`` are for a conditional request,
    ``content_hash`` for servers that ignore one."""

    url: str
    site: str
    kind: str
    etag: str | None
    last_modified: str | None
    content_hash: str | None
    fetched_at: str | None
    last_changed: str | None
    quiet_runs: int
    next_fetch_at: str | None


class Listings:
    """The listings of a ledger, by their URL as it is fetched."""

    def __init__(self, database: Database, policy: Policy) -> None:
        self._database = database
        self._policy = policy

    def known(self, site: str) -> list[Listing]:
        """Return every listing of *site* that was ever fetched, in the order of their URLs."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(listing).where(listing.c.site == site).order_by(listing.c.url)
            ).all()
        return [_as_listing(row) for row in rows]

    def look_up(self, url: str) -> Listing | None:
        """Return what is known of the listing *url*, None if it was never fetched."""
        with self._database.read() as connection:
            row = connection.execute(
                select(listing).where(listing.c.url == clean(url))
            ).one_or_none()
        return _as_listing(row) if row is not None else None

    def quiet(self, urls: Iterable[str], now: str) -> set[str]:
        """Return those of *urls* (a few thousand at most) that need not be asked at *now*."""
        wanted = list({clean(url) for url in urls})
        found: set[str] = set()
        with self._database.read() as connection:
            for at in range(0, len(wanted), 500):
                query = select(listing.c.url).where(
                    listing.c.url.in_(wanted[at : at + 500]), listing.c.next_fetch_at > now
                )
                found.update(connection.execute(query).scalars())
        return found

    def forget(self, site: str) -> None:
        """Forget every listing of *site*: the next run reads them anew."""
        with self._database.write() as connection:
            connection.execute(delete(listing).where(listing.c.site == site))

    def fetched(
        self,
        url: str,
        *,
        site: str,
        kind: str,
        changed: bool,
        now: str,
        etag: str | None = None,
        last_modified: str | None = None,
        content_hash: str | None = None,
    ) -> None:
        """Note that a listing was asked at *now* (UTC), and whether it was *changed*.

        Call this after `Pages.discover` has kept what it names: a listing that counts as
        read is not read again, and what it named would be lost.
        """
        before = self.look_up(url)
        last_changed = now if changed or before is None else before.last_changed or now
        quiet_for = seconds_between(last_changed, now)
        wait = min(quiet_for * _SHARE_OF_QUIET, self._policy.listing_at_least_every)
        row = {
            "url": clean(url),
            "site": site,
            "kind": kind,
            "etag": clean(etag) if etag else before and before.etag,
            "last_modified": clean(last_modified)
            if last_modified
            else before and before.last_modified,
            "content_hash": content_hash or (before and before.content_hash),
            "fetched_at": now,
            "last_changed": last_changed,
            "quiet_runs": 0 if changed or before is None else before.quiet_runs + 1,
            "next_fetch_at": later(now, wait),
        }
        if changed:  # of the old body nothing holds any more
            row |= {"etag": etag, "last_modified": last_modified, "content_hash": content_hash}
        with self._database.write() as connection:
            statement = self._database.insert(listing).values(row)
            connection.execute(
                statement.on_conflict_do_update(index_elements=[listing.c.url], set_=row)
            )


def _as_listing(row: Any) -> Listing:
    return Listing(**row._mapping)
