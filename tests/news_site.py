"""A whole news site on loopback: front page, sections, feed, sitemaps, articles, validators."""

import hashlib
import random
import re
from datetime import UTC, datetime

from tests.server import article_page

HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/xml"}


class News:
    """Articles ``/news/2026/04/report-N-from-the-harbour``; each third is named by the feed,
    each third by the sitemap, each third by a section only. ``failing`` is the share of the
    answers that are a 500."""

    def __init__(self, site, count, *, failing=0.0, seed=0):
        self.site = site
        self.texts = dict.fromkeys(range(count), 0)
        self.failing = failing
        self.random = random.Random(seed)
        self.sent = 0
        self.today = datetime.now(UTC).strftime("%Y-%m-%dT00:00:00Z")
        site.pages = Answers(self)

    def path(self, number):
        return f"/news/2026/04/report-{number}-from-the-harbour"

    def url(self, number):
        return self.site.url(self.path(number))

    def answer(self, path, headers):
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, self.robots()
        if self.failing and self.random.random() < self.failing:
            return 500, {}, b"sorry"
        made = self.make(path)
        if made is None:
            return 404, {}, b"nothing here"
        kind, body = made
        etag = f'"{hashlib.md5(body).hexdigest()}"'
        if headers.get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        if path.startswith("/news/"):
            self.sent += len(body)
        return 200, kind | {"ETag": etag}, body

    def robots(self):
        return f"User-agent: *\nSitemap: {self.site.url('/sitemap.xml')}\n".encode()

    def make(self, path):
        numbers = list(self.texts)
        if path == "/":
            links = "".join(f'<a href="/{name}">{name}</a> ' for name in ("politics", "sport"))
            head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
            return HTML, f"<html><head>{head}</head><body><nav>{links}</nav></body></html>".encode()
        if path in {"/politics", "/sport"}:
            part = [n for n in numbers if n % 3 == 0 and n % 2 == (path == "/sport")]
            links = "".join(f'<li><a href="{self.path(n)}">Report number {n}</a>' for n in part)
            return HTML, f"<html><body><ul>{links}</ul></body></html>".encode()
        if path == "/feed.xml":
            items = "".join(
                f"<item><title>Report number {n} from the harbour</title><link>{self.url(n)}</link>"
                f"<pubDate>{self.today}</pubDate></item>"
                for n in numbers
                if n % 3 == 1
            )
            rss = f"<rss version='2.0'><channel><title>Bay</title>{items}</channel></rss>"
            return XML, rss.encode()
        if path == "/sitemap.xml":
            location = self.site.url("/sitemap-1.xml")
            index = f"<sitemapindex><sitemap><loc>{location}</loc></sitemap></sitemapindex>"
            return XML, index.encode()
        if path == "/sitemap-1.xml":
            urls = "".join(f"<url><loc>{self.url(n)}</loc></url>" for n in numbers if n % 3 == 2)
            return XML, f"<urlset>{urls}</urlset>".encode()
        for number in numbers:
            if path == self.path(number):
                extra = (
                    f"<p>Correction {self.texts[number]}: the boat came in at noon, not at"
                    f" dawn, as we wrote.</p>"
                    if self.texts[number]
                    else ""
                )
                # Young, so that it is looked at again.
                date = self.today.encode()
                page = re.sub(rb"2026-04-\d\dT09:30:00Z", date, article_page(number))
                return HTML, page.replace(b"</article>", extra.encode() + b"</article>")
        return None


class Answers(dict):
    """What `tests.server` looks answers up in."""

    def __init__(self, news):
        super().__init__()
        self.news = news

    def get(self, path, default=None):
        return lambda handler: self.news.answer(path, handler.headers)
