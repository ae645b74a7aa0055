"""Gzip files, read in small pieces. Memory is bounded, and a truncated end is an error.

The reader of the standard library does not report where a damaged member began. With it, one
flipped bit in a WARC file would make all pages after it unreadable.
"""

import zlib
from typing import IO, Protocol

MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 16  # bytes read at a time
# Bytes of a member that show its first bytes of content: a header with a name, a table of codes.
_MEMBER_START = 1 << 12
GZIP_WINDOW = 16 + zlib.MAX_WBITS  # zlib's code for the gzip format


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """Return 1 to *size* bytes, or ``b""`` at the end."""


class GzipMembers:
    """Reads the content of the members of a gzip file, one after another: those that begin from
    offset *start* to before offset *end*.

    ``member`` is the offset in *file* at which the current member begins.
    """

    magic = MAGIC

    def __init__(self, file: IO[bytes], start: int = 0, end: int | None = None) -> None:
        file.seek(start)
        self._end = end
        self.member = start
        self._position = 0
        self._file = file
        self._waiting = b""
        self._inflate: zlib._Decompress | None = None

    def read(self, size: int = _CHUNK) -> bytes:
        """Return 1 to *size* bytes, or ``b""`` after the last whole member.

        Raise EOFError if the file ends within a member, zlib.error if it is damaged.
        """
        while True:
            if not self._waiting:
                self._waiting = self._file.read(_CHUNK)
            if self._inflate is None and not self._begin():
                return b""
            if self._inflate is None:
                continue
            at_end = not self._waiting
            data = self._inflate.decompress(self._waiting, size if size > 0 else _CHUNK)
            self._waiting = self._inflate.unconsumed_tail
            if self._inflate.eof:
                self._waiting = self._inflate.unused_data
                self._inflate = None
            if data:
                self._position += len(data)
                return data
            if at_end and self._inflate is not None:
                raise EOFError("the gzip file is truncated")

    def tell(self) -> int:
        """Return how many bytes of content have been read."""
        return self._position

    def _begin(self) -> bool:
        """Begin the next member, if there is one. Return True if there is more to read."""
        if not self._waiting:
            return False
        # Zeros between members and at the end are padding, as gzip(1) takes them.
        self._waiting = self._waiting.lstrip(b"\0")
        if self._waiting:
            member = self._file.tell() - len(self._waiting)
            if self._end is not None and member >= self._end:
                return False
            self.member = member
            self._inflate = zlib.decompressobj(GZIP_WINDOW)
        return True


def next_member(file: IO[bytes], start: int, magic: bytes = MAGIC) -> int | None:
    """Return the offset of the first header of a member at or after *start*, None if there is none.
    *magic* are the bytes with which a member begins."""
    file.seek(start)
    before = b""
    while chunk := file.read(_CHUNK):
        window = before + chunk
        found = window.find(magic)
        if found >= 0:
            return file.tell() - len(window) + found
        before = window[-len(magic) + 1 :]
    return None


def next_member_with(file: IO[bytes], start: int, end: int, content: bytes) -> int | None:
    """Return the offset of the first gzip member from *start* to before *end* whose content begins
    with *content*, None if there is none. Compressed bytes may look like a header by chance, so the
    content is checked."""
    for at in range(start, end, _CHUNK):
        file.seek(at)
        window = file.read(_CHUNK + _MEMBER_START)
        found = window.find(MAGIC)
        while 0 <= found < min(_CHUNK, end - at):
            try:
                # Only its first bytes: a false header may take all that follows as a name.
                inflate = zlib.decompressobj(GZIP_WINDOW)
                member = window[found : found + _MEMBER_START]
                if inflate.decompress(member, len(content)) == content:
                    return at + found
            except zlib.error:
                pass
            found = window.find(MAGIC, found + 1)
    return None


def read_up_to(stream: Readable, limit: int) -> bytes:
    """Return the content of *stream*, at most *limit* bytes. Raise what `read` raises."""
    parts = []
    while limit > 0 and (part := stream.read(min(limit, _CHUNK))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)
