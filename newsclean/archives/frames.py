"""Zstandard files, read piecewise: bounded in memory, strict about their end, able to go on.

A ``.warc.zst`` has a frame for each record. It may begin with the dictionary that all of them
need, in a frame that other readers skip
(https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
"""

from __future__ import annotations

from typing import IO

from newsclean.zstd import zstd

MAGIC = b"\x28\xb5\x2f\xfd"
DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
_MAX_DICTIONARY = 16 << 20  # bytes; those of web archives have one at most
_CHUNK = 1 << 16
# What a frame may have its reader keep: 2 to the power of this, 128 MiB, as zstd(1) allows.
_OPTIONS = {int(zstd.DecompressionParameter.window_log_max): 27}


class ZstdFrames:
    """The content of a zstd file's frames, one after another, from offset *start*.

    ``member`` is where in *file* the frame being read begins.
    """

    magic = MAGIC

    def __init__(self, file: IO[bytes], start: int = 0) -> None:
        self._dictionary = _read_dictionary(file)
        file.seek(start)
        self.member = start
        self._position = 0
        self._file = file
        self._waiting = b""
        self._frame: zstd.ZstdDecompressor | None = None

    def read(self, size: int = _CHUNK) -> bytes:
        """Return 1 to *size* bytes, or ``b""`` after the last whole frame. Raise EOFError where
        the file ends within a frame, ZstdError where it is damaged."""
        while True:
            if self._frame is None:
                if not self._waiting:
                    self._waiting = self._file.read(_CHUNK)
                if not self._waiting:
                    return b""
                self.member = self._file.tell() - len(self._waiting)
                self._frame = zstd.ZstdDecompressor(self._dictionary, _OPTIONS)
            if self._frame.needs_input and not self._waiting:
                self._waiting = self._file.read(_CHUNK)
                if not self._waiting:
                    raise EOFError("the zstd file ends before its content does")
            data = self._frame.decompress(self._waiting, size if size > 0 else _CHUNK)
            self._waiting = b""
            if self._frame.eof:
                self._waiting = self._frame.unused_data
                self._frame = None
            if data:
                self._position += len(data)
                return data

    def tell(self) -> int:
        """Return how many bytes of content have been read."""
        return self._position


def _read_dictionary(file: IO[bytes]) -> zstd.ZstdDict | None:
    """Return the dictionary with which *file* begins, None for none. Raise ZstdError for one that
    is damaged or too large."""
    file.seek(0)
    head = file.read(8)
    if head[:4] != DICTIONARY_MAGIC:
        return None
    size = int.from_bytes(head[4:8], "little")
    if size > _MAX_DICTIONARY:
        raise zstd.ZstdError(f"a dictionary of {size:,} bytes")
    data = file.read(size)
    if data.startswith(MAGIC):
        data = zstd.ZstdDecompressor().decompress(data, _MAX_DICTIONARY)
    try:
        return zstd.ZstdDict(data)
    except ValueError as error:
        raise zstd.ZstdError(f"the dictionary is damaged: {error}") from None
