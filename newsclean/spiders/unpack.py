"""Decompress a list of URLs, up to a limit."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import Any

from newsclean.zstd import zstd

# The first bytes of a compressed file → the function that opens it for reading.
_OPENERS: dict[bytes, Any] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
    b"\x28\xb5\x2f\xfd": zstd.ZstdFile,
}


def unpack(data: bytes, limit: int) -> bytes:
    r"""Return *data*, decompressed if its first bytes are those of gzip, bzip2, xz or zstd. Raise
    ValueError if it is damaged or has more than *limit* bytes.

    >>> unpack(gzip.compress(b"https://a.example/"), 100)
    b'https://a.example/'
    """
    opener = next((one for magic, one in _OPENERS.items() if data.startswith(magic)), None)
    if opener is not None:
        try:
            with opener(io.BytesIO(data)) as file:
                data = file.read(limit + 1)
        except (OSError, EOFError, zlib.error, lzma.LZMAError, zstd.ZstdError) as error:
            raise ValueError(f"damaged: {error}") from None
    if len(data) > limit:
        raise ValueError(f"more than {limit:,} bytes")
    return data
