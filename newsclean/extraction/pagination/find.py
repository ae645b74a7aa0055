"""Find the pages of a multi-page article: the number of this page, and the URLs of the others.

A link counts if two things agree: its label (a number, "next page", ``rel=next``), and its URL,
which must differ from that of the page only in the page number. So links to the next article, to
the next page of a list and to pages of comments do not count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.dom.regions import COMMENTS, named_region, region_of
from newsclean.extraction.pagination.address import Reading, read_address
from newsclean.pager_labels import read_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page
    from newsclean.sites import SiteRule

_MAX_LINKS, _MAX_PAGES = 3_000, 300  # links that are read; pages of an article
_MAX_HREF = 500  # characters of a URL that are searched for a word for comments
# A segment or parameter without characters that may be written as they are or percent-encoded.
_NEVER_ESCAPED = re.compile(r"[A-Za-z0-9._~=-]+")
# Paths of lists: the front page, and paths of a single word. Their next page is part of the list.
_LIST = re.compile(
    r"""
    [^/?]*+                                     # the host
    (?: /(?:tags?|category|categories|categoria|kategorie|authors?|autor|search|topics?)
        (?:/[^/?]*+)?                           # the name of the tag or author
      | /(?:blog|news)
    )?
    \?
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Pagination:
    """The number of a page in a multi-page article, from 1, and the URLs of other pages by number.

    ``pages`` has the linked pages, never the page itself. It is empty for an article on one page.
    On page 2 and later, ``first`` is the URL of page 1. ``whole`` is the URL of the article on a
    single page, if page 1 has a link to it.
    """

    number: int = 1
    pages: Mapping[int, str] = field(default_factory=dict)
    whole: str | None = None

    @property
    def first(self) -> str | None:
        """The URL of page 1, or None on page 1 itself."""
        return self.pages.get(1) if self.number > 1 else None


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    label: int | str  # a number, ``next``, ``previous`` or ``all``
    readings: list[Reading]


def find_pages(
    page: Page, rule: SiteRule | None = None, *, number: int | None = None
) -> Pagination:
    """Return the number of *page* in a multi-page article, and the URLs of the other pages.

    *number* is the number of the page if it is known from page 1. If the site rule has
    ``nextPage``, only that decides the next page; any URL on the same host is accepted. Linear
    time; raises no exception.
    """
    own = [one for one in read_address(page.url) if not _is_list(one)]
    found = _judge(own, list(_links(page, own)), number) if own else Pagination(number or 1)
    if rule is None or not rule.next_page:
        return found
    pages = {one: url for one, url in found.pages.items() if one < found.number}
    url = next_by_rule(page, rule)
    return Pagination(found.number, pages | ({found.number + 1: url} if url else {}))


def next_by_rule(page: Page, rule: SiteRule) -> str | None:
    """Return the URL of the next page by the selectors of *rule*. Return None if there is none, or
    if it is on another host or is the page itself."""
    for selector in rule.next_page:
        for one in selector.find(page.root)[:1]:
            url = page.absolute(one if isinstance(one, str) else one.get("href"))
            if url and is_other_page(url, page.url):
                return url.partition("#")[0]
    return None


def is_other_page(url: str, of: str) -> bool:
    """Return True if *url* is on the host of the page *of*, but is not that page.

    >>> is_other_page("https://a.example/7_2.html", "https://a.example/7.html")
    True
    """
    one, other = read_address(url)[:1], read_address(of)[:1]
    return bool(one and other) and one != other and _host(one[0]) == _host(other[0])


def _host(reading: Reading) -> str:
    return re.split(r"[/?]", reading.stem, maxsplit=1)[0]


def _is_list(reading: Reading) -> bool:
    return _LIST.fullmatch(reading.stem) is not None


def _links(page: Page, own: list[Reading]) -> Iterator[_Link]:
    """Yield the links of *page* to other pages of the article, with a number or "next" as label."""
    stems = {reading.stem for reading in own}
    fixed = [_fixed_parts(stem) for stem in stems]
    for node in islice(page.root.iter("a", "link"), _MAX_LINKS):
        href = node.get("href")
        if not href or href.startswith("#"):
            continue
        if href.startswith(("/", "http")) and not any(
            all(part in href for part in parts) for parts in fixed
        ):
            continue
        label = read_label(node)
        if label in {None, "older"} or named_region(href[:_MAX_HREF]) & COMMENTS:
            continue
        url = page.absolute(href)
        readings = read_address(url) if url else []
        readings = [one for one in readings if one.stem in stems]
        if url and readings and not _is_of_comments(node):
            yield _Link(url.partition("#")[0], label, readings)


