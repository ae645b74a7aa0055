"""Read the links of a page: its feeds, and links to pages of the same site.

`read_outline` walks through the page once and records the text around each link. Its result is
enough to distinguish a list of links from an article.
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
_MAX_ITEM = 400  # characters of a list item that are searched for a date
_MAX_ITEM_TEXTS = 40  # text nodes of such an item
_ITEM_LEVELS = 4  # ancestors of a link that may be its item
_MAX_TEXT = 2_000_000  # characters of link text of a page; nested links count theirs twice
_MAX_TEXTS = 100  # text nodes of a link
MAX_LABEL = 20  # columns of a label such as "next page"; a wider text is a title
_INLINE = 1.5  # ratio of other text to link text; a block with more is prose with links
_FEED_TYPES = frozenset(
    """
    application/rss+xml application/atom+xml application/rdf+xml application/feed+json
    application/json text/rss+xml
    """.split()
)
# Suffixes of paths that are not HTML pages.
_FILES = frozenset(
    """
    7z aac apk avi avif bmp bz2 css csv dmg doc docx eot epub exe flac flv gif gz ics ico iso jar
    jpeg jpg js json m3u8 m4a m4v mjs mkv mov mp3 mp4 mpeg mpg msi odp ods odt ogg ogv opus otf pdf
    png ppt pptx psd rar rss rtf svg swf tar tgz tif tiff torrent ttf txt wav webm webp wmv woff
    woff2 xls xlsx xml xz zip
    """.split()
)
# Not ``head``: if a page omits its ``body`` tag, the parser may put a ``nav`` there.
_UNSEEN = frozenset("script style noscript template select textarea svg title iframe".split())
_BLOCKS = frozenset(
    """
    address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul
    """.split()
)
_LINKS = frozenset({"a", "area"})
# The URL in onclick="location.href='/7'" and in calls such as window.open('/7').
_ONCLICK = re.compile(
    r"""
    (?:\blocation(?:\.href)?\s{0,3}=              # location = …, window.location.href = …
      |\blocation\.(?:assign|replace)\s{0,3}\(    # location.assign(…)
      |\bwindow\.open\s{0,3}\()
    \s{0,3}["']([^"']{1,1000})["']
    """,
    re.VERBOSE,
)
_MAX_SCRIPT = 2_000  # characters of an onclick attribute
_MAX_CARD = 50  # elements of a card that is a link without an <a>; a larger element is no link
_AWAY_TAGS = frozenset({"nav", "footer"})
# Tokens in classes and ids of navigation bars, footers and breadcrumbs; daohang is 导航.
_AWAY = re.compile(r"nav|menu|foot|bread|crumb|daohang|toolbar|topbar|copyright", re.IGNORECASE)
# A date in a list: 2026-04-18, 18.04.2026, 04/18, 4月18日, 18 April 2026, 3 hours ago.
_DATE = re.compile(
    r"""
    (?<!\d)(?:
        (?:19|20)\d\d\s?[-./年]\s?\d\d?\s?(?:[-./月]\s?\d\d?)?        # 2026-04-18, 2026年4月
      | \d\d?[./-]\d\d?[./-](?:19|20)?\d\d                            # 18.04.2026, 04/18/26
      | [01]\d[-/.][0-3]\d(?![.\d])                                   # 04/18
      | \d\d?月\d\d?日
      | \d\d?\s?(?:시간|분|時間|小时|分)\s?(?:전|前)                  # 3小时前
      | \d\d?\.?\s[^\W\d]{3,12}\.?,?\s(?:19|20)\d\d                   # 18 April 2026
      | [^\W\d]{3,12}\.?\s\d\d?,\s(?:19|20)\d\d                       # April 18, 2026
    )
    """,
    re.VERBOSE,
)
_WIDE = "\u2e7f"  # characters after it take two columns: Chinese, Japanese, Korean


@dataclass(slots=True)
class Link:
    """All links of a page to one URL of the site.

    ``text`` is the longest link text, ``size`` its width in columns, ``count`` the number of
    links. ``date`` is the date in the same list item as it is written. ``is_away`` is True if all
    links are in a navigation or a footer by the markup. ``label`` is the common result of
    `read_label`: a page number, ``next`` and the like.
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
        """True if there is a date in the same list item."""
        return bool(self.date)


class Piece(NamedTuple):
    """A link (``url``) or a block of other text (no URL), its width in columns, and a digest of the
    text, to find the same text on other pages."""

    url: str
    size: int
    digest: int = 0


@dataclass(frozen=True, slots=True)
class PageOutline:
    """The links of a page, and its ``pieces`` in document order. ``next_url`` is the
    ``<link rel=next>`` of the page. ``truncated`` is True if it has more links than were read."""

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
    """Return the URLs of the feeds that the page *root*, fetched from *url*, declares.

    They are in ``<link rel="alternate">`` with the type of a feed. The result is in document order,
    each URL once, without feeds of comments. Never raises.
    """
    base = _base_of(root, url)
    found: dict[str, None] = {}
    for link in islice(root.iter("link"), LIMIT_LINKS):
        rel = (link.get("rel") or "")[:100].lower().split()
        kind = (link.get("type") or "")[:100].partition(";")[0].strip().lower()
        if "alternate" not in rel or kind not in _FEED_TYPES:
            continue
        address = absolute_url(link.get("href"), base)
        # WordPress declares its JSON API as an alternate, and its comments as a feed.
        if address is None or "/wp-json/" in address or "/comments/" in address:
            continue
        found.setdefault(address)
    return list(found)


def read_outline(root: _Element, url: str, host: str, *, limit: int = LIMIT_LINKS) -> PageOutline:
    """Return the outline of the page *root*, fetched from *url*, of the site *host*.

    It has at most *limit* links, whose host is *host* or below it (``www.`` does not matter). Links
    to the page itself, to other files (images, documents, feeds) and with schemes other than http
    and https are left out. Linear time; never raises.
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
        self.titled: set[str] = set()  # URLs with a link text that is not a label
        self.anchors = 0
        self.text: list[str] = []  # text of the current block outside of links
        self.in_block: list[Piece] = []  # links of the current block

    def read(self) -> PageOutline:
        """Return the outline."""
        away = unseen = in_link = 0
        links: list[_Element] = []  # the open elements that are links
        for event, node in etree.iterwalk(self.root, events=("start", "end", "comment")):
            tag = node.tag
            if event == "start":
                if tag in _UNSEEN:
                    unseen += 1
                elif not unseen:
                    if tag in _BLOCKS and not in_link:
                        self.end_block()
                    away += _is_away(node)
                    if tag in _LINKS or (not in_link and _is_card(node)):
                        links.append(node)
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
                if links and links[-1] is node:
                    links.pop()
                    in_link -= 1
            if not unseen and not in_link and node.tail:
                self.text.append(node.tail)
        self.end_block()
        is_cut = self.anchors > _MAX_ANCHORS or len(self.links) >= self.limit
        # A single "next" may lead to the next page; several "read on" lead to several articles.
        reads_on = sum(link.label == "all" for link in self.links.values()) > 1
        for link in self.links.values():
            # A number next to a headline is the number of its comments.
            is_title = link.size > MAX_LABEL or link.url in self.titled
            if is_title or (reads_on and link.label == "all"):
                link.label = None
        return PageOutline(self.itself or "", self.links, self.pieces, self.next_url(), is_cut)

    def next_url(self) -> str | None:
        """Return the URL of ``<link rel=next>``, or None."""
        for link in islice(self.root.iter("link"), LIMIT_LINKS):
            if "next" in (link.get("rel") or "")[:100].lower().split():
                return self.address(link)
        return None

    def end_block(self) -> None:
        """Add the links of a block, then its text. Links within a longer text are part of it."""
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
        address = absolute_url(_target_of(node), self.base)
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
        """Return the text of a link; or its ``title`` if that is longer, because lists cut titles;
        or the ``alt`` of its image if there is no text."""
        text: str | None = ""
        if self.text_left > 0:
            # The link is a whole card, whose title is its heading.
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


def _target_of(node: _Element) -> str | None:
    """Return the URL to which *node* leads, as it is written, or None."""
    href = node.get("href")
    if href and not href[:20].strip().lower().startswith(("javascript:", "#")):
        return href
    if target := node.get("data-href"):
        return target
    found = _ONCLICK.search((node.get("onclick") or "")[:_MAX_SCRIPT])
    return found[1] if found else href


def _is_card(node: _Element) -> bool:
    """Return True if *node* is a link by a script: it has a URL, and no other links within."""
    if not (node.get("data-href") or node.get("onclick")) or _target_of(node) is None:
        return False
    within = list(islice(node.iter(etree.Element), _MAX_CARD + 1))
    return len(within) <= _MAX_CARD and not any(
        one.tag in _LINKS or _target_of(one) is not None for one in within[1:]
    )


def _is_away(node: _Element) -> bool:
    if node.tag in _AWAY_TAGS:
        return True
    if node.tag in {"body", "html", "a"}:
        return False
    names = f"{(node.get('class') or '')[:200]} {(node.get('id') or '')[:100]}"
    return len(names) > 1 and _AWAY.search(names) is not None


def _date_beside(node: _Element) -> str:
    """Return the date in the list item of the link *node*, or ``""``."""
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


def links_digest(outline: PageOutline) -> str:
    """Return a digest of the pages that *outline* links to. It changes only if the listing links to
    other pages. Session and campaign parameters in URLs do not matter."""
    pages = sorted({page_key(url) for url in outline.links})
    return hashlib.sha256("\n".join(pages).encode("utf-8", "surrogatepass")).hexdigest()


def is_within(url: str, host: str) -> bool:
    """Return True if the host of *url* is *host* or below it. ``www.`` does not matter.

    >>> is_within("https://sport.news.example/7", "news.example")
    True
    """
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
