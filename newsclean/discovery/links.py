"""What a page links to: its feeds, and the pages of the same site.

`read_outline` walks the page once and notes what stands beside each link. Its result is enough
to tell a list of links from an article.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from newsclean.discovery.plain import plain_text
from newsclean.pager_labels import read_label
from newsclean.urls import absolute_url, host_of, page_key, split_url

if TYPE_CHECKING:
    from lxml.etree import _Element

LIMIT_LINKS = 5_000  # distinct URLs read from a page
_MAX_ANCHORS = 20_000  # <a> elements looked at on a page
_MAX_ITEM = 400  # characters of an item of a list in which a date is looked for
_MAX_ITEM_TEXTS = 40  # text nodes of such an item
_ITEM_LEVELS = 4  # ancestors of a link that may be its item
_MAX_TEXT = 2_000_000  # characters of link text read from a page: links within links share theirs
_MAX_TEXTS = 100  # text nodes of a link
MAX_LABEL = 20  # columns of "next page" and the like; what is wider is a title
_INLINE = 1.5  # a block with so much more text than link text is prose with links in it
_FEED_TYPES = frozenset(
    """
    application/rss+xml application/atom+xml application/rdf+xml application/feed+json
    application/json text/rss+xml
    """.split()
)
# The ends of paths that are files for reading elsewhere, or parts of a page.
_FILES = frozenset(
    """
    7z aac apk avi avif bmp bz2 css csv dmg doc docx eot epub exe flac flv gif gz ics ico iso jar
    jpeg jpg js json m3u8 m4a m4v mjs mkv mov mp3 mp4 mpeg mpg msi odp ods odt ogg ogv opus otf pdf
    png ppt pptx psd rar rss rtf svg swf tar tgz tif tiff torrent ttf txt wav webm webp wmv woff
    woff2 xls xlsx xml xz zip
    """.split()
)
# Not ``head``: the parser leaves a ``nav`` there where a page omits its ``body`` tag.
_UNSEEN = frozenset("script style noscript template select textarea svg title iframe".split())
_BLOCKS = frozenset(
    """
    address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul
    """.split()
)
_AWAY_TAGS = frozenset({"nav", "footer"})
# Class and id tokens of navigation bars, footers and breadcrumbs; daohang is 导航.
_AWAY = re.compile(r"nav|menu|foot|bread|crumb|daohang|toolbar|topbar|copyright", re.IGNORECASE)
# A day as lists write it: 2026-04-18, 18.04.2026, 04/18, 4月18日, 18 April 2026, 3 hours ago.
_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d\s?[-./年]\s?\d\d?\s?(?:[-./月]\s?\d\d?)?|\d\d?[./-]\d\d?[./-](?:19|20)?\d\d"
    r"|[01]\d[-/.][0-3]\d(?![.\d])|\d\d?月\d\d?日|\d\d?\s?(?:시간|분|時間|小时|分)\s?(?:전|前)"
    r"|\d\d?\.?\s[^\W\d]{3,12}\.?,?\s(?:19|20)\d\d|[^\W\d]{3,12}\.?\s\d\d?,\s(?:19|20)\d\d)"
)
_WIDE = "\u2e7f"  # from here on a letter takes two columns: Chinese, Japanese, Korean


@dataclass(slots=True)
class Link:
    """A page of the site that another page links to, once whatever the number of links.

    ``text`` is the longest text that links to it, ``size`` that text's width in columns, ``count``
    how many links lead there. ``date`` is the date in the same item as it is written.
    ``is_away``: all its links stand in what the page's markup calls navigation or footer.
    ``label`` is what `read_label` reads in all of them: a page's number, ``next`` and the like.
    """

    url: str
    text: str = ""
    size: int = 0
    count: int = 0
    date: str = ""
    is_away: bool = True
    label: int | str | None = None

    @property
    def is_dated(self) -> bool:
        """True if a date stands in the same item."""
        return bool(self.date)


class Piece(NamedTuple):
    """A link (``url``) or a block of text outside links (no URL), its width in columns, and a
    digest of the text, by which it is known again on other pages."""

    url: str
    size: int
    digest: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """What a page links to, and its ``pieces`` in document order. ``next_url`` is the page's
    ``<link rel=next>``; ``truncated``: it has more links than were read."""

    url: str
    links: dict[str, Link] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    next_url: str | None = None
    truncated: bool = False


def text_size(text: str) -> int:
    """Return the width of *text* in columns, without white space.

    >>> text_size("rain again"), text_size("又下雨")
    (9, 6)
    """
    squeezed = "".join(text.split())
    if squeezed.isascii():
        return len(squeezed)
    return sum(2 if char > _WIDE else 1 for char in squeezed)


def find_feeds(root: _Element, url: str) -> list[str]:
    """Return the URLs of the feeds that the page *root*, fetched from *url*, announces.

    Those are ``<link rel="alternate">`` with a feed's type, in the page's order, each
    once. Feeds of comments are left out. Never raises.
    """
    base = _base_of(root, url)
    found: dict[str, None] = {}
    for link in islice(root.iter("link"), LIMIT_LINKS):
        rel = (link.get("rel") or "")[:100].lower().split()
        kind = (link.get("type") or "")[:100].partition(";")[0].strip().lower()
        if "alternate" not in rel or kind not in _FEED_TYPES:
            continue
        address = absolute_url(link.get("href"), base)
        # WordPress announces its JSON interface as an alternate, and its comments as a feed.
        if address is None or "/wp-json/" in address or "/comments/" in address:
            continue
        found.setdefault(address)
    return list(found)


def read_outline(root: _Element, url: str, host: str, *, limit: int = LIMIT_LINKS) -> Outline:
    """Return the outline of the page *root*, fetched from *url*, of the site *host*.

    A link is kept if its host is *host* or below it, ``www.`` apart; at most *limit* of
    them. Left out are the page itself, what is no page by its name (images, documents, feeds) and
    what is not http. Linear in the page; never raises.
    """
    return _Reader(root, url, host.lower().removeprefix("www."), limit).read()


class _Reader:
    """One walk over a page."""

    def __init__(self, root: _Element, url: str, host: str, limit: int) -> None:
        self.root = root
        self.host = host
        self.limit = limit
        self.base = _base_of(root, url)
        self.itself = absolute_url(url, url)
        self.links: dict[str, Link] = {}
        self.pieces: list[Piece] = []
        self.text_left = _MAX_TEXT
        self.titled: set[str] = set()  # URLs to which other texts than labels link as well
        self.anchors = 0
        self.text: list[str] = []  # of the block that is being read, outside links
        self.in_block: list[Piece] = []  # its links

    def read(self) -> Outline:
        """Return the outline."""
        away = unseen = in_link = 0
        for event, node in etree.iterwalk(self.root, events=("start", "end", "comment")):
            tag = node.tag
            if event == "start":
                if tag in _UNSEEN:
                    unseen += 1
                elif not unseen:
                    if tag in _BLOCKS and not in_link:
                        self.end_block()
                    away += _is_away(node)
                    if tag in {"a", "area"}:
                        in_link += 1
                        self.read_link(node, away > 0)
                    elif not in_link and node.text:
                        self.text.append(node.text)
                continue
            if event == "end" and tag in _UNSEEN:
                unseen -= 1
            elif event == "end" and not unseen:
                if tag in _BLOCKS and not in_link:
                    self.end_block()
                away -= _is_away(node)
                in_link -= tag in {"a", "area"}
            if not unseen and not in_link and node.tail:
                self.text.append(node.tail)
        self.end_block()
        is_cut = self.anchors > _MAX_ANCHORS or len(self.links) >= self.limit
        # One link leads to an article on one page; several "read on" lead to several articles.
        reads_on = sum(link.label == "all" for link in self.links.values()) > 1
        for link in self.links.values():
            # The number beside a headline counts its comments.
            is_title = link.size > MAX_LABEL or link.url in self.titled
            if is_title or (reads_on and link.label == "all"):
                link.label = None
        return Outline(self.itself or "", self.links, self.pieces, self.next_url(), is_cut)

    def next_url(self) -> str | None:
        """Return the page's ``<link rel=next>``."""
        for link in islice(self.root.iter("link"), LIMIT_LINKS):
            if "next" in (link.get("rel") or "")[:100].lower().split():
                return self.address(link)
        return None

    def end_block(self) -> None:
        """Keep the links of a block, then its text. Links within a longer text are part of it."""
        links, self.in_block = self.in_block, []
        size = 0
        if self.text:
            text = " ".join("".join(self.text).split())
            self.text = []
            size = text_size(text)
        linked = sum(piece.size for piece in links)
        if size > _INLINE * linked:
            self.pieces.append(Piece("", size + linked, hash(text)))
            return
        self.pieces += links
        if size > 1:
            self.pieces.append(Piece("", size, hash(text)))

    def address(self, node: _Element) -> str | None:
        address = absolute_url(node.get("href"), self.base)
        if address is None or address == self.itself or not is_within(address, self.host):
            return None
        return None if _is_file(address) else address

    def read_link(self, node: _Element, is_away: bool) -> None:
        self.anchors += 1
        if self.anchors > _MAX_ANCHORS:
            return
        address = self.address(node)
        if address is None or (len(self.links) >= self.limit and address not in self.links):
            return
        link = self.links.setdefault(address, Link(address))
        link.count += 1
        text = self.text_of(node)
        size = text_size(text)
        if size > link.size:
            link.text, link.size = text, size
        link.is_away = link.is_away and is_away
        if link.count == 1:
            link.date = _date_beside(node)
        label = read_label(node)
        if label is None and any(map(str.isalnum, text)):
            self.titled.add(address)
        link.label = link.label or label
        self.in_block.append(Piece(address, size))

    def text_of(self, node: _Element) -> str:
        """Return the text of a link: its ``title`` if that is longer, as where lists cut titles;
        an image's ``alt`` if there is no other."""
        text: str | None = ""
        if self.text_left > 0:
            # A card that is one link: its heading is the title.
            heading = next(node.iter("h1", "h2", "h3", "h4", "h5"), node) if len(node) else node
            texts = [text for text in islice(heading.itertext(etree.Element), _MAX_TEXTS) if text]
            self.text_left -= sum(map(len, texts))
            text = plain_text(" ".join(text[:1000] for text in texts))
        title = plain_text((node.get("title") or "")[:1000])
        if title and (not text or (text.endswith(("…", "...")) and len(title) > len(text))):
            text = title
        if not text:
            image = next(node.iter("img"), None)
            text = plain_text((image.get("alt") or "")[:1000]) if image is not None else None
        return text or ""


