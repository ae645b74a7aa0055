"""The scheduled crawl: what it finds, what the second run does not fetch, and when it fetches."""

import time

import pytest

from newsclean.discovery.entry import Entry
from newsclean.ledger import Ledger, utc_now
from newsclean.urls import site_of
from tests.crawls.run import crawl, lines, scrapy, stats
from tests.news_site import News
from tests.server import article_page, serve

AGAIN = ("-s", "NEWSCLEAN_LOOK_AGAIN_EVERY=0")


@pytest.fixture
def news():
    with serve() as site:
        yield News(site, 30)


def run(news, folder, *options, feed="a.jsonl"):
    return crawl(
        *("site", "-a", f"url={news.site.url('/')}", "-o", feed, *AGAIN, *options), folder=folder
    )


def urls(path):
    return sorted(line["url"] for line in lines(path))


def test_it_finds_every_article_and_then_only_what_is_new_or_changed(news, tmp_path):
    first = run(news, tmp_path)
    assert first.returncode == 0, first.stderr.decode()
    assert urls(tmp_path / "a.jsonl") == sorted(map(news.url, news.texts))
    sent, news.sent = news.sent, 0

    second = run(news, tmp_path, feed="b.jsonl")
    assert second.returncode == 0, second.stderr.decode()
    assert lines(tmp_path / "b.jsonl") == []
    assert stats(second)["unchanged"] == 30
    assert news.sent < sent * 0.05

    news.texts[3] += 1  # is named by a section only
    news.texts[31] = 0  # is named by the feed
    third = run(news, tmp_path, feed="c.jsonl")
    assert third.returncode == 0, third.stderr.decode()
    changed, new = sorted(lines(tmp_path / "c.jsonl"), key=lambda line: line["url"], reverse=False)
    if changed["url"] != news.url(3):
        changed, new = new, changed
    before = {line["url"]: line for line in lines(tmp_path / "a.jsonl")}[news.url(3)]
    assert changed["metadata"]["changeType"] == "updated"
    assert changed["metadata"]["version"] == 2
    assert changed["metadata"]["previousContentHash"] == before["metadata"]["contentHash"]
    assert (new["url"], new["metadata"]["changeType"]) == (news.url(31), "new")


def test_what_a_listing_said_is_a_candidate(news, tmp_path):
    run(news, tmp_path)
    found = {line["url"]: line["metadata"]["discoveredBy"] for line in lines(tmp_path / "a.jsonl")}
    assert {found[news.url(n)] for n in range(0, 30, 3)} == {"section"}
    assert {found[news.url(n)] for n in range(1, 30, 3)} == {"feed"}
    assert {found[news.url(n)] for n in range(2, 30, 3)} == {"sitemap"}


def test_what_an_index_names_is_asked_again_after_it_failed(news, tmp_path):
    """The index itself is as it was then. Nothing but it names the sitemap that failed."""
    make = news.make
    news.make = lambda path: None if path == "/sitemap-1.xml" else make(path)
    crawl("site", "-a", f"url={news.site.url('/')}", "-o", "a.jsonl", folder=tmp_path)
    assert len(lines(tmp_path / "a.jsonl")) < len(news.texts)
    news.make = make
    crawl("site", "-a", f"url={news.site.url('/')}", "-o", "a.jsonl", folder=tmp_path)
    assert len(lines(tmp_path / "a.jsonl")) == len(news.texts)


def test_a_section_that_a_killed_crawl_took_for_another_page_is_found(news, tmp_path):
    """It was judged before the navigation of the site was known, and not a second time."""
    sport = news.site.url("/sport")
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        killed = ledger.runs.begin(site_of(sport), utc_now())
        ledger.pages.discover(site_of(sport), [Entry(sport, "section")], utc_now())
        (page,) = ledger.pages.claim([sport], run=killed)
        ledger.outcomes.rejected(page.canonical, reason="not-article", now=utc_now())
        ledger.flush()
    run(news, tmp_path)
    assert urls(tmp_path / "a.jsonl") == sorted(map(news.url, news.texts))


