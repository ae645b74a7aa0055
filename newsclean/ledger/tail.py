"""The end of a feed file: a line cut short by a killed process, lines not counted yet."""

import hashlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Tail:
    """A feed file's end after repair: ``size`` in bytes, and how many bytes of a torn line
    were cut. ``completed`` says that the last line was whole and lacked only its end."""

    size: int
    cut_bytes: int = 0
    completed: bool = False


@dataclass(frozen=True, slots=True)
class TailLine:
    """A line of a feed: the offset in bytes just behind it, and its record, None where
    the line is no JSON object."""

    end: int
    record: dict[str, Any] | None


def name_of(path: Path) -> str:
    """Return the name under which the ledger keeps the file *path*: of several machines that
    share a ledger each may have a file with that path."""
    return f"{socket.gethostname()}:{path.absolute()}"


def repair_tail(path: Path) -> Tail:
    """Cut a torn last line off the file *path*, so that every line of it is whole.

    A last line that is a whole JSON object is given its line end instead. Only the tail
    is read. A file that is not there is left so. Raise OSError if the file cannot be
    read or written.
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
            return Tail(size + 1, completed=True)
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
