"""Dates where nothing on a page calls itself one: its address, its lines, its scripts.

Asked only when everything that is marked as a date gave none, so it may look at more and
believe less.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dates import read_date
from newsclean.extraction.page import squeeze, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.extraction.dates import read_date
from newsclean.extraction.page import Page

_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[/\-_.])(?P<month>0?[1-9]|1[0-2])(?P=sep)"
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])(?P<sep2>[-_.])(?P<m>0[1-9]|1[0-2])(?P=sep2)"
    r"(?P<y>20\d\d)(?!\d)"
    r"|(?<!\d)(?P<y3>20\d\d)(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])(?!\d)"
)
_STAMPED = (
    ("time", "datetime"),
    ("relative-time", "datetime"),
    ("time-ago", "datetime"),
    ("abbr", "title"),
)
_COMMENT = re.compile(r"comment|kommentar|footer|copyright", re.IGNORECASE)
# What programs call the date in the data that they draw the page from.
_IN_SCRIPT = re.compile(
    r"[\"'](?:date_?published|published_?(?:at|date|time)?|publish_?(?:date|time)|pub_?(?:date|time)"
    r"|first_?publi(?:shed_?at|cation_?date)|publication_?date|created_?at|creation_?date"
    r"|post_?date|date_?created|displaydate)\\?[\"']\s{0,4}:\s{0,4}\\?[\"'](?P<date>[^\"'\\]{8,40})",
    re.IGNORECASE,
)
_HAS_DATE = re.compile(r"(?:19|20)\d\d(?!\d)|\b\d{1,2}[./]\d{1,2}[./]\d\d\b|\d\s?月\s?\d{1,2}\s?日")
_DIGIT = re.compile(r"\d")
_UPDATED = re.compile(r"updat|modif|änder|aktualis|stand|更新|mis à jour|actualiz", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi|posted|veröffentl|erschienen|datum\b|发布|发表", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|copyright|\(c\)|all rights|alle rechte", re.IGNORECASE)
_NOT_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "select", "nav", "footer", "form"}
)
_LONGEST_LINE, _MOST_LINES, _MOST_NODES = 160, 40, 25_000
_MOST_STAMPS, _MOST_SCRIPT = 40, 3
_FEWEST_DIGITS = 5  # of a day and a year; a year alone is in many titles


def read_last_dates(page: Page) -> Iterator[Candidate]:
    """Yield the dates that *page* may have been published on, the likeliest first, as text:
    stamps without a place, lines behind the headline and before it, its address, its scripts,
    and last when it says that it was changed. Linear in the page."""
    stamps = list(_stamps(page))
    yield from (Candidate("datePublished", stamp, "generic") for stamp in stamps[:1])
    address = read_address(page.url)
    if address:
        yield Candidate("datePublished", address, "generic")
    lines = _lines_by_weight(page)
    yield from (Candidate("datePublished", line, "generic") for line in lines)
    if address or any(read_date(line) for line in (*stamps[:1], *lines)):
        return  # scripts are long
    for match in islice(_IN_SCRIPT.finditer(page.html), _MOST_SCRIPT):
        yield Candidate("datePublished", match["date"], "generic")


def read_address(url: str) -> str | None:
    """Return the day that *url* carries (``/2026/04/18/``, ``18-04-2026``), None without."""
    match = _ADDRESS.search(url.partition("://")[2].partition("/")[2])
    if match is None:
        return None
    year, month, day = (
        match["year"] or match["y"] or match["y3"],
        match["month"] or match["m"] or match["m3"],
        match["day"] or match["d"] or match["d3"],
    )
    return f"{year}-{month:0>2}-{day:0>2}"


def _stamps(page: Page) -> Iterator[str]:
    for tag, attribute in _STAMPED:
        for node in islice(page.root.iter(tag), _MOST_STAMPS):
            stamp = squeeze(node.get(attribute))
            if _HAS_DATE.search(stamp) and not _is_comment(node):
                yield stamp


def _is_comment(node: _Element) -> bool:
    return any(
        _COMMENT.search(f"{parent.get('class') or ''} {parent.get('id') or ''}")
        for parent in islice(node.iterancestors(), 12)
        if parent.tag not in {"body", "html", "main"}
    )


def _lines_by_weight(page: Page) -> list[str]:
    """Return the short texts with a date in them: those that say "published", then those that
    follow the headline, then the rest; those that say "updated" last."""
    lines: list[tuple[int, int, str]] = []
    behind = False
    for count, node in enumerate(page.root.iter("*")):
        if count > _MOST_NODES or len(lines) >= _MOST_LINES:
            break
        tag = node.tag
        if tag == "h1":
            behind = True
        if tag in _NOT_SHOWN:
            continue
        for text, holder in ((node.text, node), (node.tail, node.getparent())):
            if (
                not text
                or len(text) > _LONGEST_LINE * 4
                or holder is None
                or not _HAS_DATE.search(text)
                or len(_DIGIT.findall(text)) < _FEWEST_DIGITS
            ):
                continue
            line = squeeze(text)
            if len(line) > _LONGEST_LINE or _COPYRIGHT.search(line) or _is_left_out(holder):
                continue
            around = text_of(holder) if len(line) < 30 and len(holder) < 6 else line
            around = around if len(around) <= _LONGEST_LINE else line
            weight = 0 if behind else 1
            weight += 0 if len(line) < 60 else 2
            weight -= 2 if _PUBLISHED.search(around) else 0
            weight += 4 if _UPDATED.search(around) else 0
            lines.append((weight, len(lines), line))
    return [line for _, _, line in sorted(lines)]


def _is_left_out(node: _Element) -> bool:
    around = (node, *islice(node.iterancestors(), 12))
    return any(parent.tag in _NOT_SHOWN for parent in around) or _is_comment(node)
