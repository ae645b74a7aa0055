"""All URLs of a page have one key, and all hosts of a site have one name."""

import socket

import pytest

from newsclean.urls import (
    absolute_url,
    believed_canonical,
    host_of,
    is_version,
    normal_url,
    page_key,
    same_site,
    site_of,
)

NORMAL = {
    "https://news.example/a": [
        "https://news.example/a",
        " HTTPS://News.Example/a#top ",
        "https://news.example:443/a?utm_source=x&UTM_Medium=y&fbclid=z",
        "https://news.example/a;jsessionid=A1B2",
        "https://news.example/(S(k3x0aq45ablf))/a",
        "https://news.example/a?PHPSESSID=4f&sid=0a1b2c3d4e5f6a7b",
        "https://news.example/a?",
    ],
    "https://news.example/a?id=7&page=2": [
        "https://news.example/a?page=2&id=7",
        "https://news.example/a?spm=1.2&page=2&&gclid=q&id=7",
    ],
    "http://news.example/": ["http://news.example", "http://news.example:80/"],
    "https://news.example/%E6%96%B0%E9%97%BB": [
        "https://news.example/新闻",
        "https://news.example/%e6%96%b0%e9%97%bb",
    ],
    "https://xn--mnchen-3ya.example/": ["https://münchen.example/"],
}
SPELLINGS = [(url, normal) for normal, urls in NORMAL.items() for url in urls]

KEYS = {
    "https://news.example/2026/04/rain": [
        "http://news.example/2026/04/rain",
        "https://www.news.example/2026/04/rain/",
        "https://m.news.example/2026/04/rain?utm_source=mail",
        "https://amp.news.example/2026/04/rain",
        "https://news.example/2026/04/rain/amp/",
        "https://news.example/amp/2026/04/rain",
        "https://news.example/2026/04/rain?outputType=amp",
        "https://news.example/2026/04/rain?amp",
        "https://news.example/2026/04/rain/print",
        "https://news.example/print/2026/04/rain",
        "https://news.example/2026/04/rain?print=1",
        "https://news.example/2026/04/rain?view=print",
        "https://news.example/2026/04/rain?page=all",
        "https://news.example/2026/04/rain?singlepage=true",
        "https://news.example/2026/04/rain/index.html",
        "https://news.example/2026/04/rain/default.aspx?",
        "https://news.example:443/2026/04/rain#comments",
    ],
    "https://news.example/7.html": [
        "https://wap.news.example/7.html",
        "https://news.example/7.amp.html",
        "https://news.example/7_print.html",
        "https://news.example/7-print.html",
    ],
    "https://news.example/?id=7": [
        "https://news.example/index.php?id=7",
        "https://news.example/?id=7&printable=yes",
    ],
    "https://news.example/": ["http://www.news.example", "https://m.news.example/index.html"],
}
VERSIONS = [(url, key) for key, urls in KEYS.items() for url in urls]


@pytest.mark.parametrize(("url", "normal"), SPELLINGS)
def test_spellings_of_one_url(url, normal):
    assert normal_url(url) == normal
    assert normal_url(normal) == normal


@pytest.mark.parametrize(("url", "key"), VERSIONS)
def test_versions_of_one_article_have_one_key(url, key):
    assert page_key(url) == key
    assert page_key(key) == key


def test_other_pages_have_other_keys():
    urls = [
        "https://news.example/a",
        "https://news.example/A",
        "https://news.example:8443/a",
        "https://news.example/a?id=1",
        "https://news.example/a?id=",
        "https://news.example/a?source=1",
        "https://news.example/a?sid=12",
        "https://news.example/a?ncid=3",
        "https://news.example/a?pk_id=3",
        "https://news.example/a?page=2",
        "https://news.example/a/2",
        "https://news.example/a.html",
        "https://sport.news.example/a",
        "https://news.example/the-end-of-newspapers-in-print.html",
        "https://news.example/the-end-of-newspapers-in.html",
        "https://news.example/amp",
        "https://news.example/print",
        "https://m.example/a",
    ]
    assert len({page_key(url) for url in urls}) == len(urls)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/7", False),
        ("http://www.news.example/7/index.html", False),
        ("https://m.news.example/7", True),
        ("https://news.example/7/amp", True),
        ("https://news.example/7?print=1", True),
    ],
)
def test_versions_are_told_from_the_page(url, expected):
    assert is_version(url) is expected


@pytest.mark.parametrize(
    "url", ["", "http://[::1", "http://news.example:port/", "not a url", "\ud800", "http://\ud800/"]
)
def test_what_is_no_url_does_not_raise(url):
    assert isinstance(normal_url(url), str)
    assert isinstance(page_key(url), str)
    assert isinstance(site_of(url), str)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.example/", "news.example"),
        ("https://www.sport.news.example:8080/", "news.example"),
        ("https://m.paper.co.uk/", "paper.co.uk"),
        ("https://paper.com.cn/", "paper.com.cn"),
        ("https://one.blogspot.com/", "one.blogspot.com"),
        ("https://blogspot.com/", "blogspot.com"),
        ("https://Küste.example./", "xn--kste-0ra.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]:8000/", "::1"),
        ("http://localhost/", "localhost"),
        ("https://a.b.nosuchdomain/", "b.nosuchdomain"),
        ("/a", ""),
    ],
)
def test_a_site_is_a_registrable_domain(url, site):
    assert site_of(url) == site


def test_the_suffix_list_asks_nobody(monkeypatch):
    def refuse(*arguments, **named):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert site_of("https://never.asked.before.co.jp/") == "before.co.jp"


def test_hosts_are_ascii():
    assert host_of("https://www.Küste.example:8443/a") == "www.xn--kste-0ra.example"
    assert same_site("https://küste.example/1", "http://m.xn--kste-0ra.example/2")
    assert not same_site("/1", "/2")


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        ("https://www.news.example/7", True),
        ("https://other.example/7", False),
        ("https://news.example/", False),
        ("https://news.example/index.html", False),
        (None, False),
    ],
)
def test_a_page_speaks_for_its_own_site_alone(claimed, believed):
    found = believed_canonical(claimed, "https://m.news.example/7")
    assert found == (claimed if believed else None)


def test_requests_have_no_parameters_of_campaigns():
    def query_of(query):
        url = absolute_url(f"/list?{query}", "https://news.example/")
        return url.partition("list")[2]

    assert query_of("id=7&pk_campaign=mail&ncid=edlink07&UTM_source=x") == "?id=7"
    assert query_of("ncid=3&pk_id=9") == "?ncid=3&pk_id=9"  # a category and an article
