"""An article has one line in the feed and one row in the ledger, under any of its URLs.

The crawl goes through a proxy on loopback, which answers for every host.
"""

import re

import pytest

from newsclean.ledger import Ledger
from tests.crawls.run import crawl, lines
from tests.server import article_page, serve

SITE = "http://www.news.example"


@pytest.fixture
def web():
    with serve() as proxy:
        yield proxy


def run(web, folder, feed, *options):
    environment = {"http_proxy": web.url(""), "no_proxy": ""}
    return crawl(
        *("site", "-a", f"url={SITE}/", "-o", feed, "-s", "NEWSCLEAN_LOOK_AGAIN_EVERY=0"),
        *("-s", "ROBOTSTXT_OBEY=False", *options),
        folder=folder,
        timeout=300,
        **environment,
    )


def front(web, urls):
    """A front page that links to *urls*."""
    links = "".join(f'<li><a href="{url}">Report from the harbour</a>' for url in urls)
    web.pages[f"{SITE}/"] = f"<html><body><ul>{links}</ul></body></html>".encode()


def spellings(number):
    """URLs of one article that say by their look that they are versions of it."""
    slug = f"2026/04/18/report-{number}-from-the-harbour"
    return [
        f"{SITE}/{slug}",
        f"http://m.news.example/{slug}",
        f"http://news.example/{slug}/",
        f"{SITE}/{slug}/index.html",
        f"{SITE}/{slug}/amp",
        f"{SITE}/{slug}?print=1",
        f"{SITE}/{slug}?utm_source=mail&utm_medium=x",
        f"{SITE}/{slug};jsessionid=0A1B2C3D",
        f"{SITE}/{slug}?page=all",
        f"http://amp.news.example/{slug}",
    ]


def other_versions(number):
    """URLs of the same article that only their canonical link ties to it."""
    return [
        f"http://m.news.example/2026/story-{number}00{number}-on-a-small-screen",
        f"{SITE}/2026/print-{number}00{number}-of-the-report-to-print.html",
    ]


def serve_article(web, number):
    plain = spellings(number)[0]
    canonical = f'<head><link rel=canonical href="{plain}">'.encode()
    page = article_page(number).replace(b"<head>", canonical)
    for url in spellings(number):
        web.pages[url] = page
    mobile, for_print = other_versions(number)
    # The small screen shows less, the printed page more.
    web.pages[mobile] = re.sub(rb"<p>Paragraph 3.*?</p>", b"", page)
    web.pages[for_print] = page.replace(b"</article>", b"<p>All rights reserved.</p></article>")


def rows(folder):
    with Ledger.open(folder / "ledger.sqlite") as ledger:
        return ledger.inspection.counts()


def test_versions_that_are_linked_side_by_side_are_one(web, tmp_path):
    for number in range(3):
        serve_article(web, number)
    front(web, [url for number in range(3) for url in spellings(number)])
    done = run(web, tmp_path, "a.jsonl")
    assert done.returncode == 0, done.stderr.decode()
    found = sorted(line["url"] for line in lines(tmp_path / "a.jsonl"))
    assert found == sorted(spellings(number)[0] for number in range(3))
    assert rows(tmp_path) == {"news.example": {"exported": 3}}
    asked = [path for path in web.paths if "report-" in path]
    assert len(asked) == 3


@pytest.mark.parametrize("first", [0, 1])
def test_an_article_met_under_another_url_in_a_later_run_is_not_new(web, tmp_path, first):
    serve_article(web, 1)
    met = [spellings(1)[0], *other_versions(1)]
    met = met[first:] + met[:first]
    for number, url in enumerate(met):
        front(web, [url])
        done = run(web, tmp_path, f"{number}.jsonl")
        assert done.returncode == 0, done.stderr.decode()
        assert len(lines(tmp_path / f"{number}.jsonl")) == (1 if number == 0 else 0)
    for number, url in enumerate(met[1:], 1):
        # Those of the runs before are young, so they are looked at again, and rejected again.
        rejected = lines(tmp_path / f"{number}.rejected.jsonl")
        assert sorted(one["url"] for one in rejected) == sorted([*met[1:number], url])
        for one in rejected:
            assert (one["reason"], one["duplicateOf"]) == ("duplicate", met[0])
    assert rows(tmp_path)["news.example"] == {"exported": 1, "duplicate": 2}


def test_careless_canonical_links_lose_no_article(web, tmp_path):
    urls = [spellings(number)[0] for number in range(6)]
    same = f'<head><link rel=canonical href="{SITE}/2026/04/18/the-first-report-of-all">'.encode()
    for number, url in enumerate(urls):
        web.pages[url] = article_page(number).replace(b"<head>", same)
    front(web, urls)
    run(web, tmp_path, "a.jsonl")
    assert sorted(line["url"] for line in lines(tmp_path / "a.jsonl")) == sorted(urls)
    front(web, [*urls, f"{SITE}/2026/04/18/the-first-report-of-all"])
    web.pages[f"{SITE}/2026/04/18/the-first-report-of-all"] = article_page(
        9, title="The first report of all"
    ).replace(b"<head>", same)
    run(web, tmp_path, "b.jsonl")
    assert [line["headline"] for line in lines(tmp_path / "b.jsonl")] == ["The first report of all"]
