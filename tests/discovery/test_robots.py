"""The sitemaps that a robots.txt names."""

from newsclean.discovery.robots import find_sitemaps

URL = "https://news.example/robots.txt"


def test_sitemaps_are_found_in_order_and_once():
    body = b"""\xef\xbb\xbfSitemap: https://news.example/one.xml
User-agent: *
Disallow: /search # Sitemap: https://news.example/no.xml
SITEMAP:/two.xml.gz
 sitemap : https://cdn.example/three.xml # nightly
Sitemap: https://news.example/one.xml
Sitemap: ftp://news.example/four.xml
Sitemap:"""
    assert find_sitemaps(body, URL) == [
        "https://news.example/one.xml",
        "https://news.example/two.xml.gz",
        "https://cdn.example/three.xml",
    ]


def test_a_page_instead_of_robots_names_none():
    assert find_sitemaps(b"<html><p>Sitemap: none</p>", URL) == []


def test_a_thousand_at_most():
    body = b"\n".join(b"Sitemap: /%d.xml" % number for number in range(5000))
    assert len(find_sitemaps(body, URL)) == 1000
