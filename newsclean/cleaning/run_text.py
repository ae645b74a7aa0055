"""The text of a run as a reader sees it, with the way back to the tree.

A marker that looks like text may be split by tags (``[[<b>IMG</b>:0]]``) or hold characters
that nobody sees. `RunText` joins the pieces of a run, so that a pattern finds such a marker,
and cuts what was found out of the pieces again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from newsclean.cleaning.tree import set_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from newsclean.cleaning.runs import Run

# Zero-width space, word joiner and byte order mark. The joiners between them (U+200C, U+200D)
# are part of how Persian and Hindi words are written.
INVISIBLE_CHARACTERS = "\u200b\u2060\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE_CHARACTERS}]++")
OBJECT = "\ufffc"  # stands for an image or a player
_OBJECTS = frozenset({"img", "picture", "video", "audio", "iframe", "object", "embed", "svg"})
_UNREAD = frozenset({"style", "script"})

# What follows the end of a sentence, or a label, begins something new.
_ENDS = frozenset(".!?:…。！？：;；\n" + OBJECT)
_GOES_ON = frozenset(",;，；、)）」』》")
_QUOTES = frozenset("\"'“”„‘’‚«»‹›「」『』《》`(（)）")


class Cut(NamedTuple):
    """A piece of a `RunText` to cut out, and the elements to put there."""

    start: int
    end: int
    elements: Sequence[_Element] = ()


class _Piece(NamedTuple):
    holder: _Element
    attribute: str  # "text" or "tail"
    text: str


class RunText:
    """The text of *run* without invisible characters; ``<br>`` is a newline, media an `OBJECT`.

    ``in_code(start, end)`` tells whether a stretch of it stands in one of the *code* elements.
    """

    def __init__(self, run: Run, code: frozenset[_Element] | set[_Element]) -> None:
        self._pieces: list[_Piece] = []
        self._starts: list[int] = []  # where in `text` each piece begins
        self._code = code
        parts: list[str] = []
        size = 0
        for piece, shown in _pieces_of(run):
            if piece is not None:
                self._pieces.append(piece)
                self._starts.append(size)
            parts.append(shown)
            size += len(shown)
        self.text = "".join(parts)

    def in_code(self, start: int, end: int) -> bool:
        """Return True if a character between *start* and *end* stands in code."""
        return any(
            (piece.holder if piece.attribute == "text" else piece.holder.getparent()) in self._code
            for piece in self._pieces[
                self._piece_at(start) : self._piece_at(max(start, end - 1)) + 1
            ]
        )

    def cut(self, cuts: Sequence[Cut]) -> None:
        """Cut *cuts*, in order and apart from each other, out of the tree."""
        number = len(self._pieces) - 1
        for cut in reversed(cuts):
            number = min(number, self._piece_at(cut.end - 1))
            while number >= 0:
                start = self._starts[number]
                first = max(0, cut.start - start)
                last = max(0, cut.end - start)
                self._cut_piece(number, first, last, cut.elements if start <= cut.start else ())
                if start <= cut.start:
                    break
                number -= 1

    def _piece_at(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _cut_piece(self, number: int, first: int, last: int, elements: Sequence[_Element]) -> None:
        holder, attribute, text = self._pieces[number]
        before = text[: _place(text, first)]
        after = text[_place(text, last) :]
        if elements:
            if attribute == "tail":
                holder.tail = None
            for element in reversed(elements):
                if attribute == "text":
                    holder.insert(0, element)
                else:
                    holder.addnext(element)
            set_text(elements[-1], "tail", after)
            set_text(holder, attribute, before)
            # What stands further left is all that later cuts can be in.
            self._pieces[number] = _Piece(holder, attribute, before)
        else:
            set_text(holder, attribute, before + after)
            self._pieces[number] = _Piece(holder, attribute, before + after)


def _place(text: str, count: int) -> int:
    """Return where in *text* its first *count* visible characters end."""
    if _INVISIBLE.search(text) is None:
        return count
    place = 0
    for gap in _INVISIBLE.finditer(text):
        visible = gap.start() - place
        if visible >= count:
            break
        count -= visible
        place = gap.end()
    return place + count


def _pieces_of(run: Run) -> Iterator[tuple[_Piece | None, str]]:
    """Yield the pieces of *run* in reading order, each with its visible text."""
    holder, attribute = (run.parent, "text") if run.before is None else (run.before, "tail")
    yield _shown(holder, attribute)
    for node in run.nodes:
        if not isinstance(node.tag, str):  # a comment
            if node.tail:
                yield _shown(node, "tail")
            continue
        for event, part in etree.iterwalk(node, events=("start", "end", "comment", "pi")):
            if event == "start":
                if part.tag == "br":
                    yield None, "\n"
                elif part.tag in _OBJECTS:
                    yield None, OBJECT
                if part.text and part.tag not in _UNREAD:
                    yield _shown(part, "text")
            elif part.tail and part is not node:
                yield _shown(part, "tail")
        if node.tail:
            yield _shown(node, "tail")


def _shown(holder: _Element, attribute: str) -> tuple[_Piece, str]:
    text = getattr(holder, attribute) or ""
    return _Piece(holder, attribute, text), _INVISIBLE.sub("", text)


def is_mention(text: str, start: int, end: int) -> bool:
    """Return True if a sentence of *text* speaks of what stands between *start* and *end*.

    A writer who names a token puts it between quotes, before a comma, or as a word among
    words. A program that leaves a token behind puts it between sentences, or into a word.

    >>> is_mention("We write [[IMG:0]] here.", 9, 18)
    True
    >>> is_mention("It rained. [[IMG:0]] The boat left.", 11, 20)
    False
    """
    before, after = text[max(0, start - 20) : start], text[end : end + 20]
    left, right = before.rstrip(" \u00a0")[-1:], after.lstrip(" \u00a0")[:1]
    if left in _QUOTES and right in _QUOTES and left and right:
        return True
    if right and (right in _GOES_ON or (right in ".:。：!?！？" and left not in _ENDS and left)):
        return True
    apart = after[:1].isspace()
    if left and left not in _ENDS and before[-1:].isspace() and apart and right.isalnum():
        return True
    return apart and right.islower() and (not left or left in _ENDS)
