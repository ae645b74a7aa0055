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
    from collections.abc import Iterator

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


def read_manifest(path: Path) -> Iterator[Entry]:
    """Yield the entries of the manifest *path*, oldest first. A missing manifest has none."""
    for line in read_tail_lines(path, 0):
        record = line.record or {}
        try:
            yield Entry(**record)
        except TypeError:
            continue  # a line of another program


def add(manifest: Path, part: Path, lines: int, first: str | None, last: str | None) -> None:
    """Add the published *part* to the *manifest*, unless it is already there."""
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
    """Return the paths of all parts that were ever published, even if they are gone."""
    return {entry.path for entry in read_manifest(manifest)}
