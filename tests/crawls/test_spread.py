"""Multi-page articles are exported once and complete, even after failures and kills."""

import os
import random
import re
import signal
import sqlite3
import time

import pytest

from tests.conftest import new_seed
from tests.crawls.run import crawl, lines, scrapy, stats
from tests.crawls.test_kill import kill_until_done, start
from tests.server import serve

AGAIN = ("-s", "NEWSCLEAN_LOOK_AGAIN_EVERY=0")
HTML = {"Content-Type": "text/html; charset=utf-8"}
TODAY = time.strftime("%Y-%m-%dT00:00:00Z", time.gmtime())


def text(number, part):
    return (
        f"Part {part} of report {number} says that the harbour of Kestrel Bay was calm, that"
        f" boat {number * 70 + part} came in at dawn, and that nobody there was surprised."
    )


class Spread:
    """Articles ``/news/report-N-from-the-harbour.html`` of several pages, ``…_2.html`` and so on;
    the front page links to every page of every one. ``answers`` are given instead, by path."""

    def __init__(self, site, articles):
        self.site = site
        self.articles = articles
        self.answers = {}
        self.extra = ""
        site.pages = self

    def get(self, path, default=None):
        return lambda handler: self.answer(path, handler)

    def path(self, number, part=1):
        suffix = "" if part == 1 else f"_{part}"
        return f"/news/report-{number}-from-the-harbour{suffix}.html"

    def url(self, number, part=1):
        return self.site.url(self.path(number, part))

    def answer(self, path, handler):
        if path in self.answers:
            given = self.answers[path]
            return given(handler) if callable(given) else given
        if path == "/":
            links = (
                f"<li><a href='{self.path(number, part)}'>Report number {number}, {part}</a>"
                for number, parts in self.articles.items()
                for part in range(parts, 0, -1)
            )
            return f"<html><body><ul>{''.join(links)}</ul></body></html>".encode()
        for number, parts in self.articles.items():
            for part in range(1, parts + 1):
                if path == self.path(number, part):
                    return 200, HTML | {"ETag": f'"{number}"'}, self.page(number, part)
        return 404, HTML, b"nothing here"

    def page(self, number, part):
        links = "".join(
            f"<b>{one}</b>" if one == part else f"<a href='{self.path(number, one)}'>{one}</a>"
            for one in range(1, self.articles[number] + 1)
        )
        image = f"<figure><img src=/{number}-{part}.jpg></figure>"
        body = image.join(f"<p>{text(number, 10 * part + one)}{self.extra}</p>" for one in range(3))
        return (
            f"<html lang=en><head><title>Report number {number}</title></head><body><article>"
            f"<h1>Report number {number}</h1><time datetime={TODAY}></time><p>The lead of report"
            f" {number}, which is the same on all of its pages.</p>{body}</article>"
            f"<div class=pager>{links}</div></body></html>"
        ).encode()

    def whole(self, number, parts=None):
        """The text of an article."""
        parts = parts or range(1, self.articles[number] + 1)
        lead = f"The lead of report {number}, which is the same on all of its pages."
        said = [text(number, 10 * part + one) for part in parts for one in range(3)]
        return "\n\n".join([lead, *(one + self.extra for one in said)])


@pytest.fixture
def news():
    with serve() as site:
        yield Spread(site, {1: 3})


def one_off(news, folder, *urls, options=(), feed="a.jsonl"):
    done = crawl("article", "-a", f"url={','.join(urls)}", "-o", feed, *options, folder=folder)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def site_crawl(news, folder, feed, *options):
    url = f"url={news.site.url('/')}"
    done = crawl("site", "-a", url, "-o", feed, *AGAIN, *options, folder=folder)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def test_the_pages_are_joined(news, tmp_path):
    done = one_off(news, tmp_path, news.url(1))
    (line,) = lines(tmp_path / "a.jsonl")
    assert line["articleBody"] == news.whole(1)
    assert line["url"] == news.url(1)
    assert line["metadata"]["pages"] == [news.url(1, part) for part in (1, 2, 3)]
    assert "missingPages" not in line["metadata"]
    assert [image["url"] for image in line["images"]] == [
        news.site.url(f"/1-{part}.jpg") for part in (1, 2, 3)
    ]
    assert news.site.paths.count("/robots.txt") == 1
    assert sorted(news.site.paths)[:3] == [news.path(1), news.path(1, 2), news.path(1, 3)]
    assert len(news.site.paths) == 4
    assert stats(done)["further_pages"] == 2


