"""One page has one key in the ledger."""

import pytest

from newsclean.discovery.canonical import canonical_url

CASES = {
    "https://news.example/a": [
        "https://news.example/a",
        " HTTPS://News.Example/a#top ",
        "https://news.example:443/a?utm_source=x&UTM_Medium=y&fbclid=z",
        "https://news.example/a;jsessionid=A1B2",
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
PAIRS = [(url, canonical) for canonical, urls in CASES.items() for url in urls]


@pytest.mark.parametrize(("url", "canonical"), PAIRS)
def test_spellings_of_one_page(url, canonical):
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


def test_what_makes_another_page_is_kept():
    urls = [
        "https://news.example/a",
        "http://news.example/a",
        "https://www.news.example/a",
        "https://news.example/a/",
        "https://news.example/A",
        "https://news.example:8443/a",
        "https://news.example/a?id=1",
        "https://news.example/a?id=",
        "https://news.example/a?source=1",
    ]
    assert len({canonical_url(url) for url in urls}) == len(urls)


@pytest.mark.parametrize(
    "url", ["", "http://[::1", "http://news.example:port/", "not a url", "\ud800"]
)
def test_what_is_no_url_does_not_raise(url):
    assert isinstance(canonical_url(url), str)
