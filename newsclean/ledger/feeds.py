"""Feed files, and how far the ledger has counted the lines of each."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import case, insert, literal, select, update

from newsclean.ledger.database import Database
from newsclean.ledger.outcomes import Outcomes
from newsclean.ledger.schema import event, feed, page
from newsclean.ledger.tail import head_of, name_of


@dataclass(frozen=True, slots=True)
class FeedMark:
    """How far a feed file is counted.

    ``counted`` is an offset in bytes, just behind a line; ``head`` is
    `newsclean.ledger.tail.head_of` the file, None while it had no whole line.
    """

    counted: int
    head: str | None


class Feeds:
    """The feed files of a ledger. A path is one on this machine."""

    def __init__(self, database: Database, outcomes: Outcomes) -> None:
        self._database = database
        self._outcomes = outcomes

    def look_up(self, path: Path) -> FeedMark | None:
        """Return how far the file *path* is counted, None if it was never a feed."""
        self._outcomes.flush()
        with self._database.read() as connection:
            row = connection.execute(
                select(feed.c.counted, feed.c.head).where(feed.c.path == name_of(path))
            ).one_or_none()
        return FeedMark(row.counted, row.head) if row is not None else None

    def unclosed(self) -> list[Path]:
        """Return the feeds on this machine that a crawl has open, or had when it was killed."""
        here = name_of(Path("/")).removesuffix("/")
        with self._database.read() as connection:
            query = select(feed.c.path).where(feed.c.closed.is_(None)).order_by(feed.c.opened)
            names = connection.execute(query).scalars().all()
        return [Path(name.removeprefix(here)) for name in names if name.startswith(here)]

    def open(self, path: Path, *, counted: int, head: str | None, now: str) -> None:
        """Note that a crawl appends to the file *path* from *now* (UTC) on."""
        self._outcomes.flush()
        row = {
            "path": name_of(path),
            "counted": counted,
            "head": head,
            "opened": now,
            "closed": None,
        }
        with self._database.write() as connection:
            statement = self._database.insert(feed).values(row)
            connection.execute(
                statement.on_conflict_do_update(index_elements=[feed.c.path], set_=row)
            )

    def close(self, path: Path, now: str) -> None:
        """Note that all lines of the file *path* are counted and no more will come."""
        self._outcomes.flush()
        with self._database.write() as connection:
            connection.execute(
                update(feed)
                .where(feed.c.path == name_of(path))
                .values(closed=now, head=head_of(path))
            )

    def detach(self, path: Path) -> None:
        """Forget which pages' lines are in the file *path*: it was moved away, or replaced.

        The pages stay exported.
        """
        self._outcomes.flush()
        with self._database.write() as connection:
            connection.execute(
                update(page).where(page.c.feed == name_of(path)).values(feed=None, feed_end=None)
            )

    def miss(self, path: Path, end: int, now: str) -> int:
        """Have those pages fetched anew whose line lay behind *end* in the file *path*, which
        lost it; return how many they are. Their version is one lower then."""
        self._outcomes.flush()
        lost = (page.c.feed == name_of(path)) & (page.c.feed_end > end)
        with self._database.write() as connection:
            connection.execute(
                insert(event).from_select(
                    ["canonical_url", "at", "what", "detail"],
                    select(
                        page.c.canonical_url, literal(now), literal("lost"), literal(path.name)
                    ).where(lost),
                )
            )
            return connection.execute(
                update(page)
                .where(lost)
                .values(
                    state=case((page.c.version > 1, "exported"), else_="discovered"),
                    version=page.c.version - 1,
                    # What a conditional request would compare the lost content with.
                    etag=None,
                    last_modified=None,
                    content_hash=None,
                    next_fetch_at=now,
                    claimed_by=None,
                    feed=None,
                    feed_end=None,
                )
            ).rowcount
