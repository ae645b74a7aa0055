"""Sitemaps of every kind are read; attacks are refused or cut."""

import gzip
import tracemalloc

import pytest

from newsclean.discovery.entry import Entry
from newsclean.discovery.sitemap import read_sitemap
from newsclean.discovery.xml import HostileXml

URL = "https://news.example/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
 <!-- made nightly -->
 <url>
  <loc> https://news.example/a?x=1&amp;y=2#top </loc>
  <lastmod>2026-04-19</lastmod>
  <news:news>
   <news:publication><news:name>News</news:name><news:language>zh-cn</news:language></news:publication>
   <news:publication_date>2026-04-18T09:30+08:00</news:publication_date>
   <news:title><![CDATA[Rain & wind]]>, again</news:title>
  </news:news>
  <image:image><image:loc>https://news.example/a.jpg</image:loc><image:title>No</image:title></image:image>
 </url>
 <url><loc>/b</loc></url>
 <url><loc>mailto:desk@news.example</loc></url>
 <url><lastmod>2026-04-19</lastmod></url>
</urlset>"""
ENTRIES = (
    Entry(
        url="https://news.example/a?x=1&y=2",
        found_in="sitemap",
        headline="Rain & wind, again",
        date_published="2026-04-18T09:30:00+08:00",
        date_modified="2026-04-19",
        language="zh-cn",
    ),
    Entry("https://news.example/b", "sitemap"),
)


def twice(data):
    return gzip.compress(gzip.compress(data))


@pytest.mark.parametrize(
    "body",
    [
        NEWS.encode(),
        b"\xef\xbb\xbf" + NEWS.encode(),
        b"\n \n" + NEWS.encode(),
        NEWS.replace("UTF-8", "UTF-16").encode("utf-16"),
        NEWS.replace("UTF-8", "gbk").encode("gbk"),
        NEWS.replace("Rain", "Rain\x01").encode(),
        NEWS.replace(
            "<urlset", "<!DOCTYPE urlset SYSTEM 'https://news.example/d.dtd'><urlset"
        ).encode(),
        gzip.compress(NEWS.encode()),
        gzip.compress(NEWS[:300].encode()) + gzip.compress(NEWS[300:].encode()) + b"\0" * 9,
        twice(NEWS.encode()),
    ],
    ids="plain bom space utf-16 gbk control doctype gzip members gzip-twice".split(),
)
def test_google_news_data_is_kept_whatever_the_packing(body):
    sitemap = read_sitemap(body, URL)
    assert sitemap.kind == "urlset"
    assert sitemap.entries == ENTRIES
    assert not sitemap.truncated


def test_an_index_lists_sitemaps_with_their_dates():
    body = b"""<sitemapindex><sitemap><loc>/one.xml.gz</loc><lastmod>2026-04-18T00:00:00Z</lastmod>
    </sitemap><sitemap><loc>https://cdn.example/two.xml</loc></sitemap></sitemapindex>"""
    sitemap = read_sitemap(body, URL)
    assert (sitemap.kind, sitemap.entries) == ("index", ())
    assert sitemap.sitemaps == (
        Entry("https://news.example/one.xml.gz", "sitemap", date_modified="2026-04-18T00:00:00Z"),
        Entry("https://cdn.example/two.xml", "sitemap"),
    )


def test_a_text_sitemap_is_one_address_a_line():
    body = "\ufeffhttps://news.example/a\r\n\r\n# no\nhttps://news.example/新闻\nhttps://news.example/c"
    sitemap = read_sitemap(body.encode(), URL)
    assert sitemap.kind == "text"
    assert [entry.url[-2:] for entry in sitemap.entries] == ["/a", "BB", "/c"]  # percent-encoded


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 99,
        b"not found",
        b"<!doctype html><html><body><p>Gone<br></body></html>",
        b"<rss/>",
        b"{}",
    ],
)
def test_what_is_no_sitemap_says_so(body):
    sitemap = read_sitemap(body, URL)
    assert (sitemap.kind, sitemap.entries) == ("none", ())


@pytest.mark.parametrize(
    "body",
    [
        NEWS.encode()[:-40],
        NEWS.encode().replace(b"</urlset>", b"<url><<"),
        gzip.compress(NEWS.encode())[:-12],
    ],
    ids=["cut", "damaged", "gzip-cut"],
)
def test_a_damaged_sitemap_gives_what_came_before(body):
    sitemap = read_sitemap(body, URL)
    assert sitemap.truncated
    assert sitemap.entries[:1] == ENTRIES[:1]


@pytest.mark.parametrize(
    "declared",
    [
        "<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>",
        "<!ENTITY a SYSTEM 'file:///etc/hostname'>",
        "<!ENTITY % a 'b'>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(declared, encoding):
    body = (
        f"<!DOCTYPE urlset [{declared}]><urlset><url><loc>http://a.example/&b;</loc></url></urlset>"
    )
    with pytest.raises(HostileXml):
        read_sitemap(body.encode(encoding), URL)


def test_a_gzip_bomb_ends_at_the_limit_in_little_memory():
    body = gzip.compress(b"<urlset>" + b"<url></url> " * 5_000_000)
    bomb = gzip.compress(body)
    assert len(bomb) < 20_000
    tracemalloc.start()
    sitemap = read_sitemap(bomb, URL, limit_bytes=1 << 20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sitemap.truncated
    assert sitemap.entries == ()
    assert peak < 8 << 20


def test_three_layers_of_gzip_are_an_attack():
    sitemap = read_sitemap(gzip.compress(twice(NEWS.encode())), URL)
    assert (sitemap.kind, sitemap.truncated) == ("none", True)


@pytest.mark.parametrize("kind", ["urlset", "text"])
def test_no_more_entries_than_the_limit(kind):
    addresses = [f"https://news.example/{number}" for number in range(50)]
    lines = "\n".join(addresses)
    xml = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    body = lines if kind == "text" else f"<urlset>{xml}</urlset>"
    cut = read_sitemap(body.encode(), URL, limit_entries=49)
    assert (cut.kind, len(cut.entries), cut.truncated) == (kind, 49, True)
    whole = read_sitemap(body.encode(), URL, limit_entries=50)
    assert (whole.kind, len(whole.entries), whole.truncated) == (kind, 50, False)


def test_one_bad_ampersand_costs_no_other():
    """After an error libxml2 drops ``&amp;``, and two addresses would become one."""
    good = "<url><loc>/c?x=1&amp;y=2</loc></url>" * 5_000
    body = f"<urlset><url><loc>/a?x=1&y=2&nosuch;</loc></url>{good}</urlset>"
    entries = read_sitemap(body.encode(), URL).entries
    assert entries[0].url == "https://news.example/a?x=1&y=2&nosuch;"
    assert [entry.url for entry in entries[1:]] == ["https://news.example/c?x=1&y=2"] * 5_000


def test_addresses_in_cdata_and_escaped_twice():
    body = """<urlset><url><loc><![CDATA[/a?x=1&y=2]]></loc></url>
    <url><loc>/a?x=1&amp;amp;y=2</loc></url></urlset>"""
    entries = read_sitemap(body.encode(), URL).entries
    assert [entry.url for entry in entries] == ["https://news.example/a?x=1&y=2"] * 2
