"""Tables of pages: JSON lines and Parquet with a column html; archives compressed with zstd."""

import datetime
import gzip
import json
from itertools import pairwise

import pytest

from newsclean.archives import SavedPage, read_saved
from newsclean.rejections import Rejection
from newsclean.zstd import zstd
from tests.server import article_page

LIMIT = 10_000


def read(path, **options):
    return list(read_saved([path], limit=LIMIT, **options))


def write_lines(path, *records, pack=bytes):
    path.write_bytes(pack(b"".join(json.dumps(one).encode() + b"\n" for one in records)))
    return path


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.jsonl", bytes), ("a.ndjson.gz", gzip.compress), ("a.jsonl.zst", zstd.compress)],
)
def test_each_line_is_a_page(tmp_path, name, pack):
    pages = [
        {"url": "https://news.example/1", "html": "<html>é", "date": "2026-04-18T09:30:00Z"},
        {"url": "https://news.example/2", "html": "<html>2", "date": "yesterday", "other": 1},
    ]
    found = read(write_lines(tmp_path / name, *pages, pack=pack))
    assert [(one.url, one.body.decode()) for one in found] == [
        ("https://news.example/1", "<html>é"),
        ("https://news.example/2", "<html>2"),
    ]
    assert found[0].date == datetime.datetime(2026, 4, 18, 9, 30, tzinfo=datetime.UTC)
    assert found[1].date is None


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"url": "https://news.example/1"}, "not-html"),
        ({"html": 5}, "not-html"),
        ({"html": "  "}, "empty-page"),
        ({"html": "x" * (LIMIT + 1)}, "too-large"),
        ({"html": "x" * (LIMIT * 20)}, "too-large"),
        ([1], "not-html"),
    ],
)
def test_a_line_that_is_no_page_costs_no_other(tmp_path, record, reason):
    good = {"html": article_page().decode(), "url": "ftp://news.example/"}
    first, second = read(write_lines(tmp_path / "a.jsonl", record, good))
    assert isinstance(first, Rejection)
    assert first.reason == reason
    assert isinstance(second, SavedPage)
    assert second.url == (tmp_path / "a.jsonl").as_uri() + "#2"


def test_lines_that_are_no_json(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"html": \n\n' + b"[" * 9_000 + b'\n{"html": "<p>"}')
    assert [getattr(one, "reason", "page") for one in read(path)] == ["damaged", "damaged", "page"]


def test_rows_of_parquet_are_pages(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    day = datetime.datetime(2026, 4, 18, 9, 30)
    columns = {
        "html": ["<html>1", b"<html>2".decode(), None],
        "url": ["https://news.example/1", None, "https://news.example/3"],
        "date": [day, None, None],
        "other": [1, 2, 3],
    }
    path = tmp_path / "pages.parquet"
    parquet.write_table(pyarrow.table(columns), path)
    first, second, third = read(path)
    assert (first.url, first.body, first.date) == (
        "https://news.example/1",
        b"<html>1",
        day.replace(tzinfo=datetime.UTC),
    )
    assert second.url == f"{path.as_uri()}#2"
    assert third.reason == "not-html"
    path.write_bytes(path.read_bytes()[:-20])
    assert [one.reason for one in read(path)] == ["damaged"]
    parquet.write_table(pyarrow.table({"text": ["a"]}), path)
    (found,) = read(path)
    assert (found.reason, found.detail) == (
        "not-html",
        "the column html is missing, the columns are: text",
    )


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "soon", 7, {"day": 1}]
)
def test_a_date_that_utc_does_not_have(tmp_path, date):
    record = {"html": "<p>", "url": "https://news.example/1", "date": date}
    (found,) = read(write_lines(tmp_path / "a.jsonl", record))
    assert found.date is None


