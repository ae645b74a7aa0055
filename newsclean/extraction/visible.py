"""What readers see around an article: the line under its headline, dates, names, links.

The last resort before guessing, and on many small sites the only word on who and when.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.byline import Byline, read_byline
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.page import text_of
from newsclean.extraction.survey import is_author_link
from newsclean.extraction.worded_byline import read_worded_byline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.extraction.page import Page

_ELSEWHERE = re.compile(
    r"comment|related|sidebar|footer|recommend|teaser|widget|popular|latest|most|trending"
    r"|newsletter|promo|carousel|ranking"
    r"|\bcard\b|nav\b|menu|next-|prev|more-|archive",
    re.IGNORECASE,
)
_BIO = re.compile(
    r"bio|avatar|image|photo|img|social|follow|desc|about|email|icon|count|title$|job|role",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "p div td th li section article header footer aside h1 h2 h3 h4 h5 h6 dd dt"
    " blockquote center ul tr table body".split()
)
_NO_LINES = frozenset("script style form nav noscript footer".split())
_MENU = re.compile(r"\bmenu|\bnav(?:bar|igation)?\b|figcaption|\bcaption", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|copyright|all rights reserved", re.IGNORECASE)
_LONGEST_LINE, _MOST_LINES = 300, 40


def read_labelled(page: Page) -> Iterator[Candidate]:
    """Yield what the page's labelled lines say (Chinese sites'), the first that says it first.
    Dates are text, as they were written."""
    byline = find_byline(page)
    yield from byline_candidates(byline)


def byline_candidates(byline: Byline) -> Iterator[Candidate]:
    """Yield what *byline* says, field by field."""
    yield Candidate("authors", [{"name": name} for name in byline.authors], "byline")
    yield Candidate("editors", [{"name": name} for name in byline.editors], "byline")
    yield Candidate("source", byline.source, "byline")
    yield Candidate("datePublished", byline.published, "byline")
    yield Candidate("dateModified", byline.modified, "byline")


def find_byline(page: Page) -> Byline:
    """Return what the labelled lines of *page* say together."""
    found = Byline()
    seen: set[_Element] = set()
    _read_lines(page, page.survey.labelled, found, seen)
    if found.published is None:
        _read_lines(page, page.survey.dated, found, seen)
    return found


def _read_lines(page: Page, nodes: list[_Element], found: Byline, seen: set[_Element]) -> None:
    for node in nodes[:_MOST_LINES]:
        block = _block(node)
        if block is None or block in seen:
            continue
        seen.add(block)
        line = text_of(block)
        if line and len(line) <= _LONGEST_LINE:
            _merge(found, read_byline(line, downloaded=page.downloaded))


def _block(node: _Element | None) -> _Element | None:
    """Return the line that *node* stands in: the nearest block, or the row around it where
    that is still short, since a label and its value are often cells of one row."""
    while node is not None and node.tag not in _BLOCKS:
        node = node.getparent()
    if node is None or node.tag in {"body", "table"}:
        return None
    parent = node.getparent()
    if parent is not None and parent.tag in {"tr", "ul", "div", "p", "li"}:
        length = sum(len(part) for part in _first_texts(parent))
        if length <= _LONGEST_LINE // 2:
            return parent
    return node


def _first_texts(node: _Element) -> Iterator[str]:
    length = 0
    for part in node.itertext("*"):
        text = part.strip()
        length += len(text)
        yield text
        if length > _LONGEST_LINE:
            return


def _merge(found: Byline, line: Byline) -> None:
    if not line.is_byline():
        if line.published and not found.published and line.source:
            found.published, found.source = line.published, found.source or line.source
        return
    found.labels += line.labels
    found.authors = found.authors or line.authors
    found.editors += [name for name in line.editors if name not in found.editors]
    found.source = found.source or line.source
    found.published = found.published or line.published
    found.modified = found.modified or line.modified


def read_names(page: Page) -> Iterator[Candidate]:
    """Yield the names in what the page marks as its author's: a class, ``rel=author``."""
    nodes = [node for node in page.survey.named if not is_elsewhere(node)]
    links = [node for node in nodes if node.tag == "a" and is_author_link(node)]
    people = [
        {
            "name": text_of(node),
            "url": page.absolute(node.get("href")) or "",
            "kind": "person",
        }
        for node in links
    ]
    people = [one for one in people if 3 < len(one["name"]) < 60]
    if people and len({one["url"] for one in people}) <= 4:
        yield Candidate("authors", people, "byline")
    for node in nodes:
        name = f"{node.get('class') or ''} {node.get('id') or ''}"
        line = text_of(node) if not _BIO.search(name) else ""
        if 3 < len(line) < 120:
            yield Candidate("authors", [{"name": line}], "byline")


def is_elsewhere(node: _Element) -> bool:
    """Tell whether *node* stands in what is not the article: comments, teasers, the footer."""
    for depth, parent in enumerate((node, *node.iterancestors())):
        if depth > 12:
            return False
        if parent.tag in {"footer", "nav", "aside"}:
            return True
        if parent.tag in {"body", "html", "main"}:
            return False
        name = f"{parent.get('class') or ''} {parent.get('id') or ''}"
        if len(name) > 1 and _ELSEWHERE.search(name):
            return True
    return False


def read_head_lines(page: Page) -> Iterator[Candidate]:
    """Yield what the short lines around the headline say in words (``By …``, ``Stand: …``)."""
    heading = page.heading
    if heading is None:
        return
    found = Byline()
    for line in _lines_around(heading):
        if len(line) <= _LONGEST_LINE // 2 and not _COPYRIGHT.search(line):
            byline = read_worded_byline(
                line, downloaded=page.downloaded, language=page.date_language
            )
            _merge_words(found, byline)
    yield from byline_candidates(found)


def _merge_words(found: Byline, line: Byline) -> None:
    found.authors = found.authors or line.authors
    found.source = found.source or line.source
    found.published = found.published or line.published
    found.modified = found.modified or line.modified


def _lines_around(heading: _Element) -> Iterator[str]:
    """Yield the lines behind *heading*, up to the first that is as long as a paragraph, then
    the two before it."""
    count = 0
    node: _Element | None = heading
    for _ in range(4):
        if node is None or node.tag == "body":
            break
        for sibling in node.itersiblings():
            for line in _lines(sibling):
                count += 1
                if count > _MOST_LINES // 2 or len(line) > _LONGEST_LINE:
                    return
                yield line
        node = node.getparent()
    for sibling in islice(heading.itersiblings("*", preceding=True), 2):
        yield text_of(sibling)


def _lines(node: _Element) -> Iterator[str]:
    """Yield the text of each block in *node* that holds no other block."""
    if not isinstance(node.tag, str) or node.tag in _NO_LINES:
        return
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if not isinstance(part.tag, str) or part.tag in {"script", "style", "noscript"}:
            continue
        if _MENU.search(f"{part.get('class') or ''} {part.get('id') or ''}"):
            continue
        inner = [child for child in part if child.tag in _BLOCKS]
        if inner and len(text_of(part)) > _LONGEST_LINE // 2:
            waiting += reversed(inner)
        else:
            line = text_of(part)
            if line:
                yield line
