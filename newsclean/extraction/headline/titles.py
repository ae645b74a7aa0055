"""Collect the title candidates of a page: its headings and the titles in its head, as a whole and
in parts, with their features.

A feature is a name with a value of 0 to 1.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.dom.regions import DIALOGUE, named_region, names_of
from newsclean.extraction.dom.text import squeeze, text_of
from newsclean.extraction.headline.features import compare
from newsclean.extraction.headline.text import (
    CJK,
    Title,
    cuts_of,
    is_site,
    key_of,
    length_of,
    tokens_of,
    words_of,
)
from newsclean.urls import is_front_page, page_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

_MAX_LENGTH = 400  # characters of a title
_MAX_HEADINGS = 40  # headings that are read; after them, only ``<h1>``
_MAX_H1 = 20  # ``<h1>`` that are read
_MAX_NODES = 2_000  # headings that are looked at
_MAX_PIECES = 6  # texts of a heading and its children
_MAX_DEPTH = 13  # ancestors of an ``<h1>`` that are looked at
_MIN_PIECE_LENGTH = 10  # characters of a title that may be a part of a heading
_MIN_SITE_LENGTH = 3  # characters of a site name that is compared, as in `choose.site_names`
_NO_HEADLINE = frozenset(
    "untitled undefined home homepage startseite index null nan 首页 正文 无标题 文章"
    " object".split()
)
# Class names and ids, in lower case, of the heading of an article, and of other headings.
_TITLED = re.compile(
    r"""
    (?:entry|post|article|story|news|detail|content|page|single|main|art)[-_ ]{0,3}
    (?:title|head(?:line|er)?|heading|hed)                            # entry-title, story_head
  | headline|\bhed\b|titre|titulo|titular|标题|biaoti                 # biaoti is 标题
    """,
    re.VERBOSE,
)
_OTHER = re.compile(
    r"""
    site|logo|brand                                                   # the name of the site
  | side                                                              # headings of sidebars
  | sr-only|hidden|screen-?reader|aural                               # for screen readers
  | module|blog-title|section-title|sub-?(?:title|head)               # headings of other parts
    """,
    re.VERBOSE,
)
_NO_H1 = re.compile(r"logo|brand|site-?(?:title|name)|sr-only|screen-?reader|aural")
_DANGLING = " \t-–—|:·»›/,."
_UNREAD = ("rt", "rp")
_DATA = ("json-ld", "embedded")
_SOURCES = {"card": "meta", "twitter card": "meta", "title": "generic"}


class Titles:
    """The title candidates of a page by `key_of`, in the order in which they were found."""

    def __init__(self, site: Sequence[str]) -> None:
        self.site = list(site)
        self.found: dict[str, Title] = {}

    def add(self, text: str, source: str, *features: str) -> Title | None:
        """Add *text* with its *features*. Return None if it cannot be a headline."""
        words = words_of(text) if len(text) <= _MAX_LENGTH else []
        key = "".join(words)
        if not key or key in _NO_HEADLINE:
            return None
        if len(key) == 1 and not CJK.search(key):
            return None
        title = self.found.setdefault(key, Title(words=words))
        title.forms.append((text, source))
        for feature in features:
            title.set_feature(feature)
        return title

    def add_cuts(self, text: str, source: str, *features: str) -> None:
        """Add the parts of *text* before and after each separator, with their *features*."""
        cuts = cuts_of(text)
        for before, separator, after in cuts:
            first, last = length_of(before), length_of(after)
            title = self.add(before, source, *features, "cut: head")
            if title:
                title.set_feature("cut: site behind", is_site(key_of(after), self.site))
                title.set_feature("cut: colon", separator == ":" and not CJK.search(text))
                title.set_feature("cut: few behind", last <= 3)
            title = self.add(after, source, *features)
            if title:
                title.set_feature("cut: site before", is_site(key_of(before), self.site))
                title.set_feature("cut: few before", first <= 3)
        if len(cuts) > 1:
            self.add(text[len(cuts[0][0]) : -len(cuts[-1][2])].strip(_DANGLING), source, *features)


def read_titles(
    page: Page, named: Sequence[tuple[str, str]], site: Sequence[str], *, news: bool = False
) -> list[Title]:
    """Return the title candidates of *page* with their features.

    *named* are (text, source) from structured data, meta tags and listings. *site* are the names of
    the site as keys of `key_of`. *news* is True if its JSON-LD describes a news article. Linear
    time.
    """
    titles = Titles(site)
    whole = _whole(page, named)
    h1s = _add_headings(page, titles, list(whole.values()))
    for name, text in whole.items():
        source = _SOURCES.get(name) or next(one for other, one in named if other == text)
        feature = "data: news" if name == "data" and (news or source == "embedded") else name
        titles.add(text, source, feature)
        if name != "twitter card":
            titles.add_cuts(text, source, f"cut of {name}")
    for text, source in named:
        if source not in _DATA and text not in (whole.get("card"), whole.get("twitter card")):
            titles.add(text, source, *(() if source == "microdata" else ("meta",)))
    compare(titles.found, h1s, whole, page.url, titles.site)
    return list(titles.found.values())


def _whole(page: Page, named: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the titles in the head of *page* by their place."""
    whole = {
        "data": next((text for text, source in named if source in _DATA), ""),
        "card": page.metas.get("og:title", [""])[0],
        "twitter card": page.metas.get("twitter:title", [""])[0],
        "title": next(map(text_of, page.elements["title"]), ""),
    }
    return {name: text for name, text in whole.items() if text}


