"""Attacks by listings, one site each: what the site answers to which path.

``ATTACKS`` maps a name to (answers, articles): the answers by path (``*`` at its end: by the
path's beginning) that differ from those of an honest site, as in `tests.hostile.http_attacks` or
`Made`, and how many of the site's two honest articles may come out.
"""

import gzip
import json
import random

from tests.hostile.http_attacks import Cut, bomb, endlessly, redirect, silence
from tests.hostile.server import http


class Made:
    """An answer that *make* makes from the site's base URL and the path."""

    def __init__(self, make):
        self.make = make


ROBOTS, FRONT, FEED, SITEMAP = "/robots.txt", "/", "/feed.xml", "/sitemap.xml"
ALL, NONE, ANY = {2}, {0}, {0, 1, 2}
INNER = "127.0.200.1"  # an address of the user's machine that nobody named


def text(body):
    return http(body if isinstance(body, bytes) else body.encode(), kind="text/plain")


def xml(body):
    return http(body if isinstance(body, bytes) else body.encode(), kind="application/xml")


def html(body):
    return http(body if isinstance(body, bytes) else body.encode())


def rss(items, head=""):
    return f"{head}<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"


def urlset(*locations):
    return f"<urlset>{''.join(f'<url><loc>{one}</loc></url>' for one in locations)}</urlset>"


def index(*locations):
    sitemaps = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in locations)
    return f"<sitemapindex>{sitemaps}</sitemapindex>"


def rules(line, count):
    return text("User-agent: *\n" + "".join(line.format(n) for n in range(count)))


