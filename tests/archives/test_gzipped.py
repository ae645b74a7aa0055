import gzip
import io
import random
import zlib

import pytest

from newsclean.archives.gzipped import GzipMembers, next_member, read_up_to
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
