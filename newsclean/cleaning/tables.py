"""Distinguish data tables from layout tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_CELL_LENGTH = 400  # characters; a longer cell is a paragraph
_STRUCTURE = frozenset({"table", "tbody", "thead", "tfoot", "tr"})
_ARTICLE_PARTS = frozenset({"h1", "h2", "h3", "h4", "article", "section", "blockquote", "iframe"})


def is_layout(table: _Element) -> bool:
    """Return True if *table* is a layout table: it holds another table, has only one column, has
    cells as long as paragraphs, or has text outside of its cells.

    Stops at the first nested table, so a page of nested tables is read once.
    """
    columns = length = paragraphs = 0
    for node in table.iterdescendants():
        tag = node.tag
        if tag == "table" or tag in _ARTICLE_PARTS:
            return True
        if tag == "tr":
            columns = max(columns, len(node))
        elif tag in {"td", "th"}:
            length = paragraphs = 0
        elif tag == "p":
            paragraphs += 1
        if tag in _STRUCTURE and _has_text(node.text):
            return True
        if tag in _STRUCTURE or tag in {"td", "th", "caption"}:
            if _has_text(node.tail):
                return True
        else:
            length += len(node.tail or "")
        length += len(node.text or "")
        if length > _MAX_CELL_LENGTH or paragraphs > 2:
            return True
    return columns < 2 or _has_text(table.text)


def _has_text(text: str | None) -> bool:
    return bool(text) and not text.isspace()  # type: ignore[union-attr]
