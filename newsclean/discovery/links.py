"""Read the links of a page: its feeds, and links to pages of the same site.

`read_outline` walks through the page once and records the text around each link. Its result is
enough to distinguish a list of links from an article. Options of a ``<select>`` and links that a
script writes are links, too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.discovery.dates import find_date
from newsclean.discovery.more import more_in_attributes, more_in_scripts, next_part
from newsclean.discovery.outline import (
    FEW_TITLES,
    MAX_LABEL,
    Link,
    PageOutline,
    Piece,
    text_size,
)
from newsclean.discovery.plain import plain_text
from newsclean.discovery.records import read_records, script_values
from newsclean.discovery.targets import LINKS, is_card, is_file, options_of, target_of
from newsclean.pager_labels import read_label
from newsclean.urls import absolute_url, host_of, snapshot_url

if TYPE_CHECKING:
    from lxml.etree import _Element

    from newsclean.discovery.records import Records

LIMIT_LINKS = 5_000  # distinct URLs read from a page
_MAX_ANCHORS = 20_000  # <a> elements looked at on a page
_MAX_ITEM = 400  # characters of a list item that are searched for a date
_MAX_ITEM_TEXTS = 40  # text nodes of such an item
_ITEM_LEVELS = 4  # ancestors of a link that may be its item
_MAX_TEXT = 2_000_000  # characters of link text of a page; nested links count theirs twice
_MAX_TEXTS = 100  # text nodes of a link
_INLINE = 1.5  # ratio of other text to link text; a block with more is prose with links
_FEED_TYPES = frozenset(
    """
    application/rss+xml application/atom+xml application/rdf+xml application/feed+json
    application/json text/rss+xml
    """.split()
)
# Not ``head``: if a page omits its ``body`` tag, the parser may put a ``nav`` there.
_UNSEEN = frozenset("script style noscript template select textarea svg title iframe frame".split())
_MAX_METAS = 200  # <meta> elements of a page
_MAX_DATE = 40  # characters of the date of a record
_MAX_FRAMES = 10  # frames of a page
_MAX_SCRIPTS = 2_000_000  # characters of the scripts of a page
# A link that a script writes: document.write('<a href="/7">Rain</a>'), also with \" and \'.
_WRITTEN = re.compile(
    r"""
    <a\s (?: (?!\bhref\s{0,3}=) [^<>+] ){0,200}+ \bhref\s{0,3}=\s{0,3} [\\"']{0,2}+
    ([^\\"'\s<>+]{1,1000}+) [^<>+]{0,300}+ >       # no step back: a tag may have no end
    ([^<>+]{0,200}) <
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BLOCKS = frozenset(
    """
    address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul
    """.split()
)
_AWAY_TAGS = frozenset({"nav", "footer"})
_NOT_AWAY_TAGS = frozenset({"body", "html", "a"})
# Tokens in classes and ids of navigation bars, footers and breadcrumbs; daohang is 导航.
_AWAY = re.compile(r"nav|menu|foot|bread|crumb|daohang|toolbar|topbar|copyright", re.IGNORECASE)


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


def read_outline(
    root: _Element,
    url: str,
    host: str,
    *,
    limit: int = LIMIT_LINKS,
    records: Records | None = None,
    is_part: bool = False,
) -> PageOutline:
    """Return the outline of the page *root*, fetched from *url*, of the site *host*.

    It has at most *limit* links, whose host is *host* or below it (``www.`` does not matter). Links
    to the page itself, to other files (images, documents, feeds) and with schemes other than http
    and https are left out. If *is_part*, *root* is only a part of a list, and *records* are the
    items of a part that is JSON. Linear time; never raises.
    """
    reader = _Reader(root, url, host.lower().removeprefix("www."), limit)
    return reader.read_part(records) if is_part else reader.read()


class _Reader:
    """One walk over a page."""

    def __init__(self, root: _Element, url: str, host: str, limit: int) -> None:
        self.root = root
        self.url = url
        self.host = host
        self.limit = limit
        self.base = _base_of(root, url)
        self.itself = absolute_url(url, url)
        front = absolute_url("/", self.base)  # most links are below it
        self.origin = front if front is not None and is_within(front, host) else ""
        self.links: dict[str, Link] = {}
        self.pieces: list[Piece] = []
        self.text_left = _MAX_TEXT
        self.titled: set[str] = set()  # URLs with a link text that is not a label
        self.anchors = 0
        self.text: list[str] = []  # text of the current block outside of links
        self.in_block: list[Piece] = []  # links of the current block
        self.frames: dict[str, None] = {}
        self.addresses: dict[str, str | None] = {}  # target as it is written → URL
        self.dates: dict[_Element, str | None] = {}  # list item → its date, None if it is too long
        self.away: dict[str, bool] = {}  # class and id → True if they name a navigation
        self.scripts: list[str] = []
        self.scripts_left = _MAX_SCRIPTS

    def read(self) -> PageOutline:
        """Return the outline of a page."""
        self.walk()
        for script in self.scripts:
            if "document.write" in script:
                self.read_written(script)
        titles = sum(link.size > MAX_LABEL for link in self.links.values())
        before = len(self.links)
        if titles < FEW_TITLES:
            for script in self.scripts:
                for value in script_values(script):
                    self.read_records(read_records(value))
        loaded = len(self.links) - before
        self.read_snapshot()
        outline = self.outline()
        more = None
        if not any(link.label == "next" for link in self.links.values()):
            more = more_in_attributes(self.root) or more_in_scripts(
                self.scripts, has_titles=titles + loaded > 0
            )
        return replace(outline, more=self.resolved(more), loaded=loaded)

    def read_part(self, records: Records | None) -> PageOutline:
        """Return the outline of a part of a list."""
        self.walk()
        if records is not None:
            self.read_records(records)
        outline = self.outline()
        if not outline.links or (records is not None and records.is_end):
            return replace(outline, is_part=True)
        more = records.next_url if records is not None else None
        more = more or more_in_attributes(self.root) or next_part(self.url, len(outline.links))
        return replace(outline, more=self.resolved(more), is_part=True)

    def walk(self) -> None:
        """Read the links and the text of the page."""
        away = unseen = in_link = 0
        opened: list[bool] = []  # of each open element: True if it is a navigation
        links: list[_Element] = []  # the open elements that are links
        for event, node in etree.iterwalk(self.root, events=("start", "end", "comment")):
            tag = node.tag
            if event == "start":
                if tag in _UNSEEN:
                    if not unseen:
                        self.read_unseen(tag, node)
                    unseen += 1
                elif not unseen:
                    if tag in _BLOCKS and not in_link:
                        self.end_block()
                    is_away = self.is_away(node)
                    opened.append(is_away)
                    away += is_away
                    if tag in LINKS or (not in_link and is_card(node)):
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
                away -= opened.pop()
                if links and links[-1] is node:
                    links.pop()
                    in_link -= 1
            if not unseen and not in_link and node.tail:
                self.text.append(node.tail)
        self.end_block()

    def outline(self) -> PageOutline:
        """Return the outline of what was read."""
        is_cut = self.anchors > _MAX_ANCHORS or len(self.links) >= self.limit
        # A single "next" may lead to the next page; several "read on" lead to several articles.
        reads_on = sum(link.label == "all" for link in self.links.values()) > 1
        for link in self.links.values():
            # A number next to a headline is the number of its comments.
            is_title = link.size > MAX_LABEL or link.url in self.titled
            if is_title or (reads_on and link.label == "all"):
                link.label = None
        return PageOutline(
            self.itself or "",
            self.links,
            self.pieces,
            self.next_url(),
            is_cut,
            tuple(islice(self.frames, _MAX_FRAMES)),
        )

    def read_unseen(self, tag: str, node: _Element) -> None:
        """Read the URLs in an element that has no text on the page."""
        if tag == "script":
            # Of the metadata of a page, only lists are links to other pages.
            is_metadata = (node.get("type") or "").strip().lower() == "application/ld+json"
            if is_metadata and '"ItemList"' not in (node.text or ""):
                return
            if node.text and self.scripts_left > 0:
                self.scripts.append(node.text[: self.scripts_left])
                self.scripts_left -= len(node.text)
        elif tag == "select":
            for option, target in options_of(node):
                self.add_link(target, self.text_of(option), read_label(option), is_away=True)
        elif tag in {"frame", "iframe"} and len(self.frames) < _MAX_FRAMES:
            address = self.within(node.get("src"))
            if address is not None:
                self.frames.setdefault(address)

    def read_written(self, script: str) -> None:
        """Read the links that *script* writes into the page."""
        for match in islice(_WRITTEN.finditer(script), self.limit):
            self.add_link(match[1], plain_text(match[2]) or "", None)

    def read_records(self, records: Records) -> None:
        """Add the items of *records* as links with a title."""
        for url, title, date in records.items:
            address = self.within(url)
            if address is not None and address not in self.links:
                self.add_link(address, title, None, date=date)

    def read_snapshot(self) -> None:
        """Add the URL that crawlers request instead of a page with hash-bang URLs."""
        for node in islice(self.root.iter("meta"), _MAX_METAS):
            if node.get("name") == "fragment" and node.get("content") == "!" and self.itself:
                self.frames.setdefault(snapshot_url(self.itself, ""))
                return

    def add_link(
        self,
        target: str,
        text: str,
        label: int | str | None,
        *,
        date: str = "",
        is_away: bool = False,
    ) -> None:
        """Add a link to *target* that is not an ``<a>``, and its piece."""
        self.anchors += 1
        address = self.within(target) if self.anchors <= _MAX_ANCHORS else None
        if address is not None:
            size = text_size(text)
            if self.note(address, text, size, label, is_away=is_away):
                link = self.links[address]
                link.date = link.date or date[:_MAX_DATE]
                self.pieces.append(Piece(address, size))

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

    def resolved(self, target: str | None) -> str | None:
        """Return the URL of *target*, as it is written, if it is another URL of the site."""
        if target is not None and "#!" in target:
            page, _, fragment = target.partition("#!")
            target = snapshot_url(absolute_url(page, self.base) or self.base, fragment)
        address = absolute_url(target, self.base)
        if address is None or address == self.itself:
            return None
        if self.origin and address.startswith(self.origin):
            return address
        return address if is_within(address, self.host) else None

    def within(self, target: str | None) -> str | None:
        """Return the URL of *target* if it is another page of the site."""
        if not target:
            return None
        if target not in self.addresses:
            address = self.resolved(target)
            is_page = address is not None and not is_file(address)
            self.addresses[target] = address if is_page else None
        return self.addresses[target]

    def address(self, node: _Element) -> str | None:
        """Return the URL of the page of the site to which *node* leads, or None."""
        return self.within(target_of(node))

    def note(
        self, address: str, text: str, size: int, label: int | str | None, *, is_away: bool
    ) -> bool:
        """Count a link to *address*. Return False if there are too many links."""
        link = self.links.get(address)
        if link is None:
            if len(self.links) >= self.limit:
                return False
            link = self.links[address] = Link(address)
        link.count += 1
        if size > link.size:
            link.text, link.size = text, size
        link.is_away = link.is_away and is_away
        if label is None and any(map(str.isalnum, text)):
            self.titled.add(address)
        link.label = link.label or label
        return True

    def read_link(self, node: _Element, is_away: bool) -> None:
        """Count the link *node*."""
        self.anchors += 1
        address = self.address(node) if self.anchors <= _MAX_ANCHORS else None
        if address is None:
            return
        text = self.text_of(node)
        size = text_size(text)
        if not self.note(address, text, size, read_label(node), is_away=is_away):
            return
        link = self.links[address]
        if link.count == 1:
            link.date = self.date_beside(node)
        self.in_block.append(Piece(address, size))

    def is_away(self, node: _Element) -> bool:
        """Return True if *node* is a navigation or a footer by its tag, class or id."""
        tag = node.tag
        if tag in _AWAY_TAGS:
            return True
        kind, name = node.get("class"), node.get("id")
        if not (kind or name) or tag in _NOT_AWAY_TAGS:
            return False
        names = f"{(kind or '')[:200]} {(name or '')[:100]}"
        is_away = self.away.get(names)
        if is_away is None:
            is_away = self.away[names] = _AWAY.search(names) is not None
        return is_away

    def date_beside(self, node: _Element) -> str:
        """Return the date in the list item of the link *node*, or ``""``."""
        holder = node
        for _ in range(_ITEM_LEVELS):
            if holder not in self.dates:
                self.dates[holder] = _date_in(holder)
            date = self.dates[holder]
            if date is None or date:
                return date or ""
            parent = holder.getparent()
            if parent is None or parent.tag in {"body", "html"}:
                return ""
            holder = parent
        return ""

    def text_of(self, node: _Element) -> str:
        """Return the text of a link; or its ``title`` if that is longer, because lists cut titles;
        or the ``alt`` of its image if there is no text."""
        text: str | None = ""
        if self.text_left > 0:
            if len(node):
                # The link is a whole card, whose title is its heading.
                heading = next(node.iter("h1", "h2", "h3", "h4", "h5"), node)
                parts = islice(heading.itertext(etree.Element), _MAX_TEXTS)
                texts = [text for text in parts if text]
            else:
                texts = [node.text] if node.text else []
            self.text_left -= sum(map(len, texts))
            text = plain_text(" ".join(text[:1000] for text in texts))
        title = plain_text((node.get("title") or "")[:1000])
        if title and (not text or (text.endswith(("…", "...")) and len(title) > len(text))):
            text = title
        if not text:
            image = next(node.iter("img"), None)
            text = plain_text((image.get("alt") or "")[:1000]) if image is not None else None
        return text or ""


def _date_in(holder: _Element) -> str | None:
    """Return the date in the text of *holder*, ``""`` if it has none, or None if *holder* has more
    text than a list item."""
    if not len(holder):
        joined = holder.text or ""
        if len(joined) > _MAX_ITEM:
            return None
    else:
        text, size = [], 0
        for part in holder.itertext(etree.Element):
            text.append(part)
            size += len(part)
            if size > _MAX_ITEM or len(text) > _MAX_ITEM_TEXTS:
                return None
        joined = " ".join(text)
    return find_date(joined)


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
