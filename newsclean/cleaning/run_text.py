"""The visible text of a run, with the position of each character in the tree.

Tags may split a placeholder (``[[<b>IMG</b>:0]]``), and invisible characters may be in it.
`RunText` joins the pieces of a run so that a pattern can find such a placeholder. Then it cuts
the match out of the pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from newsclean.cleaning.elements import INLINE
from newsclean.cleaning.tree import set_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element

    from newsclean.cleaning.inline_runs import InlineRun

# Zero-width space, word joiner and byte order mark. U+200C and U+200D are not in the list, because
# they belong to the spelling of Persian and Hindi words.
INVISIBLE_CHARACTERS = "\u200b\u2060\ufeff"
_HIDDEN = frozenset(INVISIBLE_CHARACTERS)
_INVISIBLE = re.compile(f"[{INVISIBLE_CHARACTERS}]++")
OBJECT = "\ufffc"  # stands for an image or a player
_OBJECTS = frozenset({"img", "picture", "video", "audio", "iframe", "object", "embed", "svg"})
_UNREAD = frozenset({"style", "script"})

# Characters that end a sentence or a label.
_ENDS = frozenset(".!?:…。！？：;；\n" + OBJECT)
_STOPS = frozenset(".:!?。：！？")
_GOES_ON = frozenset(",;，；、)）」』》")
_QUOTES = frozenset("\"'“”„‘’‚«»‹›「」『』《》`(（)）")


class Cut(NamedTuple):
    """A range of a `RunText` to cut out, and the elements that replace it."""

    start: int
    end: int
    elements: Sequence[_Element] = ()


class _Piece(NamedTuple):
    holder: _Element
    attribute: str  # "text" or "tail"
    text: str


class RunText:
    """The text of *run* without invisible characters; ``<br>`` is a newline, media an `OBJECT`.

    *code* are the elements that hold code.
    """

    def __init__(self, run: InlineRun, code: frozenset[_Element] | set[_Element]) -> None:
        self._pieces: list[_Piece] = []
        self._starts: list[int] = []  # the start of each piece in `text`
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

    def lines(self) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, text) of each line that is not blank. The text has no white space
        around it."""
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            shown = line.strip()
            if shown:
                yield start, end, shown
            start = end + 1

    def in_code(self, start: int, end: int) -> bool:
        """Return True if a character between *start* and *end* is in code."""
        return any(
            (piece.holder if piece.attribute == "text" else piece.holder.getparent()) in self._code
            for piece in self._pieces[
                self._piece_at(start) : self._piece_at(max(start, end - 1)) + 1
            ]
        )

    def cut(self, cuts: Sequence[Cut]) -> None:
        """Cut *cuts* out of the tree. They are in order and do not overlap."""
        by_piece: dict[int, list[Cut]] = {}
        for cut in cuts:
            first = self._piece_at(cut.start)
            for number in range(first, self._piece_at(cut.end - 1) + 1):
                start = self._starts[number]
                elements = cut.elements if number == first else ()
                here = Cut(max(0, cut.start - start), cut.end - start, elements)
                by_piece.setdefault(number, []).append(here)
        # From last to first: an insertion after an element must not move those before it.
        for number in sorted(by_piece, reverse=True):
            _cut_piece(self._pieces[number], by_piece[number])

    def _piece_at(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)


def _cut_piece(piece: _Piece, cuts: list[Cut]) -> None:
    holder, attribute, text = piece
    places = _places(text)
    kept = [""]  # the text before the first element, then the text after each
    elements: list[_Element] = []
    end = 0
    for cut in cuts:
        kept[-1] += text[end : places(cut.start)]
        end = places(cut.end)
        for element in cut.elements:
            elements.append(element)
            kept.append("")
    kept[-1] += text[end:]
    if attribute == "tail":
        holder.tail = None
    for element, tail in zip(reversed(elements), reversed(kept), strict=False):
        if attribute == "text":
            holder.insert(0, element)
        else:
            holder.addnext(element)
        set_text(element, "tail", tail)
    set_text(holder, attribute, kept[0])


def _places(text: str) -> Callable[[int], int]:
    """Return a function from a number of visible characters to their end position in *text*."""
    if _INVISIBLE.search(text) is None:
        return lambda count: min(count, len(text))
    places = [0, *(place for place, char in enumerate(text, 1) if char not in _HIDDEN)]
    return lambda count: places[min(count, len(places) - 1)]


def _pieces_of(run: InlineRun) -> Iterator[tuple[_Piece | None, str]]:
    """Yield the pieces of *run* in reading order, each with its visible text."""
    holder, attribute = (run.parent, "text") if run.before is None else (run.before, "tail")
    yield _shown(holder, attribute)
    for node in run.nodes:
        if not isinstance(node.tag, str):  # it is a comment
            if node.tail:
                yield _shown(node, "tail")
            continue
        walk = etree.iterwalk(node, events=("start", "end", "comment", "pi"))
        for event, part in walk:
            if event == "start" and part.tag not in INLINE:  # a block has its own runs
                walk.skip_subtree()
                yield None, "\n"
            elif event == "start":
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
    return _Piece(holder, attribute, text), without_invisible(text)


def without_invisible(text: str) -> str:
    """Return *text* without zero-width spaces, word joiners and byte order marks."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def is_mention(text: str, start: int, end: int) -> bool:
    """Return True if a sentence of *text* mentions the token between *start* and *end*.

    A writer who mentions a token puts it between quotes, before a comma, or between two words. A
    program that leaves a token puts it between sentences, or into a word.

    >>> is_mention("We write [[IMG:0]] here.", 9, 18)
    True
    >>> is_mention("It rained. [[IMG:0]] The boat left.", 11, 20)
    False
    """
    before, after = text[max(0, start - 20) : start], text[end : end + 20]
    left, right = before.rstrip(" \u00a0")[-1:], after.lstrip(" \u00a0")[:1]
    if left and right and left in _QUOTES and right in _QUOTES:
        return True
    # A marker within a word has letters on both sides. So has every Chinese or Japanese word.
    glued = before[-1:].isalnum() and not _is_ideographic(before[-1])
    if right in _GOES_ON and right:
        return not glued
    begins = not left or left in _ENDS
    if right in _STOPS and right and not begins:
        return not glued
    apart = after[:1].isspace()
    if not begins and before[-1:].isspace() and apart and right.isalnum():
        return True
    return begins and apart and right.islower()


def _is_ideographic(char: str) -> bool:
    return "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3"
