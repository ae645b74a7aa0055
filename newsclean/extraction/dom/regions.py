"""Where on a page something stands: in its article, beside it, or elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

_ELSEWHERE = re.compile(
    r"comment|related|footer|recommend|teaser|popular|latest|most|trending|carousel|ranking"
    r"|\bcard\b|nav\b|menu|next-|prev|more-|archive",
    re.IGNORECASE,
)
# Beside the article, where some sites put who wrote it.
_BESIDE = re.compile(r"(?<!with-)(?<!has-)(?<!:)sidebar|widget|newsletter|promo", re.IGNORECASE)
_MAX_DEPTH = 12
_MAX_NAMES_LENGTH = 500


def names_of(node: _Element, second: str = "id") -> str:
    """Return the class of *node* and its *second* attribute, 500 letters of each at most: those
    of a holder are read for all that it holds."""
    first, other = node.get("class") or "", node.get(second) or ""
    return f"{first[:_MAX_NAMES_LENGTH]} {other[:_MAX_NAMES_LENGTH]}"


def around_heading(page: Page) -> Set[_Element]:
    """Return what the headline of *page* stands in: whatever it is called, it is the article."""
    return frozenset() if page.heading is None else frozenset(page.heading.iterancestors())


def place_of(node: _Element, around: Set[_Element] = frozenset()) -> str:
    """Return ``article`` for a *node* that may belong to it, ``beside`` for one in a sidebar,
    ``elsewhere`` for one in comments, teasers, the footer. *around* is `around_heading`."""
    place = "article"
    for depth, parent in enumerate((node, *node.iterancestors())):
        if depth > _MAX_DEPTH or parent in around or parent.tag in {"body", "html", "main"}:
            break
        if parent.tag in {"footer", "nav"}:
            return "elsewhere"
        name = names_of(parent)
        if len(name) > 1 and _ELSEWHERE.search(name):
            return "elsewhere"
        if parent.tag == "aside" or (len(name) > 1 and _BESIDE.search(name)):
            place = "beside"
    return place
