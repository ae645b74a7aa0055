"""Tables of pages: JSON lines and Parquet files with a column ``html``.

The columns ``url`` and ``date`` are read, too. The date is when the page was fetched, in ISO 8601
or as a timestamp. Other columns are ignored.
"""

from __future__ import annotations

import datetime
import json
from typing import IO, TYPE_CHECKING, Any

from newsclean.archives.html import find_url, is_page_url
from newsclean.archives.page import SavedPage, in_utc, reject_empty, reject_large
from newsclean.extras import extra_problem
from newsclean.rejections import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newsclean.archives.gzipped import Readable

PARQUET_MAGIC = b"PAR1"
_COLUMNS = ("html", "url", "date")
# A line of JSON is at most this many times as long as its page: each byte as \u0000.
_ESCAPED = 6
_ENVELOPE = 1 << 16  # bytes of a line besides the page
_CHUNK = 1 << 16  # bytes read at a time
_MAX_NAMED = 20  # columns in a message
_ROWS = 32  # rows of a Parquet file that are in memory
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}  # units of a timestamp in Parquet
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def read_json_lines(stream: Readable, name: str, *, limit: int) -> Iterator[SavedPage | Rejection]:
    """Yield the page of each line of *stream*. *name* is the URL of the file. Raise what the stream
    raises."""
    most = limit * _ESCAPED + _ENVELOPE
    for number, line in enumerate(_lines(stream, most), 1):
        where = f"{name}#{number}"
        if len(line) > most:
            yield reject_large(where, limit)
            continue
        try:
            record = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            yield Rejection(url=where, reason="damaged", detail="the line is not JSON")
            continue
        if record is not None:
            yield _page(record if isinstance(record, dict) else {}, where, limit)


def _lines(stream: Readable, most: int) -> Iterator[bytes]:
    """Yield the lines of *stream*. A line of more than *most* bytes is cut to *most* + 1 bytes."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            yield b"".join([*parts, piece])[: most + 1]
            parts, size = [], 0
        if size <= most:
            parts.append(rest)
        size += len(rest)
    if size:
        yield b"".join(parts)[: most + 1]


def read_parquet(file: IO[bytes], name: str, *, limit: int) -> Iterator[SavedPage | Rejection]:
    """Yield the page of each row of the Parquet *file*. *name* is the URL of the file."""
    if problem := extra_problem("parquet"):
        yield Rejection(url=name, reason="unreadable", detail=problem)
        return
    import pyarrow  # noqa: PLC0415  (an extra)
    from pyarrow import parquet  # noqa: PLC0415

    number = 0
    try:
        table = parquet.ParquetFile(file)
        columns = [column for column in _COLUMNS if column in table.schema_arrow.names]
        if "html" not in columns:
            named = ", ".join(map(str, table.schema_arrow.names[:_MAX_NAMED]))
            detail = f"the column html is missing, the columns are: {named[:150] or 'none'}"
            yield Rejection(url=name, reason="not-html", detail=detail)
            return
        for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
            names = batch.schema.names  # a name may occur twice
            values = [_values(batch.column(names.index(column))) for column in columns]
            for row in zip(*values, strict=True):
                number += 1
                yield _page(dict(zip(columns, row, strict=True)), f"{name}#{number}", limit)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        detail = f"in this file: {' '.join(str(error).split())}"[:200]
        yield Rejection(url=name, reason="damaged", detail=detail)


def _values(column: Any) -> list[Any]:
    """Return the values of the Parquet *column*, None for a value that Python cannot represent: a
    time after the year 9999 does not cost the rows after it."""
    import pyarrow  # noqa: PLC0415  (an extra)

    types, kind = pyarrow.types, column.type
    kind = kind.value_type if types.is_dictionary(kind) else kind
    if types.is_string(kind) or types.is_large_string(kind):
        stored = column.cast(pyarrow.large_binary()).to_pylist()
        return [one.decode("utf-8", "replace") if one is not None else None for one in stored]
    if types.is_timestamp(kind):
        counts = column.cast(pyarrow.int64()).to_pylist()
        return [_moment(one, _PER_SECOND[kind.unit]) for one in counts]
    return [_python(one) for one in column]


def _python(value: Any) -> Any:
    try:
        return value.as_py()
    except (ValueError, OverflowError):
        return None


def _moment(count: int | None, per_second: int) -> datetime.datetime | None:
    """Return the time *count* units after 1970 in UTC, to the second, or None if there is none."""
    try:
        seconds = datetime.timedelta(seconds=count // per_second) if count is not None else None
        return _EPOCH + seconds if seconds is not None else None
    except OverflowError:
        return None


def _page(record: Mapping[str, Any], where: str, limit: int) -> SavedPage | Rejection:
    """Return the page in *record*. *where* is the URL of the file with the number of the line."""
    html = record.get("html")
    if html is None:
        return Rejection(url=where, reason="not-html", detail="the field html is missing")
    body = html.encode("utf-8", "replace") if isinstance(html, str) else html
    if not isinstance(body, bytes):
        return Rejection(url=where, reason="not-html", detail="the field html is not text")
    named = record.get("url")
    is_named = isinstance(named, str) and is_page_url(named)
    url = str(named) if is_named else find_url(body[:limit]) or where
    if len(body) > limit:
        return reject_large(url, limit)
    if not body.strip():
        return reject_empty(url)
    kind = "text/html; charset=utf-8" if isinstance(html, str) else None
    return SavedPage(url, body, "html", kind, _date(record.get("date")))


def _date(value: Any) -> datetime.datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime.datetime):
        return None
    return in_utc(value)
