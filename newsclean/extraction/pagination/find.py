"""Articles spread over several pages: which of them a page is, and where the others are.

A link is believed where two things agree: what it says (a number, "next page", ``rel=next``)
and its address, which must be that of the page itself but for a page's number. So the next
article, a list's next page and the pages of comments are not taken for the article's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.extraction.dom.regions import COMMENTS, named_region, region_of
from newsclean.extraction.pagination.address import Reading, read_address
from newsclean.pager_labels import read_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page
    from newsclean.sites import SiteRule

_MAX_LINKS, _MAX_PAGES = 3_000, 300
_MAX_HREF = 500  # characters in which an address says that it is of comments
# What lists lie at: the front page, and those of a word. Their next page is more of the list.
_LIST = re.compile(
    r"[^/?]*+(?:/(?:tags?|category|categories|categoria|kategorie|authors?|autor|search|topics?)"
    r"(?:/[^/?]*+)?|/(?:blog|news))?\?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pagination:
    """Which page of its article a page is, from 1, and where others are, by their number.

    ``pages`` holds what the page links to, never itself; on the only page of an article it is
    empty. On a further page, ``first`` is the address of page 1. ``whole`` is where page 1 says
    that the article stands on a single page.
    """

    number: int = 1
    pages: Mapping[int, str] = field(default_factory=dict)
    whole: str | None = None

    @property
    def first(self) -> str | None:
        """The address of the article's page 1, None on that page itself."""
        return self.pages.get(1) if self.number > 1 else None


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    label: int | str  # a number, ``next``, ``previous`` or ``all``
    readings: list[Reading]


def find_pages(
    page: Page, rule: SiteRule | None = None, *, number: int | None = None
) -> Pagination:
    """Return where *page* stands among the pages of its article and where the others are.

    *number* is which page it is known to be, where it was come to from page 1. What comes next
    only a *rule* with ``nextPage`` says if there is one, whatever its address, so that it is on
    the same host. Leaves the page alone; linear in it; raises nothing.
    """
    own = [one for one in read_address(page.url) if not _is_list(one)]
    found = _judge(own, list(_links(page, own)), number) if own else Pagination(number or 1)
    if rule is None or not rule.next_page:
        return found
    pages = {one: url for one, url in found.pages.items() if one < found.number}
    url = next_by_rule(page, rule)
    return Pagination(found.number, pages | ({found.number + 1: url} if url else {}))


def next_by_rule(page: Page, rule: SiteRule) -> str | None:
    """Return the address of the article's next page that the selectors of *rule* find on
    *page*, None where they find none or lead to another host or to the page itself."""
    for selector in rule.next_page:
        for one in selector.find(page.root)[:1]:
            url = page.absolute(one if isinstance(one, str) else one.get("href"))
            if url and is_other_page(url, page.url):
                return url.partition("#")[0]
    return None


def is_other_page(url: str, of: str) -> bool:
    """Return True if *url* is on the host of the page *of*, but is not that page."""
    one, other = read_address(url)[:1], read_address(of)[:1]
    return bool(one and other) and one != other and _host(one[0]) == _host(other[0])


def _host(reading: Reading) -> str:
    return re.split(r"[/?]", reading.stem, maxsplit=1)[0]


def _is_list(reading: Reading) -> bool:
    return _LIST.fullmatch(reading.stem) is not None


def _links(page: Page, own: list[Reading]) -> Iterator[_Link]:
    """Yield the links of *page* that say a page's number or "next" and lead to a sister of it."""
    stems = {reading.stem for reading in own}
    count = 0
    for node in page.root.iter("a", "link"):
        count += 1
        if count > _MAX_LINKS:
            return
        label = read_label(node)
        href = node.get("href")
        if (
            label is None
            or not href
            or href.startswith("#")
            or named_region(href[:_MAX_HREF]) & COMMENTS
        ):
            continue
        url = page.absolute(href)
        readings = read_address(url) if url else []
        readings = [one for one in readings if one.stem in stems]
        if url and readings and not _is_of_comments(node):
            yield _Link(url.partition("#")[0], label, readings)


def _is_of_comments(node: _Element) -> bool:
    return bool(region_of(node) & COMMENTS)


def _judge(own: list[Reading], links: list[_Link], number: int | None) -> Pagination:
    """Return what the *links* say of the page whose address reads as *own*: first whether it is
    a further page, then whether it is the first of several."""
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
        # Some count from nought.
        believed = isinstance(label, int) and label > 1 and other.number in {label, label - 1}
        if believed and other.kind != "plain" and len(pages) < _MAX_PAGES:
            pages.setdefault(int(label), link.url)
    return Pagination(1, pages, None if any(one.kind == "all" for one in own) else whole)


def _is_whole(link: _Link, stem: str) -> bool:
    return link.label == "all" and any(
        one.kind == "all" and one.stem == stem for one in link.readings
    )


def _as_numbered(
    reading: Reading, found: list[tuple[_Link, Reading]], known: int | None
) -> Pagination | None:
    """Return what the links *found* say if the page is the one that its address numbers in the
    way of *reading*; None where they do not bear that out.

    They must number all pages in the same way and, unless the page is *known* to be a further
    one, lead to page 1: ``/news/12`` may be the twelfth article of ``/news``, a list with pages
    of its own.
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
            if step:  # an arrow to the last page
                continue
            return None  # numbered in two ways
        if isinstance(label, int) and label != number and (other.kind != "plain" or label == 1):
            pages.setdefault(label, link.url)
    enough = 1 in pages and (number == 2 or len(pages) > 1) if number > 1 else 2 in pages
    if known is None and not enough:
        return None
    return Pagination(number, dict(sorted(pages.items())[:_MAX_PAGES]))


def _shift(reading: Reading, found: list[tuple[_Link, Reading]], known: int | None) -> int:
    """Return what has to be added to an address's number: 1 where it counts from nought."""
    if known is not None:
        return known - reading.number
    for link, other in found:
        if isinstance(link.label, int) and other.kind != "plain":
            return link.label - other.number
    return 0 if reading.number > 1 else 1


def _of_stem(links: list[_Link], stem: str) -> list[tuple[_Link, Reading]]:
    """Return the *links* of which a reading has *stem*, each with that reading."""
    found = []
    for link in links:
        readings = [one for one in link.readings if one.stem == stem]
        if readings:
            found.append((link, readings[-1]))
    return found
