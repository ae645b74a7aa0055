"""What the fuzzer calls: every reader of strangers' bytes, and what each may raise."""

import tempfile
from pathlib import Path

from newsclean import read_article
from newsclean.archives import read_saved
from newsclean.cleaning import clean_body
from newsclean.cleaning.tree import parse_html
from newsclean.discovery.feeds import read_feed
from newsclean.discovery.links import find_feeds, read_outline
from newsclean.discovery.sitemap import read_sitemap
from newsclean.discovery.xml import HostileXml
from newsclean.extraction import decode
from newsclean.sites.file import SiteRuleError, read_file
from tests.fuzz.inputs import FEED, JSON_FEED, PAGES, RULE, SITEMAP, WARC

URL = "https://news.example/2026/04/18/rain-7"


def read_links(body, charset):
    root = parse_html(decode(body, None))
    read_outline(root, URL, "news.example")
    find_feeds(root, URL)


def read_rule(body, charset):
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(body)
        file.flush()
        rule = read_file(Path(file.name)).rule(None)
    root = parse_html("<h1>a</h1><div id=a class=text><p>b</p></div>")
    for selectors in rule.fields.values():
        for selector in selectors:
            selector.find(root)


def read_archive(body, charset):
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(body)
        file.flush()
        for _ in read_saved([Path(file.name)], limit=1 << 20):
            pass


# name → (function of bytes and a charset, what its inputs are made from, what it may raise)
READERS = {
    "read_article": (lambda body, charset: read_article(body, URL), PAGES, ()),
    "clean_body": (lambda body, charset: clean_body(body.decode("utf-8", "replace")), PAGES, ()),
    "decode": (lambda body, charset: decode(body, f"text/html; charset={charset}"), PAGES, ()),
    "read_outline": (read_links, PAGES, ()),
    "read_feed": (lambda body, charset: read_feed(body, URL), [FEED, JSON_FEED], (HostileXml,)),
    "read_sitemap": (lambda body, charset: read_sitemap(body, URL), [SITEMAP, FEED], (HostileXml,)),
    "read_rule": (read_rule, [RULE], (SiteRuleError,)),
    "read_saved": (read_archive, [WARC, *PAGES], ()),
}
