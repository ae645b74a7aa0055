"""The end of a feed file: truncated lines of a killed process, lines that are not recorded yet."""

import hashlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

_CHUNK = 1 << 16  # bytes
_SAMPLE = 1 << 12  # bytes, about one line


@dataclass(frozen=True, slots=True)
class Tail:
    """The result of a repair: the ``size`` of the file in bytes, and the number of bytes of a
    truncated line that were removed."""

    size: int
    cut_bytes: int = 0


@dataclass(frozen=True, slots=True)
class TailLine:
    """A line of a feed: the offset of its end in bytes, and its record. The record is None if the
    line is not a JSON object."""

    end: int
    record: dict[str, Any] | None


class UnknownFileError(OSError):
    """The file has another format than the feed, so it cannot be appended to."""

    def __init__(self, path: Path, expected: str) -> None:
        super().__init__(f"{path}: {expected}; move it away or write to another file")


def feed_key(path: Path) -> str:
    """Return the key of the file *path* in the ledger. Machines that share a ledger may have
    different files with the same path, so the host name is part of the key."""
    return f"{socket.gethostname()}:{path.absolute()}"


def repair_tail(path: Path) -> Tail:
    """Remove a truncated last line from the file *path*, so that all its lines are complete.

    If the last line is a complete JSON object, add the missing line end instead. Only the end of
    the file is read. A missing file is not created. Raise OSError if the file cannot be read or
    written, and UnknownFileError if it needs a cut and does not begin like JSON lines.
    """
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        return Tail(0)
    with file:
        size = file.seek(0, os.SEEK_END)
        start = _last_line_start(file, size)
        if start == size:
            return Tail(size)
        file.seek(start)
        if _is_object(file.read()):
            file.write(b"\n")
            _keep(file)
            return Tail(size + 1)
        file.seek(0)
        if file.read(1) not in {b"{", b"\0"}:
            raise UnknownFileError(path, "is not a file of JSON lines")
        file.truncate(start)
        _keep(file)
        return Tail(start, cut_bytes=size - start)


def read_tail_lines(path: Path, from_offset: int) -> Iterator[TailLine]:
    """Yield the complete lines of the file *path* that begin at or after *from_offset*.

    If there is no line end before the offset, the offset belongs to another file, and all lines are
    yielded. Empty lines are left out. A missing file has no lines. Raise OSError if the file cannot
    be read.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        if from_offset > 0:
            file.seek(from_offset - 1)
            if file.read(1) != b"\n":
                file.seek(0)
        end = file.tell()
        for line in file:
            if not line.endswith(b"\n"):
                return
            end += len(line)
            if line.strip():
                yield TailLine(end, _read_object(line))


def before(path: Path, end: int) -> str | None:
    """Return a digest of the bytes before the offset *end* of the file *path*. If it is the same
    later, the content up to *end* is the same. None if the file is shorter."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, end - _SAMPLE))
            sample = file.read(min(end, _SAMPLE))
    except OSError:
        return None
    return hashlib.sha256(sample).hexdigest() if len(sample) == min(end, _SAMPLE) else None


def head_of(path: Path) -> str | None:
    """Return a digest of the first line of the file *path*, which identifies it while it grows.

    None if the file does not exist or has no complete line yet.
    """
    try:
        with path.open("rb") as file:
            line = file.readline(_CHUNK)
    except FileNotFoundError:
        return None
    if len(line) < _CHUNK and not line.endswith(b"\n"):
        return None
    return hashlib.sha256(line).hexdigest()


def _last_line_start(file: BinaryIO, size: int) -> int:
    """Return the offset after the last line end. The file is read backwards in chunks."""
    at = size
    while at > 0:
        start = max(0, at - _CHUNK)
        file.seek(start)
        found = file.read(at - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        at = start
    return 0


def _keep(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _read_object(line: bytes) -> dict[str, Any] | None:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return record if isinstance(record, dict) else None


def _is_object(line: bytes) -> bool:
    return _read_object(line) is not None


def size_of(path: Path) -> int:
    """Return the length of the file *path* in bytes. 0 if it does not exist or is a folder."""
    return path.stat().st_size if path.is_file() else 0


def cut_to(path: Path, end: int) -> int:
    """Truncate the file *path* to *end* bytes and return the number of removed bytes. Raise
    OSError."""
    size = size_of(path)
    if size <= end:
        return 0
    with path.open("r+b") as file:
        file.truncate(end)
        _keep(file)
    return size - end
