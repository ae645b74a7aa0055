"""Write fetched pages to WARC/1.1 files, rotate the files, and repair them after a kill.

Format: ISO 28500:2017, https://iipc.github.io/warc-specifications/. FastWARC writes the records. It
is 8 times as fast as warcio, measured on pages of 30 kB.
"""

from __future__ import annotations

import hashlib
import io
import os
import uuid
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, BinaryIO

from fastwarc.warc import WarcRecord, WarcRecordType

from newsclean.archives.gzipped import GZIP_WINDOW, GzipMembers
from newsclean.archives.mark import MARK_HEADER, PageMark
from newsclean.archives.payload import TooLargeError, decode_payload
from newsclean.archives.verdict import CONTENT_TYPE, Verdict

try:
    import fcntl
except ImportError:  # Windows: the files of a killed crawl are left as they are
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

SUFFIX = ".warc.gz"
# The suffix of a file that is being written. The file gets its name when it is complete.
OPEN_SUFFIX = f"{SUFFIX}.open"
# 50 saved pages become 2 % larger than with level 6, in two thirds of the time.
_GZIP_LEVEL = 3
# Other archives use this name, too, for a header that does not fit the stored body.
_ENCODING_WAS = b"X-Archive-Orig-Content-Encoding"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its response, as a crawl has them.

    ``body`` has its content encoding, but no chunks of the transfer encoding. ``date`` is the time
    of the download. ``truncated`` is the reason why the body is incomplete. ``record`` is the ID of
    the response's record.
    """

    url: str
    date: datetime
    request: bytes = field(repr=False)
    status: int
    headers: Sequence[tuple[bytes, bytes]] = field(repr=False)
    body: bytes = field(repr=False)
    protocol: str | None = None
    ip_address: str | None = None
    truncated: str | None = None
    mark: PageMark | None = None
    record: str = field(default_factory=lambda: f"<{uuid.uuid4().urn}>")


@dataclass(frozen=True, slots=True)
class Judged:
    """The *verdict* on a page whose record is written, and when it was found (*date*)."""

    verdict: Verdict
    date: datetime


class WarcWriter:
    """Writes exchanges to the files of a *folder*, each of at most about *max_size* bytes.

    A body is stored decoded, unless it has more than *max_body* bytes. *info* are the fields of the
    warcinfo record of each file. Every record is a gzip member. When ``write`` returns, the
    operating system has the records, so they survive the process. Not for several threads at once.
    """

    def __init__(
        self, folder: Path, *, max_size: int, max_body: int, info: Iterable[tuple[str, str]]
    ) -> None:
        self.folder = folder
        self.max_body = max_body
        self.max_size = max_size
        self.info = tuple(info)
        self._file: BinaryIO | None = None
        self._path = folder
        self._size = 0

    def write(self, entries: Iterable[Exchange | Judged]) -> None:
        """Write the records of each of *entries*: of an exchange, the response and the request.
        Raise OSError if they cannot be written; the file then ends before the entry that failed."""
        for entry in entries:
            if isinstance(entry, Exchange):
                members = b"".join(map(_gzip, _records(entry, self.max_body)))
            else:
                members = _gzip(_verdict_record(entry))
            if self._file is not None and self._size + len(members) > self.max_size:
                self.close()
            if self._file is None:
                self._begin()
            self._append(members)

    def close(self) -> None:
        """Complete the file that is being written: it gets its name."""
        file, self._file = self._file, None
        if file is not None:
            os.fsync(file.fileno())
            file.close()
            if self._size:
                os.replace(self._path, _complete_name(self._path))
            else:  # not even its first record could be written
                self._path.unlink()

    def _begin(self) -> None:
        """Begin a file with its warcinfo record. Its name is new in any folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        while self._file is None:
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")[:17]
            name = f"newsclean-{stamp}-{uuid.uuid4().hex[:8]}"
            self._path = self.folder / f"{name}{OPEN_SUFFIX}"
            self._file = self._path.open("xb", buffering=0)
            if not _lock(self._file) or not self._path.exists():
                self._file.close()  # another crawl's repair was faster
                self._file = None
        self._size = 0
        now = datetime.now(UTC)
        fields = "".join(f"{key}: {value}\r\n" for key, value in self.info)
        record = _record(WarcRecordType.warcinfo, "application/warc-fields", fields.encode(), now)
        record.headers["WARC-Filename"] = f"{name}{SUFFIX}"
        self._append(_gzip(_rendered(record)))

    def _append(self, data: bytes) -> None:
        assert self._file is not None
        try:
            written = 0
            while written < len(data):
                written += self._file.write(data[written:])
        except OSError:
            self._file.truncate(self._size)  # a torn record would end what can be read
            self._file.seek(self._size)
            raise
        self._size += len(data)


