import gzip
import io
import random
from datetime import UTC, datetime

import pytest

from newsclean.archives.page import SavedPage
from newsclean.archives.warc import read_warc
from newsclean.rejections import Rejection
from newsclean.zstd import zstd

HERE = "file:///archive.warc.gz"
DATE = datetime(2026, 4, 18, 9, 30, tzinfo=UTC)


def record(url, block, kind="response", content_type="application/http; msgtype=response", more=""):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2026-04-18T09:30:00Z\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\n"
        f"Content-Type: {content_type}\r\n{more}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body, content_type="text/html; charset=utf-8", status="200 OK", more=""):
    lines = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}\r\n"
    return lines.encode() + body


def page(n):
    return b"<html><p>%d %s</p></html>" % (n, random.Random(n).randbytes(9000).hex().encode())


def url(n):
    return f"https://paper.example/{n}"


RECORDS = [record(url(n), answer(page(n))) for n in range(6)]
MEMBERS = [gzip.compress(each) for each in RECORDS]
WHOLE = [(url(n), page(n)) for n in range(6)]


def read(data, limit=100_000):
    return list(read_warc(io.BytesIO(data), HERE, limit=limit))


def pages(found):
    return [(each.url, each.body) for each in found if isinstance(each, SavedPage)]


def reasons(found):
    return [(each.url, each.reason) for each in found if isinstance(each, Rejection)]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"".join(MEMBERS), id="gzipped by record"),
        pytest.param(gzip.compress(b"".join(RECORDS)), id="gzipped in one piece"),
        pytest.param(b"".join(RECORDS), id="plain"),
    ],
)
def test_every_page_comes_out(data):
    found = read(data)
    assert pages(found) == WHOLE
    assert reasons(found) == []
    assert {(each.kind, each.content_type, each.date) for each in found} == {
        ("html", "text/html; charset=utf-8", DATE)
    }


@pytest.mark.parametrize("cut", [1, 9, 3000, 10_000])
def test_a_truncated_gzip_keeps_what_is_whole(cut):
    found = read(b"".join(MEMBERS)[:-cut])
    # The last eight bytes are only a checksum: then the page itself is whole.
    assert pages(found)[:5] == WHOLE[:5]
    assert reasons(found) == [(HERE, "truncated")]


def test_one_truncated_in_one_piece_too():
    data = gzip.compress(b"".join(RECORDS))
    found = read(data[: len(data) // 2])
    assert 1 < len(pages(found)) < 5
    assert pages(found) == WHOLE[: len(pages(found))]
    assert reasons(found) == [(HERE, "truncated")]


def test_a_plain_file_that_ends_early():
    found = read(b"".join(RECORDS)[:-3000])
    assert pages(found) == WHOLE[:5]
    assert reasons(found) == [(HERE, "truncated")]


@pytest.mark.parametrize("victim", range(5))
def test_a_damaged_member_costs_only_itself(victim):
    damaged = list(MEMBERS)
    middle = len(damaged[victim]) // 2
    damaged[victim] = damaged[victim][:middle] + bytes(20) + damaged[victim][middle + 20 :]
    found = read(b"".join(damaged))
    assert pages(found) == WHOLE[:victim] + WHOLE[victim + 1 :]
    assert reasons(found) == [(HERE, "damaged")]


def test_garbage_between_members_costs_nothing_else():
    garbage = random.Random(1).randbytes(3000) + b"\x1f\x8b\x08" * 20
    found = read(b"".join([*MEMBERS[:3], garbage, *MEMBERS[3:]]))
    assert pages(found) == WHOLE
    assert reasons(found) == [(HERE, "damaged")]


def test_a_file_of_nothing_but_headers_ends():
    first, last = read(b"\x1f\x8b\x08" * 100_000)
    assert first.reason == "truncated"
    assert last.detail == "100 places in this archive are damaged, the rest was not read"


@pytest.mark.parametrize("length", [50_000, 2**63 - 1])
@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress], ids=["gzip", "zstd"])
def test_a_record_with_a_wrong_length_hides_no_other(length, pack):
    own = f"Content-Length: {len(answer(page(0)))}".encode()
    wrong = RECORDS[0].replace(own, b"Content-Length: %d" % length)
    found = read(b"".join(map(pack, [wrong, *RECORDS[1:]])), limit=40_000)
    assert pages(found) == WHOLE[1:]
    assert len(reasons(found)) == 1


def test_records_in_blocks_of_equal_size():
    whole = b"".join(RECORDS)
    blocks = [whole[at : at + 7_000] for at in range(0, len(whole), 7_000)]
    found = read(b"".join(map(gzip.compress, blocks)))
    assert pages(found) == WHOLE
    assert reasons(found) == []


