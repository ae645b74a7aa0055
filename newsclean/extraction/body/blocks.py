"""Read a page in one walk as blocks of visible text, and the boxes that contain them.

A block is a text between two block elements, line breaks or rules: a paragraph, a heading, a list
item, a line of a ``<td>``. A box is an element that starts and ends blocks. The choice of the body
uses only blocks and boxes. The tree does not change.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import INLINE, is_heading_button
from newsclean.cleaning.region_edits import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

# Never read and never part of a body.
NEVER_READ = frozenset(
    """script style template title noframes datalist select option input textarea svg
    math""".split()
)
# Not read, but kept in the body: media, and captions, which cleaning excludes from the text.
MEDIA = frozenset("iframe video audio object embed canvas map picture noscript figcaption".split())
# Read only if they contain a long paragraph or an article: if they are not closed, they contain the
# whole page.
_CONTROLS = frozenset("nav button menu dialog".split())
_PARAGRAPH = 80  # characters
_BREAKS = frozenset({"br", "hr"})
_SKIPPED = NEVER_READ | _CONTROLS
_FLOWING = (INLINE - MEDIA - NEVER_READ - _CONTROLS - {"br"}) | {"html", "head"}

_ENDLESS = 5000  # characters
# Characters of the class and the id of an element. Those of layouts are shorter.
_MAX_NAMES_LENGTH = 500
_MAX_KNOWN = 2_000  # names whose words are kept; a page has a few hundred
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_TOKEN = re.compile(r"[A-Za-z0-9]+")
# Alternating letters and digits: a checksum of a build tool, such as ``css-1q8x2f``. Its letters
# have no meaning, but three of them may look like a word.
# The pattern begins with a digit, which most names do not have: a letter, digits and a letter; or a
# digit, letters and a digit.
_CHECKSUM = re.compile(r"[0-9](?:(?<=[A-Za-z].)[0-9]*[A-Za-z]|[A-Za-z]+[0-9])")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Box:
    """An element that contains the blocks from ``first`` up to, but not including, ``end``."""

    __slots__ = ("depth", "end", "first", "hidden", "names", "node", "parent", "tag")

    def __init__(
        self, node: _Element, tag: str, parent: Box | None, first: int, names: tuple[str, ...]
    ) -> None:
        self.node = node
        self.tag = tag
        self.parent = parent
        self.first = first
        self.end = first
        self.names = names
        if parent is None:
            self.depth, self.hidden = 0, False
        else:
            self.depth, self.hidden = parent.depth + 1, parent.hidden

    def path(self) -> Iterator[Box]:
        """Yield the box and those around it, innermost first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


class Block:
    """A block of text. ``links`` is the number of its characters in links. ``pieces`` are its
    positions in the tree, ``(node, True)`` for the tail of a node."""

    __slots__ = ("box", "links", "pieces", "text", "words")

    def __init__(
        self, text: str, box: Box, links: int, pieces: list[tuple[_Element, bool]]
    ) -> None:
        self.text = text
        self.box = box
        self.links = links
        self.pieces = pieces
        self.words = count_words(text)


class Page:
    """A page as blocks and boxes in document order, with the elements that were not read, each with
    the number of blocks before it, and the boxes of regions that were escaped in its source."""

    __slots__ = ("blocks", "boxes", "decoded", "unread")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Box] = []
        self.unread: list[tuple[_Element, int]] = []
        self.decoded: list[Box] = []


