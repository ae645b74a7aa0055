"""Properties for any input: nothing raises, and the key of a key is the key itself."""

import re
from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsclean import urls
from newsclean.discovery.dates import read_date
from newsclean.discovery.feeds import read_feed
from newsclean.discovery.plain import plain_text
from newsclean.discovery.sitemap import read_sitemap
from newsclean.discovery.templates import template_of
from newsclean.discovery.xml import HostileXml
from newsclean.ledger.clock import as_utc
from newsclean.ledger.page import key_of
from newsclean.urls import absolute_url, normal_url, page_key

URL_PARTS = st.sampled_from(
    "http:// https:// news.example 新闻.example : 80 / // . .. ? & = # % %2F %zz %E6 a A é"
    " ;jsessionid=1 utm_source=x id=7 [ ] @ + 风 \x00 \ud800".split(" ")
)
URLS = st.lists(URL_PARTS, max_size=12).map("".join) | st.text(max_size=40)
MARKUP = st.lists(
    st.sampled_from(
        "<urlset> <url> <loc> </loc> </url> <rss> <channel> <item> <link> </link> </item>"
        " <feed> <entry> <title> </title> http://a.example/ &amp; &nbsp; & < > <![CDATA[ ]]> <!--"
        " <? <!DOCTYPE [ <!ENTITY a=' ' xmlns=' \x00 \ufeff é 2026-04-18 {".split(" ")
    ),
    max_size=30,
).map("".join)
BODIES = st.binary(max_size=200) | MARKUP.map(lambda text: text.encode("utf-8", "replace"))


@given(URLS, st.sampled_from(["https://a.example/b/c?d=e", "HTTP://A.example:80/", "x"]))
@settings(max_examples=300)
@example("https://a.example/b/./c", "x")
@example("/b/../c?d=/../e", "https://a.example/")
@example("/b?", "https://a.example/")
def test_short_cuts_for_plain_urls_change_no_url(url, base):
    never = re.compile(r"(?!)")
    for _ in range(2):
        short = (absolute_url(url, base), normal_url(url))
        with mock.patch.multiple(urls, _PLAIN_PATH=never, _NORMAL=never):
            urls._normal_url.cache_clear()
            assert short == (absolute_url(url, base), normal_url(url))
        urls._normal_url.cache_clear()
        url = url.replace("/", "/7/a-b/")


@given(URLS)
@settings(max_examples=300)
def test_a_canonical_url_is_its_own(url):
    once = page_key(url)
    assert page_key(once) == once
    assert key_of(key_of(once)) == key_of(once)


@given(URLS)
@example("0\x1f;")
@settings(max_examples=300)
def test_an_absolute_url_is_its_own(url):
    once = absolute_url(url, "https://news.example/a/b")
    if once is not None:
        assert absolute_url(once, "https://other.example/") == once
        assert "#" not in once
    template = template_of(url)
    assert template is None or template.key.startswith("/")


@given(BODIES, st.none() | st.text(max_size=30))
@settings(max_examples=300)
def test_no_body_breaks_a_reader(body, content_type):
    for read in (
        lambda: read_sitemap(body, "https://news.example/"),
        lambda: read_feed(body, "https://news.example/", content_type),
    ):
        try:
            found = read()
        except HostileXml:
            continue
        assert all(entry.url.startswith("http") for entry in found.entries)


@given(
    st.text(max_size=80) | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")
)
def test_a_date_is_its_own(text):
    date = read_date(text)
    if date is not None:
        assert read_date(date) == date
        as_utc(date)
    plain = plain_text(text)
    assert plain is None or plain == plain.strip()
