"""The list of a rotated feed's parts, for programs that load each part once.

``feed.manifest.jsonl`` lies in the feed's folder. A line is added after its part was published,
so that a reader who takes the lines that it has not seen never meets a file being written.
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
    from collections.abc import Iterator

NAME = "feed.manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """A published part: its ``path`` from the manifest's folder, how many articles it has
    (``lines``), when its ``first`` and ``last`` were written (UTC), and the digest of its
    bytes."""

    path: str
    lines: int
    first: str | None
    last: str | None
    sha256: str


def manifest_of(template: str) -> Path:
    """Return the manifest of the local feed *template*: in the deepest folder whose name has no
    placeholder.

    >>> manifest_of("feeds/%(site)s/%(date)s.jsonl")
    PosixPath('feeds/feed.manifest.jsonl')
    """
    folder = Path(f"{template.partition('%(')[0]}x").parent
    return folder / NAME


def read_manifest(path: Path) -> Iterator[Entry]:
    """Yield the entries of the manifest *path*, the oldest first; nothing if there is none."""
    for line in read_tail_lines(path, 0):
        record = line.record or {}
        try:
            yield Entry(**record)
        except TypeError:
            continue  # a line that is not ours


def add(manifest: Path, part: Path, lines: int, first: str | None, last: str | None) -> None:
    """Add the published *part* to the *manifest*; a part that is in it already is not added."""
    name = part.absolute().relative_to(manifest.absolute().parent).as_posix()
    if name in names(manifest):
        return
    with part.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    entry = Entry(name, lines, first, last, digest)
    with open_locked(manifest) as file:
        repair_tail(manifest)
        file.write(orjson.dumps(asdict(entry)) + b"\n")


def names(manifest: Path) -> set[str]:
    """Return the paths of all parts that were ever published, whether they are still there."""
    return {entry.path for entry in read_manifest(manifest)}