@pytest.mark.parametrize("parts", [(1, 2, 3), (3, 2, 1), (2,)])
def test_whichever_pages_are_asked_for_the_article_comes_once(news, tmp_path, parts):
    one_off(news, tmp_path, *(news.url(1, part) for part in parts))
    (line,) = lines(tmp_path / "a.jsonl")
    assert (line["url"], line["articleBody"]) == (news.url(1), news.whole(1))
    rejected = {line["url"]: line["reason"] for line in lines(tmp_path / "a.rejected.jsonl")}
    assert rejected == {news.url(1, part): "further-page" for part in parts if part > 1}
    assert len(news.site.paths) == len(set(news.site.paths)) == 4


FAILING = {
    "http-404": (404, HTML, b"gone"),
    "http-503": (503, HTML, b"busy"),
    "not-html": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7"),
    "no-body": (200, HTML, b"<html><body></body></html>"),
    "redirect": (302, {"Location": "http://other.invalid/"}, b""),
}


def test_a_page_that_cannot_be_had_is_named(news, tmp_path):
    news.articles = dict.fromkeys(range(len(FAILING)), 3)
    for number, answer in enumerate(FAILING.values()):
        news.answers[news.path(number, 2)] = answer
    one_off(news, tmp_path, *map(news.url, news.articles))
    found = {line["url"]: line for line in lines(tmp_path / "a.jsonl")}
    for number, reason in enumerate(FAILING):
        line = found[news.url(number)]
        assert line["articleBody"] == news.whole(number, (1, 3))
        assert line["metadata"]["pages"] == [news.url(number), news.url(number, 3)]
        missing = [{"url": news.url(number, 2), "reason": reason}]
        assert line["metadata"]["missingPages"] == missing


def test_robots_txt_holds_for_further_pages(news, tmp_path):
    rules = f"User-agent: *\nDisallow: {news.path(1, 2)}".encode()
    news.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, rules)
    one_off(news, tmp_path, news.url(1))
    (line,) = lines(tmp_path / "a.jsonl")
    assert line["metadata"]["missingPages"] == [{"url": news.url(1, 2), "reason": "robots"}]
    assert news.path(1, 2) not in news.site.paths


def test_a_page_that_redirects_within_the_site_is_followed(news, tmp_path):
    news.answers[news.path(1, 2)] = (301, {"Location": "/moved/2"}, b"")
    news.answers["/moved/2"] = news.page(1, 2)
    one_off(news, tmp_path, news.url(1))
    assert lines(tmp_path / "a.jsonl")[0]["articleBody"] == news.whole(1)


def test_a_page_that_redirects_to_what_is_no_address_is_named(news, tmp_path):
    news.answers[news.path(1, 2)] = (302, {"Location": "http://[bad/"}, b"")
    one_off(news, tmp_path, news.url(1))
    (line,) = lines(tmp_path / "a.jsonl")
    missing = [{"url": news.url(1, 2), "reason": "redirect"}]
    assert line["metadata"]["missingPages"] == missing


def test_a_site_that_shows_the_same_whatever_the_number(news, tmp_path):
    for part in (2, 3):
        news.answers[news.path(1, part)] = news.page(1, 1)
    one_off(news, tmp_path, news.url(1))
    (line,) = lines(tmp_path / "a.jsonl")
    assert line["articleBody"] == news.whole(1, (1,))
    assert "pages" not in line["metadata"]
    assert news.path(1, 3) not in news.site.paths


def test_no_more_pages_than_wanted(news, tmp_path):
    news.articles[1] = 30
    one_off(news, tmp_path, news.url(1), options=("-s", "NEWSCLEAN_MAX_PAGES=4"))
    (line,) = lines(tmp_path / "a.jsonl")
    assert line["articleBody"] == news.whole(1, (1, 2, 3, 4))
    assert line["metadata"]["missingPages"] == [{"url": news.url(1, 5), "reason": "max-pages"}]
    assert news.path(1, 5) not in news.site.paths


