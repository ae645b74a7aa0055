"""Decode the body of a saved HTTP response: transfer and content encodings, within a limit.

FastWARC decodes bodies, too, but without a limit: 400 kB became 400 MB (measured on 2.0.1). And a
body whose encoding differs from its header ends its reading of the archive.
"""

import zlib
from collections.abc import Callable

import brotli
from fastwarc.warc import WarcRecord, WarcRecordType

from newsclean.zstd import zstd

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # zlib's code for gzip or zlib, detected by the header
# No server uses more than two encodings. A header with thousands of them is an attack.
_MAX_LAYERS = 3


class TooLargeError(Exception):
    """The decoded body exceeds the limit."""


def parse_http(block: bytes) -> WarcRecord:
    """Return the HTTP message in *block* as a record whose headers are parsed.

    Raise OSError if it does not begin as an HTTP message does.
    """
    record = WarcRecord()
    record.init_headers(WarcRecordType.response)
    record.set_bytes_content(block)
    record.is_http = True
    record.parse_http()
    return record


def decode_payload(payload: bytes, transfer: str | None, content: str | None, limit: int) -> bytes:
    """Return *payload* decoded by the headers Transfer-Encoding and Content-Encoding.

    Many archives store a decoded body with the old headers. Such a body is returned as it is. Raise
    TooLargeError for more than *limit* bytes, ValueError if an encoding is unknown or damaged.
    """
    if transfer and "chunked" in transfer.lower():
        payload = _dechunk(payload)
    layers = [name.strip() for name in (content or "").lower().split(",")]
    layers = [name for name in layers if name not in ("", "identity")]
    if len(layers) > _MAX_LAYERS:
        raise ValueError(f"{len(layers)} content encodings, expected at most {_MAX_LAYERS}")
    for name in reversed(layers):
        if payload.lstrip()[:1] == b"<":
            break
        if name not in _DECODERS:
            raise ValueError(f"unknown content encoding {name[:40]!r}")
        payload = _DECODERS[name](payload, limit)
    if len(payload) > limit:
        raise TooLargeError
    return payload


def _dechunk(payload: bytes) -> bytes:
    """Return the joined chunks of a body. A body that is not chunked is returned as it is."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = payload.find(b"\r\n", at, at + 1000)
        size_field = payload[at:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            size = int(size_field, 16)
        except ValueError:
            return payload if not parts else b"".join(parts)
        if size <= 0:
            return b"".join(parts)
        parts.append(payload[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def _inflate(data: bytes, limit: int) -> bytes:
    for window in (_GZIP_OR_ZLIB, -zlib.MAX_WBITS):  # some servers' "deflate" is raw
        inflate = zlib.decompressobj(window)
        try:
            decoded = inflate.decompress(data, limit + 1)
        except zlib.error:
            continue
        if len(decoded) > limit:
            raise TooLargeError
        if not inflate.eof:
            raise ValueError("the compressed body is truncated")
        return decoded
    raise ValueError("the compressed body is damaged")


def _unbrotli(data: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    try:
        parts: list[bytes] = [decoder.process(data, output_buffer_limit=limit + 1)]
        length = len(parts[0])
        while length <= limit and not decoder.can_accept_more_data():
            parts.append(decoder.process(b"", output_buffer_limit=limit + 1 - length))
            length += len(parts[-1])
    except brotli.error:
        raise ValueError("the compressed body is damaged") from None
    if length > limit:
        raise TooLargeError
    if not decoder.is_finished():
        raise ValueError("the compressed body is truncated")
    return b"".join(parts)


def _unzstd(data: bytes, limit: int) -> bytes:
    parts: list[bytes] = []
    length = 0
    while data:  # frame by frame
        frame = zstd.ZstdDecompressor()
        try:
            parts.append(frame.decompress(data, limit + 1 - length))
        except zstd.ZstdError:
            raise ValueError("the compressed body is damaged") from None
        length += len(parts[-1])
        if length > limit:
            raise TooLargeError
        if not frame.eof:
            raise ValueError("the compressed body is truncated")
        data = frame.unused_data
    return b"".join(parts)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