def _add_headings(page: Page, titles: Titles, whole: Sequence[str]) -> list[str]:
    """Add the headings of *page*; return the keys of the ``<h1>`` that may belong to the article.
    Lower headings without a word of the titles in the page head, *whole*, belong to other texts."""
    known = tokens_of([word for text in whole for word in words_of(text)])
    heads = {key_of(text) for text in whole}
    heads |= {
        key_of(before)
        for text in whole
        for before, _, after in cuts_of(text)
        if is_site(key_of(after), titles.site)
    }
    good: dict[str, None] = {}
    doubtful: dict[str, None] = {}
    first = True
    for node in _headings(page):
        tag = str(node.tag)
        pieces = _pieces(node)
        text = _inner_title(pieces, heads) or " ".join(pieces)
        if known and tag != "h1" and not first and known.isdisjoint(tokens_of(words_of(text))):
            continue
        link = _link_of(page, node)
        title = titles.add(text, "generic", *(() if link == "up" else (tag,)))
        if title is None:
            continue
        _set_heading(title, node, link, first=first)
        first = False
        key = "".join(title.words)
        if link == "up":
            if tag == "h1" and len(key) >= _MIN_SITE_LENGTH:
                titles.site.append(key)
            continue
        if tag != "h3":
            _add_pieces(titles, pieces, tag)
        if tag == "h1":
            titles.add_cuts(text, "generic")
            if key not in titles.site and key[: len(key) // 2] not in titles.site:
                (doubtful if _is_outside(node) else good)[key] = None
    return list(good or doubtful)


def _headings(page: Page) -> Iterator[_Element]:
    """Yield the first 40 headings of *page*, then only ``<h1>``."""
    h1s = 0
    for count, node in enumerate(islice(page.elements["heading"], _MAX_NODES)):
        h1s += node.tag == "h1"
        if h1s > _MAX_H1:
            return
        if node.tag == "h1" or count < _MAX_HEADINGS:
            yield node


def _set_heading(title: Title, node: _Element, link: str, *, first: bool) -> None:
    """Set the features of *title* for the heading *node*: its names, its place, its *link*."""
    names = names_of(node).lower()
    if len(names) > 1:
        title.set_feature("heading: titled", _TITLED.search(names) is not None)
        is_other = _OTHER.search(names) is not None or named_region(names) != 0
        title.set_feature("heading: other", is_other)
    title.set_feature("heading: first", first)
    title.set_feature("link: here", link == "here")
    title.set_feature("link: none", not link)


def _pieces(node: _Element) -> list[str]:
    """Return the texts of *node* and its children, and between them."""
    pieces = [squeeze(node.text)]
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _UNREAD:
            ruby = next(child.iter(*_UNREAD), None) is not None
            pieces.append(_without_ruby(child) if ruby else text_of(child))
        pieces.append(squeeze(child.tail))
    return [piece for piece in pieces if piece]


def _without_ruby(node: _Element) -> str:
    """Return the text of *node* without ruby annotations."""
    parts: list[str] = []
    for one in node.iter():
        if isinstance(one.tag, str) and one.tag not in _UNREAD:
            parts.append(one.text or "")
        if one is not node:
            parts.append(one.tail or "")
    return squeeze("".join(parts))


def _inner_title(pieces: list[str], heads: set[str]) -> str:
    """Return the first or last of the *pieces* of a heading that are one of the titles *heads*
    (keys). The other pieces are a kicker, a subtitle or a counter. Return "" if there are none, or
    if the whole heading is a title."""
    if not 2 <= len(pieces) <= _MAX_PIECES or key_of(" ".join(pieces)) in heads:
        return ""
    parts = [part for at in range(1, len(pieces)) for part in (pieces[at:], pieces[:at])]
    texts = (" ".join(part).strip(_DANGLING) for part in parts)
    return next(
        (text for text in texts if len(text) >= _MIN_PIECE_LENGTH and key_of(text) in heads), ""
    )


def _add_pieces(titles: Titles, pieces: list[str], tag: str) -> None:
    """Add a heading without separate elements before and after it, such as kickers and counters."""
    if not 2 <= len(pieces) <= _MAX_PIECES:
        return
    for size in (1, 2) if len(pieces) > 2 else (1,):
        for kept, *features in ((pieces[size:], "piece: behind"), (pieces[:-size],)):
            titles.add(" ".join(kept).strip(_DANGLING), "generic", f"piece of {tag}", *features)


def _link_of(page: Page, node: _Element) -> str:
    """Return where the link of the heading *node* leads: "here", to the page itself; "up", to the
    front page or a page whose path is a beginning of the path of *page*; "away", to another page;
    "" without a link."""
    link = next(node.iterancestors("a"), None)
    if link is None:
        link = next(node.iter("a"), None)
        # A link within a headline has other words around it.
        if link is None or text_of(link) != text_of(node):
            return ""
    url = page.absolute((link.get("href") or "").partition("#")[0])
    if url is None:
        return ""
    there, here = page_key(url), page_key(page.url)
    if there == here:
        return "here"
    return "up" if is_front_page(url) or here.startswith(f"{there.rstrip('/')}/") else "away"


def _is_outside(node: _Element) -> bool:
    """Return True if the ``<h1>`` *node* is a logo, or is in a menu or a dialogue."""
    names = names_of(node).lower()
    if _NO_H1.search(names) or named_region(names) & DIALOGUE:
        return True
    for parent in islice(node.iterancestors(), _MAX_DEPTH):
        if parent.tag in {"nav", "footer"} or named_region(names_of(parent)) & DIALOGUE:
            return True
    return False
