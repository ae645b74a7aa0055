"""Migrate the schema of an older ledger to the current version, in one transaction."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, insert, inspect, select, text, update

from newsclean.ledger.errors import LedgerError
from newsclean.ledger.page import key_of
from newsclean.ledger.schema import VERSION, metadata, schema_version
from newsclean.urls import page_key, site_of, site_of_host

Step = Callable[[Connection], object]


def _one_article_one_row(connection: Connection) -> None:
    """Give each page the key that all versions of its article share, and each site its registrable
    domain. Store listings by site. Add the table of identities."""
    _rename_pages(connection)
    for statement in (
        "CREATE TABLE identity (canonical_url TEXT NOT NULL PRIMARY KEY, claims TEXT NOT NULL,"
        " title TEXT)",
        "CREATE INDEX ix_identity_claims ON identity (claims)",
        "CREATE INDEX page_content ON page (site, content_hash)",
        "CREATE TABLE new_listing (site TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL,"
        " etag TEXT, last_modified TEXT, content_hash TEXT, fetched_at TEXT, last_changed TEXT,"
        " quiet_runs INTEGER NOT NULL, interval INTEGER, next_fetch_at TEXT,"
        " PRIMARY KEY (site, url))",
        "INSERT INTO new_listing SELECT site, url, kind, etag, last_modified, content_hash,"
        " fetched_at, last_changed, quiet_runs, NULL, next_fetch_at FROM listing",
        "DROP TABLE listing",
        "ALTER TABLE new_listing RENAME TO listing",
    ):
        connection.execute(text(statement))
    for table in ("listing", "run"):
        for (site,) in connection.execute(text(f"SELECT DISTINCT site FROM {table}")).all():  # noqa: S608
            parts = [site_of_host(one) or one for one in str(site).split(",")]
            new = ",".join(dict.fromkeys(parts))
            if new != site:
                connection.execute(
                    text(f"UPDATE {table} SET site = :new WHERE site = :old"),  # noqa: S608
                    {"new": new, "old": site},
                )


def _rename_pages(connection: Connection) -> None:
    """Rename the rows of ``page`` and ``event``. If several rows get the same key, keep the row
    whose article was exported most often."""
    rows = connection.execute(
        text("SELECT canonical_url, url, site FROM page ORDER BY version DESC, first_seen")
    ).all()
    taken: set[str] = set()
    renamed, dropped = [], []
    for old, url, site in rows:
        new = key_of(page_key(url))
        if new in taken:
            dropped.append({"old": old})
            renamed.append({"old": old, "new": new, "site": site, "event_only": True})
            continue
        taken.add(new)
        named = {"old": old, "new": new, "site": site_of(url) or site, "event_only": False}
        renamed.append(named)
    if dropped:
        connection.execute(text("DELETE FROM page WHERE canonical_url = :old"), dropped)
    pages = [one for one in renamed if not one["event_only"]]
    events = [one for one in renamed if one["old"] != one["new"]]
    # Two passes, because the new key of one page may be the old key of another.
    if pages:
        first = (
            "UPDATE page SET canonical_url = '>' || :new, site = :site WHERE canonical_url = :old"
        )
        connection.execute(text(first), pages)
        connection.execute(text("UPDATE page SET canonical_url = substr(canonical_url, 2)"))
    if events:
        first = "UPDATE event SET canonical_url = '>' || :new WHERE canonical_url = :old"
        connection.execute(text(first), events)
        connection.execute(
            text(
                "UPDATE event SET canonical_url = substr(canonical_url, 2)"
                " WHERE canonical_url LIKE '>%'"
            )
        )


def _parts_of_feeds(connection: Connection) -> None:
    """Add columns for files that are not published yet, and for detecting edited files."""
    for column in ("tail", "part"):
        connection.execute(text(f"ALTER TABLE feed ADD {column} TEXT"))


def _rendered_sites(connection: Connection) -> None:
    """Add the table of sites that need rendering."""
    connection.execute(
        text("CREATE TABLE rendered (site TEXT NOT NULL PRIMARY KEY, since TEXT NOT NULL)")
    )


def _add_discovery(connection: Connection) -> None:
    """Add the tables of discovery: templates, undecided links, walks of listings."""
    for statement in (
        "CREATE TABLE template (site TEXT NOT NULL, key TEXT NOT NULL, kind TEXT,"
        " evidence TEXT NOT NULL, updated TEXT NOT NULL, PRIMARY KEY (site, key))",
        "CREATE TABLE candidate (site TEXT NOT NULL, canonical_url TEXT NOT NULL,"
        " url TEXT NOT NULL, template TEXT NOT NULL, family TEXT NOT NULL, hints TEXT,"
        " first_seen TEXT NOT NULL, PRIMARY KEY (site, canonical_url))",
        "CREATE INDEX candidate_template ON candidate (site, template)",
        "CREATE INDEX candidate_family ON candidate (site, family)",
        "CREATE TABLE walk (site TEXT NOT NULL, url TEXT NOT NULL, state TEXT NOT NULL,"
        " next_url TEXT, number INTEGER NOT NULL, until TEXT, updated TEXT NOT NULL,"
        " PRIMARY KEY (site, url))",
    ):
        connection.execute(text(statement))


def _several_machines(connection: Connection) -> None:
    """Add the identifier of a machine to locks, and the time at which each site was finished."""
    connection.execute(text("ALTER TABLE lock ADD machine TEXT"))
    connection.execute(
        text("CREATE TABLE visit (site TEXT NOT NULL PRIMARY KEY, finished TEXT NOT NULL)")
    )


# Version → the step that migrates from the previous version. A step has its own SQL and never uses
# the tables of schema.py, which describe only the newest version.
STEPS: Mapping[int, Step] = {
    2: _one_article_one_row,
    3: _parts_of_feeds,
    4: _rendered_sites,
    5: _add_discovery,
    6: _several_machines,
}
# An arbitrary number. Every process that opens a ledger must use the same one.
_ADVISORY_LOCK = 7_305_018


def migrate(
    connection: Connection, steps: Mapping[int, Step] = STEPS, version: int = VERSION
) -> int:
    """Create a ledger in an empty database, or migrate an older ledger to *version*.

    This runs in the transaction of *connection*, in which no other process migrates. An error
    leaves the database unchanged. Return the version that was found, 0 for an empty database. Raise
    LedgerError for a ledger of a newer version.
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
            f"the ledger has schema version {found}, expected at most {version}: "
            "it was written by a newer newsclean"
        )
    for step in range(found + 1, version + 1):
        steps[step](connection)
    if found < version:
        connection.execute(update(schema_version).values(version=version))
    return int(found)


def check_version(connection: Connection, version: int = VERSION) -> None:
    """Raise LedgerError if the database is not a ledger of *version*. Nothing is written."""
    if not inspect(connection).has_table(schema_version.name):
        raise LedgerError("the file is not a ledger")
    found = connection.execute(select(schema_version.c.version)).scalar_one()
    if found != version:
        raise LedgerError(
            f"the ledger has schema version {found}, expected {version}, and cannot be migrated,"
            " because it cannot be written"
        )