def count_words(text: str) -> int:
    """Return the number of words of *text*; in scripts without spaces, an estimate.

    Return 0 for thousands of words without the end of a sentence, because they are written for
    search engines.
    """
    words = text.count(" ") + 1
    length = len(text)
    if length > _ENDLESS and not any(end in text for end in ".!?。！？।።"):
        return 0
    if text.isascii():
        return words
    # Scripts without spaces take three bytes a character.
    if length > 6 * words and len(text.encode("utf-8", "replace")) > 1.8 * length:
        return max(words, length * 2 // 3)
    return words


def read_blocks(root: _Element) -> Page:
    """Return the blocks and boxes of *root*, which does not change. Linear time; raises no
    exception."""
    page = Page()
    _Reader(page).read(root)
    return page


def _holds_article(node: _Element) -> bool:
    """Return True if *node* is or holds a part of the article, though it is named a control."""
    if is_heading_button(node):
        return True
    return any(
        part.tag == "article" or len(part.text or "") >= _PARAGRAPH
        for part in node.iter("article", "p")
    )


@lru_cache(_MAX_KNOWN)
def _read_names(raw: str) -> tuple[str, ...]:
    """Return the words of *raw*, the class and the id of an element, in lower case."""
    words: list[str] = []
    for name in raw.split():
        words += _words_of(name)
    return tuple(words)


@lru_cache(_MAX_KNOWN)
def _words_of(name: str) -> tuple[str, ...]:
    """Return the words of one class name, which many class lists share."""
    plain = name.replace("_", "-")
    if plain.islower() and plain.isascii() and plain.replace("-", "").isalpha():
        return tuple(filter(None, plain.split("-")))
    if _CHECKSUM.search(name):
        tokens = _TOKEN.findall(name)
        name = " ".join(token for token in tokens if not _CHECKSUM.search(token))
    return tuple(map(str.lower, _WORD.findall(name)))


class _Reader:
    """The state of the walk over a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def read(self, top: _Element) -> None:  # noqa: C901, PLR0915  (one loop: calls doubled its time)
        blocks, unread, flowing, skipped = self.page.blocks, self.page.unread, _FLOWING, _SKIPPED
        box = self._open(top, str(top.tag), None)
        # The current block: its texts, their positions, and its number of characters in links.
        texts: list[str] = []
        pieces: list[tuple[_Element, bool]] = []
        links = in_link = 0
        if top.text:
            texts.append(top.text)
            pieces.append((top, False))
        stack = [(iter(top), top)]
        while stack:
            nodes, holder = stack[-1]
            for node in nodes:
                tag = node.tag
                if tag in flowing:
                    if tag == "a":
                        in_link += 1
                    text = node.text
                    if text:
                        if not text.isspace():
                            texts.append(text)
                            pieces.append((node, False))
                            if in_link:
                                links += len(text)
                        elif texts:
                            texts.append(" ")
                    if len(node):
                        stack.append((iter(node), node))
                        break
                    if tag == "a":
                        in_link -= 1
                elif tag.__class__ is not str or tag in MEDIA:
                    pass
                elif tag in skipped and (tag in NEVER_READ or not _holds_article(node)):
                    unread.append((node, len(blocks)))
                else:
                    if texts:
                        if line := " ".join("".join(texts).split()):
                            blocks.append(Block(line, box, min(links, len(line)), pieces))
                        texts, pieces, links = [], [], 0
                    if tag not in _BREAKS:
                        box = self._open(node, tag, box)
                        text = node.text
                        if text and not text.isspace():
                            texts.append(text)
                            pieces.append((node, False))
                            if in_link:
                                links += len(text)
                        # An element without children is left at once, below.
                        stack.append((iter(node), node))
                        break
                tail = node.tail
                if tail:
                    if not tail.isspace():
                        texts.append(tail)
                        pieces.append((node, True))
                        if in_link:
                            links += len(tail)
                    elif texts:  # between two links
                        texts.append(" ")
            else:
                stack.pop()
                if holder is box.node:
                    if texts:
                        if line := " ".join("".join(texts).split()):
                            blocks.append(Block(line, box, min(links, len(line)), pieces))
                        texts, pieces, links = [], [], 0
                    box.end = len(blocks)
                    box = box.parent or box
                elif holder.tag == "a":
                    in_link -= 1
                if stack:
                    tail = holder.tail
                    if tail:
                        if not tail.isspace():
                            texts.append(tail)
                            pieces.append((holder, True))
                            if in_link:
                                links += len(tail)
                        elif texts:
                            texts.append(" ")

    def _open(self, node: _Element, tag: str, parent: Box | None) -> Box:
        box = Box(node, tag, parent, len(self.page.blocks), ())
        if tag == "button" and parent is not None and is_heading_button(node):
            box.tag = parent.tag
        self.page.boxes.append(box)
        attributes = node.items()
        if len(attributes) == 1 and attributes[0][0] == "class":  # most have this one or none
            box.names = _read_names(attributes[0][1][:_MAX_NAMES_LENGTH])
        elif attributes:
            self._read_attributes(box, dict(attributes))
        return box

    def _read_attributes(self, box: Box, attributes: Mapping[str, str]) -> None:
        get = attributes.get
        raw = get("class", "")
        if identity := get("id"):
            raw = f"{raw} {identity}"
        if role := get("itemprop") or get("role"):
            raw = f"{raw} {role}"
        if raw:
            box.names = _read_names(raw[:_MAX_NAMES_LENGTH])
        if style := get("style"):
            box.hidden = box.hidden or _HIDING.search(style[:500]) is not None
        if get(MARK):
            self.page.decoded.append(box)
        if get("hidden") is not None or get("aria-hidden") == "true":
            box.hidden = True
