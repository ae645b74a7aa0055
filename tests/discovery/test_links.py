"""Feeds and links of a page, and nothing that is none."""

from parsel import Selector

from newsclean.discovery.entry import Entry
from newsclean.discovery.links import find_feeds, find_links

URL = "https://www.news.example/world/"
PAGE = """<html><head><title>World</title>
<link rel="stylesheet" type="text/css" href="/a.css">
<link rel="Alternate" type="application/rss+xml; charset=utf-8" href="/world.rss">
<link rel="alternate home" type="application/atom+xml" href="https://feeds.example/atom">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" type="application/rss+xml" href="/world.rss">
<link rel="alternate" type="application/rss+xml" href="/rain/comments/feed/">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
<link rel="alternate" hreflang="fr" href="/fr/">
</head><body>
<a href="/world/"><img alt="World" src="/w.png"></a>
<a href="rain.html#comments">12</a>
<a href="rain.html"><h2>Rain <em>and</em>
 wind</h2></a>
<a href="//m.news.example/sun?id=7&amp;x=1"> </a>
<a href="https://news.example/moon">Moon</a>
<a href="https://fakenews.example/no">No</a>
<a href="https://news.example.evil.example/no">No</a>
<a href="mailto:desk@news.example">Write</a> <a href="javascript:void(0)">Do</a>
<a href="/report.PDF">Report</a> <a href="/photo.jpg">Photo</a> <a href="/world.rss">RSS</a>
<a href="http://[::1">Broken</a> <a>None</a> <a href="">Here</a> <a href="#top">Top</a>
</body></html>"""


def root_of(page):
    return Selector(page).root


def test_feeds_are_found_once_and_absolute():
    assert find_feeds(root_of(PAGE), URL) == [
        "https://www.news.example/world.rss",
        "https://feeds.example/atom",
        "https://www.news.example/world/feed.json",
    ]


def test_links_within_the_site_with_their_longest_text():
    assert find_links(root_of(PAGE), URL, "news.example") == [
        Entry("https://www.news.example/world/rain.html", "section", headline="Rain and wind"),
        Entry("https://m.news.example/sun?id=7&x=1", "section"),
        Entry("https://news.example/moon", "section", headline="Moon"),
    ]


def test_a_host_below_is_the_whole_of_its_site():
    assert [entry.url for entry in find_links(root_of(PAGE), URL, "m.news.example")] == [
        "https://m.news.example/sun?id=7&x=1"
    ]


def test_the_base_element_is_obeyed():
    page = '<base href="https://news.example/2026/"><a href="rain">Rain</a>'
    assert find_links(root_of(page), URL, "news.example")[0].url == "https://news.example/2026/rain"


def test_no_more_links_than_the_limit():
    page = "".join(f'<a href="/{number}">{number}</a>' for number in range(100))
    entries = find_links(root_of(page), URL, "news.example", limit=10)
    assert [entry.headline for entry in entries] == [str(number) for number in range(10)]
