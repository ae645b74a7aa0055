"""Read the labels of links to other pages of an article or a listing, in many languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.lexicon import alternatives, words

if TYPE_CHECKING:
    from lxml.etree import _Element


_MAX_LABEL_LENGTH = 40  # characters; a longer text is not a label
_PAGE = alternatives("pagination", "page")
_NUMBER = re.compile(rf"(?:{_PAGE})?\s{{0,2}}([1-9]\d{{0,2}})\s{{0,2}}(?:{_PAGE})?")
_AROUND = " \t\r\n\u00a0\u3000[](){}（）【】<>‹›«»→←▶◀▸►>|·.…-–—"
_ARROWS = frozenset({">", "»", "›", "→", ">>"})
_NEXT = frozenset(words("pagination", "next"))
_PREVIOUS = frozenset(words("pagination", "previous"))
_OLDER = frozenset(words("pagination", "older"))
_WHOLE = frozenset(words("pagination", "whole"))


def read_label(node: _Element) -> int | str | None:
    """Return the meaning of the link *node*: a page number, ``next``, ``previous``, ``all``,
    ``older`` (the issue of a newspaper before this one), or None. Reads its text, its
    ``aria-label``, its ``title`` and its ``rel``.

    >>> from lxml.html import fromstring
    >>> read_label(fromstring("<a href=/2>2</a>")), read_label(fromstring("<a href=/2>Weiter</a>"))
    (2, 'next')
    """
    text = "" if node.tag == "link" else _short_text(node)
    labels = [
        " ".join(given.casefold().strip(_AROUND).split())
        for given in (text, node.get("aria-label") or "", node.get("title") or "")
        if given and len(given) <= _MAX_LABEL_LENGTH
    ]
    # The number has priority, because some pagers have rel=next on every link.
    for label in labels:
        match = _NUMBER.fullmatch(label)
        if match:
            return int(match[1])
    if not _WHOLE.isdisjoint(labels):
        return "all"
    relations = (node.get("rel") or "").lower().split()
    if "next" in relations or not _NEXT.isdisjoint(labels) or text.strip() in _ARROWS:
        return "next"
    if "prev" in relations or not _PREVIOUS.isdisjoint(labels):
        return "previous"
    return None if _OLDER.isdisjoint(labels) else "older"


def _short_text(node: _Element) -> str:
    """Return the text of *node*, or "" if it is too long for a label."""
    if not len(node):
        text = node.text or ""
        return text if len(text) <= 2 * _MAX_LABEL_LENGTH else ""
    text = ""
    for part in node.itertext("*"):
        text += part
        if len(text) > 2 * _MAX_LABEL_LENGTH:
            return ""
    return text
