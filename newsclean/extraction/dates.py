"""Dates as pages write them, kept as exact as they are written and no more exact.

``2026-04-18`` where only the day is known, ``2026-04-18T09:30:00`` where no zone is,
``2026-04-18T09:30:00+08:00`` where one is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newsclean.extraction.clock import CLOCK, ZONE, written
from newsclean.extraction.worded_date import MONTH_FIRST, WORDED, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

_EARLIEST = 1990  # a web page of news is not older; a book's or a birth date is
_LONGEST = 200

# Year first is the one order of numbers that is the same in every country.
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:[-/.年－]|년)\s?(?P<month>1[0-2]"
    r"|0?[1-9])\s?(?:[-/.月－]|월)\s?"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d{1,2}(?!\d?[:：時时]))"
    r"\s?(?:日|일|号)?(?:\s?[\(（]?(?:周|星期"
    r"|曜)?[一二三四五六日月火水木金土월화수목금토일][\)）]?(?:曜日|요일)?)?"
    rf"(?:[.,T，\s|·]{{0,6}}(?P<half>上午|下午|晚上|午前|午後|오전"
    rf"|오후)?\s?{CLOCK}(?:\s?(?P<ampm>[aApP]\.?[mM]\b\.?))?"
    rf"(?:\s{{0,2}}{ZONE})?)?"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<zone>Z"
    r"|[+-]\d{4})?)?(?!\d)"
)
# ``18-03-0823:16`` and ``10-0812:00``: Baidu's pages write date and time in one.
_SHORT = re.compile(
    r"(?<![\d-])(?:(?P<year>\d\d)-)?(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\s?"
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d)"
)
_MONTH_DAY = re.compile(
    r"(?<!\d)(?P<month>1[0-2]|0?[1-9])\s?月\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?日?"
    rf"(?:\s?(?P<half>上午|下午|晚上|午前|午後)?\s?{CLOCK})?"
)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})\s?(?P<sep>[./-])\s?(?P<second_>\d{1,2})\s?(?P=sep)\s?(?P<y"
    r"ear>(?:19|20)\d\d)(?!\d)"
    rf"(?:[,.\s\-–—|·à]{{0,6}}(?:um|at|às|ore|a las"
    rf"|в)?\s?{CLOCK}(?:\s?(?P<ampm>[aApP]\.?[mM]\b\.?))?(?:\s?Uhr)?(?:\s{{0,2}}{ZONE})?)?"
)
# 31.10.23: only where little stands around it, as versions and prices look like that too.
_SHORT_YEAR = re.compile(
    r"(?<![\d./,-])(?P<first>\d{1,2})(?P<sep>[./])(?P<second_>\d{1,2})(?P=sep)(?P<year>\d\d)"
    r"(?![\d./,]\d|\d)"
)
_LONGEST_SHORT = 60
_RELATIVE = re.compile(
    r"(?P<number>\d{1,3}|an?)\s?(?P<unit>秒|分钟|分鐘|分|小时|小時|時間|天|日|周|星期|个月|個月"
    r"|月|年"
    r"|secs?|seconds?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?"
    r"|초|분|시간|일|주|개월)\s?(?:之?前|ago|전)"
)
_NAMED_DAY = re.compile(
    r"(?P<name>刚刚|今天|昨天|前天|just now|today|yesterday|방금|오늘|어제)"
    rf"(?:[,\s]{{0,3}}(?:at\s)?{CLOCK})?",
    re.IGNORECASE,
)
_UNITS = {
    "秒": "seconds",
    "sec": "seconds",
    "초": "seconds",
    "分": "minutes",
    "min": "minutes",
    "분": "minutes",
    "小": "hours",
    "時": "hours",
    "hou": "hours",
    "hr": "hours",
    "시": "hours",
    "天": "days",
    "日": "days",
    "day": "days",
    "일": "days",
    "周": "weeks",
    "星": "weeks",
    "wee": "weeks",
    "주": "weeks",
    "个": "months",
    "個": "months",
    "月": "months",
    "mon": "months",
    "개": "months",
    "年": "years",
}
_NAMED = {"昨": 1, "前": 2, "y": 1, "어": 1}
_NOW = frozenset({"刚刚", "just now", "방금"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as it was read: ``value`` in the form above, ``raw`` as it was written."""

    value: str
    raw: str

    @property
    def day(self) -> str:
        """The day, ``2026-04-18``."""
        return self.value[:10]


