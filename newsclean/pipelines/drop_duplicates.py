"""Drop duplicates: an article under two URLs of a site is exported once in a run."""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from newsclean.identity import Identity, identity_of
from newsclean.items import Article
from newsclean.pipelines.rejected import RejectedPage
from newsclean.rejections import Rejection
from newsclean.temporary_database import open_temporary, short_hash
from newsclean.urls import page_key

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
logger = logging.getLogger(__name__)


class DropDuplicatesPipeline:
    """Reject an article that this run has exported from another URL of the same site, with the
    same words or with the same headline and canonical URL. Only articles of one site are compared,
    so a site cannot suppress the articles of another one with copies or false canonical URLs.

    The exported articles are in a temporary SQLite database of this process. A run of a million
    articles takes about 20 MB of memory and 160 MB of a temporary file.
    """

    def __init__(self) -> None:
        self._seen: _Seen | None = _Seen()

    def process_item(self, item: Any) -> Any:
        """Return *item*. Raise RejectedPage for a duplicate."""
        if not isinstance(item, Article):
            return item
        article = identity_of(item.url, item.canonicalUrl, item.headline, item.metadata.contentHash)
        is_version = item.metadata.changeType == "updated"
        if first := self.first_url(article, item.url, is_version=is_version):
            raise RejectedPage(Rejection.as_duplicate(item, first))
        return item

    def first_url(self, article: Identity, url: str, *, is_version: bool = False) -> str:
        """Return the URL under which *article* was here before. If it was not, note it under *url*
        and return ``""``.

        An archive holds several versions of a page, and the ledger has compared them: *is_version*
        says that this is one, so the same page does not count.
        """
        keys = [f"url {article.key}"]
        if article.content_hash:
            keys.append(f"content {article.site} {article.content_hash}")
        if article.title:
            keys.append(f"claim {article.claims} {article.title}")
        hashes = [short_hash(key) for key in keys]
        first = self._use("", lambda seen: seen.first(hashes))
        if first and not (is_version and page_key(first) == article.key):
            return first
        self._use(None, lambda seen: seen.note(hashes, url))
        return ""

    def _use(self, default: _T, query: Callable[[_Seen], _T]) -> _T:
        """Return ``query(seen articles)``, or *default* if they can no longer be stored."""
        if self._seen is None:
            return default
        try:
            return query(self._seen)
        except sqlite3.Error as error:  # the disk of temporary files is full
            logger.error(
                "Duplicates are no longer dropped: the temporary file cannot be used: %s", error
            )
            self.close_spider()
            return default

    def close_spider(self) -> None:
        """Delete the temporary file."""
        if self._seen is not None:
            self._seen.close()
        self._seen = None


class _Seen:
    """The first URL for each key. Keys are compared by a hash of eight bytes: in a run of a million
    articles, two keys have the same hash with a probability of 1e-7."""

    def __init__(self) -> None:
        self._database = open_temporary(
            "CREATE TABLE page (id INTEGER PRIMARY KEY, url TEXT)",
            "CREATE TABLE seen (key INTEGER PRIMARY KEY, page INTEGER)",
        )

    def first(self, keys: list[int]) -> str:
        """Return the first URL with one of *keys*, or ``""``."""
        marks = ", ".join("?" * len(keys))
        query = "SELECT url FROM seen JOIN page ON page.id = seen.page WHERE key IN"
        row = self._database.execute(f"{query} ({marks}) LIMIT 1", keys).fetchone()
        return str(row[0]) if row is not None else ""

    def note(self, keys: list[int], url: str) -> None:
        """Store *url* for each of *keys* that has no URL yet."""
        page = self._database.execute("INSERT INTO page (url) VALUES (?)", [url]).lastrowid
        rows = [(key, page) for key in keys]
        self._database.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)

    def close(self) -> None:
        self._database.close()
