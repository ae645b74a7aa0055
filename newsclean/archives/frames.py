"""Zstandard files, read in small pieces. Memory is bounded, and a truncated end is an error.

A ``.warc.zst`` has a frame for each record. It may begin with the dictionary that all of them
need, in a frame that other readers skip
(https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
"""

from __future__ import annotations

from typing import IO

from newsclean.zstd import zstd

MAGIC = b"\x28\xb5\x2f\xfd"
DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
_MAX_DICTIONARY = 16 << 20  # bytes; dictionaries of web archives have 1 MB at most
_CHUNK = 1 << 16  # bytes read at a time
# The largest window that a frame may need, as a power of two: 128 MiB, as in zstd(1).
_OPTIONS = {int(zstd.DecompressionParameter.window_log_max): 27}


class ZstdFrames:
    """Reads the content of the frames of a zstd file, one after another, from offset *start*.

    ``member`` is the offset in *file* at which the current frame begins.
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
        """Return 1 to *size* bytes, or ``b""`` after the last complete frame. Raise EOFError
        if the file ends within a frame, ZstdError if it is damaged."""
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
                    raise EOFError("the zstd file is truncated")
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
    """Return the dictionary at the start of *file*, None if there is none. Raise ZstdError if it is
    damaged or too large."""
    file.seek(0)
    head = file.read(8)
    if head[:4] != DICTIONARY_MAGIC:
        return None
    size = int.from_bytes(head[4:8], "little")
    if size > _MAX_DICTIONARY:
        raise zstd.ZstdError(
            f"the dictionary has {size:,} bytes, expected at most {_MAX_DICTIONARY:,}"
        )
    data = file.read(size)
    if data.startswith(MAGIC):
        data = zstd.ZstdDecompressor().decompress(data, _MAX_DICTIONARY)
    try:
        return zstd.ZstdDict(data)
    except ValueError as error:
        raise zstd.ZstdError(f"the dictionary is damaged: {error}") from None
