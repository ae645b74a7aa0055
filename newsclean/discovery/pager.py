"""Find the links to the other pages of a listing (pagination).

Labels are read first: numbers, ``rel=next`` and the word for "next" in many languages. If there is
none, URLs are compared: ``/sport/?page=2`` is the page after ``/sport/``.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from newsclean.discovery.outline import MAX_LABEL
from newsclean.discovery.templates import template_of
from newsclean.urls import split_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.discovery.outline import Link, PageOutline

_MAX_NEXT = 2  # URLs of "next" links on a page; more of them are "read on" links
_MAX_URL = 500  # characters; a longer URL is not a page of a listing
_MAX_NUMBER = 9  # digits of a page number or an offset
_DIGITS = re.compile(r"\d+")
_INDEX = re.compile(r"(?:index|default)?(?:\.[a-z]{2,5}\d?)?\Z", re.IGNORECASE)
_OFFSETS = frozenset("start offset limitstart skip".split())  # parameters that count articles


def pager_links(outline: PageOutline) -> dict[str, Link]:
    """Return the links of the listing *outline* to other pages of a listing, by URL. Their label is
    a number, "next", "previous" or "older"."""
    labelled = [(url, link) for url, link in outline.links.items() if link.label is not None]
    numbered = {url: link for url, link in labelled if isinstance(link.label, int)}
    words = {url: link for url, link in labelled if link.label == "next"}
    if len(words) > _MAX_NEXT:
        words = {}
    before = {url: link for url, link in labelled if link.label in {"previous", "older"}}
    return numbered | words | before


def next_page(
    outline: PageOutline, number: int, is_article: Callable[[str], bool] = lambda url: False
) -> str | None:
    """Return the URL of the page after *outline*, which is page *number* of a listing (from 1), or
    None if no label leads there. Links to URLs for which *is_article* is True are ignored: these
    are "read on" links.

    A link with the next number has priority, then ``rel=next``, then "next", then the issue of a
    newspaper before this one.
    """
    links = pager_links(outline)
    found = [url for url, link in links.items() if link.label == number + 1]
    templates = Counter(
        template_of(url) for url, link in links.items() if isinstance(link.label, int)
    )
    # A single number may have any meaning; two with one template are a pager.
    found = [
        url for url in found
        if templates[template_of(url)] > 1 or number > 1 or _shares_path(url, outline.url)
    ]  # fmt: skip
    if found:
        # The rows of a forum have numbers, too: the pages of their threads.
        return next((url for url in found if _is_page_of(url, outline.url, number)), found[0])
    if outline.next_url is not None:
        return outline.next_url
    for label in ("next", "older"):
        words = [url for url, link in links.items() if link.label == label and not is_article(url)]
        if words:
            return words[0]
    return None


def _is_page_of(url: str, listing: str, number: int) -> bool:
    """Return True if *url* looks like another page of *listing*, page *number* of a listing."""
    here, there = _read(listing), _read(url)
    if here is None or there is None:
        return False
    return _distance(here, there, number) is not None


def unlabelled_next_page(
    outline: PageOutline, number: int, is_elsewhere: Callable[[str], bool]
) -> str | None:
    """Return the linked URL with the next page number after *outline*, page *number* of a listing,
    or None. *is_elsewhere* returns True for URLs that are known to be something else: they are in
    the navigation, were read before, or are articles.

    >>> from newsclean.discovery.outline import Link, PageOutline
    >>> urls = ("http://a.example/s/?page=2", "http://a.example/b/")
    >>> links = {url: Link(url, "...") for url in urls}
    >>> unlabelled_next_page(PageOutline("http://a.example/s/", links), 1, lambda url: False)
    'http://a.example/s/?page=2'
    """
    here = _read(outline.url)
    if here is None:
        return None
    found: list[tuple[tuple[bool, int], str]] = []
    for url, link in outline.links.items():
        if link.size > MAX_LABEL or link.is_dated or is_elsewhere(url):
            continue
        there = _read(url)
        distance = _distance(here, there, number) if there is not None else None
        if distance is not None:
            found.append(((distance < 0, abs(distance)), url))
    return min(found)[1] if found else None


class _Numbered(NamedTuple):
    """A URL without its numbers, and the numbers. ``stem`` is its path without suffix or index
    page."""

    frame: str
    numbers: tuple[int, ...]
    stem: str
    parameters: frozenset[str]


def _read(url: str) -> _Numbered | None:
    parts = split_url(url) if len(url) <= _MAX_URL else None
    if parts is None or any(len(one) > _MAX_NUMBER for one in _DIGITS.findall(url)):
        return None
    folder, _, name = parts.path.rpartition("/")
    stem = f"{folder}/{_INDEX.sub('', name, count=1)}"
    whole = f"{parts.path}?{parts.query}"
    return _Numbered(
        _DIGITS.sub("#", whole),
        tuple(map(int, _DIGITS.findall(whole))),
        stem,
        frozenset(one for one in parts.query.split("&") if one),
    )


def _distance(here: _Numbered, there: _Numbered, number: int) -> int | None:
    """Return the difference of the page numbers of *there* and *here*, or None if *there* is not
    another page of the same listing."""
    if here.frame == there.frame:
        pairs = zip(here.numbers, there.numbers, strict=True)
        differences = [(two - one, one) for one, two in pairs if one != two]
        if len(differences) != 1:
            return None
        by, one = differences[0]
        # The number of the first page is 1. Other numbers in its URL belong to the section.
        return by if number > 1 or (one in {0, 1} and by == 1) else None
    if (
        number > 1
        or not there.stem.startswith(here.stem)
        or not here.parameters <= there.parameters
    ):
        return None
    added = there.parameters - here.parameters
    if any(one.partition("=")[0].lower() in _OFFSETS for one in added):
        return there.numbers[-1] if there.numbers else None
    # In ``/list_12_2.html`` the last number is the page, in parameters any number can be.
    numbers = {value for one in added for value in _numbers(one)}
    if not added:
        numbers = set(_numbers(there.stem[len(here.stem) :])[-1:])
    return 1 if 2 in numbers else 2 if 1 in numbers and (added or _is_index(there.stem)) else None


def _numbers(text: str) -> list[int]:
    return [int(one) for one in _DIGITS.findall(text)]


def _is_index(stem: str) -> bool:
    return stem.rpartition("/")[2].lower().startswith(("index", "list", "page", "p"))


def _shares_path(url: str, other: str) -> bool:
    """Return True if *url* extends the path of *other*, or differs only in the last segment."""
    return url.startswith(other.partition("?")[0].rpartition("/")[0])
