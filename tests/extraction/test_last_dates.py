"""Where nothing calls itself a date: the address, lines, scripts."""

import time

import pytest

from newsclean.extraction.last_dates import read_address
from newsclean.extraction.page import Page
from newsclean.extraction.reader import read_page

ADDRESSES = [
    ("https://news.example/2026/04/18/harbour/", "2026-04-18"),
    ("https://news.example/meldungen/18-04-2026", "2026-04-18"),
    ("https://news.example/bericht_vom_18.04.2026_hafen", "2026-04-18"),
    ("https://news.example/20260418-harbour.html", "2026-04-18"),
    ("https://news.example/story-1202604181", None),
    ("https://news.example/2026/harbour", None),
    ("https://20260418.example/", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "wanted"), ADDRESSES)
def test_an_address(url, wanted):
    assert read_address(url) == wanted


# body, address → day
PAGES = [
    (
        "<h1>Pier</h1><div>Apr 18, 2026</div><p>It closes May 2, 2026.</p>",
        "",
        "2026-04-18",
    ),
    ("<div>4 May 2026</div><h1>Pier</h1><div>18 April 2026</div>", "", "2026-04-18"),
    (
        "<h1>Pier</h1><p>Last updated: May 4, 2026</p><p>Posted on April 18, 2026</p>",
        "",
        "2026-04-18",
    ),
    ("<h1>Pier</h1><p>Updated May 4, 2026</p>", "", "2026-05-04"),
    ("<h1>Pier</h1><p>Nothing.</p>", "2026/04/18/pier", "2026-04-18"),
    ("<aside><time datetime='2026-04-18T09:30'>x</time></aside>", "", "2026-04-18"),
    ("<div class=comments><abbr title='2026-04-19'>x</abbr></div>", "", None),
    ("<abbr class=published title='2026-04-18T21:11:00'>21:11</abbr>", "", "2026-04-18"),
    ('<script>var a = {"publishedAt": "2026-04-18T09:30:00Z"}</script>', "", "2026-04-18"),
    ("<h1>Pier</h1><p>© 2026-04-18 News Example</p>", "", None),
    ("<h1>Pier</h1><footer>18 April 2026</footer>", "", None),
    ("<h1>The plan for 2026</h1><p>By 2030 we hope for more.</p>", "", None),
]


@pytest.mark.parametrize(("body", "path", "wanted"), PAGES)
def test_a_page(body, path, wanted):
    page = Page(f"<html><body>{body}</body></html>", f"https://news.example/{path}")
    found = read_page(page).datePublished
    assert (found and found[:10]) == wanted


@pytest.mark.parametrize(
    "body",
    [
        "<div>2026-13-45 1" * 20_000,
        "<p>1.1.26 </p>" * 100_000,
        '<script>"publishedAt"' + " " * 2_000_000 + "</script>",
        '"created_at":"' * 100_000,
    ],
)
def test_hostile_pages_are_read_in_linear_time(body):
    start = time.process_time()
    read_page(Page(f"<html><body><h1>Pier</h1>{body}</body></html>", "https://news.example/"))
    assert time.process_time() - start < 15
