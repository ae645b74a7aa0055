"""Where on a page something stands: in its article, beside it, or elsewhere."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.names import fold
from newsclean.extraction.page import text_of

if TYPE_CHECKING:
    from collections.abc import Set

    from lxml.etree import _Element

    from newsclean.extraction.page import Page

_ELSEWHERE = re.compile(
    r"comment|related|footer|recommend|teaser|popular|latest|most|trending|carousel|ranking"
    r"|\bcard\b|nav\b|menu|next-|prev|more-|archive",
    re.IGNORECASE,
)
# Beside the article, where some sites put who wrote it.
_BESIDE = re.compile(r"(?<!with-)(?<!has-)(?<!:)sidebar|widget|newsletter|promo", re.IGNORECASE)
_DEEPEST, _MOST_HEADINGS, _SHORTEST_TITLE = 12, 40, 12


def find_heading(page: Page) -> _Element | None:
    """Return the heading that says what the page's title says, else the first ``<h1>``: that
    may hold the name of the site."""
    titles = [
        *page.metas.get("og:title", ()),
        *(node.text or "" for node in page.root.iter("title")),
    ]
    wanted = [fold(title) for title in titles[:3]]
    for tag in ("h1", "h2", "h3"):
        for node in islice(page.root.iter(tag), _MOST_HEADINGS):
            text = fold(text_of(node))
            if len(text) > _SHORTEST_TITLE and any(text in title for title in wanted):
                return node
    return next(page.root.iter("h1"), None)


def around_heading(page: Page) -> Set[_Element]:
    """Return what the headline of *page* stands in: whatever it is called, it is the article."""
    heading = find_heading(page)
    return frozenset() if heading is None else frozenset(heading.iterancestors())


def place_of(node: _Element, around: Set[_Element] = frozenset()) -> str:
    """Return ``article`` for a *node* that may belong to it, ``beside`` for one in a sidebar,
    ``elsewhere`` for one in comments, teasers, the footer. *around* is `around_heading`."""
    place = "article"
    for depth, parent in enumerate((node, *node.iterancestors())):
        if depth > _DEEPEST or parent in around or parent.tag in {"body", "html", "main"}:
            break
        if parent.tag in {"footer", "nav"}:
            return "elsewhere"
        name = f"{parent.get('class') or ''} {parent.get('id') or ''}"
        if len(name) > 1 and _ELSEWHERE.search(name):
            return "elsewhere"
        if parent.tag == "aside" or (len(name) > 1 and _BESIDE.search(name)):
            place = "beside"
    return place