def read_date(
    text: str, *, downloaded: datetime | None = None, language: str | None = None
) -> Moment | None:
    """Return the first date in *text*, None where there is none or it cannot be.

    *downloaded* resolves what is relative (``3小时前``) and what has no year; without it those
    are None. *language* (``en-US``) decides what 04/05/2026 means and which months' names are
    tried; without it a number over 12 does, then a guess at the day first. Reads 200 characters
    at most. Dates before 1990 and, by more than two days, after *downloaded* are refused.
    """
    raw = text.strip()[:_LONGEST]
    if not raw:
        return None
    for value, found in _readings(raw, downloaded, (language or "").lower()):
        if value is not None and _is_plausible(value, downloaded):
            return Moment(value, found.strip())
    return None


def _readings(
    raw: str, downloaded: datetime | None, language: str
) -> Iterator[tuple[str | None, str]]:
    """Yield the readings of *raw*, the surest first, each with what of it was read."""
    if match := _YEAR_FIRST.search(raw):
        yield written(match, int(match["year"]), int(match["month"]), int(match["day"])), match[0]
    if match := _NUMERIC.search(raw):
        yield _numeric(match, language), match[0]
    if match := _SHORT.search(raw):
        yield _short(match, downloaded), match[0]
    if match := _COMPACT.search(raw):
        yield written(match, int(match["year"]), int(match["month"]), int(match["day"])), match[0]
    if downloaded is not None:
        if match := _RELATIVE.search(raw):
            yield _relative(match, downloaded), match[0]
        if match := _NAMED_DAY.search(raw):
            yield _named_day(match, downloaded), match[0]
        if match := _MONTH_DAY.search(raw):
            yield _yearless(match, downloaded), match[0]
    if match := WORDED.search(raw):
        yield worded(raw, language), match[0]
    if len(raw) < _LONGEST_SHORT and (match := _SHORT_YEAR.search(raw)):
        yield _numeric(match, language), match[0]


def is_later(one: str, other: str) -> bool:
    """Tell whether the date *one* is after *other*, by the day where either knows no more."""
    if len(one) == 10 or len(other) == 10:
        return one[:10] > other[:10]
    try:
        first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    except ValueError:
        return one > other
    if (first.tzinfo is None) != (second.tzinfo is None):
        return one[:19] > other[:19]
    return first > second


def _numeric(match: re.Match[str], language: str) -> str | None:
    first, second, year = int(match["first"]), int(match["second_"]), int(match["year"])
    year += 2000 if year < 100 else 0
    month_first = match["sep"] == "/" and (
        language in MONTH_FIRST or language == "en" or bool(match.groupdict().get("ampm"))
    )
    if second > 12 or (month_first and first <= 12):
        first, second = second, first
    return written(match, year, second, first)


def _short(match: re.Match[str], downloaded: datetime | None) -> str | None:
    if match["year"]:
        return written(match, 2000 + int(match["year"]), int(match["month"]), int(match["day"]))
    return _yearless(match, downloaded) if downloaded is not None else None


def _yearless(match: re.Match[str], downloaded: datetime) -> str | None:
    """A date without its year is the last one of that name before the download."""
    month, day = int(match["month"]), int(match["day"])
    tomorrow = downloaded.date() + timedelta(days=1)
    for year in (downloaded.year, downloaded.year - 1):
        value = written(match, year, month, day)
        if value is not None and value[:10] <= tomorrow.isoformat():
            return value
    return None


def _relative(match: re.Match[str], downloaded: datetime) -> str | None:
    number = int(match["number"]) if match["number"].isdigit() else 1
    unit = match["unit"].lower()
    name = _UNITS.get(unit[:3]) or _UNITS.get(unit[:2]) or _UNITS.get(unit[0])
    days = {"days": 1, "weeks": 7, "months": 30, "years": 365}.get(name or "")
    if days:
        return (downloaded - timedelta(days=days * number)).date().isoformat()
    return _exact(downloaded - timedelta(**{name: number})) if name else None


def _named_day(match: re.Match[str], downloaded: datetime) -> str | None:
    name = match["name"].lower()
    if name in _NOW:
        return _exact(downloaded)
    day = downloaded.date() - timedelta(days=_NAMED.get(name[0], 0))
    return written(match, day.year, day.month, day.day)


def _exact(moment: datetime) -> str:
    return moment.replace(microsecond=0, second=0).isoformat()


def _is_plausible(value: str, downloaded: datetime | None) -> bool:
    latest = (downloaded or datetime.now(UTC)) + timedelta(days=2)
    return int(value[:4]) >= _EARLIEST and value[:10] <= latest.date().isoformat()