def _fixed_parts(stem: str) -> list[str]:
    """Return the parts of *stem* that are written in the same way in each absolute URL with it: the
    last segment of its path, and its parameters. So most links are excluded without reading them.
    """
    path, _, query = stem.partition("?")
    _, slash, name = path.rpartition("/")
    parts = [*([name] if slash else []), *query.split("&")]
    return [part for part in parts if _NEVER_ESCAPED.fullmatch(part)]


def _is_of_comments(node: _Element) -> bool:
    return bool(region_of(node) & COMMENTS)


def _judge(own: list[Reading], links: list[_Link], number: int | None) -> Pagination:
    """Return the pagination of the page with the interpretations *own* by its *links*. First test
    if it is page 2 or later, then if it is the first of several pages."""
    whole = next((link.url for link in links if _is_whole(link, own[0].stem)), None)
    links = [link for link in links if link.label != "all"]
    for reading in own:
        if reading.kind not in {"plain", "all"}:
            found = _as_numbered(reading, _of_stem(links, reading.stem), number)
            if found is not None:
                return found
    if number is not None and number > 1:
        return Pagination(number)
    pages: dict[int, str] = {}
    for link, other in _of_stem(links, own[0].stem):
        label = 2 if link.label == "next" else link.label
        # Some sites count from 0.
        is_labelled = isinstance(label, int) and label > 1 and other.number in {label, label - 1}
        if is_labelled and other.kind != "plain" and len(pages) < _MAX_PAGES:
            pages.setdefault(int(label), link.url)
    return Pagination(1, pages, None if any(one.kind == "all" for one in own) else whole)


def _is_whole(link: _Link, stem: str) -> bool:
    return link.label == "all" and any(
        one.kind == "all" and one.stem == stem for one in link.readings
    )


def _as_numbered(
    reading: Reading, found: list[tuple[_Link, Reading]], known: int | None
) -> Pagination | None:
    """Return the pagination by the links *found* if the page has the number of *reading*. Return
    None if the links do not confirm that.

    All links must have numbers of the same form. Unless the page is *known* to be page 2 or later,
    one of them must lead to page 1: ``/news/12`` may be the twelfth article of ``/news``, a list
    with its own pages.
    """
    if any(other.kind not in {reading.kind, "plain"} for _, other in found):
        return None
    shift = _shift(reading, found, known)
    number = reading.number + shift
    if shift not in {0, 1} or number < 1:
        return None
    pages: dict[int, str] = {}
    for link, other in found:
        step = {"next": 1, "previous": -1}.get(str(link.label))
        label = number + step if step else link.label
        if other.kind != "plain" and other.number + shift != label:
            if step:  # it is an arrow to the last page
                continue
            return None  # numbers of two forms
        if isinstance(label, int) and label != number and (other.kind != "plain" or label == 1):
            pages.setdefault(label, link.url)
    enough = 1 in pages and (number == 2 or len(pages) > 1) if number > 1 else 2 in pages
    if known is None and not enough:
        return None
    return Pagination(number, dict(sorted(pages.items())[:_MAX_PAGES]))


def _shift(reading: Reading, found: list[tuple[_Link, Reading]], known: int | None) -> int:
    """Return the difference between page number and number in the URL: 1 if URLs count from 0."""
    if known is not None:
        return known - reading.number
    for link, other in found:
        if isinstance(link.label, int) and other.kind != "plain":
            return link.label - other.number
    return 0 if reading.number > 1 else 1


def _of_stem(links: list[_Link], stem: str) -> list[tuple[_Link, Reading]]:
    """Return the *links* with an interpretation that has *stem*, each with that interpretation."""
    found = []
    for link in links:
        readings = [one for one in link.readings if one.stem == stem]
        if readings:
            found.append((link, readings[-1]))
    return found
