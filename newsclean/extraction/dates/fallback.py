"""Find dates in the URL, the visible lines and the scripts of a page.

This source is read only if the markup has no date. So it may take more time, and its results are
less reliable.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from newsclean.extraction.bylines.worded import find_publication, is_about_change
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dates.address import is_near, read_address
from newsclean.extraction.dates.read import read_date
from newsclean.extraction.dates.times import is_of_change, is_teaser, words_before
from newsclean.extraction.dom.distance import Distances
from newsclean.extraction.dom.index import holder_of
from newsclean.extraction.dom.regions import COMMENTS, FOOTER, region_of
from newsclean.extraction.dom.text import squeeze, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

# Elements with a timestamp, and its attribute.
_STAMPED = (
    ("time", "datetime"),
    ("relative-time", "datetime"),
    ("time-ago", "datetime"),
    ("abbr", "title"),
)
# Keys for the date in the data of scripts, in quotes of each kind. A search for one plain character
# is four times as fast as for two, and only the keys ignore case, for the same reason.
_IN_SCRIPT = tuple(
    re.compile(
        rf"""
        {quote}(?=[cdfioprsCDFIOPRS])                                 # the first letters of keys
        (?i:date_?published
          |(?:first_?|original_?)?
           (?:publi(?:sh(?:ed)?|cation|c)|pub|post(?:ed)?|display|release|issue|deploy
             |regist(?:er|ration)?|reg)
           _?(?:at|on|date(?:_?time)?|time|dt)                        # publish_time, posted_on
          |(?P<created>created_?at|creation_?date|create_?(?:time|date)|date_?created)
        )
        \\?[\"']\s{{0,4}}:\s{{0,4}}                                   # a key of JSON
        (?:\\?[\"'](?P<date>[^\"'\\]{{8,40}})|(?P<epoch>1\d{{9}})(?:\d{{3}})?(?!\d))
        """,
        re.VERBOSE,
    )
    for quote in "\"'"
)
_TITLE_END = re.compile(r"(?:^|[|·•–—-])\s*+([^|·•–—-]{6,60}(?:-[^|·•–—-]{1,5}){0,2})$")
_HAS_DATE = re.compile(r"(?:19|20)\d\d(?!\d)|\b\d{1,2}[./]\d{1,2}[./]\d\d\b|\d\s?月\s?\d{1,2}\s?日")
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")
_NO_LINE = re.compile(r"://|©|copyright|\(c\)|all rights|alle rechte", re.IGNORECASE)
_NOT_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "select", "nav", "footer", "form"}
)
_MAX_LINE_LENGTH = 160  # characters
_MAX_LINES = 40  # lines with a date
_MAX_STAMPS = 40  # elements of one kind with a timestamp
_MAX_SCRIPT_DATES = 3  # dates of publication in scripts, and dates of creation
_MAX_MATCHES = 60  # keys of dates in scripts that are read
_MAX_ANCESTORS = 12  # ancestors of a line that are looked at
_MIN_DIGITS = 5  # digits of a day and a year; a year alone is in many titles
# Before and after the date of a dateline: a place; a dash, a bracket or a quotation mark.
_PLACE = re.compile(
    r"\W?(?:[^\W\d_a-z]\w*[\s./-]?\s?){0,3}(?:,?\s?(?:den|le|il|el|\w{2})?[,.\s(]*)?$"
)
_AFTER_PLACE = re.compile(r"\)?\s?[-–—:/|(„“\"«.]")
_MAX_DATELINE_LENGTH = 60  # characters of place and date
_MAX_PLACE_LENGTH = 25  # characters
_MIN_LIST_DAYS = 3  # days in lines that are equally near the headline, if these lines are a list
_MIN_PROSE_LENGTH = 60  # characters of a sentence or a reference; a date is in a shorter line
_MAX_BEFORE_LABEL = 12  # characters before a label; further on, the same word is in prose
# A text with fewer characters, in an element with fewer children, may be a part of the line of its
# element: ``Published <b>18 April 2026</b>``.
_SHORT_TEXT, _FEW_CHILDREN = 30, 6
_PUBLISHED_BONUS = 6  # levels of DOM distance by which a word for publication makes a line nearer
_NEAR = 5  # DOM distance from the headline within which a line probably belongs to the article


class _Line(NamedTuple):
    """A line with a date. A line with a lower *weight* is read first: it is nearer to the headline,
    or has a word for publication."""

    weight: int
    text: str
    is_of_change: bool


def read_fallback_dates(page: Page) -> Iterator[Candidate]:
    """Yield possible dates of publication of *page* as text, the most likely first: the end of its
    title, timestamps, its URL, lines near the headline, its scripts, other lines. A line with a
    word for a change gives only the date of the change. Linear time."""
    near = Distances(page.heading)
    lines = _lines_by_weight(page, near)
    yield from (_published(text) for text in _title_end(page))
    yield from (_published(stamp) for stamp in _stamps(page, near)[:1])
    address = read_address(page.url)
    if address:
        yield _published(address)
    for line in lines:
        if line.is_of_change:
            yield Candidate("dateModified", line.text, "generic")
    shown = _without_lists([line for line in lines if not line.is_of_change])
    is_said = bool(address) or any(line.weight < 0 for line in shown)
    scripted = [] if is_said else list(_in_scripts(page))
    yield from map(_published, _ordered(shown, scripted))


def _ordered(lines: list[_Line], scripted: list[str]) -> Iterator[str]:
    """Yield the dates of *lines* with a word for publication, then those that agree with a date of
    *scripted*, the dates of scripts, then these. Then come the other lines near the headline and,
    if they all have the same day, the distant ones."""
    days = {moment.day for moment in map(read_date, scripted) if moment}
    near = [line.text for line in lines if line.weight <= _NEAR]
    far = [line.text for line in lines if line.weight > _NEAR]
    yield from (line.text for line in lines if line.weight < 0)
    for text in near:
        moment = read_date(text) if days else None
        if moment and any(is_near(moment.day, day) for day in days):
            yield text
    yield from scripted
    yield from near
    if len(_days_of(far)) == 1:
        yield from far


def _without_lists(lines: list[_Line]) -> list[_Line]:
    """Return *lines*, sorted by weight, without those before the first line that is in no list of
    events or of other articles. Lines are a list if they are equally near and have many days, and
    all are only dates or all have words."""
    while lines:
        first = (lines[0].weight, _is_bare(lines[0]))
        alike = (line.text for line in lines if (line.weight, _is_bare(line)) == first)
        if len(_days_of(alike)) < _MIN_LIST_DAYS:
            break
        lines = [line for line in lines if line.weight > lines[0].weight]
    return lines


def _is_bare(line: _Line) -> bool:
    """Return True if *line* is a date without other words."""
    moment = read_date(line.text)
    return moment is not None and not _LETTER.search(line.text.replace(moment.raw, ""))


def _days_of(texts: Iterable[str]) -> set[str]:
    return {moment.day for moment in map(read_date, texts) if moment}


def _published(text: str) -> Candidate:
    return Candidate("datePublished", text, "generic")


def _title_end(page: Page) -> Iterator[str]:
    """Yield the end of the title of *page* if it is only a date."""
    for title in page.elements["title"][:1]:
        match = _TITLE_END.search(text_of(title))
        moment = read_date(match[1]) if match and _HAS_DATE.search(match[1]) else None
        if match and moment and len(match[1]) - len(moment.raw) <= 2:
            yield match[1]


def _in_scripts(page: Page) -> Iterator[str]:
    """Yield the dates of publication in scripts, then the dates of creation."""
    created: list[str] = []
    count = 0
    found = [one for key in _IN_SCRIPT for one in islice(key.finditer(page.html), _MAX_MATCHES)]
    for match in sorted(found, key=re.Match.start)[:_MAX_MATCHES]:
        date = match["date"]
        if match["epoch"]:
            date = datetime.fromtimestamp(int(match["epoch"]), UTC).isoformat()
        if match["created"]:
            created.append(date)
        elif count < _MAX_SCRIPT_DATES:
            count += 1
            yield date
    yield from created[:_MAX_SCRIPT_DATES]


def _stamps(page: Page, near: Distances) -> list[str]:
    """Return the timestamps of *page*, the nearest to its headline first."""
    found: list[tuple[tuple[int, bool], str]] = []
    for tag, attribute in _STAMPED:
        for node in islice(page.root.iter(tag), _MAX_STAMPS):
            stamp = squeeze(node.get(attribute))
            if not _HAS_DATE.search(stamp) or _is_comment(node) or is_of_change(node):
                continue
            if not is_teaser(node, stamp):
                found.append((near.of(node), stamp))
    return [stamp for _, stamp in sorted(found, key=lambda one: one[0])]


def _is_comment(node: _Element) -> bool:
    return bool(region_of(node) & (COMMENTS | FOOTER))


def _lines_by_weight(page: Page, near: Distances) -> list[_Line]:
    """Return the short texts with a date. Those with "published", and those near the headline, come
    first."""
    lines: list[_Line] = []
    for text in page.dom_index.texts:
        value = text[0]
        if len(value) > _MAX_LINE_LENGTH and (dateline := _dateline(value)):
            holder = holder_of(text)
            if holder is not None and text[1].tag not in _NOT_SHOWN and not _is_left_out(holder):
                lines.append(_Line(sum(near.of(holder)), dateline, False))
            continue
        if (
            len(value) > _MAX_LINE_LENGTH * 4
            or len(_DIGIT.findall(value)) < _MIN_DIGITS
            or not _HAS_DATE.search(value)
        ):
            continue
        holder = holder_of(text)
        if holder is None or text[1].tag in _NOT_SHOWN:
            continue
        line = squeeze(value)
        if len(line) > _MAX_LINE_LENGTH or _NO_LINE.search(line) or _is_left_out(holder):
            continue
        if is_teaser(holder, line):
            continue
        weighed = _weighed(line, holder, near)
        if len(line) < _MIN_PROSE_LENGTH or weighed.weight < 0 or weighed.is_of_change:
            lines.append(weighed)
            if len(lines) >= _MAX_LINES:
                break
    return sorted(lines, key=lambda one: one.weight)


def _dateline(text: str) -> str | None:
    """Return the date that a paragraph begins with, as agencies and press offices write it:
    ``Harbourtown, 18 April 2026 – The pier …``."""
    head = squeeze(text[:_MAX_DATELINE_LENGTH])
    if not _HAS_DATE.search(head) or not _DIGIT.search(head[:_MAX_PLACE_LENGTH]):
        return None
    moment = read_date(head)
    place, _, after = head.partition(moment.raw) if moment else ("", "", "")
    is_line = len(place) <= _MAX_PLACE_LENGTH and _PLACE.match(place) and _AFTER_PLACE.match(after)
    return moment.raw if moment and is_line else None


def _weighed(line: str, holder: _Element, near: Distances) -> _Line:
    is_part = len(line) < _SHORT_TEXT and len(holder) < _FEW_CHILDREN
    around = text_of(holder) if is_part else line
    around = around if len(around) <= _MAX_LINE_LENGTH else line
    steps, is_before = near.of(holder)
    word = find_publication(around)
    is_published = word is not None and word <= _MAX_BEFORE_LABEL
    is_of_change = word is None and (
        is_about_change(around) or is_about_change(words_before(holder))
    )
    return _Line(steps + is_before - _PUBLISHED_BONUS * is_published, line, is_of_change)


def _is_left_out(node: _Element) -> bool:
    around = (node, *islice(node.iterancestors(), _MAX_ANCESTORS))
    return any(parent.tag in _NOT_SHOWN for parent in around) or _is_comment(node)
