"""Saved pages: the bundled samples and archives made of them."""

import asyncio
import io
import json
import random
import shutil
import zlib
from pathlib import Path

from newsclean.export.extension import GROUP_BYTES
from newsclean.extraction.pagination.find import Pagination
from newsclean.fetched import ReadPage
from newsclean.items import Article
from newsclean.spiders.archive import ArchiveSpider
from newsclean.spiders.arguments import ArchiveArguments
from tests.crawls.run import ROOT, crawl, lines, stats
from tests.crawls.test_spread import Spread
from tests.server import article_page

SAMPLES = ROOT / "samples"


def test_the_samples_come_out(tmp_path):
    run = crawl("archive", "-a", f"path={SAMPLES}", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    found = {line["headline"] for line in lines(tmp_path / "a.jsonl")}
    wanted = {
        json.loads(path.read_text("utf8"))["headline"]
        for path in SAMPLES.glob("*/article.json")
        if path.read_text().strip() != "null"
    }
    # A page saved without its HTTP header can have lost its charset.
    assert len(wanted - found) <= 3


def test_a_text_dump(tmp_path):
    shutil.copy(SAMPLES / "mirror-dump" / "page.txt", tmp_path / "dump.txt")
    run = crawl("archive", "-a", "path=dump.txt", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    (line,) = lines(tmp_path / "a.jsonl")
    wanted = json.loads((SAMPLES / "mirror-dump" / "article.json").read_text("utf8"))
    assert line["articleBody"] == wanted["articleBody"]
    assert line["url"] == (tmp_path / "dump.txt").as_uri()


def test_a_folder_with_what_is_no_page(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    shutil.copy(SAMPLES / "plain-en" / "page.html", pages / "a.html")
    (pages / "empty.html").write_bytes(b"")
    (pages / "style.css").write_text("p { color: red }")
    (pages / "dangling.html").symlink_to(Path("nowhere"))
    run = crawl("archive", "-a", "path=pages", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    assert len(lines(tmp_path / "a.jsonl")) == 1
    assert {line["reason"] for line in lines(tmp_path / "a.rejected.jsonl")} == {
        "empty-page",
        "unreadable",
    }


class _Nowhere:
    """A site that answers nobody."""

    def url(self, path):
        return f"https://bay.example{path}"


def save(folder, news, places):
    """A WARC file of the pages (number, part) in *places*."""
    archive = io.BytesIO()
    for number, part in places:
        body = news.page(number, part)
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        archive.write(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {news.url(number, part)}\r\n"
            f"WARC-Date: 2026-04-18T09:30:00Z\r\nWARC-Record-ID: <urn:uuid:{number}-{part}>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n".encode()
        )
        archive.write(block + b"\r\n\r\n")
    (folder / "a.warc").write_bytes(archive.getvalue())


def test_the_pages_of_an_article_are_joined_wherever_they_lie(tmp_path):
    news = Spread(_Nowhere(), {1: 3, 2: 1, 3: 3, 4: 2})
    places = [(n, part) for n, parts in news.articles.items() for part in range(1, parts + 1)]
    random.Random(7).shuffle(places)
    places.remove((3, 2))  # was not saved
    places.remove((4, 1))
    save(tmp_path, news, places)
    run = crawl("archive", "-a", "path=a.warc", "-O", "a.jsonl", folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    found = {line["url"]: line for line in lines(tmp_path / "a.jsonl")}
    assert {url: line["articleBody"] for url, line in found.items()} == {
        news.url(1): news.whole(1),
        news.url(2): news.whole(2),
        news.url(3): news.whole(3, (1, 3)),
        news.url(4, 2): news.whole(4, (2,)),
    }
    missing = [{"url": news.url(3, 2), "reason": "not-saved"}]
    assert found[news.url(3)]["metadata"]["missingPages"] == missing


def test_of_many_pages_that_wait_none_is_lost():
    spider = ArchiveSpider(arguments=ArchiveArguments(path=(str(SAMPLES),)))
    urls = [f"https://bay.example/{number}_2.html" for number in range(501)]
    for url in urls:
        spider.waiting.add(
            0, url, ReadPage(Article(url=url), Pagination(2, {1: url.replace("_2", "")}))
        )

    async def left():
        return [article.url async for article in spider.release(0)]

    assert asyncio.run(left()) == urls


def test_with_a_ledger_pages_without_a_date_are_read_once(tmp_path):
    """A saved page that is as it was costs nothing; a changed one is a new version."""
    folder = tmp_path / "pages"
    folder.mkdir()

    def save(number, **options):
        url = f'<link rel=canonical href="https://news.example/{number}">'.encode()
        page = article_page(number, **options).replace(b"<head>", b"<head>" + url)
        (folder / f"{number}.html").write_bytes(page)

    def read():
        command = ["-a", "path=pages", "-o", "a.jsonl", "-s", "NEWSCLEAN_LEDGER=a.sqlite"]
        run = crawl("archive", *command, folder=tmp_path)
        assert run.returncode == 0, run.stderr.decode()
        return run

    for number in range(3):
        save(number)
    read()
    again = read()
    assert stats(again)["unchanged"] == 3
    assert b"item_dropped_count" not in again.stderr, "none was read"
    save(1, paragraphs=6)
    save(2, extra="<p>Another footer</p>")
    changed = read()
    assert stats(changed)["unchanged"] == 2
    found = lines(tmp_path / "a.jsonl")
    versions = [(line["url"][-1], line["metadata"]["version"]) for line in found]
    assert sorted(versions) == [("0", 1), ("1", 1), ("1", 2), ("2", 1)]
    assert b"item_dropped_count" not in read().stderr, "what was read again is known"


def test_without_a_ledger_a_compressed_group_is_written_when_it_is_large(tmp_path):
    """Else a fast crawl would keep in memory what it exports in half a minute."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.html").write_bytes(article_page(number, paragraphs=6_000))
    run = crawl("archive", "-a", "path=pages", "-O", "a.jsonl.gz", folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    left, sizes = (tmp_path / "a.jsonl.gz").read_bytes(), []
    while left:
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        sizes.append(len(member.decompress(left)))
        left = member.unused_data
    assert sum(sizes) > 2 * GROUP_BYTES
    assert max(sizes) < 2 * GROUP_BYTES
