"""The ledger's database: opening it, and what every transaction on it has in common."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from newsclean.ledger.clock import utc_now
from newsclean.ledger.errors import LedgerError
from newsclean.ledger.migrations import migrate

# Parameters of one IN; half of what the oldest SQLite takes.
BATCH = 500
# SQLite's primary codes for a file that is damaged, and what then helps.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REBUILT = (
    ". Delete this file, and those beside it that end in -wal and -shm: the next run rebuilds it"
    " from the feed that it appends to, but not from rotated or uploaded parts"
)
# How long a writer waits for another on SQLite, and for a PostgreSQL that is restarted (seconds).
_WAIT = 30
_TRY_AGAIN = 0.2  # seconds between two attempts to connect
_NOW = """
SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
"""


class Database:
    """An open ledger database. Every failure of it is a LedgerError of one line."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._readers = engine.execution_options(ledger_reads=True)
        self.dialect = engine.dialect.name
        self._was_open = False

    @property
    def is_shared(self) -> bool:
        """True if processes of other machines may use the database."""
        return self.dialect == "postgresql"

    def now(self) -> str:
        """Return this moment (UTC) by the clock that all users of the database have in common."""
        if not self.is_shared:
            return utc_now()
        with self.read() as connection:
            return str(connection.execute(text(_NOW)).scalar_one())

    @classmethod
    def open(cls, where: str | Path) -> "Database":
        """Open the database *where*: a path (SQLite) or an SQLAlchemy URL; made if absent.

        Raise LedgerError if it cannot be opened, is no ledger, or is a newer one.
        """
        url = _url_of(where)
        try:
            if url.get_backend_name() == "sqlite":
                if url.database and url.database != ":memory:":
                    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
                engine = create_engine(url, connect_args={"timeout": _WAIT})
                event.listen(engine, "connect", _prepare_sqlite)
                event.listen(engine, "begin", _begin_sqlite)
            else:
                engine = create_engine(url, pool_pre_ping=True)
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise LedgerError(
                f"no driver for {url.drivername}: install newsclean[postgresql] ({error})"
            ) from None
        except OSError as error:
            raise LedgerError(f"cannot open the ledger {where}: {error.strerror}") from None
        database = cls(engine)
        try:
            with database.write() as connection:
                migrate(connection)
        except LedgerError as error:
            engine.dispose()
            shown = url.render_as_string(hide_password=True)
            advice = _REBUILT if _is_damaged(error) else ""
            raise LedgerError(f"cannot open the ledger {shown}: {error}{advice}") from None
        database._was_open = True
        return database

    def _connect(self, engine: Engine) -> Connection:
        """Return a connection. A server that is restarted is waited for: the crawl stands still,
        and asks no site for anything meanwhile."""
        until = time.monotonic() + (_WAIT if self.is_shared and self._was_open else 0)
        while True:
            try:
                return engine.connect()
            except OperationalError:
                if time.monotonic() >= until:
                    raise
            time.sleep(_TRY_AGAIN)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection in a transaction that is kept if the block ends well."""
        try:
            with self._connect(self._engine) as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise LedgerError(_one_line(error)) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection for reading, that waits for no writer."""
        try:
            with self._connect(self._readers) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise LedgerError(_one_line(error)) from error

    def insert(self, table: Table) -> Any:
        """Return an INSERT into *table* that knows ``on_conflict_do_update``."""
        # Importing a dialect that is not used costs a tenth of a second.
        if self.is_shared:
            from sqlalchemy.dialects import postgresql  # noqa: PLC0415

            return postgresql.insert(table)
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415

        return sqlite.insert(table)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _is_damaged(error: LedgerError) -> bool:
    """Return True if *error* comes from SQLite, which cannot read the file as its own."""
    code = getattr(getattr(error.__cause__, "orig", None), "sqlite_errorcode", 0)
    return code & 0xFF in _DAMAGED  # an extended code has the primary one in its low byte


def _url_of(where: str | Path) -> URL:
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    try:
        url = make_url(text)
    except ArgumentError:
        raise LedgerError("the ledger's URL cannot be read") from None
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"the ledger is SQLite or PostgreSQL, not {url.drivername}")
    return url


def _prepare_sqlite(connection: Any, record: Any) -> None:
    """Readers and one writer at a time do not wait for each other in WAL mode.

    At synchronous=NORMAL a power cut may undo the last transactions, never damage the
    file; the feed's tail then counts again what they counted.
    """
    connection.isolation_level = None  # begin is ours, below
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer says so at once: one that begins by reading could not wait for another.

    A reader needs no transaction, for each of its statements sees one state.
    """
    if not connection.get_execution_options().get("ledger_reads", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _one_line(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())[:300]
