"""Bringing the schema of an older ledger up to this version's, in one transaction."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, insert, inspect, select, text, update

from newsclean.ledger.errors import LedgerError
from newsclean.ledger.schema import VERSION, metadata, schema_version

Step = Callable[[Connection], object]

# Version → what makes it of the version before. A step writes its own SQL and never uses the
# tables of schema.py, which know only the newest version.
STEPS: Mapping[int, Step] = {}
# Any number will do, as long as every process that opens a ledger takes the same.
_ADVISORY_LOCK = 7_305_018


def migrate(
    connection: Connection, steps: Mapping[int, Step] = STEPS, version: int = VERSION
) -> int:
    """Make an empty database a ledger, or an older ledger one of *version*.

    Runs in the connection's transaction, in which no other process migrates; an error
    leaves everything as it was. Return the version found, 0 for an empty database. Raise
    LedgerError for a ledger that is newer than this program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    if not inspect(connection).has_table(schema_version.name):
        metadata.create_all(connection)
        connection.execute(insert(schema_version).values(version=version))
        return 0
    found = connection.execute(select(schema_version.c.version)).scalar_one()
    if found > version:
        raise LedgerError(
            f"the ledger has schema version {found}, this program knows {version}: "
            "it was written by a newer newsclean"
        )
    for step in range(found + 1, version + 1):
        steps[step](connection)
    if found < version:
        connection.execute(update(schema_version).values(version=version))
    return int(found)
