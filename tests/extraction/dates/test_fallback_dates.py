"""Dates without markup: in the URL, in visible lines, in scripts."""

import pytest

from newsclean.extraction.dates.address import read_address
from newsclean.extraction.dom.page import Page
from newsclean.extraction.reader import read_page
from tests.linear import assert_linear

ADDRESSES = [
    ("https://news.example/2026/04/18/harbour/", "2026-04-18"),
    ("https://news.example/meldungen/18-04-2026", "2026-04-18"),
    ("https://news.example/bericht_vom_18.04.2026_hafen", "2026-04-18"),
    ("https://news.example/20260418-harbour.html", "2026-04-18"),
    ("https://news.example/world/2026/apr/18/harbour", "2026-04-18"),
    ("https://news.example/2026/April/8/", "2026-04-08"),
    ("https://news.example/2026/SPORT/04/18/harbour.html", "2026-04-18"),
    ("https://news.example/2026/marina/18/harbour", None),
    ("https://news.example/2026/sport/24/18/harbour", None),
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
    # The title's end; not a caption's end, a clock above the headline, a teaser, a reference.
    (
        "<title>Pier reopens | News | 18.04.2026</title><h1>Pier reopens</h1>"
        "<div><img><p>The old pier as it was seen from the harbour on 4 March 2026</p></div>",
        "",
        "2026-04-18",
    ),
    (
        "<div id=clock><span class=date>Sunday, 3 May 2026</span></div>"
        "<div><div><h1>Pier reopens</h1><div class=date>18 April 2026</div></div></div>",
        "",
        "2026-04-18",
    ),
    (
        "<div><a href=/x><span class=date>3 May 2026</span> Storm at the harbour, as it was</a>"
        "</div><div><h1>Pier reopens</h1></div><div class=date>18 April 2026</div>",
        "",
        "2026-04-18",
    ),
    # What stands near the headline before a stamp far above it.
    (
        "<div><div><div><div><div><div><time datetime=2026-05-03>3 May</time></div></div></div>"
        "</div></div></div><div><div><div><div><div><div><h1>Pier</h1><i class=datum>18. April 2026"
        "</i></div></div></div></div></div></div>",
        "",
        "2026-04-18",
    ),
    # A menu between headline and date.
    (
        "<h1>Pier reopens</h1><ul class=menu><li>Fair, 4 May 2026</li></ul><p>18 April 2026</p>",
        "",
        "2026-04-18",
    ),
    # The address decides between dates that only stand somewhere, by its day or its month.
    ("<h1>Pier</h1><p>18 April 2026</p><p>4 May 2024</p>", "2024/05/03/pier", "2024-05-03"),
    ("<h1>Pier</h1><p>9 October 2008</p>", "2026/04/18/pier", "2026-04-18"),
    ("<h1>Pier</h1><p>1 July 2020</p><i class=date>18 April 2026</i>", "2026/04/p", "2026-04-18"),
    # A change is no publication, and nothing is published after it.
    (
        "<h1>Pier</h1><time class='entry-date published updated' datetime=2026-04-18>x</time>",
        "",
        "2026-04-18",
    ),
    ("<h1>Pier</h1><p>Updated 4 March 2026</p><p>Fair on 3 May 2026</p>", "", "2026-03-04"),
    ("<h1>Pier</h1><div><b>Updated</b> <i class=date>4 May 2026</i></div>", "", "2026-05-04"),
    ("<h1>Pier</h1><time datetime=2026-04-18></time>", "", "2026-04-18"),
    # Programs' data: under the names of publication before creation, as numbers, agreed on.
    (
        '<script>{"createdAt": "2020-01-01", "deployDt":"2026.04.18 18:40"}</script>',
        "",
        "2026-04-18",
    ),
    ('<script>{"publishTime": 1776504600000}</script>', "", "2026-04-18"),
    (
        '<i>v3.4 (2025-9-5)</i><script>{"pubtime": "2026-04-18 19:02"}</script>',
        "",
        "2026-04-18",
    ),
    (
        '<i>3 May 2024</i><i>18 April 2026</i><script>{"pubtime":"2026-04-17"}</script>',
        "",
        "2026-04-18",
    ),
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
    ("<h1>Pier</h1><p>Nothing.</p>", "2026/04/18/pier", "2026-04-18"),
    ("<aside><time datetime='2026-04-18T09:30'>x</time></aside>", "", "2026-04-18"),
    ("<div class=comments><abbr title='2026-04-19'>x</abbr></div>", "", None),
    ("<abbr class=published title='2026-04-18T21:11:00'>21:11</abbr>", "", "2026-04-18"),
    ('<script>var a = {"publishedAt": "2026-04-18T09:30:00Z"}</script>', "", "2026-04-18"),
    ("<h1>Pier</h1><p>© 2026-04-18 News Example</p>", "", None),
    ("<h1>Pier</h1><footer>18 April 2026</footer>", "", None),
    ("<h1>The plan for 2026</h1><p>By 2030 we hope for more.</p>", "", None),
    # The word for publication in prose; a list of events, and a date that is no part of it.
    (
        f"<h1>Pier</h1><p>{'Rain. ' * 60}</p><ul><li>Journal of Piers and Moles. Published online"
        " 2 May 2019: 7712. doi 10.7/11</li></ul><i>18 April 2026</i>",
        "",
        "2026-04-18",
    ),
    (
        f"<h1>Pier</h1><p>{'Rain. ' * 60}</p><table><tr><td>4 May 1999<td>11 May 1999<td>18"
        " May 1999</table>",
        "",
        None,
    ),
    (
        f"<div><h1>Pier</h1><p>{'Rain. ' * 60}</p><p><i>4 May 2019</i><i>11 May 2019</i><i>18 May"
        " 2019</i></p></div><p>18 April 2026</p>",
        "",
        "2026-04-18",
    ),
    # An embedded post.
    (
        "<h1>Pier</h1><blockquote><time datetime=2026-05-03>3 May</time></blockquote>"
        "<time>18 April 2026</time>",
        "",
        "2026-04-18",
    ),
    # Two names of one month.
    ("<html lang=ar><h1>رصيف</h1><p>الأحد، 18 نيسان/أبريل 2026، آخر تحديث</p>", "", "2026-04-18"),
]


