"""Unpack the body of a listing in pieces, up to a limit.

A gzip file of 10 MB may hold 10 GB. Scrapy unpacks only the Content-Encoding, not a file that is
itself gzip, such as ``sitemap.xml.gz``.
"""

import zlib
from collections.abc import Iterator

_CHUNK = 1 << 16  # bytes unpacked at a time
_GZIP = b"\x1f\x8b"
_WINDOW = 16 + zlib.MAX_WBITS  # zlib's code for the gzip format
# A server may compress a gzip file again without a header. More layers are an attack.
_MAX_LAYERS = 2


class BoundedBody:
    """At most *limit* bytes of the content of *body*, unpacked if it is gzip.

    Iterate over it to get its pieces. Then ``truncated`` is True if the content is longer or
    damaged. Never raises, never has more than one piece in memory.
    """

    def __init__(self, body: bytes, limit: int) -> None:
        self.truncated = False
        self._body = body
        self._limit = limit

    def __iter__(self) -> Iterator[bytes]:
        left = self._limit
        for piece in self._unpack(self._slices(), 0):
            if len(piece) > left:
                self.truncated = True
                yield piece[:left]
                return
            left -= len(piece)
            yield piece

    def start(self) -> bytes:
        """Return the first piece of the content, up to 64 KiB."""
        return next(iter(BoundedBody(self._body, self._limit)), b"")

    def read(self) -> bytes:
        """Return the whole content, cut at the limit."""
        return b"".join(self)

    def _slices(self) -> Iterator[bytes]:
        for at in range(0, len(self._body), _CHUNK):
            yield self._body[at : at + _CHUNK]

    def _unpack(self, pieces: Iterator[bytes], layer: int) -> Iterator[bytes]:
        first = next(pieces, b"")
        if not first.startswith(_GZIP):
            yield first
            yield from pieces
        elif layer == _MAX_LAYERS:
            self.truncated = True
        else:
            yield from self._unpack(self._inflate(first, pieces), layer + 1)

    def _inflate(self, waiting: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
        inflate = zlib.decompressobj(_WINDOW)
        while waiting:
            try:
                content = inflate.decompress(waiting, _CHUNK)
            except zlib.error:
                self.truncated = True
                return
            if content:
                yield content
            waiting = inflate.unconsumed_tail
            if inflate.eof:
                # Zeros after a member are padding, as in gzip(1).
                waiting = (inflate.unused_data or next(pieces, b"")).lstrip(b"\0")
                inflate = zlib.decompressobj(_WINDOW)
            elif not waiting:
                waiting = next(pieces, b"")
                self.truncated = self.truncated or not waiting
