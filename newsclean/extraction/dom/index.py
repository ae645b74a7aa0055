"""The DOM index of a page: one walk over its elements, which the fallbacks of all fields use.

An XPath for each kind of node takes ten times as long, because libxml2 visits every node again for
each word that a class may contain.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# Parts of classes and ids for authors and dates, in the languages of news sites. The first letter
# is left out if it may be a capital. "\b" is at the end only: `_marks_of` searches for the rest.
_NAMED_PARTS = (
    "uthor", "AUTHOR", "utor", "auteur", r"firma\b", "ournalist", "eporter", r"riter\b",
    "verfasser",
    r"name-uid\b",                                          # field--name-uid in Drupal
    *(f"{by}{line}" for by in ("by", "By", "by-", "By-") for line in ("line", "Line")),
    *(rf"{verb}{by}\b" for verb in ("osted", "ritten") for by in ("by", "By", "-by", "-By")),
)  # fmt: skip
_TIMED_PARTS = (
    "date", "Date", "DATE", "time", "Time", "publish", "Publish", "posted", "meta", "Meta", "datum",
    "fecha", "info", "Info", r"pub\b", "pub_",               # lines with a date
)  # fmt: skip
_NAMED, _TIMED = re.compile("|".join(_NAMED_PARTS)), re.compile("|".join(_TIMED_PARTS))
_SIGNS = [part.removesuffix(r"\b") for part in (*_NAMED_PARTS, *_TIMED_PARTS)]
# The start of a line with a label; a date without a label, which lists have many of.
_LABELLED = re.compile(
    r"来源|來源|作者|编辑|責任|责编|发布|發布|发表|出处|记者|記者|时间|時間|日期|文[/／]|稿源|转自|更新"
)
_DATED = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d")
_AUTHOR_PATHS = ("/author/", "/autor/", "/authors/", "/autoren/", "/auteur/")
# Kinds of tags, as bits. A walk tests each element.
_LINE, _INLINE, _LINK, _TIME, _LIST, _UNREAD = 1, 2, 4, 8, 16, 32
_LINES = """span p div li em abbr td small a i font b strong h4 h5 h6 dd dt section header cite
    label"""
_KINDS = {
    **dict.fromkeys(_LINES.split(), _LINE),
    **dict.fromkeys(("span", "strong", "b"), _LINE | _INLINE),
    **{"a": _LINE | _INLINE | _LINK, "time": _TIME, "ul": _LIST, "ol": _LIST},
    **{"script": _UNREAD, "style": _UNREAD},
}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MAX_LINE, _MAX_NODES, _MAX_DATES = 400, 300, 8  # characters; nodes of a kind; dated nodes
_MAX_TEXTS = 25_000  # the longest real page of 1,481 has 21,000
_MAX_NAME_LENGTH = 100  # characters of one class name or id
_MAX_KNOWN = 2_000  # names whose marks are kept; pages share many
_MAX_WAITING = 5_000  # elements whose marks are read together; most pages have fewer
# Items. A longer list is a menu, an archive or a block of teasers, without a byline.
_LONG_LIST = 12


# (text that is not blank, its element, True if it is the tail of the element). It is a plain tuple,
# because creating named ones took as long as the whole walk.
Text = tuple[str, "_Element", bool]


def holder_of(text: Text) -> _Element | None:
    """Return the parent element of *text*."""
    _, node, is_tail = text
    return node.getparent() if is_tail else node


class DomIndex:
    """The elements of a page by kind, in document order, at most 300 of a kind.

    ``labelled`` hold a text that may be a byline, ``dated`` a date without a label (the first
    8), ``named`` are marked as an author's, ``timed`` as a date's, ``inline`` are links and
    short phrases. ``texts`` are the texts that are not blank. What is inside a list of more than
    12 items is left out. The page is walked once, at the first access to one of them.
    """

    def __init__(self, root: _Element) -> None:
        self._root = root

    @property
    def texts(self) -> list[Text]:
        """The texts outside scripts, styles and long lists, at most 25,000."""
        return self._walked.texts

    @property
    def named(self) -> list[_Element]:
        """The elements that a class, an id or a link marks as an author's."""
        return self._walked.named

    @property
    def timed(self) -> list[_Element]:
        """The elements that their tag, a class or an id marks as a date's."""
        return self._walked.timed

    @property
    def inline(self) -> list[_Element]:
        """The ``<a>``, ``<span>``, ``<strong>`` and ``<b>`` outside long lists."""
        return self._walked.inline

    @property
    def labelled(self) -> list[_Element]:
        """The elements that may be a labelled line; only Chinese pages have them."""
        return self._lines[0]

    @property
    def dated(self) -> list[_Element]:
        """The elements that hold a date, on a Chinese page."""
        return self._lines[1]

    @cached_property
    def _lines(self) -> tuple[list[_Element], list[_Element]]:
        return _find_lines(self.texts)

    @cached_property
    def _walked(self) -> _Walk:
        walk = _Walk()
        walk.visit(self._root)
        del walk.texts[_MAX_TEXTS:], walk.named[_MAX_NODES:], walk.timed[_MAX_NODES:]
        return walk