def test_a_single_page_spares_the_others(news, tmp_path):
    link = b"<a href='?page=all'>View all</a></body>"
    all_in_one = b"".join(news.page(1, part) for part in (1, 2, 3))
    news.answers[news.path(1)] = news.page(1, 1).replace(b"</body>", link)
    news.answers[news.path(1) + "?page=all"] = re.sub(rb"</?(?:html|body)[^>]*>", b"", all_in_one)
    one_off(news, tmp_path, news.url(1), news.url(1, 2))
    (line,) = lines(tmp_path / "a.jsonl")
    assert line["metadata"]["pages"] == [news.url(1), news.url(1) + "?page=all"]
    assert [text(1, 10 * part + one) for part in (1, 2, 3) for one in range(3)] == [
        one for one in line["articleBody"].split("\n\n") if one.startswith("Part")
    ]
    assert len(news.site.paths) == 3

    # One that cannot be had leaves the others.
    del news.answers[news.path(1) + "?page=all"]
    one_off(news, tmp_path, news.url(1), feed="b.jsonl")
    assert lines(tmp_path / "b.jsonl")[0]["articleBody"] == news.whole(1)


def test_pages_apart_for_who_wants_them_so(news, tmp_path):
    urls = [news.url(1, part) for part in (1, 2)]
    one_off(news, tmp_path, *urls, options=("-s", "NEWSCLEAN_MAX_PAGES=1"))
    assert sorted(line["url"] for line in lines(tmp_path / "a.jsonl")) == urls


def test_a_rule_leads_on(news, tmp_path):
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "bay.toml").write_text(
        "hosts = '127.0.0.1'\n[[versions]]\nnextPage = '.on'"
    )
    on = b"<a class=on href=/other/wind>On</a></article>"
    news.answers[news.path(1)] = news.page(1, 1).replace(b"</article>", on)
    news.answers["/other/wind"] = news.page(1, 2)
    one_off(news, tmp_path, news.url(1), options=("-s", "NEWSCLEAN_SITES=sites"))
    (line,) = lines(tmp_path / "a.jsonl")
    assert line["metadata"]["pages"] == [news.url(1), news.site.url("/other/wind")]
    assert line["articleBody"] == news.whole(1, (1, 2))


def test_the_site_spider_finds_every_page_and_exports_articles(news, tmp_path):
    news.articles = {1: 3, 2: 1, 3: 2}
    site_crawl(news, tmp_path, "a.jsonl")
    found = {line["url"]: line["articleBody"] for line in lines(tmp_path / "a.jsonl")}
    assert found == {news.url(number): news.whole(number) for number in (1, 2, 3)}
    pages = [path for path in news.site.paths if path.startswith("/news/")]
    assert len(pages) == len(set(pages)) == 6
    shown = scrapy("ledger", news.url(1, 2), folder=tmp_path).stdout.decode()
    assert "duplicate" in shown

    # What one page says of its version does not hold for the others: no page is asked so.
    news.site.asked.clear()
    done = site_crawl(news, tmp_path, "b.jsonl")
    assert lines(tmp_path / "b.jsonl") == []
    assert stats(done)["unchanged"] == 3
    asked = {path for path, headers in news.site.asked if "If-None-Match" in headers}
    assert news.path(2) in asked and news.path(1) not in asked and news.path(3) not in asked

    news.extra = " Or so they say."
    site_crawl(news, tmp_path, "c.jsonl")
    changed = {line["url"]: line for line in lines(tmp_path / "c.jsonl")}
    assert changed[news.url(1)]["articleBody"] == news.whole(1)
    assert {line["metadata"]["version"] for line in changed.values()} == {2}


def test_a_further_page_that_alone_is_listed_leads_to_its_article(news, tmp_path):
    link = f"<a href='{news.path(1, 2)}'>Report number 1</a>".encode()
    news.answers["/"] = b"<html><body>%s</body></html>" % link
    site_crawl(news, tmp_path, "a.jsonl")
    (line,) = lines(tmp_path / "a.jsonl")
    assert (line["url"], line["articleBody"]) == (news.url(1), news.whole(1))
    assert len(set(news.site.paths)) == len(news.site.paths)


