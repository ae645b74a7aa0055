"""The pages of a crawl are saved, and its articles are read from them again without a request."""

import gzip
import os
import random
import signal
import subprocess
import sys

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.conftest import new_seed
from tests.crawls.run import ROOT, crawl, lines, stats
from tests.crawls.test_kill import check, kill_until_done
from tests.crawls.test_spread import Spread
from tests.news_site import News
from tests.server import article_page, serve

KEEP = ("-s", "NEWSCLEAN_WARC=pages")
HTML = {"Content-Type": "text/html; charset=utf-8"}


def saved(folder):
    """(kind of record, URL, status) of each record that is in WARC files of *folder*."""
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                status = record.http_headers and record.http_headers.get_statuscode()
                url = record.rec_headers["WARC-Target-URI"]
                if record.rec_type == "response":
                    record.content_stream().read()
                found.append((record.rec_type, url, status))
    return found


def again(folder, *options):
    """The articles that the archive in *folder* gives, by URL, and its rejections."""
    run = crawl("archive", "-a", "path=pages", "-O", "again.jsonl", *options, folder=folder)
    assert run.returncode in {0, 3}, run.stderr.decode()
    rejected = folder / "again.rejected.jsonl"
    return by_url(folder / "again.jsonl"), lines(rejected) if rejected.exists() else []


def by_url(path):
    """The articles of a feed, without what only a ledger says."""
    found = {}
    for line in lines(path):
        for name in ("changeType", "version", "previousContentHash"):
            line["metadata"].pop(name, None)
        assert line["url"] not in found
        found[line["url"]] = line
    return found


def test_the_archive_gives_the_articles_of_the_crawl(tmp_path):
    with serve() as site:
        site.pages |= {
            "/plain": article_page(1),
            "/gzip": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(article_page(2))),
            "/br": (200, HTML | {"Content-Encoding": "br"}, brotli.compress(article_page(3))),
            "/old": (301, {"Location": "/moved"}, b""),
            "/moved": (200, HTML | {"X-Robots-Tag": "noai"}, article_page(4)),
            "/ago": article_page(5).replace(
                b"<time datetime=2026-04-06T09:30:00Z></time>", b"<time>3 hours ago</time>"
            ),
            "/gone": (404, HTML, article_page(6)),
        }
        urls = [site.url(path) for path in site.pages if path != "/moved"]
        with_pages = crawl(
            *("article", "-a", f"url={','.join(urls)}", "-O", "a.jsonl", *KEEP), folder=tmp_path
        )
    assert with_pages.returncode == 0, with_pages.stderr.decode()
    assert stats(with_pages)["saved_pages"] == 8
    kinds = [kind for kind, _, _ in saved(tmp_path / "pages")]
    assert sorted(kinds) == ["request"] * 8 + ["response"] * 8 + ["warcinfo"]
    articles, rejections = again(tmp_path)
    first = by_url(tmp_path / "a.jsonl")
    assert len(first) == 5
    assert site.url("/moved") in first
    assert articles == first
    assert [(one["url"], one["reason"]) for one in rejections] == [(site.url("/gone"), "http-404")]