ROBOTS_ATTACKS = {
    "850000-rules": ({ROBOTS: rules("Disallow: /private/{0}\n", 60_000)}, ALL),
    "wildcard-rules": ({ROBOTS: rules("Disallow: /*a*b*{0}$\n", 30_000)}, ALL),
    "agents-times-rules": (
        {
            ROBOTS: text(
                "".join(f"useragent {n:x}\n" for n in range(20_000))
                + "".join(f"allow /{n:x}\n" for n in range(20_000))
            )
        },
        ALL,
    ),
    "one-long-rule": ({ROBOTS: text("User-agent: *\nDisallow: /" + "*a" * 300_000)}, ALL),
    "robots-binary": ({ROBOTS: text(random.Random(3).randbytes(100_000))}, ALL),
    "robots-nulls": ({ROBOTS: text(bytes(100_000))}, ALL),
    "robots-is-a-page": ({ROBOTS: html("<html><p>User-agent: *<p>Disallow: nothing")}, ALL),
    "robots-bomb": ({ROBOTS: http(bomb(), "Content-Encoding: gzip", kind="text/plain")}, NONE),
    "robots-endless": ({ROBOTS: endlessly(http(length=False), b"# no end\n" * 5_000)}, NONE),
    "robots-silent": ({ROBOTS: silence}, NONE),
    "robots-cut": ({ROBOTS: Cut(http(b"User", "Content-Length: 99", length=False))}, NONE),
    "robots-nonsense": ({ROBOTS: Cut(b"\x15\x03\x01\x00\x02\x02\x46")}, NONE),
    "robots-500": ({ROBOTS: http(b"", status="500 No")}, NONE),
    "robots-503": ({ROBOTS: http(b"", "Retry-After: 99999", status="503 No")}, NONE),
    "robots-429": ({ROBOTS: http(b"", status="429 No")}, NONE),
    "robots-403": ({ROBOTS: http(b"Disallow: /", status="403 No")}, ALL),
    "robots-401": ({ROBOTS: http(b"Disallow: /", status="401 No")}, ALL),
    "robots-loop": ({ROBOTS: redirect(ROBOTS)}, ALL),
    "robots-to-private": ({ROBOTS: redirect("http://127.0.200.1/robots.txt")}, ALL),
    "robots-to-file": ({ROBOTS: redirect("file:///etc/passwd")}, ALL),
    "robots-forbids": ({ROBOTS: text("User-agent: *\nDisallow: /")}, NONE),
    "robots-forbids-after-bom": ({ROBOTS: text("\ufeffUser-agent: *\r\nDisallow: /")}, NONE),
    "robots-forbids-by-return": ({ROBOTS: text("User-agent: *\rDisallow: /")}, NONE),
    "delay-for-ever": ({ROBOTS: rules("Crawl-delay: 1e300\n", 1)}, ALL),
    "delay-infinite": ({ROBOTS: rules("Crawl-delay: inf\nCrawl-delay: nan\n", 1)}, ALL),
    "delay-negative": ({ROBOTS: rules("Crawl-delay: -1\n", 1)}, ALL),
    "rate-broken": ({ROBOTS: rules("Request-rate: 1/0\nVisit-time: 9999\n", 1)}, ALL),
    "robots-5000-sitemaps": (
        {ROBOTS: Made(lambda base, path: rules(f"Sitemap: {base}/no-{{0}}.xml\n", 5_000))},
        ALL,
    ),
    "robots-sitemaps-elsewhere": (
        {ROBOTS: rules("Sitemap: http://127.0.200.1/{0}.xml\nSitemap: file:///{0}\n", 20)},
        ALL,
    ),
    "robots-sitemap-long": ({ROBOTS: text("Sitemap: /" + "a" * 400_000)}, ALL),
    "robots-sitemap-broken": ({ROBOTS: text("Sitemap: http://[::1\nSitemap:\nSitemap: //")}, ALL),
}
SITEMAP_ATTACKS = {
    "index-of-itself": ({SITEMAP: Made(lambda base, path: xml(index(base + SITEMAP)))}, ALL),
    "index-of-1200": (
        {
            SITEMAP: Made(
                lambda base, path: xml(index(*(f"{base}/s-{n}.xml" for n in range(1_200))))
            )
        },
        ALL,
    ),
    "index-without-end": (
        {
            SITEMAP: Made(lambda base, path: xml(index(f"{base}/deeper/a"))),
            "/deeper/*": Made(lambda base, path: xml(index(base + path + "a", base + path + "b"))),
        },
        ALL,
    ),
    "index-elsewhere": (
        {SITEMAP: xml(index("http://127.0.200.1/s.xml", "file:///etc/passwd"))},
        ALL,
    ),
    "index-other-port": (
        {SITEMAP: Made(lambda base, path: xml(index(f"{base.rpartition(':')[0]}:1/s.xml")))},
        ALL,
    ),
    "entity-bomb": (
        {SITEMAP: xml('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset>&b;</urlset>')},
        ALL,
    ),
    "external-entity": (
        {
            SITEMAP: xml(
                '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset>&a;</urlset>'
            )
        },
        ALL,
    ),
    "external-dtd": (
        {SITEMAP: xml('<!DOCTYPE urlset SYSTEM "http://127.0.200.1/d"><urlset/>')},
        ALL,
    ),
    "sitemap-bomb": ({SITEMAP: http(bomb(), kind="application/gzip")}, ALL),
    "sitemap-bomb-encoded": (
        {SITEMAP: http(bomb(), "Content-Encoding: gzip", kind="text/xml")},
        ALL,
    ),
    "sitemap-gzip-cut": ({SITEMAP: xml(gzip.compress(urlset("x").encode() * 500)[:-40])}, ALL),
    "sitemap-binary": ({SITEMAP: xml(random.Random(4).randbytes(100_000))}, ALL),
    "sitemap-is-a-page": ({SITEMAP: html("<html><p>Not found")}, ALL),
    "sitemap-unclosed": ({SITEMAP: xml("<urlset>" + "<url><loc>" * 20_000)}, ALL),
    "sitemap-deep": ({SITEMAP: xml("<urlset>" * 50_000)}, ALL),
    "sitemap-attributes": (
        {SITEMAP: xml("<urlset " + " ".join(f"a{n}='b'" for n in range(20_000)) + "/>")},
        ALL,
    ),
    "sitemap-one-line": ({SITEMAP: text("http://" + "a" * 1_000_000)}, ALL),
    "sitemap-schemes": (
        {
            SITEMAP: xml(
                urlset("file:///etc/passwd", "javascript:x()", "http://[::1", "//", "", "\0")
            )
        },
        ALL,
    ),
    "sitemap-other-hosts": (
        {SITEMAP: xml(urlset("http://127.0.200.1/news/2026/04/inner-page"))},
        ALL,
    ),
    "sitemap-other-port": (
        {
            SITEMAP: Made(
                lambda base, path: xml(
                    urlset(f"{base.rpartition(':')[0]}:1/news/2026/04/other-port")
                )
            )
        },
        ALL,
    ),
    "sitemap-dates": (
        {
            SITEMAP: Made(
                lambda base, path: xml(
                    "<urlset>"
                    + "".join(
                        f"<url><loc>{base}/missing-{n}</loc><lastmod>{date}</lastmod></url>"
                        for n, date in enumerate(
                            ["9999-99-99", "0000-00-00", "-1", "9" * 5_000, "\u0661"]
                        )
                    )
                    + "</urlset>"
                )
            )
        },
        ALL,
    ),
    # Its requests use up its own budget: the other sites' articles come out all the same.
    "sitemap-of-missing-pages": (
        {
            SITEMAP: Made(
                lambda base, path: xml(
                    urlset(*(f"{base}/news/2026/04/missing-{n}-of-many" for n in range(1_000)))
                )
            )
        },
        ANY,
    ),
    "sitemap-long-url": (
        {SITEMAP: Made(lambda base, path: xml(urlset(f"{base}/{'a' * 500_000}")))},
        ALL,
    ),
    "sitemap-endless": (
        {SITEMAP: endlessly(http(length=False), b"<url><loc>x</loc></url>" * 999)},
        ALL,
    ),
    "sitemap-slow": ({SITEMAP: endlessly(http(length=False), b"<", 0.2)}, ALL),
    "sitemap-500": ({SITEMAP: http(b"", status="500 No")}, ALL),
    "sitemap-loop": ({SITEMAP: redirect(SITEMAP)}, ALL),
    "sitemap-to-private": ({SITEMAP: redirect("http://127.0.200.1/s.xml")}, ALL),
    "sitemap-304": ({SITEMAP: http(b"", status="304 No", length=False)}, ALL),
    "sitemap-charset": ({SITEMAP: xml('<?xml version="1.0" encoding="rot13"?><urlset/>')}, ALL),
}
FEED_ATTACKS = {
    "feed-entity-bomb": (
        {"/second.xml": xml(rss("&b;", '<!DOCTYPE x [<!ENTITY b "bbbb">]>'))},
        ALL,
    ),
    "feed-50000-items": ({"/second.xml": xml(rss("<item><title>x</title></item>" * 20_000))}, ALL),
    "feed-broken-namespace": (
        {"/second.xml": xml(rss("<a:item><b:link>x</b:link></a:item>"))},
        ALL,
    ),
    "feed-odd-links": (
        {
            "/second.xml": xml(
                rss(
                    "".join(
                        f"<item><link>{link}</link></item>"
                        for link in (
                            "file:///etc/passwd",
                            "http://[::1",
                            "javascript:x()",
                            "//",
                            "",
                        )
                    )
                )
            )
        },
        ALL,
    ),
    "feed-private-links": (
        {"/second.xml": xml(rss("<item><link>http://127.0.200.1/a</link></item>" * 20))},
        ALL,
    ),
    "feed-title-1m": (
        {"/second.xml": xml(rss(f"<item><title>{'a' * 1_000_000}</title></item>"))},
        ALL,
    ),
    "feed-dates": (
        {"/second.xml": xml(rss(f"<item><pubDate>{'9' * 5_000}</pubDate></item>" * 5))},
        ALL,
    ),
    "feed-unclosed": ({"/second.xml": xml("<rss><channel>" + "<item><link>" * 20_000)}, ALL),
    "feed-cdata": ({"/second.xml": xml(rss("<item><title><![CDATA[" + "<b>" * 50_000))}, ALL),
    "feed-json-deep": (
        {"/second.xml": http(b'{"items":' + b"[" * 100_000, kind="application/json")},
        ALL,
    ),
    "feed-json-number": (
        {
            "/second.xml": http(
                b'{"items":[{"url":' + b"9" * 10_000 + b"}]}", kind="application/json"
            )
        },
        ALL,
    ),
    "feed-json-odd": (
        {
            "/second.xml": http(
                json.dumps(
                    {"version": [], "items": [None, 1, "x", {"url": {}}, {"url": "\ud800"}]}
                ).encode(),
                kind="application/feed+json",
            )
        },
        ALL,
    ),
    "feed-bomb": ({"/second.xml": http(bomb(), "Content-Encoding: gzip", kind="text/xml")}, ALL),
    "feed-binary": ({"/second.xml": xml(random.Random(5).randbytes(50_000))}, ALL),
    "feed-silent": ({"/second.xml": silence}, ALL),
    "feed-loop": ({"/second.xml": redirect("/second.xml")}, ALL),
}