def _is_away(node: _Element) -> bool:
    if node.tag in _AWAY_TAGS:
        return True
    if node.tag in {"body", "html", "a"}:
        return False
    names = f"{(node.get('class') or '')[:200]} {(node.get('id') or '')[:100]}"
    return len(names) > 1 and _AWAY.search(names) is not None


def _date_beside(node: _Element) -> str:
    """Return the date in the item of a list that the link *node* is part of, ``""`` without."""
    holder = node
    for _ in range(_ITEM_LEVELS):
        text, size = [], 0
        for part in holder.itertext(etree.Element):
            text.append(part)
            size += len(part)
            if size > _MAX_ITEM or len(text) > _MAX_ITEM_TEXTS:
                return ""
        if match := _DATE.search(" ".join(text)):
            return match[0]
        parent = holder.getparent()
        if parent is None or parent.tag in {"body", "html"}:
            return ""
        holder = parent
    return ""


def links_digest(outline: Outline) -> str:
    """Return a digest of the pages that *outline* links to: the same while a listing names the
    same pages, whatever else on it changes. Sessions and campaigns in URLs do not count."""
    pages = sorted({page_key(url) for url in outline.links})
    return hashlib.sha256("\n".join(pages).encode("utf-8", "surrogatepass")).hexdigest()


def is_within(url: str, host: str) -> bool:
    """Return True if the host of *url* is *host* or below it, ``www.`` apart."""
    other = host_of(url).removeprefix("www.")
    return other == host or other.endswith("." + host)


def _base_of(root: _Element, url: str) -> str:
    base = next(root.iter("base"), None)
    address = absolute_url(base.get("href"), url) if base is not None else None
    return address or url


def _is_file(url: str) -> bool:
    parts = split_url(url)
    name = parts.path.rpartition("/")[2] if parts else ""
    stem, dot, suffix = name.rpartition(".")
    return bool(stem and dot) and suffix.lower() in _FILES