def test_a_url_that_cannot_be_stored(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", {"html": "<p>", "url": "https://news.example/\ud800"})
    (found,) = read(path)
    assert found.url == f"{path.as_uri()}#1"


@pytest.mark.parametrize(
    ("unit", "zone", "count", "date"),
    [
        ("us", None, 1_776_504_600_000_000, "2026-04-18T09:30:00+00:00"),
        ("ns", "Europe/Oslo", 1_776_504_600_000_000_001, "2026-04-18T09:30:00+00:00"),
        ("us", "Mars/Phobos", 1_776_504_600_000_000, "2026-04-18T09:30:00+00:00"),
        ("us", "UTC", 2**62, None),
        ("ms", None, -(2**62), None),
    ],
)
def test_a_time_of_parquet_costs_no_row(tmp_path, unit, zone, count, date):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    times = pyarrow.array([count, 0], pyarrow.timestamp(unit, tz=zone))
    path = tmp_path / "pages.parquet"
    parquet.write_table(pyarrow.table({"html": ["<p>1", "<p>2"], "date": times}), path)
    first, second = read(path)
    assert (first.date and first.date.isoformat()) == date
    assert second.date.year == 1970


@pytest.mark.parametrize(
    ("kind", "values", "bodies"),
    [
        ("binary", [b"<p>\xff", b"<p>"], [b"<p>\xff", b"<p>"]),
        ("string_view", ["<p>1", "<p>2"], [b"<p>1", b"<p>2"]),
        ("duration('s')", [2**62, 1], ["not-html", "not-html"]),
        ("date32()", [2**30, 1], ["not-html", "not-html"]),
    ],
)
def test_columns_of_any_type(tmp_path, kind, values, bodies):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    name, _, unit = kind.partition("(")
    made = getattr(pyarrow, name)(*([unit.strip("')")] if unit.strip("')") else []))
    column = pyarrow.array(values, made)
    path = tmp_path / "pages.parquet"
    table = pyarrow.Table.from_arrays([column, column], names=["html", "html"])
    parquet.write_table(table, path)
    assert [getattr(one, "body", None) or one.reason for one in read(path)] == bodies


def test_text_of_parquet_that_is_not_utf8(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    text = pyarrow.array([b"<p>\xff", b"<p>"]).view(pyarrow.string())
    path = tmp_path / "pages.parquet"
    parquet.write_table(pyarrow.table({"html": text}), path)
    assert [one.body for one in read(path)] == ["<p>\ufffd".encode(), b"<p>"]


def warc_record(number):
    body = b"<html><p>page %d</html>" % number
    head = (
        f"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        "WARC-Record-ID: <urn:uuid:8b4f4dd4-2bd2-4d3a-9a2c-000000000000>\r\n"
        f"WARC-Date: 2026-04-18T09:30:00Z\r\nContent-Type: text/html\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


RECORDS = [warc_record(number) for number in range(40)]
URLS = [f"https://news.example/{number}" for number in range(40)]


def test_a_warc_with_zstd_frames(tmp_path):
    path = tmp_path / "pages.warc.zst"
    data = b"".join(map(zstd.compress, RECORDS))
    path.write_bytes(data)
    assert [one.url for one in read(path)] == URLS
    path.write_bytes(data[:-10])
    *pages, last = read(path)
    assert [one.url for one in pages] == URLS[:-1]
    assert last.reason == "truncated"


def test_a_damaged_frame_costs_its_record_only(tmp_path):
    frames = [bytearray(zstd.compress(one, 3)) for one in RECORDS]
    frames[5][10:60] = b"\xff" * 50
    path = tmp_path / "pages.warc.zst"
    path.write_bytes(b"".join(frames))
    found = read(path)
    assert [one.reason for one in found if isinstance(one, Rejection)] == ["damaged"]
    assert [one.url for one in found if isinstance(one, SavedPage)] == URLS[:5] + URLS[6:]


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_whose_frames_need_its_dictionary(tmp_path, packed):
    dictionary = zstd.train_dict(RECORDS * 20, 4_000)
    content = dictionary.dict_content
    if packed:
        content = zstd.compress(content)
    head = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
    frames = [zstd.compress(one, zstd_dict=dictionary) for one in RECORDS]
    path = tmp_path / "pages.warc.zst"
    path.write_bytes(head + b"".join(frames))
    assert [one.url for one in read(path)] == URLS
    path.write_bytes(head[:4] + (1 << 30).to_bytes(4, "little") + b"x")
    assert [one.reason for one in read(path)] == ["damaged"]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 50])
def test_the_parts_of_an_archive_have_each_record_once(tmp_path, count):
    path = tmp_path / "pages.warc.gz"
    # Bytes within a record may look like the header of a gzip member.
    trap = gzip.compress(warc_record(40).replace(b"page 40", b"\x1f\x8b\x08 40"), 0)
    path.write_bytes(b"".join(map(gzip.compress, RECORDS)) + trap)
    size = path.stat().st_size
    cuts = [size * at // count for at in range(count + 1)]
    parts = pairwise(cuts)
    found = [one.url for part in parts for one in read(path, part=part)]
    assert found == [*URLS, "https://news.example/40"]
