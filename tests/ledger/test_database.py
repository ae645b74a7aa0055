"""Opening a ledger: new, older, newer, none, unreachable."""

import pytest
from sqlalchemy import create_engine, text, update

from newsclean.discovery.entry import Entry
from newsclean.ledger import Ledger, LedgerError
from newsclean.ledger.database import Database
from newsclean.ledger.migrations import STEPS, migrate
from newsclean.ledger.schema import VERSION, schema_version

NOW = "2026-04-18T12:00:00Z"


def test_a_ledger_is_made_once_and_opened_again(where):
    with Ledger.open(where) as ledger:
        ledger.pages.discover("news.example", [Entry("https://news.example/1", "feed")], NOW)
    with Ledger.open(where) as ledger:
        assert ledger.inspection.counts() == {"news.example": {"discovered": 1}}


def test_every_version_has_a_step():
    assert sorted(STEPS) == list(range(2, VERSION + 1))


def test_an_older_ledger_is_brought_up_step_by_step(where):
    Ledger.open(where).close()
    database = Database.open(where)
    steps = {
        VERSION + 1: lambda connection: connection.execute(text("CREATE TABLE one (a INTEGER)")),
        VERSION + 2: lambda connection: connection.execute(text("ALTER TABLE one ADD b INTEGER")),
    }
    with database.write() as connection:
        assert migrate(connection, steps, VERSION + 2) == VERSION
    with database.write() as connection:
        assert migrate(connection, steps, VERSION + 2) == VERSION + 2
        connection.execute(text("INSERT INTO one (a, b) VALUES (1, 2)"))
    database.close()


def test_a_step_that_fails_leaves_the_ledger_as_it_was(where):
    Ledger.open(where).close()
    database = Database.open(where)
    steps = {
        VERSION + 1: lambda connection: connection.execute(text("CREATE TABLE one (a INTEGER)")),
        VERSION + 2: lambda connection: connection.execute(text("ALTER TABLE none ADD b INTEGER")),
    }
    with pytest.raises(LedgerError), database.write() as connection:
        migrate(connection, steps, VERSION + 2)
    with database.write() as connection:
        assert migrate(connection) == VERSION
        connection.execute(text("CREATE TABLE one (a INTEGER)"))
    database.close()


def test_a_newer_ledger_is_refused_in_one_line(where):
    Ledger.open(where).close()
    database = Database.open(where)
    with database.write() as connection:
        connection.execute(update(schema_version).values(version=VERSION + 1))
    database.close()
    with pytest.raises(LedgerError, match=f"version {VERSION + 1}, expected at most") as caught:
        Ledger.open(where)
    assert "\n" not in str(caught.value)


def test_what_is_no_ledger_is_refused_in_one_line(tmp_path):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a database, but long enough to be taken for one\n" * 100)
    with pytest.raises(LedgerError, match="cannot open the ledger") as caught:
        Ledger.open(path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes().startswith(b"not a database")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://news.example/ledger", "SQLite or PostgreSQL"),
        ("nonsense://news.example/ledger", "SQLite or PostgreSQL"),
        ("postgresql+nosuchdriver://news.example/ledger", "newsclean\\[postgresql\\]"),
        ("://", "is not valid"),
        ("/dev/null/ledger.sqlite", "cannot open the ledger"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_in_one_line(url, says):
    with pytest.raises(LedgerError, match=says) as caught:
        Ledger.open(url)
    assert "\n" not in str(caught.value)


def test_a_password_is_not_shown():
    pytest.importorskip("psycopg")
    with pytest.raises(LedgerError) as caught:
        Ledger.open("postgresql://me:secret@127.0.0.1:1/ledger")
    assert "secret" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


def test_sqlite_is_in_wal_mode(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite"):
        engine = create_engine(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        engine.dispose()


def test_reading_does_not_wait_for_a_writer(where):
    with Ledger.open(where) as one, Ledger.open(where) as other:
        one.pages.discover("news.example", [Entry("https://news.example/1", "feed")], NOW)
        with one._database.write() as connection:
            connection.execute(text("UPDATE page SET site = 'changed.example'"))
            assert other.inspection.counts() == {"news.example": {"discovered": 1}}
        assert other.inspection.counts() == {"changed.example": {"discovered": 1}}


def test_a_damaged_ledger_says_what_to_do_in_one_line(tmp_path):
    """`tests.crawls.test_rebuilt` does it."""
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"\xff" * 4096)
    with pytest.raises(LedgerError) as told:
        Ledger.open(path)
    assert str(path) in str(told.value) and "\n" not in str(told.value)
    assert "Delete this file" in str(told.value) and "rebuilds it from the feed" in str(told.value)
    assert path.read_bytes() == b"\xff" * 4096
