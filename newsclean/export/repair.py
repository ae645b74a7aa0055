"""Prepare a feed file for appending: cut off the incomplete end that a killed crawl left.

`repair` uses only the content of the file and its format. It is for files whose length is not
recorded in a ledger. `newsclean.export.reconcile` truncates other files to their recorded length.
"""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from newsclean.export.formats import FORMATS
from newsclean.export.tail import Tail, UnknownFileError, repair_tail, size_of
from newsclean.zstd import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_CHUNK = 1 << 20  # bytes
# The groups that newsclean writes are much smaller. A larger group is from another program.
MAX_TORN_GROUP = 8 << 20  # bytes


def repair(path: Path, format_name: str) -> Tail:
    """Cut the incomplete last item, or the foot of the format *format_name*, off the file *path*.

    Return its new length. A missing file is not created. Raise OSError if the file cannot be
    written, and UnknownFileError if it has another format.
    """
    if path.is_dir():
        return Tail(0)
    cut = _REPAIRS.get(format_name)
    if cut is None:
        return repair_tail(path)
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        return Tail(0)
    with file:
        size = file.seek(0, os.SEEK_END)
        if size == 0:
            return Tail(0)
        end, foot = cut(file, size, path)
        if end < size:
            file.truncate(end)
            file.flush()
            os.fsync(file.fileno())
        return Tail(end, cut_bytes=0 if foot else size - end)


def has_foot(path: Path, end: int, format_name: str) -> bool:
    """Return True if the file *path* has only the foot of its format after the offset *end*, as
    after a normal end of a crawl."""
    foot = FORMATS[format_name].foot if format_name in FORMATS else b""
    if not foot or size_of(path) != end + len(foot):
        return False
    with path.open("rb") as file:
        file.seek(end)
        return file.read() == foot


def _cut_csv(file: BinaryIO, size: int, path: Path) -> tuple[int, bool]:
    """Return the offset after the last line end outside a quoted cell, and True if nothing
    follows."""
    file.seek(0)
    quoted, offset, end = False, 0, 0
    for line in file:
        offset += len(line)
        quoted ^= line.count(b'"') % 2 == 1
        if not quoted and line.endswith(b"\n"):
            end = offset
    return end, end == size


def _cut_groups(decompressor: Callable[[], Any], errors: type[Exception], name: str) -> Any:
    def cut(file: BinaryIO, size: int, path: Path) -> tuple[int, bool]:
        end = _last_group_end(file, decompressor, errors)
        if size - end > MAX_TORN_GROUP or (end == 0 and size > 0 and not _begins(file, name)):
            raise UnknownFileError(path, f"is not a file of complete {name} groups")
        return end, end == size

    return cut


def _begins(file: BinaryIO, name: str) -> bool:
    magic = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}[name]
    file.seek(0)
    found = file.read(len(magic))
    return magic.startswith(found)


def _last_group_end(
    file: BinaryIO, decompressor: Callable[[], Any], errors: type[Exception]
) -> int:
    """Return the offset of the end of the last complete group in the compressed *file*."""
    end = read = 0
    current = decompressor()
    for chunk in _chunks(file):
        data = chunk
        while data:
            try:
                current.decompress(data)
            except errors:
                return end
            if not current.eof:
                break
            data = current.unused_data
            end = read + len(chunk) - len(data)
            current = decompressor()
        read += len(chunk)
    return end


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _cut_json(file: BinaryIO, size: int, path: Path) -> tuple[int, bool]:
    file.seek(0)
    if file.read(1) != b"[":
        raise UnknownFileError(path, "is not a JSON array")
    found = _foot_start(file, size, FORMATS["json"].foot)
    if found is not None:
        return found, True
    file.seek(0)
    data = file.read()
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return _last_json_line(data), False
    return len(data.rstrip()[:-1].rstrip()), True  # an array that another program wrote


def _last_json_line(data: bytes) -> int:
    """Return the offset of the end of the last complete object in a truncated array with one object
    per line."""
    start = data.rfind(b"\n") + 1
    line = data[start:].strip().rstrip(b",")
    try:
        whole = start > 0 and isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        whole = False
    return start + len(line) if whole else max(1, len(data[:start].rstrip().rstrip(b",")))


def _cut_xml(file: BinaryIO, size: int, path: Path) -> tuple[int, bool]:
    file.seek(0)
    head = file.read(len(FORMATS["xml"].head))
    if not FORMATS["xml"].head.startswith(head):
        raise UnknownFileError(path, "is not an XML file of <items> with one <item> per line")
    if head != FORMATS["xml"].head:
        return 0, False
    found = _foot_start(file, size, FORMATS["xml"].foot)
    if found is not None:
        return found, True
    file.seek(0)
    data = file.read()
    if data.rstrip().endswith(b"</item>"):
        return len(data.rstrip()), False
    return max(len(head), data.rfind(b"\n")), False


def _foot_start(file: BinaryIO, size: int, foot: bytes) -> int | None:
    """Return the offset of *foot* at the end of the file. None if the file does not end with it."""
    if size < len(foot):
        return None
    file.seek(size - len(foot))
    return size - len(foot) if file.read() == foot else None


_REPAIRS: dict[str, Callable[[BinaryIO, int, Path], tuple[int, bool]]] = {
    "csv": _cut_csv,
    "gz": _cut_groups(lambda: zlib.decompressobj(31), zlib.error, "gzip"),
    "zst": _cut_groups(zstd.ZstdDecompressor, zstd.ZstdError, "zstd"),
    "json": _cut_json,
    "xml": _cut_xml,
}
