"""A file to which a feed is written, as a storage of Scrapy's feed export.

A file *in place* is the published file. A *part* is in the same folder (``NAME.part``), or in the
spool folder if the feed is uploaded, until it is complete and `Part.publish` is called.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import orjson
from scrapy.utils.defer import ensure_awaitable

from newsclean.export.files import open_locked, sync
from newsclean.export.places import as_path, is_local, is_special
from newsclean.export.tail import before, feed_key, head_of, read_tail_lines
from newsclean.items import Article
from newsclean.ledger.batch import FileMark
from newsclean.ledger.clock import utc_now

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.extensions.feedexport import FeedSlot, FeedStorageProtocol

    from newsclean.export.manifest import Manifest


@dataclass(slots=True)
class About:
    """The data that a run needs to complete a part of this or an earlier run.

    ``uri`` is the URI at which it is published, ``feed`` the URI in the settings. ``format`` is the
    format of the feed, ``written_as`` the format of the part. ``begun`` is its start time (UTC).
    ``counts`` is true if the ledger records its articles. For the manifest: the number of
    ``lines``, and the times (UTC) at which the ``first`` and ``last`` were written.
    """

    uri: str
    feed: str
    format: str
    written_as: str
    begun: str
    counts: bool = True
    rotated: bool = False
    cell: str = ""
    lines: int = 0
    first: str | None = None
    last: str | None = None

    def to_json(self) -> str:
        """Return this as JSON for the ledger."""
        return orjson.dumps(self).decode()

    @classmethod
    def from_json(cls, text: str) -> About:
        """Return the data that `to_json` wrote."""
        return cls(**orjson.loads(text))


class Part:
    """The file *path* of the feed in *about*, as the storage of its `slot`.

    Scrapy calls `open` first. It calls `store` after the last item, and `store` calls *complete*.
    If *truncate* is True, the old content of the file is deleted.
    """

    slot: FeedSlot

    def __init__(
        self,
        path: Path,
        about: About,
        complete: Callable[[Part], Awaitable[None]],
        *,
        in_place: bool,
        truncate: bool = False,
    ) -> None:
        self.path = path
        self.about = about
        self.in_place = in_place
        self.counts = about.counts
        self.end = 0
        self._complete = complete
        self._truncate = truncate
        self._file: IO[bytes] | None = None
        self._place = os.fspath(path)
        self._identity: tuple[int, int] | None = None  # device and inode; None: no other moves it
        self._head: str | None = None
        self._mark: FileMark | None = None
        self._marked = 0, 0  # bytes and lines at the mark
        self.confirmed: FileMark | None = None  # the mark that the ledger has

    @property
    def key(self) -> str:
        """The key of the file in the ledger."""
        return feed_key(self.path)

    def open(self, spider: Spider | None = None) -> IO[bytes]:
        """Open and lock the file on the first call, and return it. Raise FeedLockedError or
        OSError."""
        if self._file is None:
            if is_special(self.path):
                self._file = self.path.open("ab", buffering=0)
            else:
                self._file = open_locked(self.path, truncate=self._truncate)
                opened = os.fstat(self._file.fileno())
                self._identity = opened.st_dev, opened.st_ino
                self.end = self._file.seek(0, os.SEEK_END)
        return self._file

    async def store(self, file: IO[bytes]) -> None:
        """Complete the part. Scrapy calls this after the last item."""
        await self._complete(self)

    def note_line(self) -> None:
        """Count an article that was written."""
        now = utc_now()
        self.about.lines += 1
        self.about.first = self.about.first or now
        self.about.last = now

    @property
    def waiting(self) -> int:
        """The number of bytes that were exported and are still in memory."""
        return getattr(self.slot.exporter, "waiting", 0)

    @property
    def groups(self) -> bool:
        """True if each checkpoint ends a compressed group."""
        return getattr(self.slot.exporter, "groups", False)

    def checkpoint(self) -> FileMark:
        """Flush what was exported; return how far the file is written. Raise OSError."""
        checkpoint = getattr(self.slot.exporter, "checkpoint", None)
        if checkpoint is not None:  # else the exporter is not one of ours
            self.end = checkpoint()
        written = self.end, self.about.lines
        if self._mark is None or written != self._marked:
            if self._head is None:
                self._head = head_of(self.path)
            said = None if self.in_place else self.about.to_json()
            tail = before(self.path, self.end)
            self._mark = FileMark(self.key, self.end, self._head, tail, said)
            self._marked = written
        return self._mark

    def is_lost(self) -> bool:
        """Return True if another program moved or truncated the file (copytruncate). This is asked
        before each article, so it takes one system call. Raise OSError."""
        if self._identity is None:
            return False
        try:
            there = os.stat(self._place)
        except FileNotFoundError:
            return True
        if stat.S_ISDIR(there.st_mode):
            return False
        return (there.st_dev, there.st_ino) != self._identity or there.st_size < self.end

    async def publish(
        self,
        render: Callable[[Path, IO[bytes]], None],
        upload: Callable[[], Awaitable[None]],
        manifest: Manifest,
    ) -> None:
        """Rename or upload the complete part to its URI, and add a rotated part to *manifest*.
        Raise OSError, or an exception of the storage. After a kill, a part can be published again
        without harm."""
        if not is_local(self.about.uri):
            await upload()
            return
        target = as_path(self.about.uri).resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists():
            complete = self.path
            if self.about.written_as != self.about.format:
                complete = target.with_name(f".{target.name}.rendering")
                with complete.open("wb") as file:
                    render(self.path, file)
            sync(complete)
            if target.exists():
                shutil.copymode(target, complete)
            os.replace(complete, target)
        if self.about.rotated and target.exists():
            about = self.about
            manifest.add(target, about.lines, about.first, about.last)

    def close(self, *, discard: bool = False) -> None:
        """Close the file, which releases its lock. With *discard*, delete a part."""
        if discard and not self.in_place:
            self.path.unlink(missing_ok=True)
        if self._file is not None:
            with contextlib.suppress(OSError, ValueError):
                self._file.close()


class Direct:
    """A feed that is not a local file, in a crawl without a ledger. It uses Scrapy's storage; a
    file that could not be stored is kept in *spool*."""

    slot: FeedSlot
    about: About | None = None
    in_place, counts, groups, waiting, end, key = True, False, False, 0, 0, ""

    def __init__(
        self, storage: FeedStorageProtocol, uri: str, spool: Path, failed: Callable[..., None]
    ) -> None:
        self.storage = storage
        self.uri = uri
        self._spool = spool
        self._failed = failed

    def open(self, spider: Spider) -> IO[bytes]:
        """Open Scrapy's storage."""
        return self.storage.open(spider)

    async def store(self, file: IO[bytes]) -> None:
        """Store *file*. If this fails, keep the file and raise the exception of the storage."""
        kept = self._keep(file)
        try:
            await ensure_awaitable(self.storage.store(file))
        except Exception as error:
            self._failed(self.uri, kept, error)
            raise
        if kept is not None:
            kept.unlink(missing_ok=True)

    def _keep(self, file: IO[bytes]) -> Path | None:
        """Give the file a second name and return it. The storage closes the file, which deletes it
        under its first name."""
        name = getattr(file, "name", None)
        if not isinstance(name, str) or not Path(name).is_file():
            return None
        file.flush()
        self._spool.mkdir(parents=True, exist_ok=True)
        kept = self._spool / spool_name(f"{self.uri} {time.time_ns()}", Path(self.uri).name)
        try:
            os.link(name, kept)
        except OSError:
            # Locked, because another crawl deletes empty files without a lock.
            with open_locked(kept) as copy, Path(name).open("rb") as source:
                shutil.copyfileobj(source, copy)
        return kept

    def note_line(self) -> None:
        """Do nothing: no ledger records the file."""

    def checkpoint(self) -> None:
        """Do nothing: no ledger records the file."""

    def is_lost(self) -> bool:
        """Return False, because no other program knows the file."""
        return False

    def close(self, *, discard: bool = False) -> None:
        """Do nothing: Scrapy closes the file."""


# The pattern for `glob` of the names that `spool_name` returns.
SPOOL_PATTERN = f"{'[0-9a-f]' * 12}-*"


def spool_name(uri: str, name: str) -> str:
    """Return a name in the spool folder for a file that will be published at *uri*."""
    digest = hashlib.sha256(uri.encode("utf-8", "replace")).hexdigest()[:12]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:80].strip("-.") or "feed"
    return f"{digest}-{plain}"


def read_items(path: Path) -> Iterator[Any]:
    """Yield the items in the lines of the file *path*: articles as `Article`, others as dict."""
    for line in read_tail_lines(path, 0):
        if line.record is None:
            continue
        try:
            yield Article.from_dict(line.record) if "metadata" in line.record else line.record
        except ValueError:
            yield line.record  # somebody else's item, or of another version
