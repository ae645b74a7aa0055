"""Read title and summary in the page head, as hints for the choice of the body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_PARTS = re.compile(r"\s[|–—·»-]\s|[|_]")
_MAX_LENGTH = 2_000  # characters of a title or a summary that are read


def page_title(root: _Element, metas: Iterable[_Element]) -> str:
    """Return the title in the head of *root* without the name of the site, or ``""``. *metas* are
    its ``<meta>`` elements."""
    title = _meta(metas, "og:title")
    if not title:
        node = next(root.iter("title"), None)
        title = "" if node is None or not node.text else " ".join(node.text[:_MAX_LENGTH].split())
    return max(_PARTS.split(title), key=len).strip()


def page_summary(metas: Iterable[_Element]) -> str:
    """Return the description in *metas*, the ``<meta>`` elements of a page, or ``""``."""
    return _meta(metas, "description") or _meta(metas, "og:description")


def _meta(metas: Iterable[_Element], name: str) -> str:
    for node in metas:
        if node.get("name") == name or node.get("property") == name:
            content = " ".join((node.get("content") or "")[:_MAX_LENGTH].split())
            if content:
                return content
    return ""
