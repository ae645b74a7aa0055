"""One article, one row: over runs, for old ledgers, and never across sites."""

from dataclasses import replace

import pytest
from sqlalchemy import inspect, text

from newsclean.discovery.entry import Entry
from newsclean.identity import identity_of
from newsclean.ledger import Batch, Export, Ledger
from newsclean.ledger.database import Database
from newsclean.ledger.migrations import migrate

NOW = "2026-04-18T12:00:00Z"
PLAIN = "https://www.news.example/2026/rain.html"
MOBILE = "https://m.news.example/a/77"  # nothing in it says that it is PLAIN's


def page(url, **said):
    return {"url": url, **said}


def export(ledger, url, canonical=None, headline="Rain at last", words="w1"):
    """Export the article on *url* unless it is known; return the URL that it repeats."""
    article = identity_of(url, canonical, headline, words)
    found = ledger.identities.look_up(article).same
    if found is None:
        exported = Export(article.key, article.site, url, words, 1, NOW)
        exported = replace(exported, claims=article.claims, title=article.title)
        ledger.confirm(Batch([(exported, None, None, True)]))
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # The second page names the first as its canonical URL, or the first one the second.
        (page(PLAIN), page(MOBILE, canonical=PLAIN, words="w2")),
        (page(MOBILE, canonical=PLAIN), page(PLAIN, words="w2")),
        # Both name a third page.
        (
            page(MOBILE, canonical=PLAIN),
            page("https://news.example/show?aid=7", canonical=PLAIN, words="w2"),
        ),
        # They say the same.
        (page(PLAIN), page(MOBILE, headline="Rain")),
    ],
)
def test_the_same_article_is_known_under_another_url(ledger, first, second):
    assert export(ledger, **first) is None
    ledger.flush()
    assert export(ledger, **second) == first["url"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # A careless template gives all articles one canonical URL.
        (
            page("https://news.example/1", canonical="https://news.example/top"),
            page(
                "https://news.example/2",
                canonical="https://news.example/top",
                headline="Wind at last",
                words="w2",
            ),
        ),
        # A column has one headline every week.
        (page("https://news.example/1"), page("https://news.example/2", words="w2")),
        # Another site copies words, or claims to be the article.
        (page("https://news.example/1"), page("https://copy.example/1")),
        (
            page("https://news.example/1"),
            page("https://copy.example/1", canonical="https://news.example/1"),
        ),
        (
            page("https://copy.example/1", canonical="https://news.example/1"),
            page("https://news.example/1"),
        ),
        # Two customers of one platform.
        (page("https://a.blogspot.com/1"), page("https://b.blogspot.com/1")),
    ],
)
def test_other_articles_are_other_articles(ledger, first, second):
    assert export(ledger, **first) is None
    ledger.flush()
    assert export(ledger, **second) is None


def test_a_page_and_what_repeats_it_are_known_at_once(ledger):
    export(ledger, PLAIN)
    known = ledger.identities.look_up(identity_of(PLAIN, None, "Wind at last", "w2"))
    assert (known.page.url, known.page.version, known.same) == (PLAIN, 1, None)
    ledger.pages.discover("news.example", [Entry(MOBILE, "feed")], NOW)
    known = ledger.identities.look_up(identity_of(MOBILE, PLAIN, "Rain at last", "w2"))
    assert (known.page.url, known.page.version, known.same) == (MOBILE, 0, PLAIN)


def test_an_updated_article_is_known_by_its_new_headline(ledger):
    export(ledger, PLAIN)
    article = identity_of(PLAIN, None, "Rain for days", "w2")
    new = Export(article.key, article.site, PLAIN, "w2", 2, NOW)
    new = replace(new, claims=article.claims, title=article.title)
    ledger.confirm(Batch([(new, None, None, True)]))
    assert export(ledger, MOBILE, canonical=PLAIN, headline="Rain for days", words="w3") == PLAIN


def test_versions_of_one_page_are_one_row_with_the_plain_url(ledger):
    urls = [
        "https://m.news.example/rain",
        "http://www.news.example/rain/?utm_source=x",
        "https://news.example/rain/amp",
        "https://news.example/rain?print=1",
        "https://news.example/rain/index.html",
        "https://news.example/rain?page=all",
    ]
    new = sum(ledger.pages.discover("news.example", [Entry(url, "section")], NOW) for url in urls)
    assert new == 1
    (due,) = ledger.pages.due("news.example", NOW, 10, run=1)
    assert due.url == urls[1]
    again = [Entry(url, "section") for url in reversed(urls)]
    assert ledger.pages.discover("news.example", again, NOW) == 0


def test_a_duplicate_by_its_words_is_looked_at_again(ledger):
    ledger.pages.discover("news.example", [Entry(MOBILE, "feed")], NOW)
    ledger.outcomes.duplicate(MOBILE_KEY, of=PLAIN, now=NOW, look_again=True)
    found, _ = ledger.inspection.history(MOBILE)
    assert (found.state, found.next_fetch_at) == ("duplicate", "2026-04-18T18:00:00Z")
    assert [due.url for due in ledger.pages.due("news.example", found.next_fetch_at, 9, run=2)] == [
        MOBILE
    ]


MOBILE_KEY = "https://news.example/a/77"

