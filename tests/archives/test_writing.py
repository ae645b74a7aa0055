"""WARC files that a crawl writes: what other readers see, rotation, repair after a kill."""

import gzip
import os
import random
import signal
import subprocess
import sys
import zlib
from datetime import UTC, datetime

import brotli
import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from newsclean.archives import read_saved
from newsclean.archives.mark import MAX_MARK, PageMark
from newsclean.archives.verdict import Verdict
from newsclean.archives.writing import Exchange, Judged, WarcWriter, repair
from tests.crawls.run import ROOT
from tests.server import article_page

NAMES = {2: "warcinfo", 4: "response", 16: "request"}  # fastwarc's numbers of record types
DATE = datetime(2026, 4, 18, 9, 30, tzinfo=UTC)
INFO = (("software", "newsclean"), ("format", "WARC File Format 1.1"))
REQUEST = b"GET /1 HTTP/1.1\r\nHost: bay.example\r\n\r\n"


def exchange(number=1, *, body=None, headers=(), status=200, **others):
    return Exchange(
        url=f"https://bay.example/{number}",
        date=DATE,
        request=REQUEST,
        status=status,
        headers=((b"Content-Type", b"text/html"), *headers),
        body=article_page(number) if body is None else body,
        **others,
    )


def write(folder, *exchanges, max_size=10**9):
    writer = WarcWriter(folder, max_size=max_size, max_body=10**7, info=INFO)
    writer.write(exchanges)
    writer.close()
    return sorted(folder.iterdir())


def members(path):
    """The content of each gzip member of the file *path*."""
    found, data = [], path.read_bytes()
    while data:
        inflate = zlib.decompressobj(31)
        found.append(inflate.decompress(data))
        assert inflate.eof
        data = inflate.unused_data
    return found


