"""Opening a ledger: new, older, newer, none, unreachable."""

import os
import random
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text, update

from newsclean.discovery.entry import Entry
from newsclean.discovery.memory import Walk
from newsclean.discovery.templates import template_of
from newsclean.export.records import export_of
from newsclean.ledger import Batch, Ledger, LedgerError, utc_now
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


@pytest.fixture
def closed(tmp_path, monkeypatch):
    """The path of a ledger that this process may not write. The tests may run as root."""
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as ledger:
        ledger.pages.discover("news.example", [Entry("https://news.example/7", "feed")], utc_now())
    monkeypatch.setattr(os, "access", lambda *_: False)
    yield path
    assert [one.name for one in tmp_path.iterdir()] == ["ledger.sqlite"]


def test_a_ledger_that_cannot_be_written_can_be_read(closed):
    before = closed.read_bytes()
    with Ledger.open(closed, reading=True) as ledger:
        assert ledger.inspection.counts() == {"news.example": {"discovered": 1}}
        with pytest.raises(LedgerError, match="readonly"):
            ledger.inspection.forget_site("news.example")
    assert closed.read_bytes() == before


def test_an_older_ledger_that_cannot_be_written(closed):
    with closing(sqlite3.connect(closed)) as database:
        database.execute("UPDATE schema_version SET version = 1")
        database.commit()
    with pytest.raises(LedgerError, match=r"version 1, expected .*, and cannot be migrated"):
        Ledger.open(closed, reading=True)


def test_names_of_any_length_fit(where):
    """An index of PostgreSQL has keys of up to 2,700 bytes."""
    words = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=4_000))
    url = f"https://news.example/{words}"
    parts = [words[at : at + 290] for at in range(0, 3_480, 290)]
    long = template_of(f"https://news.example/{'/'.join(parts)}", "news.example")
    with Ledger.open(where) as ledger:
        memory = ledger.discovery.of_site("news.example")
        memory.save_walk(url, Walk("useless", url, 1, None))
        memory.save({long.key: {"kind": "article"}})
        memory.keep([(Entry(url, "section"), long.key, long.family)])
        memory.discover([Entry(url, "section")])
        for changed in (True, False):
            said = {"etag": "\0", "now": utc_now(), "changed": changed}
            ledger.listings.fetched(url, site="news.example", kind="feed", **said)
            ledger.listings.fetched(url[:2_000], site="news.example", kind="feed", **said)
        record = {"url": url, "metadata": {"contentHash": words, "version": 2**63}}
        ledger.confirm(Batch([(export_of(record, utc_now()), None, None, True)]))
        assert [one.url for one in ledger.listings.known("news.example")] == [url[:2_000]]
