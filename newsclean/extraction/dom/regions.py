"""DOM regions: decide whether an element is in the article, next to it, or in another part.

Only this module reads class names and ids for that purpose. A field tests for regions that it does
not want (`region_of`), or for the region of a single name (`named_region`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page


# Kinds of regions as bits: an element may be in several. They are plain numbers, because a page
# needs thousands of tests and `enum.Flag` takes ten times as long.
COMMENTS = 1  # texts of readers
TEASERS = 2  # links to other articles
CARDS = 64  # single teasers; an article's own parts are called so as well (``card-body``)
MENU = 4
FOOTER = 8
BESIDE = 16  # sidebars, widgets: some sites have the author there
DIALOGUE = 32  # over the page: cookies, log-in
ELSEWHERE = COMMENTS | TEASERS | CARDS | MENU | FOOTER

# For names in lower case. Each alternative begins with a letter, and its lookbehind comes after
# it: such patterns take a tenth of the time.
_PATTERNS = {
    COMMENTS: r"""comment|kommentar|comentari|repl(?<!has-repl)(?:y|ies)|respond|discuss|disqus
        |pinglun|cpage""",
    TEASERS: r"related|recommend|popular|trending|ranking|recent",
    # ``h-card`` and ``vcard`` are a person's, in microformats.
    CARDS: r"""teaser|latest|most(?<!\wmost)|carousel|card(?<!\wcard)(?<![hv]-card)\b|next-|prev
        |more-|archive""",
    MENU: r"nav(?:\b|(?<!\wnav)(?:bar|igation)\b)|menu",
    FOOTER: r"footer|copyright",
    # ``with-sidebar`` and ``md:sidebar`` are names of the whole page. Page builders call each part
    # of an article a widget (``elementor-widget``), Drupal calls an article ``node-promoted``.
    BESIDE: r"""sidebar(?<!with-sidebar)(?<!has-sidebar)(?<!:sidebar)|widget(?<![-\w]widget)(?!s)
        |newsletter|promo(?!te)""",
    DIALOGUE: r"cookie|consent|modal",
}
_NAMES = {region: re.compile(pattern, re.VERBOSE) for region, pattern in _PATTERNS.items()}
_ANY = re.compile("|".join(_PATTERNS.values()), re.VERBOSE)
_TAGS = {"footer": FOOTER, "nav": MENU, "aside": BESIDE}
# Ancestors at which the test stops, because the whole page is often named after its sidebar.
_PAGE_TAGS = frozenset({"body", "html", "main"})
_MAX_DEPTH = 12  # ancestors that are looked at
_MAX_NAMES_LENGTH = 500  # characters of a class or an id
_MAX_KNOWN = 2_000  # names whose regions are kept; a page has a few hundred


def names_of(node: _Element, second: str = "id") -> str:
    """Return the class of *node* and its *second* attribute, at most 500 characters of each,
    because the names of an element are read for everything in it."""
    first, other = node.get("class") or "", node.get(second) or ""
    return f"{first[:_MAX_NAMES_LENGTH]} {other[:_MAX_NAMES_LENGTH]}"


@lru_cache(_MAX_KNOWN)
def named_region(names: str) -> int:
    """Return the kinds of region that the class and the id *names* (`names_of`) are of.

    >>> named_region("comment-list ") == COMMENTS
    True
    """
    found = 0
    for name in names.lower().split():
        found |= _region_of(name)
    return found


@lru_cache(_MAX_KNOWN)
def _region_of(name: str) -> int:
    found = 0
    if _ANY.search(name):  # most names have no region
        for region, pattern in _NAMES.items():
            if pattern.search(name):
                found |= region
    return found


def region_of(node: _Element, around: Set[_Element] = frozenset()) -> int:
    """Return the kinds of regions of *node*, by the names and tags of *node* and its 12 nearest
    ancestors. *around* is `around_heading`, whose elements always belong to the article.
    """
    found = by_tag = 0
    for parent in (node, *islice(node.iterancestors(), _MAX_DEPTH)):
        tag = parent.tag
        if parent in around or tag in _PAGE_TAGS:
            break
        if tag == "article":
            by_tag &= ~FOOTER  # an article's own footer has its authors and dates
        found |= named_region(names_of(parent))
        by_tag |= _TAGS.get(str(tag), 0)
    return found | by_tag


def around_heading(page: Page) -> Set[_Element]:
    """Return the ancestors of the headline of *page*. They belong to the article, whatever their
    names are."""
    return frozenset() if page.heading is None else frozenset(page.heading.iterancestors())


def place_of(node: _Element, around: Set[_Element] = frozenset()) -> str:
    """Return ``article`` for a *node* that may belong to it, ``beside`` for one in a sidebar,
    ``elsewhere`` for one in comments, teasers, menus, the footer. *around* is `around_heading`."""
    region = region_of(node, around)
    if region & ELSEWHERE:
        return "elsewhere"
    return "beside" if region & BESIDE else "article"
