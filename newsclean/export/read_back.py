"""Read the records of a feed file, in every format that grows in place.

If a ledger does not know a feed file, because the ledger was deleted or is new, it records the
articles of the file, so that they are not exported again. A folder of Markdown need not be read,
because an article that is written again replaces its file. Commands also read the feeds that users
name.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from typing import IO, TYPE_CHECKING, Any, cast

import orjson
from lxml import etree

from newsclean.zstd import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# The maximum length of a cell of a CSV file, in characters. An article may be longer than Python's
# limit of 131,072. A C long can hold this value on every system.
MAX_CELL = 2**31 - 1
_CHUNK = 1 << 16  # bytes
_MAX_LINE = 1 << 28  # bytes of a line of JSON; the rest of a longer line is read as another line
# Fields of an article that are read from an XML file.
_XML_TEXTS = ("canonicalUrl", "headline", "datePublished", "source", "articleBody", "inLanguage")
_VERSION = re.compile(r"[0-9]{1,9}")
_ERRORS = (
    *(csv.Error, etree.XMLSyntaxError, UnicodeError),
    *(gzip.BadGzipFile, zlib.error, zstd.ZstdError, EOFError),
)


def can_read_back(format_name: str) -> bool:
    """Return True if `read_back` can read the format *format_name*."""
    return format_name in _READERS


def read_back(path: Path, format_name: str) -> Iterator[dict[str, Any] | None]:
    """Yield the records of the file *path*, and None for a line or row without a record.

    Only one record is in memory at a time. The fields that the ledger needs (``url``,
    ``datePublished``, ``metadata``) have the types of JSON lines; others may have other types. A
    missing file has no records. Raise OSError if the file cannot be read.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        try:
            yield from _READERS[format_name](file)
        except _ERRORS:
            yield None  # another program has written the rest


def read_records(file: IO[bytes]) -> Iterator[dict[str, Any] | None]:
    """Yield the records of *file*, and None for a line or row without a record.

    The first bytes decide the format and the compression (gzip or zstd). The fields of an XML or
    CSV file are strings. Raise ValueError, in one line, for a damaged file or an unknown format.

    >>> list(read_records(io.BytesIO(gzip.compress(b'{"url": "https://news.example/7"}'))))
    [{'url': 'https://news.example/7'}]
    """
    try:
        yield from _reader_of(stream := _unpacked(file))(stream)
    except _ERRORS as error:
        raise ValueError(f"damaged: {error}") from None


def _unpacked(file: IO[bytes]) -> io.BufferedReader:
    """Return the decompressed content of *file* as a stream with the method ``peek``."""
    stream: io.BufferedReader = io.BufferedReader(cast("io.RawIOBase", file))
    start = stream.peek(4)
    if start.startswith(b"\x1f\x8b"):
        return io.BufferedReader(cast("io.RawIOBase", gzip.open(stream)))
    if start.startswith(b"\x28\xb5\x2f\xfd"):
        return io.BufferedReader(cast("io.RawIOBase", zstd.ZstdFile(stream)))
    return stream


def _reader_of(stream: io.BufferedReader) -> Callable[[IO[bytes]], Iterator[dict[str, Any] | None]]:
    """Return the function that reads the format of *stream*, without reading from it. Raise
    ValueError for an unknown format."""
    start = stream.peek(_CHUNK)
    first = start.lstrip()[:1]
    if first in {b"", b"{"}:
        return _json_lines
    if first in _FIRSTS:
        return _READERS[_FIRSTS[first]]
    head = start.decode("utf-8", "replace").strip().splitlines()[:1]  # also at a \r
    if "url" in next(csv.reader(head), []):
        return _csv
    raise ValueError("not JSON lines, JSON, XML, or CSV with a column url")


def _gzip_lines(file: IO[bytes]) -> Iterator[dict[str, Any] | None]:
    with gzip.open(file) as lines:
        yield from _json_lines(cast("IO[bytes]", lines))


def _zstd_lines(file: IO[bytes]) -> Iterator[dict[str, Any] | None]:
    with zstd.open(file) as lines:
        yield from _json_lines(cast("IO[bytes]", lines))


def _json_lines(lines: IO[bytes]) -> Iterator[dict[str, Any] | None]:
    for line in iter(lambda: lines.readline(_MAX_LINE), b""):
        if line.strip():
            yield _object(line)


def _json_array(file: IO[bytes]) -> Iterator[dict[str, Any] | None]:
    """Yield the objects of a JSON array. The exporter writes one object per line. If the first line
    is no object, another program wrote the array, and it is read at once."""
    is_first = True
    for line in iter(lambda: file.readline(_MAX_LINE), b""):
        if not (text := _without_brackets(line)):
            continue
        record = _object(text)
        if record is None and is_first:
            yield from _whole_array(line + file.read(_MAX_LINE))
            return
        is_first = False
        yield record


def _whole_array(data: bytes) -> Iterator[dict[str, Any] | None]:
    """Yield the objects of the JSON array *data*, of which the first line may be missing. Yield
    None for a line without an object if it is not valid JSON."""
    try:
        found = orjson.loads(data if data.lstrip().startswith(b"[") else b"[" + data)
    except orjson.JSONDecodeError:
        yield from (_object(text) for text in map(_without_brackets, data.splitlines()) if text)
    else:
        yield from (one if isinstance(one, dict) else None for one in found)


def _without_brackets(line: bytes) -> bytes:
    return line.strip().strip(b"[],").strip()


def _csv(file: IO[bytes]) -> Iterator[dict[str, Any] | None]:
    limit = csv.field_size_limit(MAX_CELL)
    try:
        for row in csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")):
            record: dict[str, Any] = {key: value for key, value in row.items() if value}
            yield record | {"metadata": _object(record.get("metadata") or "{}")}
    finally:
        csv.field_size_limit(limit)


def _xml(file: IO[bytes]) -> Iterator[dict[str, Any] | None]:
    """Yield the items of an XML file. The end tag may be missing, because it is cut off before
    items are appended."""
    parser = etree.XMLPullParser(tag="item", resolve_entities=False, huge_tree=True)
    while chunk := file.read(_CHUNK):
        parser.feed(chunk)
        for _event, item in parser.read_events():
            yield _xml_record(item)
            item.clear()
            parent = item.getparent()
            while parent is not None and item.getprevious() is not None:
                del parent[0]


def _xml_record(item: etree._Element) -> dict[str, Any]:
    version = item.findtext("metadata/version") or ""
    missing = item.iterfind("metadata/missingPages/value/url")
    return {
        "url": item.findtext("url"),
        **{name: item.findtext(name) for name in _XML_TEXTS},
        "metadata": {
            "contentHash": item.findtext("metadata/contentHash"),
            "version": int(version) if _VERSION.fullmatch(version) else None,
            "pages": [one.text for one in item.iterfind("metadata/pages/value")],
            "missingPages": [{"url": one.text} for one in missing],
        },
    }


def _object(line: bytes | str) -> dict[str, Any] | None:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return record if isinstance(record, dict) else None


_READERS: dict[str, Callable[[IO[bytes]], Iterator[dict[str, Any] | None]]] = {
    "gz": _gzip_lines,
    "zst": _zstd_lines,
    "csv": _csv,
    "json": _json_array,
    "xml": _xml,
}
# The first byte that is not white space → the format.
_FIRSTS = {b"[": "json", b"<": "xml"}
