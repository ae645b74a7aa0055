"""The list of the parts of a rotated feed, for programs that load each part once.

``feed.manifest.jsonl`` is in the folder of the feed. A line is added after its part is published,
so a program that reads new lines never finds an incomplete file.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from newsclean.export.files import open_locked
from newsclean.export.tail import read_tail_lines, repair_tail

if TYPE_CHECKING:
    from newsclean.export.tail import TailLine

NAME = "feed.manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """A published part: its ``path`` relative to the folder of the manifest, the number of articles
    (``lines``), the times (UTC) at which its ``first`` and ``last`` were written, and the digest of
    its bytes."""

    path: str
    lines: int
    first: str | None
    last: str | None
    sha256: str


def manifest_of(template: str) -> Path:
    """Return the path of the manifest of the local feed *template*. It is in the deepest folder
    whose name has no placeholder.

    >>> manifest_of("feeds/%(site)s/%(date)s.jsonl")
    PosixPath('feeds/feed.manifest.jsonl')
    """
    folder = Path(f"{template.partition('%(')[0]}x").parent
    return folder / NAME


class Manifest:
    """The manifest *path*, for a crawl that adds to it. The names that it has read stay in memory,
    so that a crawl with a hundred parts reads a long manifest once."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._names: set[str] = set()
        self._end = 0  # bytes that were read
        self._identity: tuple[int, int] | None = None  # device and inode

    def names(self) -> set[str]:
        """Return the paths of all parts that were ever published, even if they are gone."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return set()
        identity = status.st_dev, status.st_ino
        if identity != self._identity or status.st_size < self._end:
            self._names, self._end, self._identity = set(), 0, identity
        for line in read_tail_lines(self.path, self._end):
            self._end = line.end
            if (entry := _entry_of(line)) is not None:
                self._names.add(entry.path)
        return self._names

    def add(self, part: Path, lines: int, first: str | None, last: str | None) -> None:
        """Add the published *part*, unless it is already there."""
        name = part.absolute().relative_to(self.path.parent).as_posix()
        if name in self.names():
            return
        with part.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        entry = Entry(name, lines, first, last, digest)
        with open_locked(self.path) as file:
            repair_tail(self.path)
            file.write(orjson.dumps(asdict(entry)) + b"\n")


def _entry_of(line: TailLine) -> Entry | None:
    """Return the entry in *line*, or None for a line of another program."""
    try:
        entry = Entry(**(line.record or {}))
    except TypeError:
        return None
    return entry if isinstance(entry.path, str) else None
