"""The ledger: the discovered, exported and abandoned pages, stored for the next crawl."""

from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from newsclean.ledger import clock_check
from newsclean.ledger.batch import Batch
from newsclean.ledger.clock import utc_now
from newsclean.ledger.database import Database
from newsclean.ledger.discovery import Discovery
from newsclean.ledger.errors import LedgerError
from newsclean.ledger.feeds import Feeds
from newsclean.ledger.identities import Identities
from newsclean.ledger.inspection import Inspection
from newsclean.ledger.keys import site_lock
from newsclean.ledger.listings import Listings
from newsclean.ledger.locks import Locks
from newsclean.ledger.outcomes import Outcomes
from newsclean.ledger.pages import Pages
from newsclean.ledger.policy import Policy
from newsclean.ledger.rendered import Rendered
from newsclean.ledger.runs import Runs


class Ledger:
    """An open ledger.

    Its parts are ``pages`` (discover, decide, due, look up), ``outcomes`` (the results of fetches),
    ``identities`` (find the same article), ``listings``, ``discovery`` (URL templates and walks of
    sites), ``feeds``, ``locks``, ``runs`` and ``inspection``.

    All times are UTC, in the format of `newsclean.ledger.clock.utc_now`. Every method may raise
    LedgerError.
    """

    def __init__(self, database: Database, policy: Policy) -> None:
        self._database = database
        self.policy = policy
        self.outcomes = Outcomes(database, policy)
        self.pages = Pages(database, self.outcomes)
        self.identities = Identities(database, self.outcomes)
        self.inspection = Inspection(database, self.outcomes)
        self.listings = Listings(database, policy)
        self.discovery = Discovery(database, self.pages, self.listings)
        self.feeds = Feeds(database, self.outcomes)
        self.locks = Locks(database, policy)
        self.runs = Runs(database)
        self.rendered = Rendered(database)

    @classmethod
    def open(
        cls, where: str | Path, policy: Policy | None = None, *, reading: bool = False
    ) -> Self:
        """Open the ledger *where*: a path (SQLite) or an SQLAlchemy URL of SQLite or PostgreSQL.

        Create it if it does not exist, and migrate it if it is older. With *reading*, a file that
        this process cannot write is opened as it is. Raise LedgerError if that fails, or if it was
        written by a newer version of newsclean.
        """
        return cls(Database.open(where, reading=reading), policy or Policy())

    @property
    def is_shared(self) -> bool:
        """True if crawls on other machines may use this ledger. Their locks are then leases."""
        return self._database.is_shared

    def now(self) -> str:
        """Return the current time (UTC) by the clock that all crawls on this ledger share."""
        return self._database.now()

    def confirm(self, batch: Batch) -> None:
        """Record the articles and file lengths of *batch* in one transaction, so that a kill at any
        moment leaves all of them recorded or none. If this fails, nothing is recorded. Raise
        LockedError if another crawl has taken over the site of an article."""
        self.outcomes.flush()
        sites = {site_lock(export.site) for export, *_ in batch.exports}
        for export, feed, end, stored in batch.exports:
            self.outcomes.exported(export, feed=feed, feed_end=end, stored=stored)

        def write(connection: Connection) -> None:
            self.locks.check(connection, sites)
            self.feeds.write(connection, batch, utc_now())

        try:
            self.outcomes.flush(write)
        except LedgerError:
            self.outcomes.discard()
            raise

    def check_clock(self, now: str) -> int | None:
        """Correct times that are after *now* (UTC) because the clock of a run was ahead. Return the
        number of pages that are due because of that, None if no clock was ahead."""
        if not clock_check.is_ahead(self._database, now):
            return None
        self.outcomes.flush()
        return clock_check.correct_times(self._database, self.policy, now)

    def flush(self) -> None:
        """Write the buffered outcomes."""
        self.outcomes.flush()

    def close(self) -> None:
        """Write the buffered outcomes, release the locks and close the database."""
        try:
            self.outcomes.flush()
            self.locks.release()
        finally:
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
