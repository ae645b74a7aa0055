"""Divides archives into shards. One process reads a shard in about a minute."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsclean.archives.files import list_files
from newsclean.archives.gzipped import MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterable

# A process takes a second to start, and reads 1.5 MB of compressed pages a second.
SHARD_BYTES = 64_000_000
MAX_FILES = 5_000  # of a shard
_COMPRESSED = frozenset({".gz", ".zst", ".parquet"})
_PACKED = 5  # how many times smaller a page is when it is compressed
_UNEVEN = 1.5  # a file that exceeds a shard by this factor is divided


@dataclass(frozen=True, slots=True)
class Shard:
    """Shard *number* (from 0): the files *paths*, or a *part* of one file. A part is two offsets in
    bytes: its start, and where the next part begins."""

    number: int
    paths: list[str]
    part: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """The text that replaces ``%(shard)s`` in the name of the shard's file.

        >>> Shard(12, ["pages.warc.gz"]).name
        '00012'
        """
        return f"{self.number:05}"

    def to_json(self) -> dict[str, Any]:
        """Return the shard as an object that JSON can hold."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Shard:
        """Return what `to_json` wrote."""
        part = record["part"]
        return cls(record["number"], record["paths"], (part[0], part[1]) if part else None)


def make_plan(paths: Iterable[Path | str], size: int = SHARD_BYTES) -> list[Shard]:
    """Return the shards of the archives *paths*, each of about *size* bytes of compressed pages.
    The same files always give the same shards. Raise OSError if a folder in S3 cannot be listed.

    Small files are put together, in their order. A large gzipped WARC file is divided. Any other
    file is in one shard.
    """
    shards: list[Shard] = []
    group: list[str] = []
    weight = 0.0

    def close() -> None:
        nonlocal group, weight
        if group:
            shards.append(Shard(len(shards), group))
        group, weight = [], 0.0

    for path in paths:
        for file, length in list_files(path):
            name = str(file.absolute()) if isinstance(file, Path) else file
            own = length if Path(name).suffix.lower() in _COMPRESSED else length / _PACKED
            if own > size * _UNEVEN and _can_be_divided(file):
                close()
                count = round(own / size)
                cuts = [length * at // count for at in range(count + 1)]
                for start, end in pairwise(cuts):
                    shards.append(Shard(len(shards), [name], (start, end)))
                continue
            if weight + own > size or len(group) >= MAX_FILES:
                close()
            group.append(name)
            weight += own
    close()
    return shards


def _can_be_divided(file: Path | str) -> bool:
    """Return True if *file* is a gzipped WARC or WET file on this machine. A part of a file in S3
    would need a download of the whole file."""
    if not isinstance(file, Path):
        return False
    name = file.name.lower()
    if not name.endswith((".warc.gz", ".wet.gz")):
        return False
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC
