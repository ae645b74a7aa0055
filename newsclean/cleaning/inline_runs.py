"""Inline runs: the text and the inline elements between two blocks.

A ``<p>`` holds one run, and so does the text between two ``<div>``. Steps that need "the whole
text of a block" look at a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.cleaning.elements import INLINE, INVISIBLE
from newsclean.cleaning.tree import escape_text, outer_html, set_text, visible_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


class InlineRun:
    """A text and the inline nodes after it, with their tails. The run is in *parent*, after the
    block *before* (None at the start of the parent)."""

    __slots__ = ("before", "nodes", "parent", "text")

    def __init__(self, parent: _Element, before: _Element | None, text: str) -> None:
        self.parent = parent
        self.before = before
        self.text = text
        self.nodes: list[_Element] = []

    def html(self) -> str:
        """Return the run as HTML."""
        return escape_text(self.text) + "".join(map(outer_html, self.nodes))

    def visible(self) -> str:
        """Return the visible text of the run."""
        if not self.nodes:
            return self.text
        return self.text + "".join(visible_text(node) + (node.tail or "") for node in self.nodes)

    def set_text(self, text: str) -> None:
        """Set the text before the nodes of the run."""
        if self.before is None:
            set_text(self.parent, "text", text)
        else:
            set_text(self.before, "tail", text)
        self.text = text

    def replace(self, text: str, nodes: list[_Element]) -> None:
        """Replace the run with *text* and *nodes*, each with its tail."""
        for node in self.nodes:
            self.parent.remove(node)
        # Adding next to a node takes constant time; adding by index does not.
        if self.before is None:
            for node in reversed(nodes):
                self.parent.insert(0, node)
            set_text(self.parent, "text", text)
        else:
            self.before.tail = None
            for node in reversed(nodes):
                self.before.addnext(node)
            set_text(self.before, "tail", text)
        self.text, self.nodes = text, nodes


def runs_of(root: _Element) -> Iterator[InlineRun]:
    """Yield each run of *root* that is not empty, parents before their children."""
    for parent in list(root.iter()):
        if isinstance(parent.tag, str) and parent.tag not in INLINE and parent.tag not in INVISIBLE:
            for run in _runs_in(parent):
                if run.nodes or (run.text and not run.text.isspace()):
                    yield run


def _runs_in(parent: _Element) -> list[InlineRun]:
    run = InlineRun(parent, None, parent.text or "")
    runs = [run]
    for child in parent:
        if isinstance(child.tag, str) and child.tag not in INLINE:
            run = InlineRun(parent, child, child.tail or "")
            runs.append(run)
        else:
            run.nodes.append(child)
    return runs
