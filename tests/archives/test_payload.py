import gzip
import zlib

import brotli
import pytest

from newsclean.archives.payload import TooLargeError, decode_payload, zstd

PAGE = "<html><p>Regen über Łódź</p></html>".encode()
CHUNKED = b"5\r\n<html\r\n%x;ext=1\r\n%s\r\n0\r\n\r\n" % (len(PAGE) - 5, PAGE[5:])
RAW_DEFLATE = zlib.compress(PAGE, wbits=-15)


@pytest.mark.parametrize(
    ("payload", "transfer", "content"),
    [
        pytest.param(PAGE, None, None, id="plain"),
        pytest.param(PAGE, "identity", "identity", id="identity"),
        pytest.param(CHUNKED, "chunked", None, id="chunked"),
        pytest.param(gzip.compress(PAGE, mtime=0), None, "gzip", id="gzip"),
        pytest.param(zlib.compress(PAGE), None, "deflate", id="deflate"),
        pytest.param(RAW_DEFLATE, None, "deflate", id="raw deflate"),
        pytest.param(brotli.compress(PAGE), None, "br", id="brotli"),
        pytest.param(zstd.compress(PAGE[:9]) + zstd.compress(PAGE[9:]), None, "zstd", id="zstd"),
        pytest.param(brotli.compress(gzip.compress(PAGE, mtime=0)), None, "gzip, br", id="stacked"),
        pytest.param(PAGE, "chunked", "gzip", id="stored decoded under the old headers"),
    ],
)
def test_encodings_are_undone(payload, transfer, content):
    assert decode_payload(payload, transfer, content, 1000) == PAGE


@pytest.mark.parametrize(
    ("payload", "content"),
    [
        (gzip.compress(PAGE, mtime=0)[:-9], "gzip"),
        (brotli.compress(PAGE)[:-1], "br"),
        (zstd.compress(PAGE)[:-1], "zstd"),
        (b"\x99" * 50, "zstd"),
        (b"\x99" * 50, "gzip"),
        (b"\x99" * 50, "br"),
        (b"\x99", "zstandard-of-tomorrow"),
        (gzip.compress(PAGE, mtime=0), "gzip, gzip, gzip, gzip"),
    ],
)
def test_a_damaged_body_is_refused(payload, content):
    with pytest.raises(ValueError, match=r"compressed body|content encoding"):
        decode_payload(payload, None, content, 1000)


@pytest.mark.parametrize(
    ("payload", "content"),
    [
        (gzip.compress(bytes(1 << 26)), "gzip"),
        (brotli.compress(bytes(1 << 24), quality=1), "br"),
        (bytes(2000), None),
    ],
)
def test_nothing_is_inflated_beyond_the_limit(payload, content):
    with pytest.raises(TooLargeError):
        decode_payload(payload, None, content, 1000)


def test_a_chunk_size_of_fantasy_is_harmless():
    assert decode_payload(b"FFFFFFFFFFFFFFFF\r\nabc", "chunked", None, 1000) == b"abc"
    assert decode_payload(b"-5\r\nabc", "chunked", None, 1000) == b""
