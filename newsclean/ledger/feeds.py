"""The recorded length of each feed file, by the key that export gives the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    case,
    delete,
    insert,
    literal,
    select,
    update,
)

from newsclean.ledger.batch import Batch, FileMark
from newsclean.ledger.database import BATCH, Database
from newsclean.ledger.outcomes import Outcomes
from newsclean.ledger.page import key_of
from newsclean.ledger.schema import event, feed, page


@dataclass(frozen=True, slots=True)
class OpenFeed:
    """A file that a crawl is writing, or was writing when it was killed. ``opened`` and ``closed``
    are UTC."""

    mark: FileMark
    opened: str
    closed: str | None


class Feeds:
    """The feed files of a ledger."""

    def __init__(self, database: Database, outcomes: Outcomes) -> None:
        self._database = database
        self._outcomes = outcomes

    def look_up(self, key: str) -> OpenFeed | None:
        """Return the recorded state of the file *key*. None if it was never a feed."""
        self._outcomes.flush()
        with self._database.read() as connection:
            row = connection.execute(select(feed).where(feed.c.path == key)).one_or_none()
        return _as_feed(row) if row is not None else None

    def unclosed(self, prefix: str = "") -> list[OpenFeed]:
        """Return the feed files that a crawl has open, or had open when it was killed. Their keys
        begin with *prefix*. The oldest is first."""
        query = select(feed).where(feed.c.closed.is_(None)).order_by(feed.c.opened, feed.c.path)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return [_as_feed(row) for row in rows if row.path.startswith(prefix)]

    def open(self, mark: FileMark, now: str) -> None:
        """Record that a crawl writes the file of *mark* from *now* (UTC) on."""
        self._outcomes.flush()
        row = {
            "path": mark.feed,
            "counted": mark.counted,
            "head": mark.head,
            "tail": mark.tail,
            "part": mark.part,
            "opened": now,
            "closed": None,
        }
        with self._database.write() as connection:
            statement = self._database.insert(feed).values(row)
            connection.execute(
                statement.on_conflict_do_update(index_elements=[feed.c.path], set_=row)
            )

    def write(self, connection: Connection, batch: Batch, now: str) -> None:
        """Write the file changes of *batch* in the transaction of *connection*."""
        for mark in batch.marks:
            values = {"counted": mark.counted, "head": mark.head, "tail": mark.tail}
            connection.execute(
                update(feed).where(feed.c.path == mark.feed).values(**values, part=mark.part)
            )
        for key in batch.stored:
            ours = page.c.feed == key
            connection.execute(
                update(page).where(ours, page.c.state == "written").values(state="exported")
            )
            connection.execute(update(page).where(ours).values(feed=None, feed_end=None))
            connection.execute(delete(feed).where(feed.c.path == key))
        for key in batch.moved:
            connection.execute(
                update(page).where(page.c.feed == key).values(feed=None, feed_end=None)
            )
        for key in batch.closed:
            connection.execute(update(feed).where(feed.c.path == key).values(closed=now))

    def mark_lost(self, key: str, end: int, now: str) -> int:
        """Schedule pages again whose lines were lost because they were after the offset *end* in
        the file *key*. Return the number of pages. Their version is reduced by one."""
        self._outcomes.flush()
        with self._database.write() as connection:
            return _mark_lost(connection, (page.c.feed == key) & (page.c.feed_end > end), key, now)

    def keep_only(self, key: str, kept: dict[str, int], now: str) -> int:
        """Schedule pages again whose last line is no longer in the file *key* after it was edited.

        *kept* maps the canonical URL of each line in the file to its highest version. Return the
        number of pages.
        """
        self._outcomes.flush()
        with self._database.write() as connection:
            query = select(page.c.canonical_url, page.c.version).where(page.c.feed == key)
            versions = {key_of(canonical): version for canonical, version in kept.items()}
            gone = [
                row.canonical_url
                for row in connection.execute(query)
                if versions.get(row.canonical_url, 0) < row.version
            ]
            lost = 0
            for start in range(0, len(gone), BATCH):
                some = page.c.canonical_url.in_(gone[start : start + BATCH])
                lost += _mark_lost(connection, some, key, now)
            return lost

    def move(self, key: str, ends: dict[str, int]) -> None:
        """Note where the lines of the file *key* end after it was edited. *ends* maps a canonical
        URL to the end of its last line. Pages whose line is in another file stay there."""
        self._outcomes.flush()
        rows = [{"own": key_of(canonical), "end": end} for canonical, end in ends.items()]
        mine = (page.c.canonical_url == bindparam("own")) & (page.c.feed == key)
        with self._database.write() as connection:
            if rows:
                connection.execute(update(page).where(mine).values(feed_end=bindparam("end")), rows)

    def counted_elsewhere(self, key: str, versions: dict[str, int]) -> set[str]:
        """Return the canonical URLs of *versions* (canonical URL → version of its article) whose
        article was recorded with that version or a later one, in another file than *key*."""
        self._outcomes.flush()
        canonicals = {key_of(canonical): canonical for canonical in versions}
        wanted = list(canonicals)
        found: set[str] = set()
        with self._database.read() as connection:
            for start in range(0, len(wanted), BATCH):
                query = select(page.c.canonical_url, page.c.version).where(
                    page.c.canonical_url.in_(wanted[start : start + BATCH]),
                    page.c.feed.is_distinct_from(key),
                )
                for row in connection.execute(query):
                    canonical = canonicals[row.canonical_url]
                    if row.version >= versions[canonical]:
                        found.add(canonical)
        return found

    def detach(self, keys: Iterable[str]) -> None:
        """Delete the record of which pages have lines in the files *keys*, because the files were
        moved or replaced. The pages stay exported."""
        self._outcomes.flush()
        with self._database.write() as connection:
            self.write(connection, Batch(moved=list(keys)), "")


def _mark_lost(connection: Connection, lost: ColumnElement[bool], key: str, now: str) -> int:
    name = key.rpartition("/")[2]
    lost_pages = select(page.c.canonical_url, literal(now), literal("lost"), literal(name))
    columns = ["canonical_url", "at", "what", "detail"]
    connection.execute(insert(event).from_select(columns, lost_pages.where(lost)))
    return connection.execute(
        update(page)
        .where(lost)
        .values(
            state=case((page.c.version > 1, "exported"), else_="discovered"),
            version=page.c.version - 1,
            # No conditional request: the lost content must be downloaded again.
            etag=None,
            last_modified=None,
            content_hash=None,
            next_fetch_at=now,
            claimed_by=None,
            feed=None,
            feed_end=None,
        )
    ).rowcount


def _as_feed(row: Any) -> OpenFeed:
    mark = FileMark(row.path, row.counted, row.head, row.tail, row.part)
    return OpenFeed(mark, row.opened, row.closed)
