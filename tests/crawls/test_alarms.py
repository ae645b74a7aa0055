"""A crawl says by name which site stopped giving articles, and why."""

import json

import pytest

import newsclean
from tests.crawls.run import crawl
from tests.news_site import News
from tests.server import serve

EMPTY = b"<html><head><title>Report</title></head><body><nav><a href=/>Home</a></nav></body></html>"


@pytest.fixture
def news():
    with serve() as site:
        yield News(site, 8)


def run(folder, *urls):
    """Crawl; return the exit code, run.json and the summary."""
    done = crawl(
        *("site", "-a", f"url={','.join(urls)}", "-o", "a.jsonl", "-a", "max_articles=100"),
        *("-s", "NEWSCLEAN_RUN_FILE=run.json"),
        folder=folder,
        timeout=300,
    )
    record = json.loads((folder / "run.json").read_text("utf8"))
    assert record["exitCode"] == done.returncode
    return done.returncode, record, done.stderr.decode()


def failed(record):
    return {(one["check"], one["site"]) for one in record["health"] if one["verdict"] == "failed"}


def test_a_redesign_is_an_alarm_although_the_old_pages_are_known(news, tmp_path):
    code, record, summary = run(tmp_path, news.site.url("/"))
    assert (code, failed(record)) == (0, set()), summary
    assert record["version"] == newsclean.__version__
    assert record["arguments"] == {"url": news.site.url("/"), "max_articles": "100"}
    assert record["startSites"]["127.0.0.1"]["newExported"] == record["totals"]["exported"] > 0

    make = news.make
    new = range(100, 108)
    news.texts |= dict.fromkeys(new, 0)
    changed = {news.path(number) for number in new}
    news.make = lambda path: (
        ({"Content-Type": "text/html"}, EMPTY) if path in changed else make(path)
    )
    code, record, summary = run(tmp_path, news.site.url("/"))
    assert code == 7, summary
    assert ("new_pages_lost", "127.0.0.1") in failed(record)
    assert "health    ok" not in summary


def test_a_site_that_never_gave_an_article_is_an_alarm_in_every_run(news, tmp_path):
    make = news.make
    news.make = lambda path: (
        ({"Content-Type": "text/html"}, EMPTY) if path.startswith("/news/") else make(path)
    )
    for _ in range(2):  # the listings are as they were, in the second run
        code, record, summary = run(tmp_path, news.site.url("/"))
        assert code == 3, summary
        assert ("site_yields_nothing", "127.0.0.1") in failed(record)


def test_a_front_page_that_is_gone_is_an_alarm_although_the_feed_is_there(news, tmp_path):
    run(tmp_path, news.site.url("/"))
    make = news.make
    news.make = lambda path: None if path == "/" else make(path)
    code, record, summary = run(tmp_path, news.site.url("/"))
    assert code != 0, summary
    assert ("front_page_lost", "127.0.0.1") in failed(record)
    assert record["startSites"]["127.0.0.1"]["front"] == "http-404"
    assert "health    ok" not in summary


def test_one_site_of_two_that_gives_nothing_is_named(news, tmp_path):
    with serve("127.0.0.2") as silent:
        silent.pages["/"] = b"<p>Under construction.</p><a href=/imprint>Imprint</a>"
        code, record, summary = run(tmp_path, news.site.url("/"), silent.url("/"))
    assert code == 7, summary
    assert ("site_yields_nothing", "127.0.0.2") in failed(record)
    assert record["startSites"]["127.0.0.2"]["why"]
    assert "2 sites: 1 gave new articles, 0 nothing new, 1 gave nothing" in summary
    assert "nothing from 127.0.0.2" in summary
