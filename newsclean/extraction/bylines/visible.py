"""Read the visible lines around the headline of an article: byline, dates, names, links.

They are the last source before guesses. Many small sites have author and date only there.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.bylines.labelled import Byline, read_byline
from newsclean.extraction.bylines.worded import read_worded_byline
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dom.regions import MENU, named_region, names_of, place_of
from newsclean.extraction.dom.text import squeeze, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

_BLOCKS = frozenset(
    "p div td th li section article header footer aside h1 h2 h3 h4 h5 h6 dd dt"
    " blockquote center ul tr table body".split()
)
_NO_LINES = frozenset("script style form nav noscript footer".split())
_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_CAPTION = re.compile(r"figcaption|\bcaption")  # in names in lower case
_COPYRIGHT = re.compile(r"©|copyright|all rights reserved", re.IGNORECASE)
_MAX_LINE_LENGTH, _MAX_LINES = 300, 40  # characters; lines that are read


def read_labelled(page: Page) -> Iterator[Candidate]:
    """Yield the values in bylines with labels (Chinese sites), in document order. Dates are text,
    as they are written."""
    byline = find_byline(page)
    yield from byline_candidates(byline)


def byline_candidates(byline: Byline, *, kind: str = "") -> Iterator[Candidate]:
    """Yield the values of *byline* field by field. *kind* is the kind of its authors."""
    people = [{"name": name, "kind": kind} for name in byline.authors]
    yield Candidate("authors", people, "byline")
    yield Candidate("editors", [{"name": name} for name in byline.editors], "byline")
    yield Candidate("source", byline.source, "byline")
    yield Candidate("datePublished", byline.published, "byline")
    yield Candidate("dateModified", byline.modified, "byline")


def find_byline(page: Page) -> Byline:
    """Return the values of all bylines with labels of *page*."""
    found = Byline()
    seen: set[_Element] = set()
    _read_lines(page, page.dom_index.labelled, found, seen)
    if found.published is None:
        _read_lines(page, page.dom_index.dated, found, seen)
    return found


def _read_lines(page: Page, nodes: list[_Element], found: Byline, seen: set[_Element]) -> None:
    for node in nodes[:_MAX_LINES]:
        block = _block(node)
        if block is None or block in seen:
            continue
        seen.add(block)
        line = text_of(block)
        if line and len(line) <= _MAX_LINE_LENGTH:
            _merge(found, read_byline(line, downloaded=page.downloaded))


def _block(node: _Element | None) -> _Element | None:
    """Return the line of *node*: the nearest block, or the table row around it if that is short,
    because a label and its value are often cells of one row."""
    while node is not None and node.tag not in _BLOCKS:
        node = node.getparent()
    if node is None or node.tag in {"body", "table"}:
        return None
    parent = node.getparent()
    if parent is None or parent.tag not in {"tr", "ul", "div", "p", "li"}:
        return node
    return node if _is_longer(parent, _MAX_LINE_LENGTH // 2) else parent


def _is_longer(node: _Element, most: int) -> bool:
    """Return True if *node* has more than *most* characters of text."""
    length = 0
    for part in node.itertext("*"):
        length += len(part.strip())
        if length > most:
            return True
    return False


def _merge(found: Byline, line: Byline) -> None:
    if not line.is_byline():
        if line.published and not found.published and line.source:
            found.published, found.source = line.published, found.source or line.source
        return
    found.labels += line.labels
    found.editors += [name for name in line.editors if name not in found.editors]
    found.fill(line)


def read_head_lines(page: Page) -> Iterator[Candidate]:
    """Yield the values in short lines around the headline with words (``By …``, ``Stand: …``), then
    these lines as ``headLines``."""
    if page.heading is None:
        return
    found = Byline()
    lines = [
        line
        for line in lines_around(page.heading)
        if len(line) <= _MAX_LINE_LENGTH // 2 and not _COPYRIGHT.search(line)
    ]
    for line in lines:
        byline = read_worded_byline(
            line, downloaded=page.downloaded, language=page.date_language, known=found
        )
        found.fill(byline)
    yield from byline_candidates(found, kind="signed")
    yield Candidate("headLines", lines, "byline")


def lines_around(heading: _Element, *, joined: int = _MAX_LINE_LENGTH // 2) -> Iterator[str]:
    """Yield the lines after *heading* up to the first one as long as a paragraph, then the two
    lines before it. Blocks next to each other are joined to one line of up to *joined*
    characters. If that is 0, other headings are left out."""
    yield from _lines_after(heading, joined)
    for sibling in islice(heading.itersiblings("*", preceding=True), 2):
        yield text_of(sibling)


def _lines_after(heading: _Element, joined: int) -> Iterator[str]:
    count = 0
    node: _Element | None = heading
    for _ in range(4):
        if node is None or node.tag == "body":
            break
        around = frozenset(node.iterancestors())
        for sibling in node.itersiblings("*"):
            for line in _lines(sibling, joined) if place_of(sibling, around) != "elsewhere" else ():
                count += 1
                if count > _MAX_LINES // 2 or len(line) > _MAX_LINE_LENGTH:
                    return
                yield line
        node = node.getparent()


def _lines(node: _Element, joined: int) -> Iterator[str]:
    """Yield the text of each block in *node* that holds no other block, or has little text."""
    if not isinstance(node.tag, str) or node.tag in _NO_LINES:
        return
    # A list may have thousands of items, but callers read only the first lines.
    waiting: list[Iterator[_Element | str]] = [iter((node,))]
    while waiting:
        part = next(waiting[-1], None)
        if part is None:
            waiting.pop()
        elif isinstance(part, str):
            yield part
        elif isinstance(part.tag, str) and part.tag not in {"script", "style", "noscript"}:
            names = names_of(part).lower()
            if named_region(names) & MENU or _CAPTION.search(names):
                continue
            if part.tag in _HEADINGS and not joined:
                continue
            has_blocks = any(child.tag in _BLOCKS for child in part)
            if not (joined or has_blocks) and part.find("br") is not None:
                waiting.append(_between_breaks(part))
                continue
            if has_blocks and _is_longer(part, joined):
                waiting.append(_pieces(part))
            elif line := text_of(part):
                yield line


def _between_breaks(node: _Element) -> Iterator[str]:
    """Yield the lines of *node*, which end at its line breaks."""
    line = [node.text or ""]
    for child in node:
        if child.tag == "br":
            if text := squeeze(" ".join(line)):
                yield text
            line = []
        elif isinstance(child.tag, str) and child.tag not in _NO_LINES:
            line.append(text_of(child))
        line.append(child.tail or "")
    if text := squeeze(" ".join(line)):
        yield text


def _pieces(node: _Element) -> Iterator[_Element | str]:
    """Yield the blocks in *node*, and the text between two blocks as one line."""
    between = [node.text or ""]
    for child in node:
        if child.tag in _BLOCKS:
            if line := squeeze(" ".join(between)):
                yield line
            yield child
            between = []
        elif isinstance(child.tag, str) and child.tag not in _NO_LINES:
            between.append(text_of(child))
        between.append(child.tail or "")
    if line := squeeze(" ".join(between)):
        yield line