@pytest.mark.parametrize("odd", [b"no record at all", b"WARC/1.1\r\nxx"])
def test_a_member_without_a_record_is_told(odd):
    for place in (0, 3):
        members = [*MEMBERS[:place], gzip.compress(odd), *MEMBERS[place:]]
        found = read(b"".join(members))
        assert pages(found) == WHOLE
        assert reasons(found) == [(HERE, "damaged")]


def test_a_date_that_utc_does_not_have():
    odd = RECORDS[0].replace(b"2026-04-18T09:30:00Z", b"0001-01-01T00:00:00+23:59")
    (found,) = read(gzip.compress(odd))
    assert (found.url, found.date) == (url(0), None)


@pytest.mark.parametrize("data", [b"", b"WARC/1.0\r\n", b"WARC/1.0\r\n\r\n", b"WARC/9 x" * 999])
def test_what_is_no_archive_raises_nothing(data):
    assert pages(read(data)) == []


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        pytest.param(answer(b"%PDF-1.7", "application/pdf"), "not-html", id="pdf"),
        pytest.param(answer(b"\x89PNG\r\n", "image/png"), "not-html", id="image"),
        pytest.param(answer(b""), "empty-page", id="empty"),
        pytest.param(answer(b" \n\t "), "empty-page", id="blank"),
        pytest.param(answer(b"<html>gone", status="404 Not Found"), "http-404", id="404"),
        pytest.param(answer(b"", status="301 Moved"), "http-301", id="redirect"),
        pytest.param(b"no http here", "damaged", id="no http"),
        pytest.param(b"", "damaged", id="no bytes"),
        pytest.param(answer(bytes(200_000)), "too-large", id="large"),
        pytest.param(answer(bytes(400_000)), "too-large", id="larger than is read"),
        pytest.param(
            answer(gzip.compress(bytes(1 << 25)), more="Content-Encoding: gzip\r\n"),
            "too-large",
            id="bomb",
        ),
        pytest.param(
            answer(gzip.compress(page(1))[:900], more="Content-Encoding: gzip\r\n"),
            "damaged",
            id="encoded and cut off",
        ),
    ],
)
def test_a_record_that_is_no_page_is_refused_alone(odd, reason):
    found = read(MEMBERS[0] + gzip.compress(record("https://paper.example/odd", odd)) + MEMBERS[1])
    assert pages(found) == WHOLE[:2]
    assert reasons(found) == [("https://paper.example/odd", reason)]


def test_what_the_archive_cut_short_is_refused():
    found = read(record(url(1), answer(page(1)), more="WARC-Truncated: length\r\n") + RECORDS[2])
    assert pages(found) == WHOLE[2:3]
    assert reasons(found) == [(url(1), "truncated")]


def test_encoded_answers_are_decoded():
    packed = answer(gzip.compress(page(1)), more="Content-Encoding: gzip\r\n")
    assert pages(read(record(url(1), packed))) == WHOLE[1:2]


def test_a_url_that_is_too_long_is_a_rejection():
    long = url("a" * 8_000)
    found = read(record(long, answer(page(1))) + RECORDS[0])
    assert reasons(found) == [(long[:8_000], "long-url")]
    assert pages(found) == WHOLE[:1]


def test_other_records_are_passed_over():
    data = [
        record(url(7), b"software: x\r\n", kind="warcinfo", content_type="application/warc-fields"),
        record(url(7), b"GET / HTTP/1.1\r\n\r\n", kind="request", content_type="application/http"),
        record("dns:paper.example", b"20260418 10.0.0.1", kind="response", content_type="text/dns"),
        record(url(7), answer(b""), kind="revisit"),
        record(f"<{url(1)}>", page(1), kind="resource", content_type="text/html"),
    ]
    found = read(b"".join(data))
    assert pages(found) == WHOLE[1:2]
    assert reasons(found) == []


def test_a_wet_record_is_text():
    text = "渔港修复工程完工\n作者：林溪\n第一段。\n".encode()
    [found] = read(gzip.compress(record(url(1), text, "conversion", "text/plain")))
    assert (found.kind, found.body, found.url) == ("text", text, url(1))


def test_pages_come_out_lazily():
    class Counting(io.BytesIO):
        taken = 0

        def read(self, size=-1):
            data = super().read(size)
            self.taken += len(data)
            return data

    file = Counting(b"".join(RECORDS * 100))
    next(read_warc(file, HERE, limit=100_000))
    assert file.taken < 300_000
