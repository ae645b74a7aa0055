"""Discovery takes linear time for any input.

Each attack is run with one size and with four times that size. Linear work takes four times as
long, quadratic work sixteen times. The limit is between them, far from the noise of a busy machine.
"""

import pytest
from parsel import Selector

from newsclean.discovery.feeds import read_feed
from newsclean.discovery.links import find_feeds, read_outline
from newsclean.discovery.robots_bounds import bound_robots
from newsclean.discovery.sitemap import read_sitemap
from newsclean.discovery.templates import template_of
from newsclean.discovery.xml import HostileXml
from newsclean.urls import page_key
from tests import linear

URL = "https://news.example/x"
XML = {
    "bare": "",
    "less-than": "<",
    "open": "<a>",
    "empty": "<a/>",
    "url": "<url><loc>/a</loc></url>",
    "rubbish-url": "<url/>",
    "open-url": "<url><loc>",
    "item": "<item><title>a</title><link>/a</link></item>",
    "rubbish-item": "<item/>",
    "deep-title": "<item><title><b><i>a</i></b></title></item>",
    "open-title": "<item><title>",
    "entry": "<entry><link href='/a'/></entry>",
    "ampersand": "&",
    "entity": "&nbsp;",
    "open-entity": "&a",
    "cdata": "<![CDATA[",
    "comment": "<!--",
    "instruction": "<?a ",
    "doctype": "<!DOCTYPE a [",
    "declaration": "<?xml encoding='",
    "attribute": "<a b='",
    "closer": "</a>",
    "line": "\n",
    "address": "https://news.example/a\n",
    "space": " ",
    "zero": "\0",
    "bracket": "[",
    "brace": "{",
}
ROOTS = [
    "",
    "<urlset>",
    "<sitemapindex>",
    "<rss><channel>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
]


def many(template, count):
    return "".join(template.format(number) for number in range(count))


NAMED = {
    "attributes": lambda n: "<rss" + many(" a{}='1'", n // 10) + ">",
    "namespaces": lambda n: "<rss" + many(" xmlns:a{0}='{0}'", n // 20) + "><channel><item/>",
    "namespaced": lambda n: "<rss><channel>" + many("<a{0}:item xmlns:a{0}='{0}'/>", n // 30),
    "children": lambda n: "<rss><channel><item>" + "<title>a</title>" * (n // 16) + "</item>",
    "entities": lambda n: "<!DOCTYPE a [" + many("<!ENTITY a{} '&a;'>", n // 20) + "]><rss/>",
    "long-base": lambda n: (
        f"<feed xml:base='http://a.example/{'a/' * n}'>"
        + ("<entry>" + "<link href='b'/>" * 200 + "</entry>") * (n // 3_000)
    ),
    "bases": lambda n: (
        "<feed xml:base='http://a.example/'>"
        + "<entry xml:base='b/'><link xml:base='c/' href='d'/></entry>" * (n // 60)
    ),
    "json": lambda n: '{"version": "jsonfeed.org/version/", "items": [' + "{}," * (n // 3) + "7]}",
}


def assert_linear(work, make, size=250_000):
    linear.assert_linear(work, make, size, noise=0.9)


def read_both(body):
    for read in (read_sitemap, read_feed):
        try:
            read(body, URL)
        except HostileXml:
            continue


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("name", XML)
def test_listings(root, name):
    piece = XML[name] or " "
    assert_linear(read_both, lambda size: (root + piece * (size // len(piece))).encode())


@pytest.mark.parametrize("name", NAMED)
def test_listings_of_distinct_names(name):
    assert_linear(read_both, lambda size: NAMED[name](size).encode())


@pytest.mark.parametrize(
    "piece", ["Sitemap:", "Sitemap: /a\n", "Sitemap:" + " " * 99, "\t", "\n", "sitemap"]
)
def test_robots(piece):
    assert_linear(bound_robots, lambda size: piece.encode() * (size // len(piece)))


@pytest.mark.parametrize(
    "piece",
    "/ ? & &a utm_a& ; ;jsessionid= % %2 a. -a _1 2020- 1 é ../ a1 id=1& [ @ :".split(),
)
def test_urls(piece):
    def look(tail):
        for start in ("https://news.example/", "https://news.example/?", "https://", ""):
            page_key(start + tail)
            template_of(start + tail)

    assert_linear(look, lambda size: piece * (size // len(piece)))


@pytest.mark.parametrize(
    "piece",
    [
        "<a href='/a'>b</a>",
        "<a href=/a>",
        "<a href='/a'><p>b",
        "<div><a href=/b>c",
        "<a href='",
        "<a href=/a>" + "b" * 500,
        "<area href=/c>",
        "<select onchange=location><option value=/a>",
        "<option value=/a>b",
        "<script>document.write('<a href=/a>b</a>')</script>",
        "<script>document.write('<a ",
        "<script>document.write('<a " + "href=" * 40 + "a" * 1_000,
        "<script>document.write('<a href=" + "a" * 1_000 + " " * 300,
        "<script>a = [{</script>",
        "<iframe src=/a>",
        "<meta name=fragment content=a>",
        "<p data-url=/a?page= data-page=b>",
        "<base>",
        "<link rel=alternate>",
        "<link rel=alternate type=application/rss+xml href=/a>",
    ],
)
def test_pages(piece):
    def find(root):
        find_feeds(root, URL)
        read_outline(root, URL, "news.example")

    assert_linear(find, lambda size: Selector(piece * (size // len(piece))).root)
