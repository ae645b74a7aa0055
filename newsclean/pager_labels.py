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
    said_words = [
        " ".join(label.casefold().strip(_AROUND).split())
        for label in (text, node.get("aria-label") or "", node.get("title") or "")
        if label and len(label) <= _MAX_LABEL_LENGTH
    ]
    # The number has priority, because some pagers have rel=next on every link.
    for word in said_words:
        match = _NUMBER.fullmatch(word)
        if match:
            return int(match[1])
    if any(word in _WHOLE for word in said_words):
        return "all"
    relations = (node.get("rel") or "").lower().split()
    if "next" in relations or any(word in _NEXT for word in said_words) or text.strip() in _ARROWS:
        return "next"
    if "prev" in relations or any(word in _PREVIOUS for word in said_words):
        return "previous"
    return "older" if any(word in _OLDER for word in said_words) else None


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
