"""Runs and their numbers, with which the next run is compared."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from newsclean.ledger.database import Database
from newsclean.ledger.schema import run


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run. Times are UTC. ``ended`` is None for a run that is active or was killed."""

    id: int
    site: str
    started: str
    ended: str | None
    numbers: dict[str, Any]


class Runs:
    """The runs of a ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, site: str, now: str) -> int:
        """Record that a run on *site* begins at *now* (UTC) and return its ID."""
        with self._database.write() as connection:
            result = connection.execute(insert(run).values(site=site, started=now))
            key = result.inserted_primary_key
        return int(key[0]) if key else 0

    def end(self, run_id: int, numbers: dict[str, Any], now: str) -> None:
        """Record that the run ended at *now* (UTC), with *numbers*, which must be valid JSON."""
        with self._database.write() as connection:
            connection.execute(
                update(run)
                .where(run.c.id == run_id)
                .values(ended=now, numbers=json.dumps(numbers, sort_keys=True))
            )

    def last(self, site: str, limit: int) -> list[RunRecord]:
        """Return up to *limit* runs of *site*, newest first."""
        query = select(run).where(run.c.site == site).order_by(run.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [_run_of(row) for row in connection.execute(query)]

    def latest(self, limit: int) -> Iterator[RunRecord]:
        """Yield the latest *limit* runs of all sites, oldest first. Only one run is in memory at a
        time, because the numbers of a run on many sites take some megabytes."""
        newest = select(run.c.id).order_by(run.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            keys = connection.execute(newest).scalars().all()
        for key in reversed(keys):
            with self._database.read() as connection:
                row = connection.execute(select(run).where(run.c.id == key)).one_or_none()
            if row is not None:
                yield _run_of(row)


def _run_of(row: Row[Any]) -> RunRecord:
    return RunRecord(row.id, row.site, row.started, row.ended, json.loads(row.numbers or "{}"))
