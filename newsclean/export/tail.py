"""The end of a feed file: a line cut short by a killed process, lines not counted yet."""

import hashlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

_CHUNK = 1 << 16  # bytes
_SAMPLE = 1 << 12  # bytes, a line or so


@dataclass(frozen=True, slots=True)
class Tail:
    """A feed file's end after repair: ``size`` in bytes, and how many bytes of a torn line
    were cut."""

    size: int
    cut_bytes: int = 0


@dataclass(frozen=True, slots=True)
class TailLine:
    """A line of a feed: the offset in bytes just behind it, and its record, None where
    the line is no JSON object."""

    end: int
    record: dict[str, Any] | None


class UnknownFileError(OSError):
    """The file is not of the format that the feed has, so it cannot be appended to."""

    def __init__(self, path: Path, expected: str) -> None:
        super().__init__(f"{path}: {expected}; move it away or write to another file")


def feed_key(path: Path) -> str:
    """Return the key under which the ledger keeps the file *path*. Machines that share a ledger
    may have different files of the same path, so the host is part of it."""
    return f"{socket.gethostname()}:{path.absolute()}"


def repair_tail(path: Path) -> Tail:
    """Cut a torn last line off the file *path*, so that every line of it is whole.

    A last line that is a whole JSON object is given its line end instead. Only the tail
    is read. A file that is not there is left so. Raise OSError if the file cannot be
    read or written, or needs a cut and does not begin as a file of JSON lines does.
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
    """Yield the whole lines of the file *path* that begin at *from_offset* or behind it.

    An offset that does not follow a line end is not from this file: then all lines are
    yielded. Empty lines are left out. Raise OSError if the file cannot be read; a file
    that is not there has no lines.
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
    """Return a digest of what lies before the offset *end* of the file *path*: if it is the same
    later, the file has the same content up to there. None if the file is shorter."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, end - _SAMPLE))
            sample = file.read(min(end, _SAMPLE))
    except OSError:
        return None
    return hashlib.sha256(sample).hexdigest() if len(sample) == min(end, _SAMPLE) else None


def head_of(path: Path) -> str | None:
    """Return a digest of how the file *path* begins, by which to know it again as it grows.

    None if it has no whole line yet or is not there.
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
    """Return the offset behind the last line end, read backwards piece by piece."""
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
    """Return the length of the file *path* in bytes, 0 if it is not there or is a folder."""
    return path.stat().st_size if path.is_file() else 0


def cut_to(path: Path, end: int) -> int:
    """Cut the file *path* to *end* bytes; return how many that were. Raise OSError."""
    size = size_of(path)
    if size <= end:
        return 0
    with path.open("r+b") as file:
        file.truncate(end)
        _keep(file)
    return size - end
