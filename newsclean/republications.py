"""Find republished articles among millions, in limited memory.

The data are in a temporary SQLite database. A million articles of 500 different words take about
40 MB of memory and 2 GB of temporary files.
"""

from __future__ import annotations

from array import array
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from newsclean.fingerprint import Fingerprint, bands, fingerprint, similarity
from newsclean.temporary_database import open_temporary, short_hash
from newsclean.urls import page_key, site_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAX_URL = 2_000  # characters that are stored
_MAX_HEADLINE = 300  # characters of a headline or a source that are stored
_MAX_DATE = 40  # characters that are stored
_MAX_COMPARED = 16  # earlier texts with the same band that a text is compared with
_MAX_KEPT = 4_096  # fingerprints in memory, 450 bytes each
_UNDATED = 1e12  # seconds; sorts after every date
_DAY = 86_400  # seconds
_TABLES = (
    "CREATE TABLE page (key INTEGER PRIMARY KEY)",
    "CREATE TABLE known (hash INTEGER PRIMARY KEY, text INTEGER)",
    "CREATE TABLE text (id INTEGER PRIMARY KEY, fingerprint BLOB)",
    "CREATE TABLE band (value INTEGER, text INTEGER)",
    "CREATE TABLE article (id INTEGER PRIMARY KEY, text INTEGER, moment REAL, url TEXT,"
    " site TEXT, headline TEXT, published TEXT, canonical TEXT, source TEXT)",
    "CREATE TABLE member (first INTEGER, moment REAL, article INTEGER, site TEXT,"
    " PRIMARY KEY (first, moment, article)) WITHOUT ROWID",
)


@dataclass(frozen=True, slots=True)
class Copy:
    """One article of a group. ``similarity`` is that to the first article of the group, from 0 to
    1. ``canonicalUrl`` is the canonical URL of the article if it is on another site."""

    url: str
    site: str
    datePublished: str | None
    similarity: float
    headline: str | None
    source: str | None
    canonicalUrl: str | None


class Group(NamedTuple):
    """Articles with almost the same text: their number, the number of their sites, and the
    articles, the earliest first. Read ``copies`` before the next group."""

    articles: int
    sites: int
    copies: Iterator[Copy]


