"""Find authors in the markup of a page: a class, ``rel=author``, a link."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.authors.names import is_personal
from newsclean.extraction.authors.other_work import ends_as_credit
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dom.index import is_author_link
from newsclean.extraction.dom.regions import around_heading, names_of, place_of
from newsclean.extraction.dom.text import line_of
from newsclean.urls import same_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

_BIO = re.compile(
    r"""
    bio|avatar|image|photo|img                                        # portraits
  | social|follow                                                     # links to accounts
  | desc|about                                                        # texts about the author
  | email|icon|count                                                  # links, numbers of articles
  | title$|job|role                                                   # what the author does
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MIN_LENGTH, _MAX_LINE_LENGTH, _MAX_NAME_LENGTH = 4, 119, 59  # characters
_MAX_BYLINE_LENGTH = 300  # characters of a byline with several authors
_MAX_LABEL_LENGTH = 60  # characters of the text before a link
_MIN_EAST_ASIAN_LENGTH = 2  # 陈立
_MIN_SPACES, _MAX_HOLDERS = 3, 20  # of two names; elements that are searched for a row of names
_MAX_PEOPLE, _MAX_BESIDE = 4, 3  # authors; more links are a list of authors; the same in a sidebar


def read_names(page: Page) -> Iterator[Candidate]:
    """Yield the names in elements that the markup of *page* calls authors. Names in a sidebar are
    guesses. If there are many, yield none."""
    around = around_heading(page)
    nodes = [node for node in page.dom_index.named if is_local(page, node)]
    places = [(node, place_of(node, around)) for node in nodes]
    yield from _links(page, [node for node, place in places if place == "article"])
    beside: dict[str, Candidate] = {}
    for node, place in places:
        if place == "elsewhere" or _BIO.search(names_of(node)):
            continue
        line = _line_of(node)
        if _is_short(line):
            continue
        if place == "article":
            yield Candidate("authors", [{"name": line}], "byline")
        else:
            beside.setdefault(line, Candidate("authors", [{"name": line}], "generic"))
    if len(beside) <= _MAX_BESIDE:
        yield from beside.values()


def _line_of(node: _Element) -> str:
    """Return the text of *node*. If it is a row of equal elements, each with the name of a person,
    there are commas between them."""
    line = line_of(node, _MAX_LINE_LENGTH)
    if line.count(" ") < _MIN_SPACES:
        return line
    for holder in islice(node.iter("*"), _MAX_HOLDERS):
        parts = [part for part in holder.iterchildren("*") if len(part) or part.text]
        kinds = {(part.tag, part.get("class")) for part in parts}
        if len(parts) > 1 and len(kinds) == 1:
            names = [line_of(part, _MAX_NAME_LENGTH) for part in parts]
            if all(map(is_personal, names)) and " ".join(names) == line:
                return ", ".join(names)
    return line


def _links(page: Page, nodes: Sequence[_Element]) -> Iterator[Candidate]:
    links = [
        (node, line_of(node, _MAX_NAME_LENGTH))
        for node in nodes
        if node.tag == "a" and is_author_link(node) and not ends_as_credit(_text_before(node))
    ]
    links = [(node, name) for node, name in links if not _is_short(name)]
    people = [
        {"name": name, "url": page.absolute(node.get("href")) or "", "kind": "person"}
        for node, name in links
        if _is_beside(node, links[0][0])
    ]
    if people and len({one["url"] for one in people}) <= _MAX_PEOPLE:
        yield Candidate("authors", people, "byline")


def _is_beside(node: _Element, first: _Element) -> bool:
    """Return True if *node* is in one byline with *first*: the element around both has little
    text. Links after a paragraph are to the authors of other articles."""
    around = {first, *first.iterancestors()}
    common = next((one for one in (node, *node.iterancestors()) if one in around), None)
    return common is not None and bool(line_of(common, _MAX_BYLINE_LENGTH))


def _text_before(node: _Element) -> str:
    """Return the end of the text between *node* and the element before it, or its parent."""
    before, parent = node.getprevious(), node.getparent()
    if before is not None:
        return (before.tail or "")[-_MAX_LABEL_LENGTH:]
    return "" if parent is None else (parent.text or "")[-_MAX_LABEL_LENGTH:]


def _is_short(line: str) -> bool:
    return len(line) < (_MIN_LENGTH if line.isascii() else _MIN_EAST_ASIAN_LENGTH)


def is_local(page: Page, node: _Element) -> bool:
    """Return True unless *node* is a link to an author of another site; articles have many of
    these. A link with ``rel=author`` may have any target."""
    href = node.get("href") or ""
    if "://" not in href or node.get("rel") == "author" or not is_author_link(node):
        return True
    return not page.host or same_site(href, page.url)
