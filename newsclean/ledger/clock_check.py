"""A clock that was ahead once: times in the ledger that are in the future are put right.

A run whose clock was a year ahead leaves pages that wait until next year. The ledger's own runs
tell: if one of them began or ended after now, its clock was wrong (or was put back since).
"""

from sqlalchemy import func, or_, select, update

from newsclean.ledger.clock import later
from newsclean.ledger.database import Database
from newsclean.ledger.policy import Policy
from newsclean.ledger.schema import feed, listing, page, run

# Clocks of machines that share a ledger differ by less.
TOLERANCE = 3600  # seconds


def is_ahead(database: Database, now: str) -> bool:
    """Return True if a run of the ledger is in the future at *now* (UTC)."""
    with database.read() as connection:
        latest = connection.execute(select(func.max(run.c.started), func.max(run.c.ended))).one()
    return any(moment is not None and moment > later(now, TOLERANCE) for moment in latest)


def put_right(database: Database, policy: Policy, now: str) -> int:
    """Move the ledger's times that are in the future to *now* (UTC); return how many pages are
    to be looked at because of that. Nothing waits longer than *policy* has pages wait."""
    longest = max(*policy.back_off, policy.look_again_every)
    wrong = or_(
        page.c.next_fetch_at > later(now, longest),
        # An article that was fetched then was taken for old, and would never be looked at again.
        (page.c.fetched_at > now) & page.c.next_fetch_at.is_(None) & (page.c.state == "exported"),
    )
    with database.write() as connection:
        moved = connection.execute(update(page).where(wrong).values(next_fetch_at=now)).rowcount
        connection.execute(
            update(listing).where(listing.c.next_fetch_at > now).values(next_fetch_at=now)
        )
        for column in (
            *(page.c.first_seen, page.c.last_seen, page.c.fetched_at),
            *(listing.c.fetched_at, listing.c.last_changed),
            *(run.c.started, run.c.ended, feed.c.opened, feed.c.closed),
        ):
            connection.execute(update(column.table).where(column > now).values({column.name: now}))
    return moved
