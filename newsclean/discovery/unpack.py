"""A listing's body, unpacked piece by piece and no further than a limit.

A gzip file of 10 MB may hold 10 GB; Scrapy unpacks what the header names and leaves a
file that is itself gzip, as ``sitemap.xml.gz`` is.
"""

import zlib
from collections.abc import Iterator

_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
# A file that its server compresses once more than it says; deeper is an attack.
_MAX_LAYERS = 2


class BoundedBody:
    """The content of *body*, unpacked if it is gzip, at most *limit* bytes of it.

    Iterate over it for its pieces; ``truncated`` then says whether the content is longer
    or its packing damaged. Never raises, never holds more than a piece.
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
        """Return the content as a whole, cut at the limit."""
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
        inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
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
                # Zeros after a member are padding, as gzip(1) takes them.
                waiting = (inflate.unused_data or next(pieces, b"")).lstrip(b"\0")
                inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
            elif not waiting:
                waiting = next(pieces, b"")
                self.truncated = self.truncated or not waiting
