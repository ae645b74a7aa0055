"""Decide whether a fetched page is an article, a listing of links, or another page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.discovery.outline import Link, PageOutline

Kind = Literal["article", "listing", "other"]

HEADLINE_SIZE = 16  # columns; a link text of this width is more likely a title than a section
MIN_TEXT = 40  # columns; a page with less text has no body
MIN_LINKS = 3  # titles of a listing, at least
_LIST_SHARE = 0.45  # of all text; in a listing, the longest text without a title has less
_MANY_LINKS = 5  # titles; a page with these is a listing, even next to a text of teaser length
_SHORT_TEXT = 160  # columns; the length of a teaser
LONG_TEXT = 800  # columns; a longer text is not a teaser
_WHOLE = (0.8, 1.25)  # ratio of the body to the longest text, if the body is one text
_WHOLE_SHARE = 0.3  # of all text on the page; each of several posts in a row has less
_FEW_SHARE = 0.6  # the same for a listing of two titles


@dataclass(frozen=True, slots=True)
class Shape:
    """The layout of texts and links on a page, without those on all pages of the site.

    ``titles`` are the links that look like titles of articles. ``longest`` is the width in columns
    of the longest text without such a link, ``total`` that of all text. ``is_led`` is True if the
    longest text follows a title, as a teaser does; the title of an article is not a link.
    """

    titles: tuple[str, ...]
    longest: int
    total: int
    is_led: bool = False

    @property
    def is_listing(self) -> bool:
        """True if the page is a list of titles, with or without teasers."""
        if len(self.titles) < MIN_LINKS and self.titles and self.is_led:
            return self.longest < LONG_TEXT
        if len(self.titles) < 2:
            return False
        share = self.longest / max(1, self.total)
        if len(self.titles) >= _MANY_LINKS and self.longest < _SHORT_TEXT:
            return True
        if len(self.titles) < MIN_LINKS:
            return self.longest < MIN_TEXT or share < _FEW_SHARE
        return self.longest < MIN_TEXT or share < _LIST_SHARE

    def is_one_text(self, body: int) -> bool:
        """Return True if the body, of *body* columns, is the only long text of the page. A listing
        has many texts."""
        least, most = _WHOLE
        return (
            self.longest >= LONG_TEXT
            and least * self.longest <= body <= most * self.longest
            and self.longest >= _WHOLE_SHARE * self.total
        )


def shape_of(
    outline: PageOutline,
    is_common: Callable[[Link], bool],
    is_common_text: Callable[[int], bool],
    is_article: Callable[[str], bool],
) -> Shape:
    """Return the shape of the page *outline*. *is_common* and *is_common_text* return True for
    links and digests of texts on all pages of the site. *is_article* returns True for URLs with a
    template of articles: these are titles with a text of any width."""
    titles: dict[str, None] = {}
    longest = run = total = 0
    is_led = False
    for piece in outline.pieces:
        if not piece.url:
            if not is_common_text(piece.digest):
                run += piece.size
                total += piece.size
            continue
        link = outline.links.get(piece.url)
        if link is None or link.label is not None or is_common(link):
            continue
        if piece.size >= HEADLINE_SIZE or is_article(piece.url):
            if run > longest:
                longest, is_led = run, bool(titles)
            run = 0
            titles.setdefault(piece.url)
    if run > longest:
        longest, is_led = run, bool(titles)
    return Shape(tuple(titles), longest, total, is_led)