@pytest.mark.parametrize(("body", "path", "wanted"), PAGES)
def test_a_page(body, path, wanted):
    page = Page(f"<html><body>{body}</body></html>", f"https://news.example/{path}")
    found = read_page(page).datePublished
    assert (found and found[:10]) == wanted


# body → publication, source, change
CHANGES = [
    ("<p>Updated May 4, 2026</p>", "2026-05-04", "dateModified", "2026-05-04"),
    (
        "<p>Last updated: <time datetime=2026-05-04>4 May</time></p>",
        "2026-05-04",
        "dateModified",
        "2026-05-04",
    ),
    # Metadata that no reader sees is often the time of a new template.
    ("<meta property=article:modified_time content=2026-05-04>", None, None, "2026-05-04"),
    ("<p>18 April 2026</p><p>Updated May 4, 2026</p>", "2026-04-18", "byline", "2026-05-04"),
]


@pytest.mark.parametrize(("body", "published", "source", "modified"), CHANGES)
def test_the_day_of_a_change_is_the_only_known_day(body, published, source, modified):
    article = read_page(Page(f"<h1>Pier</h1>{body}", "https://news.example/"))
    assert article.datePublished == published
    assert article.metadata.fieldSources.get("datePublished") == source
    assert article.dateModified == modified


# JSON-LD's and meta's published, modified → published, source
TOLD = [
    # Later than the change that it names: a republication's, where another is not.
    (
        ("2026-05-06T14:00:00Z", "2026-05-04T15:00:00Z"),
        ("2026-05-04T15:00:00Z",),
        "2026-05-04T15",
        "meta",
    ),
    (
        ("2026-05-06T14:00:00Z", "2026-05-07T15:00:00Z"),
        ("2026-05-01T00:00:00Z",),
        "2026-05-06T14",
        "json-ld",
    ),
    (
        ("2026-05-06T14:00:00Z", "2026-05-01T15:00:00Z"),
        ("2026-05-05T00:00:00Z",),
        "2026-05-06T14",
        "json-ld",
    ),
    # A day alone yields to the time on that day or beside it.
    (("2026-05-06", ""), ("2026-05-06T18:33:00+02:00",), "2026-05-06T18", "meta"),
    (("2026-05-06", ""), ("2026-05-07T18:33:00+02:00",), "2026-05-07T18", "meta"),
    (("2026-05-06", ""), ("2026-05-16T18:33:00+02:00",), "2026-05-06", "json-ld"),
]


@pytest.mark.parametrize(("told", "meta", "wanted", "source"), TOLD)
def test_what_machines_are_told(told, meta, wanted, source):
    published, modified = told
    page = Page(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Pier",'
        f' "datePublished": "{published}", "dateModified": "{modified}"}}</script>'
        f"<meta property=article:published_time content='{meta[0]}'><h1>Pier</h1>",
        "https://news.example/",
    )
    article = read_page(page)
    assert article.datePublished.startswith(wanted)
    assert article.metadata.fieldSources["datePublished"] == source