def _find_lines(texts: list[Text]) -> tuple[list[_Element], list[_Element]]:
    """Return the elements with a labelled line, and those with a date without a label. Only a page
    with Chinese text has either."""
    # An ASCII text (a flag of the string) is not Chinese.
    if not any(map(_CHINESE.search, [text[0] for text in texts if not text[0].isascii()])):
        return [], []
    labelled: list[_Element] = []
    dated: list[_Element] = []
    for text in texts:
        value = text[0]
        if not 1 < len(value) < _MAX_LINE:
            continue
        is_labelled = not value.isascii() and _LABELLED.search(value)
        if is_labelled or (len(dated) < _MAX_DATES and _DATED.search(value)):
            place = holder_of(text)
            if place is not None:
                (labelled if is_labelled else dated).append(place)
    return labelled[:_MAX_NODES], dated


class _Walk:
    """Collects the elements of a page outside long lists, by kind."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self.named: list[_Element] = []
        self.timed: list[_Element] = []
        self.inline: list[_Element] = []
        # Elements with their kind, class and id, whose marks are not read yet: reading the marks of
        # all names of a page together takes a third of the time.
        self._waiting: list[tuple[_Element, int, str | None, str | None]] = []

    def visit(self, root: _Element) -> None:
        """Visit *root* and all below it, in document order. Linear."""
        trees = [iter((root,))]  # what is left to visit, the nearest last
        while trees:
            tree = next(trees[-1], None)
            if tree is None:
                trees.pop()
                continue
            skipped = self._visit_tree(tree)
            # Continue after the list: with its siblings, then with those of its ancestors.
            rest: list[Iterator[_Element]] = []
            while skipped is not None and skipped is not tree:
                rest.append(skipped.itersiblings(etree.Element))
                skipped = skipped.getparent()
            trees += reversed(rest)
        self._read_marks()

    def _visit_tree(self, tree: _Element) -> _Element | None:
        """Visit *tree* up to its first long list; return that list, None if there is none."""
        texts, waiting, kinds = self.texts, self._waiting, _KINDS
        for node in tree.iter(etree.Element):
            kind = kinds.get(node.tag, 0)  # type: ignore[arg-type]  # not a comment
            if kind & _UNREAD:
                continue
            value = node.text
            if value and not value.isspace():
                texts.append((value, node, False))
            value = node.tail
            if value and not value.isspace():
                texts.append((value, node, True))
            if kind & _LIST and len(node) > _LONG_LIST:
                return node
            names, identity = node.get("class"), node.get("id")
            if names or identity or kind & (_LINK | _TIME):
                waiting.append((node, kind, names, identity))
                if len(waiting) >= _MAX_WAITING:
                    self._read_marks()
            if kind & _INLINE:
                self.inline.append(node)
        return None

    def _read_marks(self) -> None:
        """Add the waiting elements that are marked as an author's or a date's to their lists."""
        values = {value for one in self._waiting for value in one[2:] if value}
        get = _marks_of(values).get
        for node, kind, names, identity in self._waiting:
            if kind & _TIME:
                self.timed.append(node)
                continue
            mark = get(names, 0) | get(identity, 0)
            if mark & 1 or (kind & _LINK and is_author_link(node)):
                self.named.append(node)
            if mark & 2 and kind & _LINE:
                self.timed.append(node)
        self._waiting.clear()


def _marks_of(values: set[str]) -> dict[str | None, int]:
    """Return the marks of *values*, classes and ids: 1 for an author's, 2 for a date's. Values
    without a mark are left out."""
    text = "\n".join(values)
    signs = [sign for sign in _SIGNS if sign in text]
    found = {value for sign in signs for value in values if sign in value}
    marks: dict[str | None, int] = {}
    for value in found:
        mark = 0
        for name in value.split():
            mark |= _mark_of(name[:_MAX_NAME_LENGTH])
        marks[value] = mark
    return marks


@lru_cache(_MAX_KNOWN)
def _mark_of(name: str) -> int:
    return bool(_NAMED.search(name)) + 2 * bool(_TIMED.search(name))


def is_author_link(node: _Element) -> bool:
    """Return True if *node* is a link to the page of an author."""
    if node.get("rel") == "author":
        return True
    href = node.get("href") or ""
    return "/aut" in href and any(part in href for part in _AUTHOR_PATHS)
