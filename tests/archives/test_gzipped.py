import gzip
import io
import random
import zlib

import pytest

from newsclean.archives.gzipped import GzipMembers, next_member, next_member_with, read_up_to
from tests.linear import assert_linear

TEXTS = [random.Random(n).randbytes(5000).hex().encode() for n in range(5)]
FILE = b"".join(gzip.compress(text) for text in TEXTS)


def read(data, start=0):
    return read_up_to(GzipMembers(io.BytesIO(data), start), 1 << 24)


def test_members_follow_one_another():
    assert read(FILE) == b"".join(TEXTS)


def test_padding_and_empty_members_are_passed_over():
    data = FILE + bytes(100_000) + gzip.compress(b"") * 3 + gzip.compress(b"end") + bytes(7)
    assert read(data) == b"".join(TEXTS) + b"end"


@pytest.mark.parametrize("cut", [1, 8, 9, 4000, len(FILE) - len(gzip.compress(TEXTS[0])) - 5])
def test_a_truncated_file_is_no_whole_one(cut):
    with pytest.raises(EOFError):
        read(FILE[:-cut])


def test_damage_is_found_and_the_next_member_too():
    at = len(gzip.compress(TEXTS[0]))
    second = len(gzip.compress(TEXTS[1]))
    data = bytearray(FILE)
    data[at + 2000 : at + 2010] = bytes(10)
    file = io.BytesIO(bytes(data))
    stream = GzipMembers(file)
    with pytest.raises(zlib.error):
        read_up_to(stream, 1 << 24)
    assert stream.member == at
    assert next_member(file, at + 1) == at + second
    assert read(bytes(data), at + second) == b"".join(TEXTS[2:])


def test_a_header_across_the_chunk_border_is_found():
    for lead in range(65533, 65538):
        assert next_member(io.BytesIO(bytes(lead) + FILE), 0) == lead
    assert next_member(io.BytesIO(bytes(200_000)), 0) is None


def test_a_bomb_is_read_piecewise():
    bomb = gzip.compress(bytes(1 << 26))
    assert len(read_up_to(GzipMembers(io.BytesIO(bomb)), 1000)) == 1000


def test_many_tiny_members_take_linear_time():
    assert_linear(read, lambda count: gzip.compress(b"x") * count, 10_000, 0.1)
    assert read(gzip.compress(b"x") * 40_000) == b"x" * 40_000


def test_the_next_member_with_a_content():
    starts = [0]
    for text in TEXTS:
        starts.append(starts[-1] + len(gzip.compress(text)))
    file = io.BytesIO(FILE)
    for number, text in enumerate(TEXTS):
        assert next_member_with(file, 0, len(FILE), text[:9]) == starts[number]
    assert next_member_with(file, 1, starts[1], TEXTS[1][:9]) is None
    assert next_member_with(file, 1, starts[1] + 1, TEXTS[1][:9]) == starts[1]
    assert next_member_with(io.BytesIO(bytes(70_000) + FILE), 0, 80_000, TEXTS[0][:9]) == 70_000


def test_what_is_after_the_end_is_not_searched():
    file = io.BytesIO(bytes(10_000_000))
    assert next_member_with(file, 10, 20, b"WARC/") is None
    assert file.tell() < 100_000


@pytest.mark.parametrize("header", [b"\x1f\x8b\x08", b"\x1f\x8b\x08\x08" + b"x" * 60])
def test_headers_of_no_member_take_linear_time(header):
    assert_linear(
        lambda data: next_member_with(io.BytesIO(data), 0, len(data), b"WARC/"),
        lambda size: header * (size // len(header)),
        size=100_000,
        noise=0.3,
    )