def test_articles_of_several_pages_are_joined_as_the_crawl_did(tmp_path):
    with serve() as site:
        news = Spread(site, {number: 1 + number % 4 for number in range(1, 9)})
        news.answers[news.path(3, 3)] = (404, HTML, b"nothing here")
        moved = news.path(7, 2)
        news.answers[moved] = (301, {"Location": f"{moved}?moved"}, b"")
        news.answers[f"{moved}?moved"] = news.page(7, 2)
        run = crawl("site", "-a", f"url={site.url('/')}", "-o", "a.jsonl", *KEEP, folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    first = by_url(tmp_path / "a.jsonl")
    assert first[news.url(3)]["metadata"]["missingPages"][0]["reason"] == "http-404"
    articles, rejections = again(tmp_path)
    assert articles == first
    assert not [one for one in rejections if one["reason"] not in {"further-page", "http-404"}]


def test_listings_and_robots_txt_are_kept_but_are_no_articles(tmp_path):
    with serve() as site:
        news = News(site, 30)
        run = crawl("site", "-a", f"url={site.url('/')}", "-o", "a.jsonl", *KEEP, folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    urls = {url for kind, url, _ in saved(tmp_path / "pages") if kind == "response"}
    listings = ("/", "/robots.txt", "/sitemap.xml", "/sitemap-1.xml", "/feed.xml", "/politics")
    assert {site.url(path) for path in listings} < urls
    articles, rejections = again(tmp_path)
    assert articles == by_url(tmp_path / "a.jsonl")
    assert len(articles) == 30
    # A section that was fetched as a sample of its template is kept as a page, and has no body.
    sections = {site.url("/sport"), site.url("/politics")}
    assert {one["url"] for one in rejections} <= sections
    assert {line["metadata"]["discoveredBy"] for line in articles.values()} == {
        *("sitemap", "feed", "section")
    }
    assert news.sent


class Teasers(News):
    """A site whose sections have a teaser of two sentences below each title."""

    def make(self, path):
        made = super().make(path)
        if path not in {"/politics", "/sport"}:
            return made
        text = (
            "The boat came in at noon, and the harbour was calm again after three days of wind."
            " Nobody was hurt, the harbour master said, and the ferry sails tomorrow."
        )
        links = made[1].replace(b"</a>", f"</a><p>{path} {text}</p>".encode())
        return made[0], links.replace(b"<li>", b"<h2>").replace(b"</p>", b"</p></h2>")


def test_a_section_whose_teasers_read_like_an_article_is_none_in_the_archive(tmp_path):
    with serve() as site:
        Teasers(site, 30)
        run = crawl("site", "-a", f"url={site.url('/')}", "-o", "a.jsonl", *KEEP, folder=tmp_path)
    assert run.returncode == 0, run.stderr.decode()
    sections = {site.url("/sport"), site.url("/politics")}
    first = by_url(tmp_path / "a.jsonl")
    assert not sections & set(first)
    articles, rejections = again(tmp_path)
    assert articles == first
    found = {one["url"]: one["reason"] for one in rejections}
    assert found and set(found) <= sections
    assert set(found.values()) <= {"listing-page", "not-article"}
    with_ledger, rejections = again(tmp_path, "-s", "NEWSCLEAN_LEDGER=again.sqlite")
    assert with_ledger == first
    assert {one["url"]: one["reason"] for one in rejections} == found
    ignored, _ = again(tmp_path, "-a", "verdicts=ignore")
    assert set(ignored) > set(first), "a section is an article if it is read alone"


def test_a_full_disk_ends_the_crawl_and_every_exported_page_is_kept(tmp_path):
    chance = random.Random(1)
    with serve() as site:
        for number in range(8):
            filling = f"<!-- {chance.randbytes(10_000).hex()} -->"
            site.pages[f"/{number}"] = article_page(number, extra=filling)
        urls = ",".join(map(site.url, site.pages))
        command = f"{sys.executable} -m scrapy crawl article -a url={urls} -O a.jsonl"
        command += f" -s DOWNLOAD_DELAY=0.01 -s RETRY_TIMES=0 {' '.join(KEEP)}"
        run = subprocess.run(
            ["bash", "-c", f"ulimit -f 50; {command}"],  # KiB a file
            cwd=tmp_path,
            env=os.environ | {"SCRAPY_SETTINGS_MODULE": "newsclean.settings", "PYTHONPATH": ROOT},
            capture_output=True,
            check=False,
        )
    assert run.returncode == 6, run.stderr.decode()
    assert b"cannot be written, the crawl ends: File too large" in run.stderr
    assert b"Traceback" not in run.stderr
    first = by_url(tmp_path / "a.jsonl")
    assert 0 < len(first) < 8
    assert again(tmp_path)[0] == first


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_place_that_is_no_folder_is_refused_before_the_crawl(tmp_path, place):
    (tmp_path / "file").write_text("")
    run = crawl(
        *("article", "-a", "url=http://127.0.0.1:9/", "-O", "a.jsonl"),
        *("-s", f"NEWSCLEAN_WARC={place}"),
        folder=tmp_path,
    )
    assert run.returncode == 2
    assert b"NEWSCLEAN_WARC" in run.stderr and run.stderr.count(b"\n") == 1


def test_the_page_of_every_exported_article_is_kept_whatever_is_killed(tmp_path, kill_seed, kills):
    seed = new_seed(kill_seed)
    chance = random.Random(seed)
    with serve() as site:
        news = News(site, 12 * kills, seed=seed)
        slow = ("-s", "DOWNLOAD_DELAY=0.05", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=2")
        small = ("-s", "NEWSCLEAN_WARC_MAX_SIZE=20000")
        done = kill_until_done(tmp_path, site, chance, signal.SIGKILL, *KEEP, *small, *slow)
    assert done >= kills // 2, f"only {done} kills; --kill-seed {seed}"
    check(tmp_path, news, seed)
    assert not list((tmp_path / "pages").glob("*.open")), f"--kill-seed {seed}"
    assert saved(tmp_path / "pages")
    articles, _ = again(tmp_path)
    first = by_url(tmp_path / "articles.jsonl")
    assert set(articles) == set(first), f"--kill-seed {seed}"
    for url, line in first.items():  # fetched again after a kill: only its date may differ
        for one in (line, articles[url]):
            one["metadata"].pop("dateDownloaded")
        assert articles[url] == line, f"--kill-seed {seed}"
