"""Read WARC and WET archives record by record: plain, gzipped or compressed with zstd.

Format: ISO 28500, https://iipc.github.io/warc-specifications/. It is read by FastWARC, which has
types and was released in November 2026 (warcio: March). FastWARC also reads a WARC file that was
gzipped as one member, which warcio rejects. Neither notices a truncated gzip file, so newsclean
decompresses the files itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import IO

from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord, WarcRecordType

from newsclean.archives import frames
from newsclean.archives.gzipped import (
    MAGIC,
    GzipMembers,
    Readable,
    next_member,
    next_member_with,
    read_up_to,
)
from newsclean.archives.html import looks_like_html
from newsclean.archives.mark import MARK_HEADER, PageMark
from newsclean.archives.page import (
    OPT_OUT_HEADERS,
    SavedPage,
    Unavailable,
    in_utc,
    reject_empty,
    reject_large,
)
from newsclean.archives.payload import TooLargeError, decode_payload, parse_http
from newsclean.archives.verdict import CONTENT_TYPE, MAX_VERDICT, Verdict
from newsclean.rejections import Rejection
from newsclean.urls import MAX_URL, is_web_url
from newsclean.zstd import zstd

SIGNATURE = b"WARC/"
_PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_RECORDS = _PAGES | WarcRecordType.metadata
# Pages that a crawl saves, but not for an article; status codes whose page is in another record.
_NO_PAGES = frozenset({"listing", "robots"})
_REDIRECTS = frozenset({301, 302, 303, 304, 307, 308})
_HTML_TYPES = ("text/html", "application/xhtml+xml")
# Bytes of a record besides the page itself: HTTP headers and chunk sizes.
_ENVELOPE = 1 << 17
_CHUNK = 1 << 16  # bytes read at a time
# How often to search for the next complete record after a damaged one. A file that looks damaged
# everywhere must not be searched without end.
_MAX_RESUMES = 100


def read_warc(
    file: IO[bytes], url: str, *, limit: int, part: tuple[int, int] | None = None
) -> Iterator[SavedPage | Rejection | Unavailable | Verdict]:
    """Yield the pages in the archive *file*, and a rejection for each page that cannot be read.

    *url* names the archive in rejections of the archive itself. A page of more than *limit* bytes
    is rejected. A WET record (``conversion``) is read as text. Requests, revisits and metadata are
    skipped, except the verdicts of a crawl with newsclean. The listings, the robots.txt and the
    redirects that such a crawl saved (`PageMark`) are skipped, too. If an archive is compressed
    record by record, only a damaged record is lost. A plain archive cannot be read after damage.

    *part* are two offsets in a gzipped archive: only records that begin from the first to before
    the second are read, so that several processes can share one file.
    """
    stream: GzipMembers | frames.ZstdFrames | IO[bytes] | None
    try:
        stream = _open(file, part)
    except zstd.ZstdError as error:
        yield _reject_damaged(url, error)
        return
    if stream is None:
        return
    damaged = False
    for _ in range(_MAX_RESUMES):
        try:
            for found in _read_stream(stream, limit):
                if not isinstance(found, Exception):
                    yield found
                elif not damaged:
                    yield _reject_damaged(url, found)
                damaged = isinstance(found, Exception)
            return
        except (EOFError, OSError, zlib.error, zstd.ZstdError) as error:
            if not damaged:  # a false start after a damaged record is the same damage
                yield _reject_damaged(url, error)
            damaged = True
        if not isinstance(stream, GzipMembers | frames.ZstdFrames):
            return
        start = next_member(file, stream.member + 1, stream.magic)
        if start is None:
            return
        if isinstance(stream, frames.ZstdFrames):
            stream = frames.ZstdFrames(file, start)
        else:
            stream = GzipMembers(file, start, part[1] if part else None)
    detail = f"{_MAX_RESUMES} places in this archive are damaged, the rest was not read"
    yield Rejection(url=url, reason="damaged", detail=detail)


def _open(
    file: IO[bytes], part: tuple[int, int] | None
) -> GzipMembers | frames.ZstdFrames | IO[bytes] | None:
    """Return a stream of the content of *file*, or of the *part* of it; None if no record begins in
    that part. Raise ZstdError."""
    head = file.read(4)
    file.seek(0)
    if head in {frames.MAGIC, frames.DICTIONARY_MAGIC}:
        return frames.ZstdFrames(file)
    if not head.startswith(MAGIC):
        return file
    if part is None:
        return GzipMembers(file)
    start = 0 if part[0] == 0 else next_member_with(file, *part, SIGNATURE)
    return GzipMembers(file, start, part[1]) if start is not None else None


def _reject_damaged(url: str, error: Exception) -> Rejection:
    reason = "truncated" if isinstance(error, EOFError) else "damaged"
    return Rejection(url=url, reason=reason, detail=f"in this archive: {error}"[:200])


class _ShortRecordError(EOFError):
    """A record has less content than its header says."""


class _Members:
    """The records of a compressed *stream*. `read` ends before each member that begins with a
    record, until `begin` is called. So a record with a wrong length does not hide the next ones.

    Other members belong to the record before them: some programs compress in blocks of equal size.
    """

    def __init__(self, stream: GzipMembers | frames.ZstdFrames) -> None:
        self.has_skipped = False  # bytes that are not white space, before the present record
        self._stream = stream
        self._member = -1  # offset
        self._ahead = b""  # bytes to return next
        self._first = b""  # the first bytes of the next record

    def begin(self) -> bool:
        """Skip what is left, and begin the next record. Return False at the end of the stream.
        Raise the exceptions of the stream."""
        self.has_skipped = False
        while data := self.read():
            self.has_skipped = self.has_skipped or not data.isspace()
        self._ahead, self._first = self._first, b""
        return bool(self._ahead)

    def read(self, size: int = _CHUNK) -> bytes:
        """Return at most *size* bytes, or ``b""`` at the end of the record. Raise the exceptions of
        the stream."""
        if self._ahead or self._first:
            data, self._ahead = self._ahead, b""
            return data
        data = self._stream.read(size)
        if self._stream.member != self._member:
            self._member = self._stream.member
            data += read_up_to(self._stream, len(SIGNATURE) - len(data))
            if data.startswith(SIGNATURE):
                self._first, data = data, b""
        return data

    def tell(self) -> int:
        """Return how many bytes of content have been read."""
        return self._stream.tell()


def _read_stream(
    stream: GzipMembers | frames.ZstdFrames | IO[bytes], limit: int
) -> Iterator[SavedPage | Rejection | Unavailable | Verdict | Exception]:
    """Yield the pages in *stream*, and an exception for each damaged record that can be skipped.
    Raise an exception for other damage."""
    if not isinstance(stream, GzipMembers | frames.ZstdFrames):
        yield from _read_records(stream, limit)
        return
    members = _Members(stream)
    while members.begin():
        if members.has_skipped:
            yield OSError("bytes that belong to no record")
        try:
            yield from _read_records(members, limit)
        except (OSError, _ShortRecordError) as error:
            yield error


def _read_records(
    stream: Readable, limit: int
) -> Iterator[SavedPage | Rejection | Unavailable | Verdict]:
    is_empty = True
    for record in ArchiveIterator(
        stream,  # type: ignore[arg-type]  # anything with read() serves
        parse_http=False,
        stream_detect=False,
    ):
        is_empty = is_empty and "WARC-Type" not in record.headers
        if not record.record_type & _RECORDS:
            continue
        if record.record_type == WarcRecordType.metadata:
            if (verdict := _read_verdict(record)) is not None:
                yield verdict
            continue
        url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
        mark = PageMark.from_header(record.headers.get(MARK_HEADER))
        if not is_web_url(url) or (mark is not None and mark.kind in _NO_PAGES):
            continue
        if len(url) > MAX_URL:
            detail = f"the URL has {len(url):,} characters, more than {MAX_URL:,}"
            yield Rejection(url=url[:MAX_URL], reason="long-url", detail=detail)
            continue
        found = _read_record(record, url, limit)
        if isinstance(found, SavedPage):
            yield replace(found, mark=mark, record=record.headers.get("WARC-Record-ID"))
        elif mark is None:
            yield found
        elif found.status not in _REDIRECTS:
            found.url = mark.asked or url
            yield Unavailable(found) if mark.kind == "further" else found
    if is_empty:
        raise OSError("no WARC record")


def _read_verdict(record: WarcRecord) -> Verdict | None:
    page = record.headers.get("WARC-Refers-To")
    named = record.headers.get("Content-Type") == CONTENT_TYPE
    if not page or not named or record.content_length > MAX_VERDICT:
        return None
    url = record.headers.get("WARC-Target-URI") or ""
    return Verdict.from_block(page, url, read_up_to(record.reader, record.content_length))


def _read_record(record: WarcRecord, url: str, limit: int) -> SavedPage | Rejection:
    if record.content_length > limit + _ENVELOPE:
        return reject_large(url, limit)
    block = read_up_to(record.reader, record.content_length)
    if len(block) < record.content_length:
        raise _ShortRecordError("the file is truncated within a record")
    if why := record.headers.get("WARC-Truncated"):
        return Rejection(
            url=url,
            reason="truncated",
            detail=f"the archive has only a part of the page ({why[:40]})",
        )
    if record.record_type == WarcRecordType.response:
        return _read_response(block, url, _date(record), limit)
    is_text = record.record_type == WarcRecordType.conversion
    page = SavedPage(
        url,
        block,
        kind="text" if is_text else "html",
        content_type=record.headers.get("Content-Type"),
        date=_date(record),
    )
    return _check(page, limit)


def _read_response(
    block: bytes, url: str, date: datetime | None, limit: int
) -> SavedPage | Rejection:
    try:
        message = parse_http(block)
        status = message.http_headers.status_code or 0
    except OSError:
        status = 0
    if not 100 <= status < 600:
        return Rejection(url=url, reason="damaged", detail="the record has no HTTP response")
    headers = message.http_headers
    if status != 200:
        return Rejection(
            url=url,
            reason=f"http-{status}",
            detail="the archive has no page, only this response",
            status=status,
        )
    payload = read_up_to(message.reader, len(block))
    try:
        body = decode_payload(
            payload, headers.get("Transfer-Encoding"), headers.get("Content-Encoding"), limit
        )
    except TooLargeError:
        return reject_large(url, limit)
    except ValueError as error:
        return Rejection(url=url, reason="damaged", detail=str(error), status=status)
    opt_outs = {name: " ".join(_values(headers, name)) for name in OPT_OUT_HEADERS}
    page = SavedPage(url, body, "html", headers.get("Content-Type"), date, opt_outs)
    return _check(page, limit)


def _values(headers: HeaderMap, name: str) -> list[str]:
    """Return the values of each header called *name*, in any case."""
    return [value for key, value in headers.astuples() if key.lower() == name]


def _check(page: SavedPage, limit: int) -> SavedPage | Rejection:
    if not page.body.strip():
        return reject_empty(page.url)
    if len(page.body) > limit:
        return reject_large(page.url, limit)
    if page.kind == "html":
        named = (page.content_type or "").split(";")[0].strip().lower()
        if not (named in _HTML_TYPES if named else looks_like_html(page.body)):
            return _reject_type(page)
    elif not (page.content_type or "").startswith("text/plain"):
        return _reject_type(page)
    return page


def _reject_type(page: SavedPage) -> Rejection:
    detail = f"content type {(page.content_type or 'not given')[:80]}"
    return Rejection(url=page.url, reason="not-html", detail=detail)


def _date(record: WarcRecord) -> datetime | None:
    try:
        date = record.record_date
    except (KeyError, ValueError, OSError):
        return None
    return in_utc(date) if date is not None else None
