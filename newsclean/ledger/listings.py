"""Sitemaps, feeds and section pages: asked conditionally, each as often as it changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from newsclean.ledger.clock import later, seconds_between
from newsclean.ledger.database import Database
from newsclean.ledger.page import clean
from newsclean.ledger.policy import Policy
from newsclean.ledger.schema import listing, walk

# After a look that found nothing new, the next one comes later by this factor, after a change
# sooner. A listing that changes regularly is asked some three times for each change.
_LATER, _SOONER = 1.5, 0.5


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of a listing. Times are UTC; ``kind`` is ``sitemap``, ``feed`` or
    ``section``; ``etag`` and ``last_modified`` are for a conditional request,
    ``content_hash`` for servers that ignore one; ``interval`` is the learnt time between two
    looks in seconds, 0 for a listing that is asked in every run."""

    url: str
    site: str
    kind: str
    etag: str | None
    last_modified: str | None
    content_hash: str | None
    fetched_at: str | None
    last_changed: str | None
    quiet_runs: int
    interval: int | None
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

    def look_up(self, site: str, url: str) -> Listing | None:
        """Return what is known of the listing *url* of *site*, None if it was never fetched."""
        with self._database.read() as connection:
            row = connection.execute(
                select(listing).where(listing.c.site == site, listing.c.url == clean(url))
            ).one_or_none()
        return _as_listing(row) if row is not None else None

    def quiet(self, site: str, urls: Iterable[str], now: str) -> set[str]:
        """Return those of *urls*, listings of *site*, that need not be asked at *now* (UTC)."""
        wanted = list({clean(url) for url in urls})
        found: set[str] = set()
        with self._database.read() as connection:
            for at in range(0, len(wanted), 500):
                query = select(listing.c.url).where(
                    listing.c.site == site,
                    listing.c.url.in_(wanted[at : at + 500]),
                    listing.c.next_fetch_at > now,
                )
                found.update(connection.execute(query).scalars())
        return found

    def forget(self, site: str) -> None:
        """Forget every listing of *site*, and how far its pages were followed: the next run reads
        them again."""
        with self._database.write() as connection:
            connection.execute(delete(listing).where(listing.c.site == site))
            connection.execute(delete(walk).where(walk.c.site == site))

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
        before = self.look_up(site, url)
        last_changed = now if changed or before is None else before.last_changed or now
        interval = self._interval(before, changed, seconds_between(last_changed, now), now)
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
            "interval": interval,
            "next_fetch_at": later(now, interval),
        }
        if changed:  # of the old body nothing holds any more
            row |= {"etag": etag, "last_modified": last_modified, "content_hash": content_hash}
        with self._database.write() as connection:
            statement = self._database.insert(listing).values(row)
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[listing.c.site, listing.c.url], set_=row
                )
            )

    def next(self, limit: int, site: str | None = None) -> list[Listing]:
        """Return the *limit* listings (of *site*) that are asked next, the first one first."""
        query = select(listing).order_by(listing.c.next_fetch_at, listing.c.url).limit(limit)
        if site is not None:
            query = query.where(listing.c.site == site)
        with self._database.read() as connection:
            return [_as_listing(row) for row in connection.execute(query)]

    def _interval(self, before: Listing | None, changed: bool, quiet_for: float, now: str) -> int:
        """Return the seconds until the next look; 0 if the listing is asked in every run."""
        if before is None or before.fetched_at is None:
            return 0
        policy = self._policy
        last = max(before.interval or 0, policy.listing_min_interval)
        if changed:
            wait = _SOONER * min(last, seconds_between(before.fetched_at, now))
        else:
            # Never longer than it has been quiet: after a few seconds nothing is known yet.
            wait = min(_LATER * last, quiet_for, policy.listing_max_interval)
        return int(wait) if wait >= policy.listing_min_interval else 0


def _as_listing(row: Any) -> Listing:
    return Listing(**row._mapping)
