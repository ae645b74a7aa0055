"""Correct times in the ledger that are in the future because a clock was ahead.

After a run with a clock that was a year ahead, pages wait until next year. The runs of the ledger
show this: if a run began or ended after now, its clock was wrong (or was set back since).
"""

from sqlalchemy import func, or_, select, update

from newsclean.ledger.clock import later
from newsclean.ledger.database import Database
from newsclean.ledger.policy import Policy
from newsclean.ledger.schema import feed, listing, page, run

# The clocks of machines that share a ledger differ by less than this.
TOLERANCE = 3600  # seconds


def is_ahead(database: Database, now: str) -> bool:
    """Return True if a run of the ledger is in the future at *now* (UTC)."""
    with database.read() as connection:
        latest = connection.execute(select(func.max(run.c.started), func.max(run.c.ended))).one()
    return any(moment is not None and moment > later(now, TOLERANCE) for moment in latest)


def correct_times(database: Database, policy: Policy, now: str) -> int:
    """Set the times of the ledger that are in the future to *now* (UTC). Return the number of pages
    that are due because of that. A page never waits longer than the intervals of *policy*."""
    longest = max(*policy.back_off, policy.look_again_every)
    wrong = or_(
        page.c.next_fetch_at > later(now, longest),
        # An article that was fetched then seemed to be old, so it would never be fetched again.
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
