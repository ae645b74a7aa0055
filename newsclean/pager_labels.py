"""Read the labels of links to other pages of an article or a listing, in many languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsclean.lexicon import alternatives, words

if TYPE_CHECKING:
    from lxml.etree import _Element


_MAX_LABEL_LENGTH = 40  # characters; a longer text is not a label
_MAX_RELATIONS = 100  # characters of a ``rel``
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
    others = tuple(
        label
        for name in ("aria-label", "title")
        if (label := node.get(name)) and len(label) <= _MAX_LABEL_LENGTH
    )
    if len(text) > _MAX_LABEL_LENGTH:
        text = ""
    relations = (node.get("rel") or "")[:_MAX_RELATIONS]
    return _meaning(text, others, relations) if text or others or relations else None


@lru_cache(maxsize=4_096)  # most labels are on all pages of a site
def _meaning(text: str, others: tuple[str, ...], relations: str) -> int | str | None:
    """Return the meaning of a link with *text*, the *others* among its labels, and its ``rel``."""
    labels = [
        " ".join(label.casefold().strip(_AROUND).split()) for label in (text, *others) if label
    ]
    # The number has priority, because some pagers have rel=next on every link.
    for label in labels:
        match = _NUMBER.fullmatch(label)
        if match:
            return int(match[1])
    if not _WHOLE.isdisjoint(labels):
        return "all"
    names = relations.lower().split()
    if "next" in names or not _NEXT.isdisjoint(labels) or text.strip() in _ARROWS:
        return "next"
    if "prev" in names or not _PREVIOUS.isdisjoint(labels):
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
