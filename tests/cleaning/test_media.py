"""Addresses of links and media: absolute, and safe to follow."""

import pytest

from newsclean.cleaning.media import link_url

BASE = "https://bay.example/news/1.html"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://a.example/x/y.html?a=1&b=2", "https://a.example/x/y.html?a=1&b=2"),
        ("http://a.example:8080/", "http://a.example:8080/"),
        ("https://a.example/x?", "https://a.example/x"),
        ("https://a.example/x#part", "https://a.example/x#part"),
        ("https://a.example/x#", "https://a.example/x"),
        ("https://a.example/a b", "https://a.example/ab"),
        ("https:///x", "https://bay.example/x"),
        ("HTTPS://a.example/x", "https://a.example/x"),
        ("../2.html", "https://bay.example/2.html"),
        ("//a.example/x", "https://a.example/x"),
        ("mailto:desk@bay.example", "mailto:desk@bay.example"),
        ("java\nscript:alert(1)", None),
        ("https://[x/", None),
        ("#top", None),
        ("", None),
    ],
)
def test_a_link_is_absolute_or_none(href, url):
    assert link_url(href, BASE) == url
