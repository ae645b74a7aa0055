"""newsclean without Scrapy: the functions for any Python program."""

import gc
import subprocess
import sys
import tracemalloc
from datetime import datetime

import pytest

from newsclean import read_article
from newsclean.article import clean_article, content_hash
from newsclean.items import Article, FurtherBody, RawBody
from tests.server import article_page


def test_bytes_or_text_give_the_same():
    page = article_page(1)
    from_bytes = read_article(page, "http://bay.example/1")
    assert from_bytes == read_article(page.decode(), "http://bay.example/1")
    assert from_bytes.headline == "Report number 1 from the harbour"
    assert from_bytes.datePublished == "2026-04-02T09:30:00+00:00"
    assert from_bytes.inLanguage == "en"
    assert from_bytes.articleBody.count("\n\n") == 3


def test_the_time_of_the_download_is_kept_in_utc():
    moment = datetime.fromisoformat("2026-04-18T09:30:00+08:00")
    article = read_article(article_page(1), "http://bay.example/1", downloaded=moment)
    assert article.metadata.dateDownloaded == "2026-04-18T01:30:00Z"


def test_a_hint_fills_what_the_page_does_not_say():
    page = "<html><body><article>" + "<p>It rained on the harbour again today, all day.</p>" * 9
    hints = {"headline": ("Rain again", "feed"), "datePublished": ("2026-04-18", "sitemap")}
    article = read_article(page, "http://bay.example/1", hints=hints)
    assert (article.headline, article.datePublished) == ("Rain again", "2026-04-18")
    assert article.metadata.fieldSources["headline"] == "feed"


@pytest.mark.parametrize(
    "page",
    [
        *("", " ", "<", "<html>", "<title>x</title>", "\0", "\ud83d", "<p>" * 3000, "]]>"),
        '<script type="application/ld+json">{"@type":"Article","author":[[[]]],"image":{}}</sc'
        "ript>",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script>window.DATA={"originContent":{"text":3}};</script>',
        "<base href='http://[bad'><a href='http://[bad'>x</a>",
        "<meta property=og:title content=''><meta name=author content='\x1b[31m'>",
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":{"@value":1'
        "}}</script>",
        '<script type="application/ld+json">{"@type":["Article",3],"@id":{"x":1}}</script>',
        '<script type="application/ld+json">{"@graph":[{"@type":"Article","publisher":{"@id":['
        '"a"]},"headline":"x"}]}</script>',
    ],
)
def test_it_never_raises(page):
    for url in ("http://a.example/", None, "nonsense", "http://[bad"):
        article = read_article(page, url)
        assert article.articleBody is None or article.articleBody.strip()


def test_nothing_of_scrapy_is_loaded():
    code = (
        "import sys, newsclean, newsclean.cleaning; newsclean.read_article('<p>x', 'http://a/');"
        "print([m for m in sys.modules if m.split('.')[0] in ('scrapy', 'twisted')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert out.stdout.strip() == b"[]"


def test_a_hash_says_whether_the_words_changed():
    one = content_hash("Rain", "It rained.\n\nAgain.")
    assert one == content_hash("Rain", "It  rained. Again.")
    assert one != content_hash("Rain", "It rained. Never again.")
    assert content_hash("Rain", None) is None
    # Feeds of earlier runs hold such hashes: a change here makes every article look new.
    assert one.startswith("99c92bc3dee4")
    assert content_hash(None, "It rained.\n").startswith("2d8bbbb4411b")


def test_no_long_text_of_a_page_is_kept_after_it():
    """Caches outlive a page, so their keys are short: names, dates and URLs of a page are not."""
    long = "harbour-" * 25_000

    def read(number):
        own = f"{number}{long}"
        read_article(
            f"<html class='{own}' id='{own}'><article class='author {own}'><h1 class='{own}'>A</h1>"
            f"<a href='/{own}' rel='{own}'>B</a><time datetime='{own}'>{own}</time>"
            f"<p class='date {own}'>Published 18 April {own}</p><img src='/{own}.jpg' alt='{own}'>"
            f"<meta name='{own}' content='{own}'><p>The harbour of Kestrel Bay was calm.</p>",
            f"https://news.example/{number}",
        )

    read(0)
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(1, 6):
            read(number)
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < len(long)


def test_an_image_on_two_pages_of_an_article_keeps_its_first_place():
    first, second = "https://a.example/7", "https://a.example/7_2"
    pier, ferry = "<p>The pier.</p><img src=/pier.jpg>", "<p>The ferry.</p><img src=/ferry.jpg>"
    body = RawBody(pier + ferry, further=[FurtherBody(second, f"<p>More.</p>{pier}")])
    article = clean_article(Article(url=first, articleBodyRaw=body))
    assert [one.url.rpartition("/")[2] for one in article.images] == ["pier.jpg", "ferry.jpg"]
    assert article.mainImage == article.images[0]