def test_an_article_never_comes_out_shorter_for_a_page_that_fails(news, tmp_path):
    busy = (503, HTML, b"busy")
    news.answers[news.path(1, 2)] = busy
    site_crawl(news, tmp_path, "a.jsonl")
    assert lines(tmp_path / "a.jsonl")[0]["articleBody"] == news.whole(1, (1, 3))

    del news.answers[news.path(1, 2)]
    site_crawl(news, tmp_path, "b.jsonl")
    (line,) = lines(tmp_path / "b.jsonl")
    assert line["articleBody"] == news.whole(1)
    assert (line["metadata"]["changeType"], line["metadata"]["version"]) == ("updated", 2)

    news.answers[news.path(1, 2)] = busy
    site_crawl(news, tmp_path, "c.jsonl")
    assert lines(tmp_path / "c.jsonl") == []
    (line,) = lines(tmp_path / "c.rejected.jsonl")
    assert (line["url"], line["reason"]) == (news.url(1), "incomplete")


def test_killed_between_two_pages(news, tmp_path):
    reached = []

    def hang(handler):
        reached.append(handler.path)
        time.sleep(3)
        return news.page(1, 2)

    news.answers[news.path(1, 2)] = hang
    first = start(tmp_path, news.site, "-s", "DOWNLOAD_DELAY=0")
    deadline = time.monotonic() + 60
    while not reached and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(60)
    feed = tmp_path / "articles.jsonl"
    assert not feed.exists() or feed.read_bytes() == b""
    del news.answers[news.path(1, 2)]
    second = start(tmp_path, news.site, "-s", "DOWNLOAD_DELAY=0")
    assert second.wait(60) == 0
    (line,) = lines(tmp_path / "articles.jsonl")
    assert line["articleBody"] == news.whole(1)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_every_article_once_and_whole_however_often_it_is_killed(news, tmp_path, kill_seed, sign):
    seed = new_seed(kill_seed)
    news.articles = {number: 1 + number % 4 for number in range(8)}
    slow = ("-s", "DOWNLOAD_DELAY=0.04", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=2")
    kills = kill_until_done(tmp_path, news.site, random.Random(seed), sign, *slow)
    assert kills >= 1, f"only {kills} kills; --kill-seed {seed}"
    found = [(line["url"], line["articleBody"]) for line in lines(tmp_path / "articles.jsonl")]
    wanted = [(news.url(number), news.whole(number)) for number in news.articles]
    assert sorted(found) == sorted(wanted), f"--kill-seed {seed}"


def test_a_run_after_one_that_was_ended_is_quiet_and_healthy(news, tmp_path):
    """A run that was ended leaves its front page as never read. The next run reads it again, and
    finds only articles whose lines are in the feed."""
    site_crawl(news, tmp_path, "a.jsonl", "-s", "NEWSCLEAN_LOOK_AGAIN_EVERY=6")
    with sqlite3.connect(tmp_path / "ledger.sqlite") as database:
        database.execute(
            "UPDATE listing SET etag = NULL, last_modified = NULL, content_hash = NULL"
        )
    again = site_crawl(news, tmp_path, "a.jsonl", "-s", "NEWSCLEAN_LOOK_AGAIN_EVERY=6")
    assert again.returncode == 0, again.stderr.decode()
    assert b"health    ok" in again.stderr
    assert len(lines(tmp_path / "a.jsonl")) == 1


def test_a_line_that_the_ledger_has_not_counted_claims_its_pages(news, tmp_path):
    """As after a kill between the feed's flush and the ledger's."""
    site_crawl(news, tmp_path, "a.jsonl")
    for path in tmp_path.glob("ledger.sqlite*"):
        path.unlink()
    news.site.asked.clear()
    site_crawl(news, tmp_path, "a.jsonl")
    assert len(lines(tmp_path / "a.jsonl")) == 1
    shown = scrapy("ledger", news.url(1, 3), folder=tmp_path).stdout.decode()
    assert "duplicate" in shown