OLD_TABLES = (
    "CREATE TABLE page (canonical_url TEXT PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL,"
    " state TEXT NOT NULL, reason TEXT, hints TEXT, published TEXT, first_seen TEXT NOT NULL,"
    " last_seen TEXT NOT NULL, fetched_at TEXT, next_fetch_at TEXT, claimed_by INTEGER,"
    " failures INTEGER NOT NULL, etag TEXT, last_modified TEXT, content_hash TEXT,"
    " version INTEGER NOT NULL, feed TEXT, feed_end BIGINT)",
    "CREATE INDEX page_due ON page (site, state, next_fetch_at)",
    "CREATE INDEX page_feed ON page (feed, feed_end)",
    "CREATE TABLE event (id INTEGER PRIMARY KEY, canonical_url TEXT NOT NULL, at TEXT NOT NULL,"
    " what TEXT NOT NULL, detail TEXT)",
    "CREATE INDEX ix_event_canonical_url ON event (canonical_url)",
    "CREATE TABLE listing (url TEXT PRIMARY KEY, site TEXT NOT NULL, kind TEXT NOT NULL, etag TEXT,"
    " last_modified TEXT, content_hash TEXT, fetched_at TEXT, last_changed TEXT,"
    " quiet_runs INTEGER NOT NULL, next_fetch_at TEXT)",
    "CREATE INDEX ix_listing_site ON listing (site)",
    "CREATE TABLE run (id INTEGER PRIMARY KEY, site TEXT NOT NULL, started TEXT NOT NULL,"
    " ended TEXT, numbers TEXT)",
    "CREATE INDEX ix_run_site ON run (site)",
    "CREATE TABLE feed (path TEXT PRIMARY KEY, counted BIGINT NOT NULL, head TEXT,"
    " opened TEXT NOT NULL, closed TEXT)",
    "CREATE TABLE lock (key TEXT PRIMARY KEY, token TEXT NOT NULL, holder TEXT NOT NULL,"
    " host TEXT NOT NULL, pid INTEGER NOT NULL, process_started TEXT, acquired TEXT NOT NULL,"
    " heartbeat TEXT NOT NULL)",
    "CREATE TABLE schema_version (version INTEGER NOT NULL)",
    "INSERT INTO schema_version VALUES (1)",
    "INSERT INTO listing VALUES ('https://sport.news.example/feed', 'sport.news.example', 'feed',"
    " 'e1', NULL, 'h1', '2026-04-18T09:00:00Z', '2026-04-18T09:00:00Z', 3, '2026-04-18T10:00:00Z')",
    "INSERT INTO run VALUES (1, 'news.example,sport.news.example', '2026-04-18T09:00:00Z', NULL,"
    " '{}')",
)
OLD_PAGES = [
    ("http://www.news.example/rain/", "news.example", "exported", "h1", 2),
    ("https://m.news.example/rain", "m.news.example", "discovered", None, 0),
    ("https://sport.news.example/goal", "sport.news.example", "exported", "h2", 1),
    ("https://news.example/rain", "news.example", "discovered", None, 0),
]


def make_old_ledger(where):
    """A ledger as the first release wrote it: version 1, a row for each spelling of a page."""
    Ledger.open(where).close()
    database = Database.open(where)
    with database.write() as connection:
        from newsclean.ledger.schema import metadata

        metadata.drop_all(connection)
        number = "SERIAL" if database.dialect == "postgresql" else "INTEGER"
        for statement in OLD_TABLES:
            connection.execute(text(statement.replace("(id INTEGER", f"(id {number}")))
        for url, site, state, words, version in OLD_PAGES:
            row = {"url": url, "site": site, "state": state, "words": words, "version": version}
            connection.execute(
                text(
                    "INSERT INTO page (canonical_url, site, url, state, first_seen, last_seen,"
                    " failures, content_hash, version) VALUES (:url, :site, :url, :state,"
                    " '2026-04-18T09:00:00Z', '2026-04-18T09:00:00Z', 0, :words, :version)"
                ),
                row,
            )
            connection.execute(
                text(
                    "INSERT INTO event (canonical_url, at, what) VALUES (:url,"
                    " '2026-04-18T09:00:00Z', 'exported')"
                ),
                {"url": url},
            )
    database.close()


def test_a_ledger_of_the_first_release_keeps_what_it_knows(where):
    make_old_ledger(where)
    with Ledger.open(where) as ledger:
        found, events = ledger.inspection.history("https://news.example/rain")
        assert (found.url, found.state, found.version) == (OLD_PAGES[0][0], "exported", 2)
        assert len(events) == 3
        assert ledger.inspection.counts() == {"news.example": {"exported": 2}}
        known = ledger.listings.look_up("news.example", "https://sport.news.example/feed")
        assert (known.etag, known.quiet_runs, known.interval) == ("e1", 3, None)
        assert [run.id for run in ledger.runs.last("news.example", 5)] == [1]
        entries = [Entry(url, "feed") for url, *_ in OLD_PAGES]
        assert ledger.pages.discover("news.example", entries, NOW) == 0
    database = Database.open(where)
    with database.write() as connection:
        assert migrate(connection) > 1
    database.close()


def shape(where):
    """The columns and indexes of each table of a ledger."""
    database = Database.open(where)
    with database.write() as connection:
        found = inspect(connection)
        shape = {
            name: (
                {(one["name"], str(one["type"])) for one in found.get_columns(name)},
                {tuple(one["column_names"]) for one in found.get_indexes(name)},
            )
            for name in found.get_table_names()
        }
    database.close()
    return shape


def test_a_ledger_of_the_first_release_gets_the_tables_of_a_new_one(where):
    Ledger.open(where).close()
    new = shape(where)
    make_old_ledger(where)
    with Ledger.open(where) as ledger:
        url = "https://news.example/new"
        export = Export(url, "news.example", url, "h", 1, NOW)
        ledger.confirm(Batch([(export, None, None, True)]))
        assert ledger.inspection.last_export(export.canonical).version == 1
    assert shape(where) == new
