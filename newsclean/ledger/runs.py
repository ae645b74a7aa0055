"""Runs and their numbers, for the next run to compare itself with."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from newsclean.ledger.database import Database
from newsclean.ledger.schema import run


@dataclass(frozen=True, slots=True)
class Run:
    """One run. Times are UTC; ``ended`` is None for one that goes on or was killed."""

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
        """Note that a run on *site* begins at *now* (UTC); return its id."""
        with self._database.write() as connection:
            result = connection.execute(insert(run).values(site=site, started=now))
            key = result.inserted_primary_key
        return int(key[0]) if key else 0

    def end(self, run_id: int, numbers: dict[str, Any], now: str) -> None:
        """Note that the run ended at *now* (UTC), with *numbers* that JSON can hold."""
        with self._database.write() as connection:
            connection.execute(
                update(run)
                .where(run.c.id == run_id)
                .values(ended=now, numbers=json.dumps(numbers, sort_keys=True))
            )

    def last(self, site: str, limit: int) -> list[Run]:
        """Return up to *limit* runs of *site*, the newest first."""
        query = select(run).where(run.c.site == site).order_by(run.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [
            Run(row.id, row.site, row.started, row.ended, json.loads(row.numbers or "{}"))
            for row in rows
        ]
