"""Read links, entries and facts on the pages of a site.

These are pure functions of a body, its URL and its content type, so that they can run in a thread
or a worker process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newsclean.cleaning.tree import parse_html
from newsclean.discovery.feeds import read_feed
from newsclean.discovery.learner import PageFacts
from newsclean.discovery.links import find_feeds, read_outline
from newsclean.discovery.outline import text_size
from newsclean.discovery.records import read_json, read_records
from newsclean.discovery.sitemap import read_sitemap
from newsclean.extraction import decode
from newsclean.fetched import FetchedPage, PageReader

if TYPE_CHECKING:
    from newsclean.discovery.entry import Entry
    from newsclean.discovery.outline import PageOutline
    from newsclean.extraction import Page
    from newsclean.items import Article

_MAX_ENTRIES = 100_000  # of a feed or sitemap
_TAG = re.compile(r"<[^<>]*+>")
_HEAD = 4_000  # characters in which a document has one of these tags
_DOCUMENT = re.compile(r"<(?:!doctype|html|head|body|meta|title|frameset)\b", re.IGNORECASE)
# The JSON-LD types of an article. A page with more than two of them is a list of articles.
_ARTICLE_TYPE = re.compile(rb'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"[A-Za-z]{0,30}(?:Article|Posting)"')
_MAX_TYPES = 2


class SectionPage(NamedTuple):
    """The links of a section or front page, and the feeds that it declares."""

    outline: PageOutline
    feeds: list[str]


class ListingEntries(NamedTuple):
    """The entries of a sitemap or feed, and the sitemaps that it names, newest first. ``truncated``
    is True if it exceeds a limit or is damaged; then the rest is missing."""

    entries: list[Entry]
    sitemaps: list[str]
    truncated: bool


def read_entries(body: bytes, url: str, content_type: str | None, kind: str) -> ListingEntries:
    """Return what the sitemap or feed *body* lists.

    *kind* is ``sitemap`` or ``feed``. A URL that is declared as a sitemap may be a feed. Raise
    `newsclean.discovery.xml.HostileXml`.
    """
    if kind == "sitemap":
        sitemap = read_sitemap(body, url, limit_entries=_MAX_ENTRIES)
        if sitemap.kind != "none":
            newest_first = sorted(
                sitemap.sitemaps, key=lambda entry: entry.date_modified or "", reverse=True
            )
            named = [entry.url for entry in newest_first]
            return ListingEntries(list(sitemap.entries), named, sitemap.truncated)
    feed = read_feed(body, url, content_type)
    return ListingEntries(list(feed.entries), [], feed.truncated)


def read_section(body: bytes, url: str, content_type: str | None, site: str) -> SectionPage:
    """Return the links and declared feeds of the page *body* of *site*. It may also be a part of a
    list that a script loads: JSON, or a fragment of HTML."""
    html = decode(body, content_type)
    value = read_json(html)
    records = read_records(value) if value is not None else None
    if records is not None:
        html = "\n".join(records.markup)
    is_part = records is not None or not _DOCUMENT.search(html[:_HEAD])
    root = parse_html(html)
    outline = read_outline(root, url, site, records=records, is_part=is_part)
    return SectionPage(outline, find_feeds(root, url))


class SiteLook(NamedTuple):
    """The links of a page, and the facts that show whether it is an article."""

    outline: PageOutline
    facts: PageFacts


class SitePageReader(PageReader):
    """Adds a `SiteLook` to each page that is fetched for a site."""

    def look(self, fetched: FetchedPage, page: Page, article: Article) -> SiteLook | None:
        """Return the links of the page to its site, and the facts of *article*. None if they were
        not requested."""
        if not fetched.site:
            return None
        outline = read_outline(page.served_root, fetched.url, fetched.site)
        return SiteLook(outline, facts_of(fetched.body, article))

    def has_list(self, beside: object) -> bool:
        """Return True if *beside* shows where the list of a section is."""
        return isinstance(beside, SiteLook) and beside.outline.leads_on


def facts_of(body: bytes, article: Article) -> PageFacts:
    """Return the facts of the page *body* that show whether it is an article."""
    raw = article.articleBodyRaw
    types = 0
    for types, _ in enumerate(_ARTICLE_TYPE.finditer(body), 1):
        if types > _MAX_TYPES:
            break
    return PageFacts(
        body=text_size(_TAG.sub("", raw.html)) if raw is not None else 0,
        has_date=article.datePublished is not None,
        is_structured=0 < types <= _MAX_TYPES,
    )
