"""Open the database of the ledger, and give connections for reading and writing."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from newsclean.ledger.clock import utc_now
from newsclean.ledger.errors import LedgerError
from newsclean.ledger.migrations import check_version, migrate

# The number of parameters of one IN: half of the maximum of the oldest SQLite.
BATCH = 500
# SQLite's primary error codes for a damaged file, and the advice for users.
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REBUILT = (
    ". Delete this file and the files in its folder that end in -wal and -shm: the next run"
    " rebuilds it from the feed that it appends to, but not from rotated or uploaded parts"
)
# Seconds that a writer waits for another on SQLite, and for PostgreSQL while it is restarted.
_WAIT = 30
_TRY_AGAIN = 0.2  # seconds between two attempts to connect
_NOW = """
SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
"""


class Database:
    """An open database of a ledger. Every failure raises a LedgerError with one line of text."""

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
        """Return the current time (UTC) by the clock that all users of the database share."""
        if not self.is_shared:
            return utc_now()
        with self.read() as connection:
            return str(connection.execute(text(_NOW)).scalar_one())

    @classmethod
    def open(cls, where: str | Path, *, reading: bool = False) -> "Database":
        """Open the database *where*: a path (SQLite) or an SQLAlchemy URL. Create it if it does not
        exist. With *reading*, open a file that this process cannot write without writing to it.

        Raise LedgerError if it cannot be opened, is not a ledger, or has a newer schema.
        """
        url = _url_of(where)
        is_closed = reading and url.get_backend_name() == "sqlite" and _is_closed(url)
        try:
            if is_closed:
                engine = create_engine("sqlite://", creator=partial(_connect_reading, url))
            elif url.get_backend_name() == "sqlite":
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
            if is_closed:
                with database.read() as connection:
                    check_version(connection)
            else:
                with database.write() as connection:
                    migrate(connection)
        except LedgerError as error:
            engine.dispose()
            shown = where if "://" not in str(where) else url.render_as_string(hide_password=True)
            advice = _REBUILT if _is_damaged(error) else ""
            raise LedgerError(f"cannot open the ledger {shown}: {error}{advice}") from None
        database._was_open = True
        return database

    def _connect(self, engine: Engine) -> Connection:
        """Return a connection. While a server is restarted, wait for it. This blocks the crawl, so
        it sends no requests meanwhile."""
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
        """Yield a connection in a transaction, which is committed unless the block raises."""
        try:
            with self._connect(self._engine) as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise LedgerError(_one_line(error)) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection for reading, which does not wait for writers."""
        try:
            with self._connect(self._readers) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise LedgerError(_one_line(error)) from error

    def insert(self, table: Table) -> Any:
        """Return an INSERT into *table* with the method ``on_conflict_do_update``."""
        # Importing a dialect takes a tenth of a second, so import only the one that is used.
        if self.is_shared:
            from sqlalchemy.dialects import postgresql  # noqa: PLC0415

            return postgresql.insert(table)
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415

        return sqlite.insert(table)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _is_damaged(error: LedgerError) -> bool:
    """Return True if *error* means that SQLite cannot read the file."""
    code = getattr(getattr(error.__cause__, "orig", None), "sqlite_errorcode", 0)
    return code & 0xFF in _DAMAGED  # an extended code has the primary code in its low byte


def _url_of(where: str | Path) -> URL:
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    try:
        url = make_url(text)
    except ArgumentError:
        raise LedgerError(
            "the ledger's URL is not valid, expected postgresql+psycopg://USER@HOST/DATABASE"
        ) from None
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"a ledger needs SQLite or PostgreSQL, not {url.drivername}")
    return url


def _is_closed(url: URL) -> bool:
    """Return True if this process cannot write the file of *url*, or create a file beside it."""
    path = Path(url.database or "")
    return path.is_file() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _connect_reading(url: URL) -> sqlite3.Connection:
    """Return a connection to the file of *url* that writes nothing."""
    path = Path(url.database or "").absolute()
    log = path.with_name(f"{path.name}-wal")
    # Without a log of another process, SQLite needs no file beside the database.
    has_log = log.exists() and log.stat().st_size > 0
    options = "mode=ro" if has_log else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.as_uri()}?{options}", uri=True, timeout=_WAIT)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    """Set WAL mode, in which readers and one writer do not wait for each other.

    With synchronous=NORMAL, a power failure may undo the last transactions but never damages the
    file. The articles of these transactions are then recorded again from the end of the feed.
    """
    connection.isolation_level = None  # `_begin_sqlite` begins transactions
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin a transaction for writing. A transaction that begins by reading could not wait for
    another writer.

    A reader needs no transaction, because each of its statements sees one consistent state.
    """
    if not connection.get_execution_options().get("ledger_reads", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _one_line(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())[:300]