def front(body):
    """A front page that names the honest feed, and *body*."""
    head = "<link rel=alternate type=application/rss+xml href=/feed.xml>"
    return html(f"<html><head>{head}</head><body>{body}</body></html>")


FRONT_ATTACKS = {
    "front-50000-links": (
        {FRONT: front("<a href=/no>A headline of some length</a>" * 20_000)},
        ALL,
    ),
    "front-5000-feeds": (
        {
            FRONT: front(
                "".join(
                    f"<link rel=alternate type=application/rss+xml href=/no-{n}>"
                    for n in range(5_000)
                )
            )
        },
        ALL,
    ),
    "front-calendar": (
        {
            FRONT: front("<a href=/2026/01>January</a>"),
            "/20*": Made(
                lambda base, path: html(
                    "".join(
                        f"<a href=/20{n}/{len(path)}>day {n} of the calendar</a>" for n in range(60)
                    )
                )
            ),
        },
        ALL,
    ),
    "front-deep": ({FRONT: front("<div>" * 50_000)}, ALL),
    "front-base-broken": (
        {FRONT: front('<base href="http://[::1"><a href=/x>A headline here</a>')},
        ANY,
    ),
    "front-links-odd": (
        {
            FRONT: front(
                "<a href='http://[::1'>A headline that is long</a>"
                "<a href='javascript:x()'>Another headline that is long</a>"
                "<a href='http://127.0.200.1/news/2026/04/inner-page'>A third headline</a>"
                "<a href>Empty</a>"
            )
        },
        ALL,
    ),
    "front-link-1m": (
        {FRONT: front(f"<a href='/{'a' * 1_000_000}'>A headline of some length</a>")},
        ALL,
    ),
    "front-refreshes": ({FRONT: front("<meta http-equiv=refresh content='2'>")}, ALL),
    "front-binary": ({FRONT: html(random.Random(6).randbytes(100_000))}, ANY),
    "front-loop": ({FRONT: redirect("/")}, ANY),
    "front-to-private": ({FRONT: redirect("http://127.0.200.1/")}, ANY),
    "front-500": ({FRONT: http(b"", status="500 No")}, ANY),
    "front-silent": ({FRONT: silence}, ANY),
    "front-bomb": ({FRONT: http(bomb(), "Content-Encoding: gzip")}, ANY),
}
ATTACKS = ROBOTS_ATTACKS | SITEMAP_ATTACKS | FEED_ATTACKS | FRONT_ATTACKS
