"""The outline of an HTML source: its elements and the texts between its tags, in order.

A parser would repair the markup. The outline keeps what was written: which closing tags are
escaped, and which elements they close.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsclean.cleaning.elements import INLINE
from newsclean.cleaning.source import COMMENT, Tag, read_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# Elements that contain the paragraphs of an article.
_CONTAINERS = frozenset(
    "html body div article section main td th li dd blockquote center form figure".split()
)
# Elements that a closing tag of another name does not end.
_SCOPES = _CONTAINERS | {"table", "tr", "tbody", "ul", "ol", "dl", "aside", "header", "footer"}


class Node:
    """An element of the outline, and how it is escaped.

    ``layers`` is the number of string layers that escape its tags, 0 if they are plain.
    ``text_layers`` is the same for the text directly in it. ``is_hard`` is True if it has a
    plain attribute; then an escaped tag cannot close it.
    """

    __slots__ = (
        "container", "has_escapes", "in_link", "is_hard", "layers", "level", "name", "opener",
        "paragraph", "parent", "scope", "text_layers",
    )  # fmt: skip

    def __init__(self, opener: Tag | None, parent: Node | None) -> None:
        self.opener = opener  # None for the source as a whole
        self.name = name = opener.name if opener else ""
        self.parent = parent
        self.layers = opener.depth if opener else 0
        self.is_hard = opener is None or opener.is_plain
        self.text_layers = 0
        self.has_escapes = False
        self.level: int = parent.level + 1 if parent else 0
        self.in_link: bool = name == "a" or (parent is not None and parent.in_link)
        is_inline = name in INLINE
        self.container: Node = self if parent is None or name in _CONTAINERS else parent.container
        self.scope: int = self.level if parent is None or name in _SCOPES else parent.scope
        # The open paragraph, which the next block ends.
        self.paragraph: Node | None = None
        if name == "p":
            self.paragraph = self
        elif is_inline and parent is not None:
            self.paragraph = parent.paragraph


class Piece(NamedTuple):
    """The text from *start* to *end* between two tags. No block separates pieces of one *run*."""

    start: int
    end: int
    node: Node
    run: int


class SourceOutline:
    """The outline of *html*.

    ``nodes`` are its elements in order, ``pieces`` its texts that are not white space,
    ``comments`` its comments, and ``tags`` each tag with its element, or None for a closing tag
    that closes nothing.

    If nothing is escaped after *end*, the outline stops *near* characters after the run that
    contains *end*, or where all elements with escaped tags are closed, whichever is later.
    """

    def __init__(self, html: str, end: int | None = None, near: int = 0) -> None:
        self.html = html
        self._end = len(html) if end is None else end
        self._near = near
        self.root = Node(None, None)
        self.nodes = [self.root]
        self.pieces: list[Piece] = []
        self.comments: list[Piece] = []
        self.tags: list[tuple[Tag, Node | None]] = []
        self._open = [self.root]
        self._named: dict[str, list[Node]] = {}
        self._run = 0
        self._read()
        self._spread()

    def _read(self) -> None:
        html = self.html
        at, limit = 0, len(html)
        end = self._end
        in_zone = False
        for tag in read_tags(html):
            start = tag.start
            if not in_zone:
                self._add_piece(at, start)
            at = tag.end
            in_zone = tag.is_zone
            if tag.name == COMMENT:
                self.comments.append(Piece(start, at, self._open[-1], self._run))
                continue
            if tag.name not in INLINE or in_zone:
                self._run += 1
                if start >= end:
                    end, limit = len(html), start + self._near
                if start >= limit and not any(one.layers or one.text_layers for one in self._open):
                    return
            node = self._close(tag) if tag.is_closing else self._enter(tag)
            self.tags.append((tag, node))
        if not in_zone:
            self._add_piece(at, len(html))

    def _add_piece(self, start: int, end: int) -> None:
        if start < end and not self.html[start:end].isspace():
            self.pieces.append(Piece(start, end, self._open[-1], self._run))

    def _enter(self, tag: Tag) -> Node:
        top = self._open[-1]
        if tag.name not in INLINE and top.paragraph is not None and top.paragraph.parent:
            top = top.paragraph.parent
            del self._open[top.level + 1 :]
        if tag.depth:
            top.container.has_escapes = True
        if tag.name in _VOID:
            top.text_layers = max(top.text_layers, tag.depth)
            return top
        node = Node(tag, top)
        self.nodes.append(node)
        self._open.append(node)
        self._named.setdefault(tag.name, []).append(node)
        return node

    def _close(self, tag: Tag) -> Node | None:
        top = self._open[-1]
        if tag.depth:
            top.container.has_escapes = True
        node = self._opened(tag.name)
        if node is not None and tag.name not in _SCOPES and node.level < top.scope:
            node = None
        if tag.depth and (node is None or (node.is_hard and not node.layers)):
            top.text_layers = max(top.text_layers, tag.depth)
            return None
        if node is None or node.parent is None:
            return None
        node.layers = max(node.layers, tag.depth)
        del self._open[node.level :]
        return node

    def _opened(self, name: str) -> Node | None:
        """Return the innermost open element of *name*."""
        nodes = self._named.get(name, [])
        while nodes:
            node = nodes[-1]
            if node.level < len(self._open) and self._open[node.level] is node:
                return node
            nodes.pop()
        return None

    def _spread(self) -> None:
        """Copy the layers of an escaped element to the elements in it, except plain blocks."""
        for node in self.nodes:
            if node.parent and (not node.is_hard or node.name in INLINE):
                node.layers = max(node.layers, node.parent.layers)
            node.text_layers = max(node.text_layers, node.layers)

    def block(self, node: Node) -> Node:
        """Return *node* if it is a block, otherwise the innermost block around it."""
        while node.name in INLINE and node.parent is not None:
            node = node.parent
        return node

    def runs(self) -> Iterator[list[Piece]]:
        """Yield the pieces of each run."""
        run: list[Piece] = []
        for piece in self.pieces:
            if run and piece.run != run[-1].run:
                yield run
                run = []
            run.append(piece)
        if run:
            yield run