class Republications:
    """Collects articles and finds the groups. Each method may raise sqlite3.Error if the disk for
    temporary files is full.

    >>> found = Republications()
    >>> for host in ("one.example", "two.example"):
    ...     _ = found.add({"url": f"https://{host}/7", "articleBody": "Rain at last, they said."})
    >>> [(group.articles, group.sites) for group in found.groups()]
    [(2, 2)]
    """

    def __init__(self) -> None:
        self._database = open_temporary(*_TABLES)
        self.articles = 0
        self.without_text = 0
        self._texts = 0
        self._fingerprint = lru_cache(_MAX_KEPT)(self._read_fingerprint)

    def add(self, record: Mapping[str, Any]) -> bool:
        """Add *record*, a line of a feed with any content. Return False if it has no URL or no
        text, or if its page was added before: only the first version of a page counts."""
        url, body = record.get("url"), record.get("articleBody")
        marks = fingerprint(body) if isinstance(body, str) and isinstance(url, str) else None
        if marks is None or not isinstance(url, str):
            self.without_text += 1
            return False
        page = self._database.execute(
            "INSERT OR IGNORE INTO page VALUES (?)", [short_hash(page_key(url))]
        )
        if page.rowcount == 0:
            return False
        site = site_of(url)
        published = _text(record.get("datePublished"), _MAX_DATE)
        canonical = _text(record.get("canonicalUrl"), _MAX_URL)
        if canonical is not None and site_of(canonical) in {site, ""}:
            canonical = None
        self._database.execute(
            "INSERT INTO article VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(self._text_id(marks), _moment(published), _text(url, _MAX_URL), site),
                *(_text(record.get("headline"), _MAX_HEADLINE), published, canonical),
                _text(record.get("source"), _MAX_HEADLINE),
            ],
        )
        self.articles += 1
        return True

    def groups(self, at_least: float = 0.5, *, across_sites: bool = False) -> Iterator[Group]:
        """Yield the groups of articles with a similarity of *at_least*, from 0.5 to 1. They are in
        the order of their first texts in the feeds. With *across_sites*, yield only groups with
        articles of several sites.

        An article belongs to a group if it is similar to one article of the group. So it may be
        less similar to the first article.
        """
        self._put_together(at_least)
        counts = self._database.execute(
            "SELECT first, COUNT(*), COUNT(DISTINCT site) FROM member GROUP BY first ORDER BY first"
        )
        for first, articles, sites in counts:
            if sites > 1 or not across_sites:
                yield Group(articles, sites, self._copies(first))

    def close(self) -> None:
        """Delete the temporary file."""
        self._database.close()

    def _text_id(self, marks: Fingerprint[int]) -> int:
        """Return the number of the text with the fingerprint *marks*. Add it if it is new."""
        stored = marks.tobytes()
        key = short_hash(stored.hex())
        row = self._database.execute("SELECT text FROM known WHERE hash = ?", [key]).fetchone()
        if row is not None:
            return int(row[0])
        self._texts += 1
        text = self._texts
        self._database.execute("INSERT INTO known VALUES (?, ?)", [key, text])
        self._database.execute("INSERT INTO text VALUES (?, ?)", [text, stored])
        rows = [(value, text) for value in bands(marks)]
        self._database.executemany("INSERT INTO band VALUES (?, ?)", rows)
        return text

    def _put_together(self, at_least: float) -> None:
        """Fill the table of members with the articles of groups of two or more."""
        parents = self._join_texts(at_least)
        sizes = array("L", [0]) * (self._texts + 1)
        for (text,) in self._database.execute("SELECT text FROM article"):
            sizes[_root(parents, text)] += 1
        self._database.execute("DELETE FROM member")
        rows = self._database.execute("SELECT id, text, moment, site FROM article")
        for article, text, moment, site in rows:
            first = _root(parents, text)
            if sizes[first] > 1:
                self._database.execute(
                    "INSERT INTO member VALUES (?, ?, ?, ?)", [first, moment, article, site]
                )

    def _join_texts(self, at_least: float) -> array[int]:
        """Return for each text an earlier text of its group, or itself for the first one."""
        parents = array("L", range(self._texts + 1))
        rows = self._database.execute("SELECT value, text FROM band ORDER BY value, text")
        for _, run in groupby(rows, itemgetter(0)):
            others: deque[int] = deque(maxlen=_MAX_COMPARED)
            for _, text in run:
                for other in others:
                    first, away = sorted((_root(parents, other), _root(parents, text)))
                    if first != away and self._are_alike(text, other, at_least):
                        parents[away] = first
                others.append(text)
        return parents

    def _are_alike(self, text: int, other: int, at_least: float) -> bool:
        return similarity(self._fingerprint(text), self._fingerprint(other)) >= at_least

    def _read_fingerprint(self, text: int) -> Fingerprint[int]:
        query = "SELECT fingerprint FROM text WHERE id = ?"
        marks: array[int] = array("I")
        marks.frombytes(self._database.execute(query, [text]).fetchone()[0])
        return marks

    def _copies(self, first: int) -> Iterator[Copy]:
        rows = self._database.execute(
            "SELECT text, url, article.site, headline, published, canonical, source FROM member"
            " JOIN article ON article.id = member.article WHERE first = ?"
            " ORDER BY member.moment, member.article",
            [first],
        )
        earliest: Fingerprint[int] | None = None
        for text, url, site, headline, published, canonical, source in rows:
            marks = self._fingerprint(text)
            earliest = marks if earliest is None else earliest
            alike = round(similarity(earliest, marks), 2)
            yield Copy(url, site, published, alike, headline, source, canonical)


def _root(parents: array[int], text: int) -> int:
    """Return the first text of the group of *text*, and shorten the path to it (union-find)."""
    while parents[text] != text:
        parents[text] = parents[parents[text]]
        text = parents[text]
    return text


def _moment(published: str | None) -> float:
    """Return *published* in seconds since the epoch, for sorting. A date without a time is the end
    of its day. A time without a zone is in UTC. An unknown date comes last."""
    try:
        moment = datetime.fromisoformat(published) if published else None
        if moment is None or published is None:
            return _UNDATED
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        return seconds if "T" in published else seconds + _DAY
    except (ValueError, OverflowError):
        return _UNDATED


def _text(value: object, longest: int) -> str | None:
    """Return at most *longest* characters of *value* as text that can be stored, or None."""
    if not isinstance(value, str) or not value:
        return None
    return value[:longest].encode("utf-8", "replace").decode()
