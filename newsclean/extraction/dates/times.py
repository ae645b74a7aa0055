"""Find dates in the markup: ``<time>`` elements, and classes for dates."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.bylines.worded import is_about_change, read_worded_byline
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dom.distance import Distances
from newsclean.extraction.dom.regions import around_heading, names_of, place_of
from newsclean.extraction.dom.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

_MAX_LENGTH = 150  # characters of the text of a date
_MAX_LABEL_LENGTH = 40  # characters before a date that may be its label
_MAX_MARKED = 12  # elements with a class for dates
_DIGIT = re.compile(r"\d")
# Class names of elements with a date. WordPress has both if nothing was changed.
_IS_PUBLISHED = re.compile(r"publish|posted|created", re.IGNORECASE)
_IS_CHANGED = re.compile(r"modif|updat|changed\b|aktualis", re.IGNORECASE)
_NEAR = 5  # DOM distance from the headline within which ``<time>`` belongs to the article
_MAX_AROUND = 2  # ancestors of a date that may have its label
_MIN_TEASER_LENGTH = 25  # characters of other text in a link around a date, if it is a teaser


def read_times(page: Page) -> Iterator[Candidate]:
    """Yield the dates in ``<time>`` elements and in elements with a class for dates, the nearest to
    the headline first. A date with a word for a change is the date of the change."""
    near = Distances(page.heading)
    around = around_heading(page)
    times: list[tuple[tuple[int, bool], _Element, str]] = []
    marked: list[tuple[tuple[int, bool], _Element, str]] = []
    for node in page.dom_index.timed:
        is_time = node.tag == "time"
        stamp = squeeze(node.get("datetime") or node.get("title")) if is_time else ""
        text = stamp or _short_text(node)
        if not _DIGIT.search(text) or is_teaser(node, text) or _is_quoted(node):
            continue
        if place_of(node, around) == "article":
            place = near.of(node)
            (times if is_time and place[0] <= _NEAR else marked).append((place, node, text))
    for _, node, text in sorted(times, key=lambda one: one[0]):
        field = "dateModified" if is_of_change(node) else "datePublished"
        yield Candidate(field, text, "byline")
    for _, node, text in sorted(marked, key=lambda one: one[0])[:_MAX_MARKED]:
        yield from _read_marked(page, node, text)


def _read_marked(page: Page, node: _Element, text: str) -> Iterator[Candidate]:
    if not is_about_change(text):
        field = "dateModified" if is_of_change(node) else "datePublished"
        yield Candidate(field, text, "generic")
        return
    line = read_worded_byline(text, downloaded=page.downloaded, language=page.date_language)
    yield Candidate("datePublished", line.published, "generic")
    yield Candidate("dateModified", line.modified, "generic")


def _short_text(node: _Element, most: int = _MAX_LENGTH) -> str:
    """Return the text of *node* on one line, or "" if it has more than *most* characters."""
    parts, length = [], 0
    for part in node.itertext("*"):
        length += len(part.strip())
        if length > most:
            return ""
        parts.append(part)
    return squeeze(" ".join(parts))


def is_teaser(node: _Element, text: str) -> bool:
    """Return True if *node* with its *text* is in a link with more text, to another article."""
    link = next(node.iterancestors("a"), None)
    return link is not None and not _short_text(link, len(text) + _MIN_TEASER_LENGTH)


def _is_quoted(node: _Element) -> bool:
    """Return True if *node* is in a quotation, such as an embedded post of a social network."""
    return next(node.iterancestors("blockquote"), None) is not None


def is_of_change(node: _Element) -> bool:
    """Return True if the date in *node* is that of a change, by its class or the words before
    it."""
    for parent in (node, *islice(node.iterancestors(), _MAX_AROUND)):
        name = names_of(parent, "itemprop")
        if _IS_PUBLISHED.search(name):
            return False
        if _IS_CHANGED.search(name):
            return True
    return is_about_change(words_before(node))


def words_before(node: _Element) -> str:
    """Return the words right before the date in *node*: those in *node*, or in the short line
    around it."""
    own = _short_text(node)
    if not own:
        return ""
    digit = _DIGIT.search(own)
    if digit and digit.start() > 1:
        return own[: digit.start()]
    for parent in islice(node.iterancestors(), _MAX_AROUND):
        before = _short_text(parent).partition(own)[0].strip()
        if before:
            return before[-_MAX_LABEL_LENGTH:]
    return ""
