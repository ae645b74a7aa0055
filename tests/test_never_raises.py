"""Inputs that once raised an exception, by the function that reads them."""

import pytest

from newsclean import read_article
from newsclean.cleaning import clean_body
from newsclean.cleaning.tree import parse_html
from newsclean.discovery.entry import Entry
from newsclean.discovery.feeds import read_feed
from newsclean.discovery.links import find_feeds, read_outline
from newsclean.extraction import decode
from newsclean.sites.pattern import read_pattern
from newsclean.sites.selector import read_selector

URL = "https://news.example/7"


def test_a_comment_in_hidden_text():
    assert clean_body('<p>Seen.</p><p style="visibility:hidden"><!---->gone</p>').text == "Seen."
    assert clean_body('<p style="visibility:hidden"><!----></p>').text == ""


@pytest.mark.parametrize("namespace", ["http://[::1", "}", "{a}b", "%", "a b", " "])
def test_a_broken_namespace(namespace):
    item = "<item><title>Rain</title><link>/rain</link></item>"
    body = f"<rss xmlns='{namespace}'><channel>{item}</channel></rss>"
    assert read_feed(body.encode(), URL).entries == (
        Entry("https://news.example/rain", "feed", headline="Rain"),
    )


@pytest.mark.parametrize(
    "damaged", ["<div<", "<p<o:p ", "'><b<i ", "<svg><a=", "<o:p>", "<b\x01><p>"]
)
@pytest.mark.parametrize("count", [2001, 2046, 2050, 4000])
def test_thousands_of_unclosed_damaged_tags(damaged, count):
    root = parse_html(f"<p>first</p>{damaged * count}")
    assert "first" in "".join(root.itertext())


def test_text_below_thousands_of_damaged_tags_is_kept():
    assert "at the end" in "".join(parse_html("<o:p>" * 4000 + "at the end").itertext())


def test_a_broken_base():
    page = '<base href="http://[::1"><a href="/news/rain-at-last">Rain at last</a>'
    page += '<link rel=alternate type="application/rss+xml" href="/feed">'
    root = parse_html(page)
    assert list(read_outline(root, URL, "news.example").links) == [
        "https://news.example/news/rain-at-last"
    ]
    assert find_feeds(root, URL) == ["https://news.example/feed"]
    assert read_article(page.encode(), URL).url == URL


@pytest.mark.parametrize(
    "codec", "rot13 zlib base64 hex idna punycode undefined unicode_escape utf_7 a\0b".split()
)
def test_a_codec_of_python_that_is_no_charset(codec):
    body = f"<meta charset={codec}><p>Küste é {codec}".encode()
    for header in (None, f"text/html; charset={codec}"):
        assert "Küste é" in decode(body, header)
        assert isinstance(decode(body + b"\xff", header), str)


@pytest.mark.parametrize("selector", ["p\0", "\0", "p[a|b]", "//p[\0]", "//*[a:b]"])
def test_a_selector_that_lxml_refuses(selector):
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        read_selector(selector)


@pytest.mark.parametrize("pattern", [r"^/(\w)\1", "^/[a--b]", "^/(?<=a)b"])
def test_a_pattern_that_is_not_plain(pattern):
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        read_pattern(pattern)
