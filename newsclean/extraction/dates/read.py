"""Parse the dates of pages. The result is exactly as precise as the text.

It is ``2026-04-18`` if only the day is known, ``2026-04-18T09:30:00`` without a time zone, and
``2026-04-18T09:30:00+08:00`` with one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newsclean.extraction.dates.clock import (
    CLOCK,
    HALF,
    ZONE,
    clock_before,
    normalize_digits,
    to_iso,
)
from newsclean.extraction.dates.day_order import YEAR_FIRST, is_month_first
from newsclean.extraction.dates.relative import last_of_name, read_relative
from newsclean.extraction.dates.worded import read_worded

if TYPE_CHECKING:
    from collections.abc import Iterator

_EARLIEST = 1990  # year; news pages are not older, but books and birthdays are
_LATEST = 2999  # year; a limit far from the end of Python's calendar
_MAX_LENGTH = 200  # characters that are read
_DAY = len("2026-04-18")  # characters of a date without a time

# Year first: the only order of numbers that is the same in every country.
_YEAR_FIRST = re.compile(
    rf"""
    (?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:[-/.年－]|년)\s?
    (?P<month>1[0-2]|0?[1-9])\s?(?:[-/.月－]|월)\s?
    (?P<day>3[01]|[12]\d|0?[1-9])
    (?!\d{{1,2}}(?!\d?[:：时時]))        # the end of the number, or a time: 2026-4-189:30
    \s?(?:日|일|号)?
    # the day of the week: (土), 星期六, 토요일
    (?:\s?[\(（]?(?:周|星期|曜)?[一二三四五六日月火水木金土월화수목금토일][\)）]?(?:曜日|요일)?)?
    (?:[.,T，\s|·]{{0,6}}{HALF}?\s?{CLOCK}(?:\s?(?P<ampm>[aApP]\.?[mM]\b\.?))?
      (?:\s{{0,2}}{ZONE})?)?
    """,
    re.VERBOSE,
)
_COMPACT = re.compile(
    r"""
    (?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])   # 20260418
    (?:T?(?P<hour>[01]\d|2[0-3]):?(?P<minute>[0-5]\d)(?::?(?P<second>[0-5]\d))?   # T093000
    (?P<zone>Z|[+-]\d{4})?)?(?!\d)
    """,
    re.VERBOSE,
)
# ``18-03-0823:16`` and ``10-0812:00``: Baidu writes date and time without a space.
_SHORT = re.compile(
    r"""
    (?<![\d-])(?:(?P<year>\d\d)-)?(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\s?
    (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d)
    """,
    re.VERBOSE,
)
# 18.04.2026, 4/18/2026 9:30 PM: `day_order` decides which number is the day.
_NUMERIC = re.compile(
    rf"""
    (?<![\d./|-])(?P<first>\d{{1,2}})\s?(?P<sep>[./|-])\s?(?P<second_>\d{{1,2}})\s?(?P=sep)\s?
    (?P<year>(?:19|20)\d\d)(?!\d)
    (?:[,.\s\-–—|·à]{{0,6}}
      (?:um|at|às|ore|a\ las|klo|kl\.?|alle|om|saat|в|о)?\s?         # the word before a time
      {CLOCK}(?:\s?(?P<ampm>[aApP]\.?[mM]\b\.?))?(?:\s?Uhr)?(?:\s{{0,2}}{ZONE})?)?
    """,
    re.VERBOSE,
)
# 31.10.23: only with little text around it, because versions and prices look like that, too.
_SHORT_YEAR = re.compile(
    r"""
    (?<![\d./,-])(?P<first>\d{1,2})(?P<sep>[./])\s?(?P<second_>\d{1,2})(?P=sep)\s?(?P<year>\d\d)
    (?![\d./,]\d|\d)
    """,
    re.VERBOSE,
)
# 25. 1. 3.: in Korean, Basque and other languages, the year is first.
_SHORT_YEAR_FIRST = re.compile(
    r"""
    (?<![\d./,-])(?P<year>\d\d)(?P<sep>[./])\s?(?P<month>1[0-2]|0?[1-9])(?P=sep)\s?
    (?P<day>3[01]|[12]\d|0?[1-9])(?![./,]?\d)
    """,
    re.VERBOSE,
)
_MAX_SHORT_LENGTH = 60  # characters of a text in which ``31.10.23`` is a date
# Years of an era, ``令和8年4月18日``.
_ERA = re.compile(
    rf"""
    (?P<era>令和|平成|昭和|民國|民国)\s?(?P<count>\d{{1,3}}|元)\s?年\s?   # 元 is the first year
    (?P<month>1[0-2]|0?[1-9])\s?月\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?日?
    (?:[\s,，]{{0,3}}{HALF}?\s?{CLOCK})?
    """,
    re.VERBOSE,
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_HAS_DIGIT = re.compile(r"\d")
_IS_MACHINE = re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A parsed date: ``value`` in the form above, ``raw`` as it was written."""

    value: str
    raw: str

    @property
    def day(self) -> str:
        """The day, ``2026-04-18``."""
        return self.value[:_DAY]


def read_date(
    text: str, *, downloaded: datetime | None = None, language: str | None = None
) -> Moment | None:
    """Return the first date in *text*, or None if there is none or it is implausible.

    *downloaded* resolves dates that are relative (``3小时前``) or have no year; without it they
    are None. *language* (``en-US``) decides the meaning of 04/05/2026 and the language of month
    names. Without it, a number over 12 decides, otherwise the day is first. Reads at most 200
    characters. Dates before 1990, and more than two days after *downloaded*, are refused.
    *downloaded* is ignored if it is before 1990 or after 2999.

    >>> read_date("Published on 18 April 2026, 9:30").value
    '2026-04-18T09:30:00'
    """
    if downloaded is not None and not _EARLIEST <= downloaded.year <= _LATEST:
        downloaded = None
    raw = text.strip()[:_MAX_LENGTH]
    if not raw or (downloaded is None and not _HAS_DIGIT.search(raw)):
        return None
    plain = normalize_digits(raw)
    for value, found in _readings(plain, downloaded, (language or "").lower()):
        if value is not None and _is_plausible(value, downloaded):
            start = plain.find(found)
            end = start + len(found)
            clock = clock_before(plain, start) if len(value) == _DAY else None
            if clock is None:
                return Moment(value, raw[start:end].strip())
            timed = to_iso(clock, *map(int, value.split("-")))
            return Moment(timed or value, raw[clock.start() : end].strip())
    return None


def _readings(
    raw: str, downloaded: datetime | None, language: str
) -> Iterator[tuple[str | None, str]]:
    """Yield the possible dates in *raw*, the most certain first, each with the matching text."""
    if match := _YEAR_FIRST.search(raw):
        yield to_iso(match, int(match["year"]), int(match["month"]), int(match["day"])), match[0]
    if match := _ERA.search(raw):
        year = _ERAS[match["era"]] + int(match["count"].replace("元", "1"))
        yield to_iso(match, year, int(match["month"]), int(match["day"])), match[0]
    if match := _NUMERIC.search(raw):
        yield from ((value, match[0]) for value in _numeric(match, language))
    if match := _SHORT.search(raw):
        yield _short(match, downloaded), match[0]
    if match := _COMPACT.search(raw):
        yield to_iso(match, int(match["year"]), int(match["month"]), int(match["day"])), match[0]
    if worded := read_worded(raw, language):
        yield worded
    if downloaded is not None and (relative := read_relative(raw, downloaded)):
        yield relative
    if len(raw) < _MAX_SHORT_LENGTH:
        if language.partition("-")[0] in YEAR_FIRST and (match := _SHORT_YEAR_FIRST.search(raw)):
            year = 2000 + int(match["year"])
            yield to_iso(match, year, int(match["month"]), int(match["day"])), match[0]
        if match := _SHORT_YEAR.search(raw):
            yield from ((value, match[0]) for value in _numeric(match, language))


def is_later(one: str, other: str) -> bool:
    """Return True if the date *one* is after *other*. Compare only days if one of them has no time.

    >>> is_later("2026-04-18T09:30:00", "2026-04-18")
    False
    """
    if len(one) == _DAY or len(other) == _DAY:
        return one[:_DAY] > other[:_DAY]
    try:
        first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    except ValueError:
        return one > other
    if (first.tzinfo is None) != (second.tzinfo is None):
        return one[:19] > other[:19]
    return first > second


def _numeric(match: re.Match[str], language: str) -> Iterator[str | None]:
    """Yield the date in *match* in the order of day and month of *language*, then in the other
    order, because the first may be in the future."""
    day, month, year = int(match["first"]), int(match["second_"]), int(match["year"])
    year += 2000 if year < 100 else 0
    if month > 12 or (
        day <= 12
        and is_month_first(
            language,
            match["sep"],
            is_machine=_IS_MACHINE.match(match[0]) is not None,
            has_half=bool(match.groupdict().get("ampm")),
        )
    ):
        day, month = month, day
    yield to_iso(match, year, month, day)
    if day <= 12 and match["sep"] == "/":
        yield to_iso(match, year, day, month)


def _short(match: re.Match[str], downloaded: datetime | None) -> str | None:
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        return to_iso(match, 2000 + int(match["year"]), month, day)
    return last_of_name(match, month, day, downloaded) if downloaded is not None else None


def _is_plausible(value: str, downloaded: datetime | None) -> bool:
    latest = (downloaded or datetime.now(UTC)) + timedelta(days=2)
    return int(value[:4]) >= _EARLIEST and value[:_DAY] <= latest.date().isoformat()