# published in UTC, the line at the headline → published
ZONES = [
    ("2026-04-19T03:37:20Z", "<time>18 April 2026, 11:37 p.m.</time>", "2026-04-18T23:37:20-04:00"),
    ("2026-04-18T20:15:00Z", "<p>19 April 2026, 1:45</p>", "2026-04-19T01:45:00+05:30"),
    (
        "2026-04-19T03:37:20Z",
        "<time datetime=2026-04-18T23:37:20-04:00>",
        "2026-04-18T23:37:20-04:00",
    ),
    # A day without a time is midnight in the zone of the page.
    ("2026-04-17T22:00:00Z", "<p>18 April 2026</p>", "2026-04-18T00:00:00+02:00"),
    ("2026-04-17T22:10:00Z", "<p>18 April 2026</p>", "2026-04-17T22:10:00+00:00"),
    # Another time, or the same day.
    ("2026-04-19T03:37:20Z", "<time>18 April 2026, 11:30 p.m.</time>", "2026-04-19T03:37:20+00:00"),
    ("2026-04-19T09:37:20Z", "<time>19 April 2026, 11:37</time>", "2026-04-19T09:37:20+00:00"),
    ("2026-04-19T03:37:20Z", "<time>17 April 2026, 3:37</time>", "2026-04-19T03:37:20+00:00"),
]


@pytest.mark.parametrize(("utc", "line", "wanted"), ZONES)
def test_a_time_in_utc_gets_the_zone_of_the_page(utc, line, wanted):
    page = Page(
        f"<meta property=article:published_time content='{utc}'><h1>Pier</h1>{line}",
        "https://news.example/",
    )
    assert read_page(page).datePublished == wanted


# names and values of meta tags, the line at the headline → published, source
VAGUE = [
    ("<meta name=date content=2025-12-20>", "<p>18 April 2026</p>", "2026-04-18", "byline"),
    (
        "<meta name=DC.date content=2025-12-20>",
        "<time datetime=2026-04-18>",
        "2026-04-18",
        "byline",
    ),
    ("<meta name=date content=2025-12-20>", "<p>Rain</p>", "2025-12-20", "meta"),
    (
        "<meta name=date content=2025-12-20><meta name=DC.date.issued content=2026-04-18>",
        "",
        "2026-04-18",
        "meta",
    ),
    ("<meta name=pubdate content=2025-12-20>", "<p>18 April 2026</p>", "2025-12-20", "meta"),
    # Later than the change: the time of an export. It has no effect on a line that is later.
    (
        "<meta name=pubdate content=2026-05-06T10:00:30><meta name=lastmod"
        " content=2026-05-06T10:00:10>",
        "<p>18 April 2026</p>",
        "2026-04-18",
        "byline",
    ),
    (
        "<meta name=pubdate content=2026-05-06T10:00:30><meta name=lastmod"
        " content=2026-05-06T10:00:10>",
        "<p>7 May 2026</p>",
        "2026-05-06T10:00:30",
        "meta",
    ),
]


@pytest.mark.parametrize(("head", "line", "wanted", "source"), VAGUE)
def test_a_line_at_the_headline_before_a_doubtful_meta_tag(head, line, wanted, source):
    article = read_page(Page(f"{head}<h1>Pier</h1>{line}", "https://news.example/"))
    assert article.datePublished == wanted
    assert article.metadata.fieldSources["datePublished"] == source


@pytest.mark.parametrize(
    "make",
    [
        lambda size: "<div>2026-13-45 1" * size,
        lambda size: "<p>1.1.26 </p>" * (5 * size),
        lambda size: '<script>"publishedAt"' + " " * (100 * size) + "</script>",
        lambda size: '"created_at":"' * (5 * size),
        lambda size: "<a href=/x>" + "<i class=date>1.1.2026</i>" * size,
        lambda size: "<i class=date>2026-01-01 " * (size // 4),
        lambda size: "<title>" + "- 1 " * (5 * size) + "</title>",
    ],
)
def test_hostile_pages_are_read_in_linear_time(make):
    def hostile(size):
        return f"<html><body><h1>Pier</h1>{make(size)}</body></html>"

    work = lambda html: read_page(Page(html, "https://news.example/"))  # noqa: E731
    assert_linear(work, hostile, 5_000, 0.5)