def test_two_readers_see_the_same_page(tmp_path):
    body = article_page(1)
    (path,) = write(
        tmp_path,
        exchange(body=brotli.compress(body), headers=[(b"Content-Encoding", b"br")]),
        exchange(2, body=gzip.compress(body), headers=[(b"Content-Encoding", b"gzip")]),
        exchange(3, body=body, ip_address="127.0.0.1", protocol="h2"),
    )
    with path.open("rb") as file:
        by_warcio = [
            (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
            for record in ArchiveIterator(file)
        ]
    with path.open("rb") as file:
        by_fastwarc = [
            (
                NAMES[int(record.record_type)],
                record.headers.get("WARC-Target-URI"),
                record.reader.read(),
            )
            for record in FastIterator(file, auto_decode="all", verify_digests=True)
        ]
    urls = [f"https://bay.example/{number}" for number in (1, 2, 3)]
    for found in (by_warcio, by_fastwarc):
        assert [kind for kind, _, _ in found] == ["warcinfo", *["response", "request"] * 3]
        assert [one[1:] for one in found if one[0] == "response"] == [(url, body) for url in urls]
    assert [page.body for page in read_saved([path], limit=10**7)] == [body] * 3


def test_a_verdict_refers_to_the_record_of_its_page(tmp_path):
    page, date = exchange(), datetime(2026, 4, 18, 9, 31, tzinfo=UTC)
    verdict = Verdict(page.record, page.url, "duplicate", "https://bay.example/0\r\nX: y")
    (path,) = write(tmp_path, page, Judged(verdict, date))
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            head = dict(record.rec_headers.headers)
            said = record.content_stream().read().decode()
    assert (record.rec_type, head["WARC-Refers-To"]) == ("metadata", page.record)
    assert (head["WARC-Target-URI"], head["Content-Type"]) == (page.url, "application/warc-fields")
    assert said.splitlines() == [
        "newsclean-no-article: duplicate",
        "newsclean-duplicate-of: https://bay.example/0  X: y",
    ]
    found, read = read_saved([path], limit=10**7)
    assert found.record == read.record == page.record
    assert (read.url, read.reason) == (page.url, "duplicate")


@pytest.mark.parametrize("block", [b"", b"\xff\xfe", b"newsclean-no-article", b"via: x\r\n" * 3])
def test_other_metadata_is_no_verdict(block):
    assert Verdict.from_block("<urn:uuid:1>", "https://bay.example/", block) is None


def test_a_damaged_body_stays_as_it_was_transferred(tmp_path):
    body = gzip.compress(article_page(1))[:-9]
    (path,) = write(tmp_path, exchange(body=body, headers=[(b"Content-Encoding", b"gzip")]))
    assert b"Content-Encoding: gzip\r\n" in members(path)[1]
    (found,) = read_saved([path], limit=10**7)
    assert (found.reason, found.detail) == ("damaged", "the compressed body is truncated")


def test_warcio_finds_nothing_wrong(tmp_path, capsys):
    (path,) = write(tmp_path, exchange(), exchange(2, status=404, body=b"no"))

    class Command:
        inputs = [str(path)]  # noqa: RUF012
        verbose = False

    assert not Checker(Command()).process_all()
    assert capsys.readouterr().out == ""


def test_every_record_is_a_member_and_says_what_is_reconstructed(tmp_path):
    (path,) = write(tmp_path, exchange(ip_address="127.0.0.1", protocol="h2", truncated="length"))
    info, response, request = members(path)
    assert b"WARC/1.1\r\nWARC-Type: warcinfo" in info and b"software: newsclean\r\n" in info
    assert f"WARC-Filename: {path.name}\r\n".encode() in info
    for line in (
        b"WARC-Date: 2026-04-18T09:30:00Z",
        b"WARC-IP-Address: 127.0.0.1",
        b"WARC-Protocol: h2",
        b"WARC-Truncated: length",
        b"WARC-Payload-Digest: sha1:",
        b"HTTP/1.1 200 OK",
        b"Content-Length: %d" % len(article_page(1)),
    ):
        assert line + b"\r\n" in response or line in response
    (record_id,) = [line for line in response.split(b"\r\n") if b"Record-ID" in line]
    assert b"WARC-Concurrent-To: " + record_id.partition(b": ")[2] in request
    assert request.endswith(REQUEST + b"\r\n\r\n")


def test_hostile_headers_stay_in_their_lines(tmp_path):
    bad = (b"X-Evil", b"a\r\nWARC-Type: response\r\n\r\n<p>")
    mark = PageMark("page", hints={"headline": ("a\r\nX: y\x00\ud800", "feed")})
    (path,) = write(tmp_path, exchange(headers=[bad], mark=mark), exchange(2))
    assert len(members(path)) == 5
    first, second = read_saved([path], limit=10**7)
    assert (first.body, second.body) == (article_page(1), article_page(2))
    assert first.mark == mark


def test_files_are_rotated_by_size(tmp_path):
    body = random.Random(1).randbytes(20_000)
    paths = write(tmp_path, *(exchange(n, body=body) for n in range(10)), max_size=50_000)
    assert len(paths) == 5
    for path in paths:
        assert path.name.endswith(".warc.gz") and path.stat().st_size < 50_000
        assert len(members(path)) == 5


def test_a_file_that_is_written_has_another_name(tmp_path):
    writer = WarcWriter(tmp_path, max_size=10**9, max_body=10**7, info=INFO)
    writer.write([exchange()])
    (path,) = tmp_path.iterdir()
    assert path.name.endswith(".warc.gz.open")
    assert len(members(path)) == 3
    assert repair(tmp_path) == []  # it is locked
    writer.close()
    assert [one.name for one in tmp_path.iterdir()] == [path.name.removesuffix(".open")]


@pytest.mark.parametrize("cut", [1, 5, 30, 200, 600, 900])
def test_a_torn_member_is_cut(tmp_path, cut):
    (path,) = write(tmp_path, exchange(1), exchange(2))
    data = path.read_bytes()
    path.unlink()
    torn = tmp_path / f"{path.name}.open"
    torn.write_bytes(data[:-cut])
    ((repaired, count),) = repair(tmp_path)
    assert repaired == torn and count > 0
    whole = members(path)
    assert path.read_bytes() == data[: len(data) - cut - count]
    assert 1 <= len(whole) < 5
    assert all(member.endswith(b"\r\n\r\n") for member in whole)


def test_a_file_without_a_whole_member_is_removed(tmp_path):
    (tmp_path / "newsclean-1.warc.gz.open").write_bytes(b"\x1f\x8b\x08\0")
    ((_, count),) = repair(tmp_path)
    assert count == 4
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_whole_records(tmp_path):
    code = (
        "import resource, signal, pathlib\n"
        "from tests.archives.test_writing import *\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "writer = WarcWriter(pathlib.Path('pages'), max_size=10**9, max_body=10**7, info=INFO)\n"
        "body = random.Random(1).randbytes(20_000)\n"
        "try:\n"
        "    writer.write(exchange(n, body=body) for n in range(9))\n"
        "except OSError as error:\n"
        "    print(error.strerror)\n"
        "writer.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert done.stdout == b"File too large\n"
    (path,) = (tmp_path / "pages").iterdir()
    assert len(members(path)) == 5


KILLED = """
import pathlib, random, sys
from tests.archives.test_writing import *
repair(pathlib.Path("pages"))
writer = WarcWriter(pathlib.Path("pages"), max_size=400_000, max_body=10**7, info=INFO)
chance = random.Random(int(sys.argv[1]))
print("ready", flush=True)
for number in range(10**6):
    writer.write([exchange(number, body=chance.randbytes(chance.randrange(60_000)))])
    print(number, flush=True)
"""


def test_what_was_written_survives_any_kill(tmp_path):
    chance = random.Random(3)
    written = 0
    for kill in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(kill)],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        assert process.stdout.readline() == b"ready\n"
        for _ in range(chance.randrange(1, 60)):
            last = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        written += 1 + int([last, *process.stdout.read().splitlines(keepends=True)][-1])
        process.wait()
    repair(tmp_path / "pages")
    paths = sorted((tmp_path / "pages").iterdir())
    assert all(path.name.endswith(".warc.gz") for path in paths)
    count = 0
    for path in paths:
        with path.open("rb") as file:
            count += sum(record.rec_type == "response" for record in ArchiveIterator(file))
    assert written <= count <= written + 5


@pytest.mark.parametrize(
    "mark",
    [
        PageMark("page"),
        PageMark("listing", asked="https://bay.example/?a=\u00e9"),
        PageMark("further", number=2, discovered_by="feed"),
        PageMark("page", hints={"headline": ("Calm", "feed"), "inLanguage": ("en", "sitemap")}),
    ],
)
def test_a_mark_and_back(mark):
    assert PageMark.from_header(mark.to_header()) == mark


def test_long_hints_are_left_out():
    mark = PageMark("page", discovered_by="feed", hints={"headline": ("x" * MAX_MARK, "feed")})
    assert PageMark.from_header(mark.to_header()) == PageMark("page", discovered_by="feed")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"kind": "evil"}', "[" * 7_000, '{"kind": ["page"]}', '"' + "x" * 9_000 + '"'],
)
def test_a_damaged_mark_is_none(text):
    assert PageMark.from_header(text) is None


def test_what_others_wrote_into_a_mark_does_no_harm():
    text = '{"kind": "page", "asked": 7, "number": true, "hints": {"a": [1, 2], "b": ["c", "d"]}}'
    assert PageMark.from_header(text) == PageMark("page", hints={"b": ("c", "d")})