def repair(folder: Path) -> list[tuple[Path, int]]:
    """Complete the files in *folder* that killed crawls left: cut a torn last member off each and
    give it its name. Return each such file and how many bytes of it were cut.

    A file that a running crawl writes is left alone. Raise OSError if one cannot be written.
    """
    repaired = []
    for path in sorted(folder.glob(f"*{OPEN_SUFFIX}")) if fcntl is not None else ():
        with path.open("r+b") as file:
            if not _lock(file):
                continue
            whole = _whole_members(file)
            cut = file.seek(0, os.SEEK_END) - whole
            file.truncate(whole)
            os.fsync(file.fileno())
            if whole:
                os.replace(path, _complete_name(path))
            else:
                path.unlink()
        repaired.append((path, cut))
    return repaired


def _complete_name(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(OPEN_SUFFIX) + SUFFIX)


def _lock(file: BinaryIO) -> bool:
    """Lock *file* until it is closed or the process ends; return False if another process has
    locked it."""
    if fcntl is not None:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: only this process writes there
            return True
    return True


def _whole_members(file: BinaryIO) -> int:
    """Return the offset at which the last whole gzip member of *file* ends."""
    stream = GzipMembers(file)
    try:
        while stream.read():
            pass
    except (EOFError, zlib.error):
        return stream.member
    return file.seek(0, os.SEEK_END)


def _records(exchange: Exchange, limit: int) -> list[bytes]:
    """Return the records of *exchange* as bytes: the response, then the request."""
    kind = "application/http; msgtype=response"
    body = _decoded(exchange, limit)
    block = _response_block(exchange, body)
    response = _record(WarcRecordType.response, kind, block, exchange.date)
    headers = response.headers
    headers["WARC-Record-ID"] = exchange.record
    headers["WARC-Target-URI"] = exchange.url
    if exchange.ip_address:
        headers["WARC-IP-Address"] = exchange.ip_address
    if exchange.protocol and not exchange.protocol.startswith("HTTP/1"):
        headers["WARC-Protocol"] = exchange.protocol
    if exchange.truncated:
        headers["WARC-Truncated"] = exchange.truncated
    if exchange.mark is not None:
        headers[MARK_HEADER] = exchange.mark.to_header()
    kind = "application/http; msgtype=request"
    request = _record(WarcRecordType.request, kind, exchange.request, exchange.date)
    request.headers["WARC-Target-URI"] = exchange.url
    request.headers["WARC-Concurrent-To"] = exchange.record
    return [_rendered(response, exchange.body if body is None else body), _rendered(request)]


def _verdict_record(judged: Judged) -> bytes:
    block = judged.verdict.to_block()
    record = _record(WarcRecordType.metadata, CONTENT_TYPE, block, judged.date)
    record.headers["WARC-Target-URI"] = judged.verdict.url
    record.headers["WARC-Refers-To"] = judged.verdict.record
    return _rendered(record)


def _response_block(exchange: Exchange, body: bytes | None) -> bytes:
    """Return the HTTP message of the response, with *body* in place of the encoded one.

    Readers differ in the content encodings that they support, so a body is stored decoded, and its
    ``Content-Encoding`` under another name. *body* is None if it cannot be decoded.
    """
    lines = [b"HTTP/1.1 %d %s" % (exchange.status, _reason(exchange.status))]
    for name, value in exchange.headers:
        key = name.lower()
        if key in {b"transfer-encoding", b"content-length"}:
            continue
        is_undone = key == b"content-encoding" and body is not None
        stored_name = _ENCODING_WAS if is_undone else _one_line(name)
        lines.append(stored_name + b": " + _one_line(value))
    stored = exchange.body if body is None else body
    lines.append(b"Content-Length: %d" % len(stored))
    return b"\r\n".join(lines) + b"\r\n\r\n" + stored


def _decoded(exchange: Exchange, limit: int) -> bytes | None:
    """Return the body without its content encoding; None if it is damaged, of an unknown encoding
    or of more than *limit* bytes."""
    named = [value for name, value in exchange.headers if name.lower() == b"content-encoding"]
    try:
        return decode_payload(exchange.body, None, b",".join(named).decode("latin-1"), limit)
    except (ValueError, TooLargeError):
        return None


def _reason(status: int) -> bytes:
    try:
        return HTTPStatus(status).phrase.encode()
    except ValueError:
        return b"Unknown"


def _one_line(value: bytes) -> bytes:
    return value.replace(b"\r", b" ").replace(b"\n", b" ")


def _record(
    record_type: WarcRecordType, content_type: str, block: bytes, date: datetime
) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(record_type, content_length=len(block))
    record.headers["WARC-Date"] = date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    record.headers["Content-Type"] = content_type
    record.set_bytes_content(block)
    return record


def _rendered(record: WarcRecord, payload: bytes | None = None) -> bytes:
    """Return *record* as bytes, with its digests; *payload* is the body of its HTTP message."""
    out = io.BytesIO()
    digest = None if payload is None else hashlib.sha1(payload, usedforsecurity=False).digest()
    record.write(out, checksum_data=True, payload_digest=digest)
    return out.getvalue()


def _gzip(record: bytes) -> bytes:
    return zlib.compress(record, _GZIP_LEVEL, GZIP_WINDOW)
