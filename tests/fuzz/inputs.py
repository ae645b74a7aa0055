"""Inputs for the fuzzer: pages, feeds, rules and archives of our own making, damaged."""

from hypothesis import strategies as st

from tests.crawls.run import ROOT
from tests.server import article_page

MAX_BYTES = 200_000
SAMPLES = [path.read_bytes() for path in sorted((ROOT / "samples").glob("*/page.html"))]
FEED = (
    b'<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    b"<title>Bay</title><item><title>Rain &amp; wind</title><link>https://news.example/1</link>"
    b"<dc:date>2026-04-18</dc:date></item></channel></rss>"
)
SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://news.example/1'
    b"</loc><lastmod>2026-04-18</lastmod></url></urlset>"
)
JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/a",'
    b' "title": "Rain", "date_published": "2026-04-18T09:30:00Z"}]}'
)
RULE = (
    b'hosts = ["news.example"]\ntime_zone = "Europe/Berlin"\narticle_links = [\'^/[a-z]+/\\d+$\']\n'
    b'[[versions]]\nheadline = "h1"\n'
    b'articleBody = ["div.text > p:first-child", "//div[@id=\'a\']"]\n'
    b"mainImage = 'meta[property=\"og:image\"]::attr(content)'\n"
)
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/1\r\n"
    b"WARC-Date: 2026-04-18T09:30:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: 86\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    b"<p>The harbour was calm.</p>\r\n\r\n\r\n\r\n"
)
PAGES = [article_page(1), *SAMPLES]
# What markup, escapes, dates, addresses and selectors are made of, and what breaks their readers.
PIECES = [
    piece.encode("utf-8", "surrogatepass")
    for piece in [
        *"< > & \" ' / \\ = : ; # % { } [ ] ( ) | ! ? - _ . , \0 \t \n \r \x0b \x1b \x7f".split(
            " "
        ),
        *"<p> </p> <div> </div> <b> <br> <a href= <img src= <td> <table> <li> <svg> <o:p>".split(),
        *"<script> </script> <style> <!-- --> <![CDATA[ ]]> <!DOCTYPE <?xml <base href=".split(),
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"a"}</script>',
        '<meta property="article:published_time" content="2026-04-18T09:30:00+08:00">',
        '<meta charset="rot13">',
        '<p style="visibility:hidden">',
        "<p hidden>",
        '<time datetime="2026-04-18">',
        *"\\u003c \\x3c &lt; &#60; &#x3c; &amp;lt; %3C %253C \\\\u003cp\\\\u003e \\ud83d".split(),
        "<!--NO_AD_0-->",
        "<!--SECURE_LINK_BEGIN_0-->",
        '{loop type="a"}{$vo.title}',
        "【字号 大 中 小】",
        "&#" + "1" * 4400 + ";",
        *"http://[::1 http://a:99999999/ //x ?page=2 /7_2.html javascript:x data:, ../".split(),
        *"2026-02-31 0000-00-00 99999999999999999999 1 hour ago 昨天 12月31日 30/02/2026".split(),
        *"<item> <title> <link> <url> <loc> <lastmod> xmlns= xmlns:a= &a; <!ENTITY".split(),
        *"p::text ::attr(a) :not( > ~ //*[ @a ancestor::* [[versions]] = true '''".split(),
        "\u2028",
        "\u00a0",
        "\u202e",
        "é",
        "你",
        "\ufffe",
        "\x80",
    ]
]
CHARSETS = st.sampled_from(
    "utf-8 gb18030 big5 shift_jis utf-16 utf-7 rot13 idna punycode undefined cp1252 \xff".split()
)


@st.composite
def damaged(draw, bases):
    """Return one of *bases*, cut, with pieces put into it, some of them thousands of times."""
    body = bytearray(draw(st.sampled_from(bases)))
    if draw(st.booleans()):
        start = draw(st.integers(0, len(body)))
        body = body[start : start + draw(st.integers(0, 30_000))]
    edit = st.tuples(
        st.integers(0, 1 << 16),
        st.integers(0, 40),
        st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), min_size=1, max_size=4),
        st.sampled_from([1, 1, 1, 2, 40, 2_100]),
    )
    for at, taken, pieces, times in draw(st.lists(edit, max_size=8)):
        where = at % (len(body) + 1)
        body[where : where + taken] = b"".join(pieces) * times
    return bytes(body[:MAX_BYTES])
