"""Walks over a page that find the places where its byline may stand.

Asking libxml2 for each kind of place by XPath took ten times as long: it looks at every node
anew for each word that a class may contain.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

# What is part of a class or an id of authors and of dates, in the languages of news sites.
_NAMED = re.compile(r"uthor|AUTHOR|yline|utor|auteur|eporter|riter\b|ontributor|verfasser")
_TIMED = re.compile(
    r"date|Date|DATE|time|Time|publish|Publish|posted|meta|Meta|datum|fecha|info|Info|pub\b|pub_"
)
# What can begin a labelled line; a date that no label stands before, as lists are full of.
_LABELLED = re.compile(
    r"来源|來源|作者|编辑|責任|责编|发布|發布|发表|出处|记者|記者|时间|時間|日期|文[/／]|稿源|转自|更新"
)
_DATED = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d")
_AUTHOR_PATHS = ("/author/", "/autor/", "/authors/", "/autoren/", "/auteur/")
_LINES = frozenset(
    "span p div li em abbr td small a i font b strong h4 h5 h6 dd dt section header cite"
    " label".split()
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ASCII = bytes(range(128))
_LONGEST, _MOST, _MOST_DATES = 400, 300, 8


class Survey:
    """Elements of a page in its order, at most 300 of a kind: ``labelled`` hold a text that may
    be a byline's, ``dated`` a date without a label (the first few), ``named`` are marked as an
    author's, ``timed`` as a date's. The page is walked when one of them is first asked for."""

    def __init__(self, root: _Element, html: str) -> None:
        self._root = root
        self._html = html

    @property
    def labelled(self) -> list[_Element]:
        """What may be a labelled line; only Chinese pages have them."""
        return self._lines[0]

    @property
    def dated(self) -> list[_Element]:
        """What holds a date, on a Chinese page."""
        return self._lines[1]

    @property
    def named(self) -> list[_Element]:
        """What a class, an id or its address marks as an author's."""
        return self._marked[0]

    @property
    def timed(self) -> list[_Element]:
        """What its tag, a class or an id marks as a date's."""
        return self._marked[1]

    @cached_property
    def _lines(self) -> tuple[list[_Element], list[_Element]]:
        return _find_lines(self._root) if _is_chinese(self._html) else ([], [])

    @cached_property
    def _marked(self) -> tuple[list[_Element], list[_Element]]:
        return _find_marked(self._root)


def _is_chinese(html: str) -> bool:
    # Without its ASCII, a page is searched in a third of the time.
    rest = html.encode("utf-8", "ignore").translate(None, _ASCII).decode()
    return _CHINESE.search(rest) is not None


def _find_lines(root: _Element) -> tuple[list[_Element], list[_Element]]:
    """Return what in *root* holds a labelled line, in its text or behind a node in it, and what
    holds a date without one."""
    labelled: list[_Element] = []
    dated: list[_Element] = []
    for node in root.iter(etree.Element):
        tag = node.tag
        if tag == "script" or tag == "style":  # noqa: PLR1714  (twice as fast as a set)
            continue
        for behind, text in ((False, node.text), (True, node.tail)):
            if not text or not 1 < len(text) < _LONGEST or text.isspace():
                continue
            is_labelled = _LABELLED.search(text) is not None
            if is_labelled or (len(dated) < _MOST_DATES and _DATED.search(text)):
                place = node.getparent() if behind else node
                if place is not None:
                    (labelled if is_labelled else dated).append(place)
    return labelled[:_MOST], dated


def _find_marked(root: _Element) -> tuple[list[_Element], list[_Element]]:
    """Return what in *root* is marked as an author's and what as a date's."""
    named: list[_Element] = []
    timed: list[_Element] = []
    marks: dict[tuple[str | None, str | None], int] = {(None, None): 0}
    for node in root.iter(etree.Element):
        tag = node.tag
        if tag == "time":
            timed.append(node)
            continue
        get = node.get
        names = (get("class"), get("id"))
        mark = marks.get(names)
        if mark is None:
            mark = marks[names] = _mark(f"{names[0] or ''} {names[1] or ''}")
        if mark and (tag == "script" or tag == "style"):  # noqa: PLR1714
            continue
        if mark & 1 or (tag == "a" and is_author_link(node)):
            named.append(node)
        if mark & 2 and tag in _LINES:
            timed.append(node)
    return named[:_MOST], timed[:_MOST]


def _mark(names: str) -> int:
    return bool(_NAMED.search(names)) + 2 * bool(_TIMED.search(names))


def is_author_link(node: _Element) -> bool:
    """Tell whether *node* leads to the page of an author."""
    if node.get("rel") == "author":
        return True
    href = node.get("href") or ""
    return "/aut" in href and any(part in href for part in _AUTHOR_PATHS)
