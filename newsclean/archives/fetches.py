"""Choose which fetch of each page is read, if an archive holds several."""

from __future__ import annotations

from newsclean.archives.verdict import FINAL, Verdict
from newsclean.temporary_database import open_temporary, short_hash
from newsclean.urls import is_web_url, page_key

# Pages whose last fetches all gave no article are rare. Each further round reads the archive again.
MAX_ROUNDS = 10


class Fetches:
    """The fetches of the pages in an archive, in a temporary SQLite database: about 60 bytes each.

    The last fetch of a page is taken first. If it gives no article (because the server was down, or
    the article was deleted), the fetch before it is taken in the next round. Add all fetches in the
    order of the archive. Then, in each round, call `choose` once, and `take` in the same order.

    >>> fetches = Fetches()
    >>> for date in ("2026-04-18", "2026-04-19"):
    ...     fetches.add("https://news.example/7", date)
    >>> fetches.choose()
    1
    >>> [fetches.take("https://news.example/7") for _ in range(2)]
    [False, True]
    >>> fetches.settle("https://news.example/7")
    >>> fetches.choose()
    0
    """

    def __init__(self) -> None:
        self.added = 0  # fetches that may be taken
        self._database = open_temporary(
            # ``met`` counts a page's fetches in this round; ``wanted`` is the number of one.
            "CREATE TABLE page (id INTEGER PRIMARY KEY, met INTEGER, wanted INTEGER)",
            "CREATE TABLE fetch (page INTEGER, number INTEGER, date TEXT,"
            " PRIMARY KEY (page, number)) WITHOUT ROWID",
            "CREATE TABLE settled (id INTEGER PRIMARY KEY)",
            # ``on_what`` is a record's ID, or the key of a page that never gave an article.
            "CREATE TABLE verdict (on_what INTEGER PRIMARY KEY, reason TEXT, duplicate_of TEXT)",
        )

    def add(self, key: str, date: str, *, may_be_taken: bool = True) -> None:
        """Note a fetch of the page *key* at *date* (ISO 8601, UTC; empty if it is unknown)."""
        page = short_hash(key)
        (number,) = self._database.execute(
            "INSERT INTO page VALUES (?, 1, NULL)"
            " ON CONFLICT (id) DO UPDATE SET met = met + 1 RETURNING met",
            [page],
        ).fetchone()
        if may_be_taken:
            self.added += 1
            self._database.execute("INSERT INTO fetch VALUES (?, ?, ?)", [page, number, date])

    def choose(self) -> int:
        """Begin a round. For each page without an article, choose the last fetch that was not
        chosen before. Return the number of chosen fetches."""
        execute = self._database.execute
        execute("DELETE FROM fetch WHERE page IN settled")
        execute("DELETE FROM fetch WHERE (page, number) IN (SELECT id, wanted FROM page)")
        execute(
            "UPDATE page SET met = 0, wanted = (SELECT number FROM fetch WHERE page = id"
            " ORDER BY date DESC, number DESC LIMIT 1)"
        )
        (count,) = execute("SELECT count(*) FROM page WHERE wanted IS NOT NULL").fetchone()
        return int(count)

    def take(self, key: str) -> bool:
        """Return True if the next fetch of the page *key* in the archive is the chosen one."""
        row = self._database.execute(
            "UPDATE page SET met = met + 1 WHERE id = ? RETURNING met = wanted", [short_hash(key)]
        ).fetchone()
        return row is not None and bool(row[0])

    def settle(self, key: str) -> None:
        """Note that the page *key* gave an article: no other fetch of it is taken."""
        self._database.execute("INSERT OR IGNORE INTO settled VALUES (?)", [short_hash(key)])

    def is_settled(self, key: str) -> bool:
        """Return True if the page *key* gave an article."""
        found = self._database.execute("SELECT 1 FROM settled WHERE id = ?", [short_hash(key)])
        return found.fetchone() is not None

    def judge(self, verdict: Verdict) -> None:
        """Note the *verdict* of the crawl that saved a page. A final verdict is for every fetch of
        the page, because a crawl that was killed may have left a fetch without a verdict."""
        on_what = [verdict.record]
        if verdict.reason in FINAL and is_web_url(verdict.url):
            on_what.append(page_key(verdict.url))
        self._database.executemany(
            "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?)",
            [(short_hash(one), verdict.reason, verdict.duplicate_of) for one in on_what],
        )

    def verdict(self, record: str, url: str) -> Verdict | None:
        """Return the verdict on the page *url* in the WARC *record*, None if there is none."""
        row = self._database.execute(
            "SELECT reason, duplicate_of FROM verdict WHERE on_what IN (?, ?)",
            [short_hash(record), short_hash(page_key(url))],
        ).fetchone()
        return Verdict(record, url, *row) if row is not None else None

    def close(self) -> None:
        """Delete the temporary file."""
        self._database.close()