def test_a_second_crawl_of_the_site_is_locked_out(news, tmp_path):
    from tests.crawls.test_kill import start

    slow = ("-s", "DOWNLOAD_DELAY=1.5", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
    first = start(tmp_path, news.site, *slow)
    feed = tmp_path / "articles.jsonl"
    while not feed.exists() or not feed.stat().st_size:
        time.sleep(0.05)
    second = crawl(
        *("site", "-a", f"url={news.site.url('/')}", "-O", "articles.jsonl"), folder=tmp_path
    )
    first.terminate()
    first.wait(60)
    assert second.returncode == 5
    assert f"process {first.pid}" in second.stderr.decode()
    assert feed.stat().st_size > 0


def test_overwriting_a_feed_that_a_kill_left_loses_nothing(news, tmp_path):
    from tests.crawls.test_kill import start

    slow = ("-s", "DOWNLOAD_DELAY=0.1", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
    first = start(tmp_path, news.site, *slow)
    feed = tmp_path / "articles.jsonl"
    while not feed.exists() or feed.read_bytes().count(b"\n") < 3:
        time.sleep(0.02)
    first.kill()
    first.wait(60)
    url = f"url={news.site.url('/')}"
    crawl("site", "-a", url, "-O", "articles.jsonl", folder=tmp_path)
    assert urls(feed) == sorted(map(news.url, news.texts))
    # After a clean end, -O begins anew, as it says.
    news.texts[40] = 0
    crawl("site", "-a", url, "-O", "articles.jsonl", folder=tmp_path)
    assert urls(feed) == [news.url(40)]


def test_max_articles_and_the_rest_later(news, tmp_path):
    assert run(news, tmp_path, "-a", "max_articles=10").returncode == 0
    assert len(lines(tmp_path / "a.jsonl")) == 10
    run(news, tmp_path)
    assert urls(tmp_path / "a.jsonl") == sorted(map(news.url, news.texts))


def test_since_and_sections(news, tmp_path):
    done = run(news, tmp_path, "-a", "since=2100-01-01")
    assert lines(tmp_path / "a.jsonl") == [], done.stderr.decode()
    done = crawl(
        *("site", "-a", f"url={news.site.url('/')}", "-a", "sections=/news/2026/04/report-1"),
        *("-o", "b.jsonl", "-s", "NEWSCLEAN_LEDGER=other.sqlite"),
        folder=tmp_path,
    )
    assert urls(tmp_path / "b.jsonl") == sorted(
        news.url(n) for n in news.texts if str(n).startswith("1") and n % 3 != 0
    )


@pytest.mark.parametrize(
    ("argument", "named"),
    [("since=yesterday", "since"), ("max_articles=0", "max_articles"), ("secions=/x", "secions")],
)
def test_a_wrong_argument(news, tmp_path, argument, named):
    done = run(news, tmp_path, "-a", argument)
    assert done.returncode == 2
    assert named in done.stderr.decode() and done.stderr.count(b"\n") == 1


def test_the_ledger_shows_and_forgets(news, tmp_path):
    run(news, tmp_path)
    counts = scrapy("ledger", folder=tmp_path).stdout.decode()
    assert "127.0.0.1" in counts and " 30 " in counts
    history = scrapy("ledger", news.url(1), folder=tmp_path).stdout.decode()
    assert "exported" in history and "version 1" in history
    assert scrapy("ledger", "--forget", news.url(1), folder=tmp_path).returncode == 0
    again = run(news, tmp_path, feed="b.jsonl")
    assert urls(tmp_path / "b.jsonl") == [news.url(1)], again.stderr.decode()
    assert scrapy("ledger", "http://nobody.example/", folder=tmp_path).returncode == 2
    assert scrapy("ledger", "--forget", "127.0.0.1", folder=tmp_path).returncode == 0
    run(news, tmp_path, feed="c.jsonl")
    assert len(lines(tmp_path / "c.jsonl")) == 30


def test_no_ledger_where_there_is_none(tmp_path):
    done = scrapy("ledger", folder=tmp_path)
    assert done.returncode == 2
    assert b"ledger.sqlite: no such ledger" in done.stderr
    assert not (tmp_path / "ledger.sqlite").exists()


def test_crawl_delay_of_robots_is_obeyed_up_to_a_limit(news, tmp_path):
    news.robots = lambda: b"User-agent: *\nCrawl-delay: 500\n"
    done = run(news, tmp_path, "-a", "max_articles=2", "-s", "NEWSCLEAN_MAX_DELAY=0.6")
    assert "Crawl-delay is 0.6 seconds, capped from 500" in done.stderr.decode()
    assert len(lines(tmp_path / "a.jsonl")) == 2  # and not after 500 seconds


def test_retry_after_lets_the_host_rest(tmp_path):
    asked = []

    def busy(handler):
        asked.append(handler.path)
        if len(asked) == 1:
            return 429, {"Retry-After": "2"}, b"later"
        return article_page(1)

    with serve() as site:
        site.pages = {"/a": busy, "/b": article_page(2)}
        url = f"url={site.url('/a')}"
        done = crawl("article", "-a", url, "-O", "a.jsonl", "-s", "RETRY_TIMES=2", folder=tmp_path)
    assert len(asked) == 2, done.stderr.decode()
    assert "Retry-After is 2 seconds" in done.stderr.decode()


def test_opt_outs_are_noted(tmp_path):
    page = article_page(1).replace(b"<head>", b'<head><meta name=robots content="noai, index">')
    headers = {"Content-Type": "text/html", "TDM-Reservation": "1"}
    with serve() as site:
        site.pages = {"/a": (200, headers, page)}
        crawl("article", "-a", f"url={site.url('/a')}", "-O", "a.jsonl", folder=tmp_path)
    assert lines(tmp_path / "a.jsonl")[0]["metadata"]["optOut"] == ["noai", "tdm-reservation"]


def test_a_hostile_sitemap_harms_nothing(news, tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset>&b;</urlset>'
    make = news.make
    news.make = lambda path: ({}, bomb) if path == "/sitemap-1.xml" else make(path)
    done = run(news, tmp_path)
    assert stats(done)["hostile_listings"] == 1
    assert len(lines(tmp_path / "a.jsonl")) == 20


def test_a_sitemap_that_is_read_in_part_is_told(news, tmp_path):
    make = news.make

    def torn(path):
        headers, body = make(path)
        return headers, body[:-60] if path == "/sitemap-1.xml" else body

    news.make = torn
    done = run(news, tmp_path)
    assert stats(done)["truncated_listings"] == 1
    assert b"/sitemap-1.xml exceeds a limit or is damaged" in done.stderr


def test_the_article_spider_can_have_a_ledger_too(news, tmp_path):
    url = f"url={news.url(1)}"
    for feed in ("a.jsonl", "b.jsonl"):
        crawl(
            *("article", "-a", url, "-o", feed, "-s", "NEWSCLEAN_LEDGER=mine.sqlite"),
            folder=tmp_path,
        )
    assert len(lines(tmp_path / "a.jsonl")) == 1
    assert lines(tmp_path / "b.jsonl") == []
