"""Collect the title candidates of a page: its headings and the titles in its head, as a whole and
in parts, with their features.

A feature is a name with a value of 0 to 1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.extraction.dom.regions import DIALOGUE, named_region, names_of
from newsclean.extraction.dom.text import squeeze, text_of
from newsclean.extraction.headline.marks import compare
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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

# Characters of a title; headings; ``<h1>``; elements that are read.
# Characters of a title; headings; ``<h1>``; elements that are read.
_MAX_LENGTH, _MAX_HEADINGS, _MOST_H1, _MAX_NODES = 400, 40, 20, 2000
_MAX_PIECES = 6  # children of a heading
_NO_HEADLINE = frozenset(
    "untitled undefined home homepage startseite index null nan 首页 正文 无标题 文章"
    " object".split()
)
# Class names and ids of the heading of an article, and of other headings.
_TITLED = re.compile(
    r"""
    (?:entry|post|article|story|news|detail|content|page|single|main|art)[-_ ]{0,3}
    (?:title|head(?:line|er)?|heading|hed)                            # entry-title, story_head
  | headline|\bhed\b|titre|titulo|titular|标题|biaoti                 # biaoti is 标题
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OTHER = re.compile(
    r"site|logo|brand|side|sr-only|hidden|screen-?reader|aural|module|blog-title|section-title"
    r"|sub-?(?:title|head)",
    re.IGNORECASE,
)
_NO_H1 = re.compile(r"logo|brand|site-?(?:title|name)|sr-only|screen-?reader|aural", re.IGNORECASE)
_DANGLING = " \t-–—|:·»›/,."
_UNREAD = ("rt", "rp")
_DATA = ("json-ld", "embedded")
_SOURCES = {"card": "meta", "twitter card": "meta", "title": "generic"}


class Titles:
    """The title candidates of a page by `key_of`, in the order in which they were found."""

    def __init__(self, site: Sequence[str]) -> None:
        self.site = site
        self.found: dict[str, Title] = {}

    def add(self, text: str, source: str, *marks: str) -> Title | None:
        """Add *text* with its features *marks*. Return None if it cannot be a headline."""
        words = words_of(text) if len(text) <= _MAX_LENGTH else []
        key = "".join(words)
        if not key or key in _NO_HEADLINE:
            return None
        if len(key) == 1 and not CJK.search(key):
            return None
        title = self.found.setdefault(key, Title(words=words))
        title.forms.append((text, source))
        for mark in marks:
            title.mark(mark)
        return title

    def add_cuts(self, text: str, source: str, mark: str) -> None:
        """Add the parts of *text* before and after each separator."""
        cuts = cuts_of(text)
        for before, separator, behind in cuts:
            first, last = length_of(before), length_of(behind)
            title = self.add(before, source, mark, "cut: head")
            if title:
                title.mark("cut: site behind", is_site(key_of(behind), self.site))
                title.mark("cut: colon", separator == ":")
                title.mark("cut: space", not separator.strip())
                title.mark("cut: few behind", last <= 3)
                title.mark("cut: more behind", last > first)
            title = self.add(behind, source, mark)
            if title:
                title.mark("cut: site before", is_site(key_of(before), self.site))
                title.mark("cut: few before", first <= 3)
                title.mark("cut: more before", first > last)
        if len(cuts) > 1:
            self.add(text[len(cuts[0][0]) : -len(cuts[-1][2])].strip(_DANGLING), source, mark)


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
    told = tokens_of([word for text in whole.values() for word in words_of(text)])
    h1s = _add_headings(page, titles, told)
    for name, text in whole.items():
        source = _SOURCES.get(name) or next(one for other, one in named if other == text)
        mark = "data: news" if name == "data" and (news or source == "embedded") else name
        titles.add(text, source, mark)
        if name != "twitter card":
            titles.add_cuts(text, source, f"cut of {name}")
    for text, source in named:
        if source not in _DATA and text not in (whole.get("card"), whole.get("twitter card")):
            titles.add(text, source, *(() if source == "microdata" else ("meta",)))
    compare(titles.found, h1s, whole, page.url, site)
    return list(titles.found.values())


def _whole(page: Page, named: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the titles in the head of *page* by their place."""
    whole = {
        "data": next((text for text, source in named if source in _DATA), ""),
        "card": page.metas.get("og:title", [""])[0],
        "twitter card": page.metas.get("twitter:title", [""])[0],
        "title": next((text_of(node) for node in page.root.iter("title")), ""),
    }
    return {name: text for name, text in whole.items() if text}


def _add_headings(page: Page, titles: Titles, told: set[str]) -> list[str]:
    """Add the headings of *page*; return the keys of the ``<h1>`` that may belong to the article.
    Lower headings without a word of *told*, the words of the titles, belong to other texts."""
    good: dict[str, None] = {}
    doubtful: dict[str, None] = {}
    first, h1s = True, 0
    for count, node in enumerate(page.root.iter("h1", "h2", "h3")):
        tag = str(node.tag)
        if tag == "h1":
            h1s += 1
        if h1s > _MOST_H1 or count > _MAX_NODES:
            break
        if count >= _MAX_HEADINGS and tag != "h1":
            continue
        pieces = _pieces(node)
        text = " ".join(pieces)
        if told and tag != "h1" and not first and told.isdisjoint(tokens_of(words_of(text))):
            continue
        title = titles.add(text, "generic", tag)
        if title is None:
            continue
        name = names_of(node)
        if len(name) > 1:
            title.mark("heading: titled", _TITLED.search(name) is not None)
            is_other = _OTHER.search(name) is not None or named_region(name) != 0
            title.mark("heading: other", is_other)
        title.mark("heading: first", first)
        first = False
        if tag != "h3":
            _add_pieces(titles, pieces, tag)
        if tag == "h1":
            titles.add_cuts(text, "generic", "cut of h1")
            key = "".join(title.words)
            if key not in titles.site and key[: len(key) // 2] not in titles.site:
                (doubtful if _is_furniture(node, name) else good)[key] = None
    return list(good or doubtful)


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


def _add_pieces(titles: Titles, pieces: list[str], tag: str) -> None:
    """Add a heading without separate elements before and after it, such as kickers and counters."""
    if not 2 <= len(pieces) <= _MAX_PIECES:
        return
    for size in (1, 2) if len(pieces) > 2 else (1,):
        for kept, mark in ((pieces[size:], "piece: behind"), (pieces[:-size], "piece: before")):
            titles.add(" ".join(kept).strip(_DANGLING), "generic", f"piece of {tag}", mark)


def _is_furniture(node: _Element, name: str) -> bool:
    """Return True if the ``<h1>`` *node* is a logo, or is in a menu or a dialogue."""
    if _NO_H1.search(name) or named_region(name) & DIALOGUE:
        return True
    for depth, parent in enumerate(node.iterancestors()):
        if depth > 12:
            return False
        if parent.tag in {"nav", "footer"} or named_region(names_of(parent)) & DIALOGUE:
            return True
    return False
