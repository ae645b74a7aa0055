"""Sitemaps, feeds and section pages: their validators and refresh intervals."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from newsclean.ledger.clock import later, seconds_between
from newsclean.ledger.database import Database
from newsclean.ledger.page import may_be_listing, sanitize_text
from newsclean.ledger.policy import Policy
from newsclean.ledger.schema import listing, walk

# The factors for the next interval after a fetch without a change and after a change. A listing
# that changes regularly is fetched about three times for each change.
_LATER, _SOONER = 1.5, 0.5


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing in the ledger. Times are UTC.

    ``kind`` is ``sitemap``, ``feed`` or ``section``. ``etag`` and ``last_modified`` are for
    conditional requests, ``content_hash`` for servers that ignore them. ``interval`` is the learnt
    refresh interval in seconds, 0 for a listing that is fetched in every run.
    """

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
    """The listings of a ledger, by the URL that is fetched."""

    def __init__(self, database: Database, policy: Policy) -> None:
        self._database = database
        self._policy = policy

    def known(self, site: str) -> list[Listing]:
        """Return every listing of *site* that was ever fetched, sorted by URL."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(listing).where(listing.c.site == site).order_by(listing.c.url)
            ).all()
        return [_as_listing(row) for row in rows]

    def look_up(self, site: str, url: str) -> Listing | None:
        """Return the listing *url* of *site*. None if it was never fetched."""
        with self._database.read() as connection:
            row = connection.execute(
                select(listing).where(listing.c.site == site, listing.c.url == sanitize_text(url))
            ).one_or_none()
        return _as_listing(row) if row is not None else None

    def quiet(self, site: str, urls: Iterable[str], now: str) -> set[str]:
        """Return the *urls* of listings of *site* that are not due at *now* (UTC)."""
        wanted = list({sanitize_text(url) for url in urls})
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
        """Delete every listing of *site* and their walks, so that the next run reads them again."""
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
        """Record that a listing was fetched at *now* (UTC), and whether it had *changed*. Nothing
        is recorded if its URL is too long (`may_be_listing`).

        Call this after `Pages.discover` has stored its entries. A listing that counts as read is
        not read again, so entries that are not stored would be lost.
        """
        if not may_be_listing(url):
            return
        etag = sanitize_text(etag) if etag else None
        last_modified = sanitize_text(last_modified) if last_modified else None
        before = self.look_up(site, url)
        last_changed = now if changed or before is None else before.last_changed or now
        interval = self._interval(before, changed, seconds_between(last_changed, now), now)
        row = {
            "url": sanitize_text(url),
            "site": site,
            "kind": kind,
            "etag": etag or (before and before.etag),
            "last_modified": last_modified or (before and before.last_modified),
            "content_hash": content_hash or (before and before.content_hash),
            "fetched_at": now,
            "last_changed": last_changed,
            "quiet_runs": 0 if changed or before is None else before.quiet_runs + 1,
            "interval": interval,
            "next_fetch_at": later(now, interval),
        }
        if changed:  # the validators of the old body are no longer valid
            row |= {"etag": etag, "last_modified": last_modified, "content_hash": content_hash}
        with self._database.write() as connection:
            statement = self._database.insert(listing).values(row)
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[listing.c.site, listing.c.url], set_=row
                )
            )

    def next(self, limit: int, site: str | None = None) -> list[Listing]:
        """Return the next *limit* scheduled listings (of *site*), the earliest first."""
        query = select(listing).order_by(listing.c.next_fetch_at, listing.c.url).limit(limit)
        if site is not None:
            query = query.where(listing.c.site == site)
        with self._database.read() as connection:
            return [_as_listing(row) for row in connection.execute(query)]

    def _interval(self, before: Listing | None, changed: bool, quiet_for: float, now: str) -> int:
        """Return the seconds until the next fetch; 0 if the listing is fetched in every run."""
        if before is None or before.fetched_at is None:
            return 0
        policy = self._policy
        last = max(before.interval or 0, policy.listing_min_interval)
        if changed:
            wait = _SOONER * min(last, seconds_between(before.fetched_at, now))
        else:
            # Never longer than the time since its last change: a few seconds prove nothing.
            wait = min(_LATER * last, quiet_for, policy.listing_max_interval)
        return int(wait) if wait >= policy.listing_min_interval else 0


def _as_listing(row: Any) -> Listing:
    return Listing(**row._mapping)
