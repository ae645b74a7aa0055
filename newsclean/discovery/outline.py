"""The outline of a page: its links, the text around them, and where its list goes on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from newsclean.urls import page_key

MAX_LABEL = 20  # columns of a label such as "next page"; a wider text is a title
FEW_TITLES = 3  # a page with fewer titles may have its list in a script
_WIDE = "\u2e7f"  # characters after it take two columns: Chinese, Japanese, Korean


@dataclass(slots=True)
class Link:
    """All links of a page to one URL of the site.

    ``text`` is the longest link text, ``size`` its width in columns, ``count`` the number of
    links. ``date`` is the date in the same list item as it is written. ``is_away`` is True if all
    links are in a navigation or a footer by the markup. ``label`` is the common result of
    `read_label`: a page number, ``next`` and the like.
    """

    url: str
    text: str = ""
    size: int = 0
    count: int = 0
    date: str = ""
    is_away: bool = True
    label: int | str | None = None

    @property
    def is_dated(self) -> bool:
        """True if there is a date in the same list item."""
        return bool(self.date)


class Piece(NamedTuple):
    """A link (``url``) or a block of other text (no URL), its width in columns, and a digest of the
    text, to find the same text on other pages."""

    url: str
    size: int
    digest: int = 0


@dataclass(frozen=True, slots=True)
class PageOutline:
    """The links of a page, and its ``pieces`` in document order. ``next_url`` is the
    ``<link rel=next>`` of the page. ``truncated`` is True if it has more links than were read.

    ``frames`` are the URLs of frames of the site. ``more`` is the URL from which a script loads the
    next part of its list. ``loaded`` is the number of links that are values in scripts.
    ``is_part`` is True for such a part, which is JSON or a fragment of HTML.
    """

    url: str
    links: dict[str, Link] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    next_url: str | None = None
    truncated: bool = False
    frames: tuple[str, ...] = ()
    more: str | None = None
    loaded: int = 0
    is_part: bool = False

    @property
    def leads_on(self) -> bool:
        """True if a list of pages is in its frames or scripts, or is loaded by a script."""
        return bool(self.frames or self.more) or self.loaded >= FEW_TITLES


def text_size(text: str) -> int:
    """Return the width of *text* in columns, without white space.

    >>> text_size("rain again"), text_size("又下雨")
    (9, 6)
    """
    squeezed = "".join(text.split())
    if squeezed.isascii():
        return len(squeezed)
    return sum(2 if char > _WIDE else 1 for char in squeezed)


def links_digest(outline: PageOutline) -> str:
    """Return a digest of the pages that *outline* links to. It changes only if the listing links to
    other pages. Session and campaign parameters in URLs do not matter."""
    pages = sorted({page_key(url) for url in outline.links})
    return hashlib.sha256("\n".join(pages).encode("utf-8", "surrogatepass")).hexdigest()
