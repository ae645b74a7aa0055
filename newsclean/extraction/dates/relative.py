"""Parse dates that are relative to the time of the download: ``3小时前``, ``gestern, 9:30``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from newsclean.extraction.dates.clock import CLOCK, HALF, to_iso
from newsclean.extraction.dates.months import read_month
from newsclean.lexicon import alternatives, words

_ALONE = 12  # characters of other text around a word such as "today"
_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_UNIT = {
    word: unit
    for unit in ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
    for word in words("relative", unit)
}
_BY_LENGTH = sorted(_UNIT, key=len, reverse=True)
_NUMBER = rf"(?P<number{{0}}>\d{{{{1,3}}}}|{alternatives('relative', 'one')})"
_ASIAN = "|".join(word for word in _BY_LENGTH if word[0] > "\u2e80")
_WESTERN = r"[^\W\d_]{1,12}\.?"
_AGO, _BEFORE = alternatives("relative", "ago"), alternatives("relative", "before")
_RELATIVE = re.compile(
    rf"""
    # 3小时前, 3시간 전
    (?P<number>\d{{1,3}})\s?(?P<unit>{_ASIAN})\s?(?:{alternatives("relative", "glued")})
    # 3 hours ago, an hour ago, 2 Stunden her; not 1.3 hours
  | (?<!\w)(?<!\d[.,]){_NUMBER.format(2)}\s(?P<unit2>{_WESTERN})\s(?:{_AGO})(?!\w)
    # 3h ago
  | (?<!\w)(?P<number4>\d{{1,3}})(?P<unit4>[hdm]|min)\s(?:ago|atrás)(?!\w)
    # vor 3 Stunden, il y a une heure
  | (?<!\w)(?:{_BEFORE})\s{_NUMBER.format(3)}\s(?P<unit3>{_WESTERN})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DAYS_AGO = {
    name: days
    for days, key in enumerate(("today", "yesterday", "two_days_ago"))
    for name in words("relative", key)
}
_AT = alternatives("relative", "at")
_NAMED_DAY = re.compile(
    rf"""
    (?<![^\W\u3040-\u9fff\uac00-\ud7af])   # a new word, if the script has spaces
    (?P<name>{"|".join(map(re.escape, sorted(_DAYS_AGO, key=len, reverse=True)))})(?![a-zа-яß-ÿ])
    (?:[,\s]{{0,3}}(?:(?:{_AT})\s)?{CLOCK})?      # yesterday at 9:30
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JUST_NOW = re.compile(alternatives("relative", "just_now"), re.IGNORECASE)
_MONTH_DAY = re.compile(
    rf"""
    (?<!\d)(?P<month>1[0-2]|0?[1-9])\s?[月월]\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?[日일]?
    (?:\s?{HALF}?\s?{CLOCK})?
    """,
    re.VERBOSE,
)
_WORDED = re.compile(
    rf"""
    (?<!\w)
    (?:(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|\.)?\s(?:de\s|of\s)?(?P<word>[^\W\d_]{{3,12}})
      |(?P<word2>[^\W\d_]{{3,12}})\.?\s(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)
    (?!\w)\.?
    (?:[,\s]{{1,3}}(?:(?:{_AT})\s)?{CLOCK}(?:\s?(?P<ampm>[ap]\.?m\b\.?))?)?
    """,
    re.IGNORECASE | re.VERBOSE,
)


def read_relative(raw: str, downloaded: datetime) -> tuple[str, str] | None:
    """Return (date in ISO 8601, matching text) for a date in *raw* that is relative to *downloaded*
    or has no year, or None. A date without a year is the last one before the download.

    >>> from datetime import UTC
    >>> read_relative("3 hours ago", datetime(2026, 4, 18, 12, tzinfo=UTC))
    ('2026-04-18T09:00:00+00:00', '3 hours ago')
    """
    if match := _RELATIVE.search(raw):
        value = _ago(match, downloaded)
    elif match := _JUST_NOW.search(raw):
        value = _exact(downloaded)
    elif (match := _NAMED_DAY.search(raw)) and _stands_alone(match, raw):
        day = downloaded.date() - timedelta(days=_DAYS_AGO.get(match["name"].casefold(), 0))
        value = to_iso(match, day.year, day.month, day.day)
    elif match := _MONTH_DAY.search(raw):
        value = last_of_name(match, int(match["month"]), int(match["day"]), downloaded)
    elif (match := _WORDED.search(raw)) and _stands_alone(match, raw):
        month = read_month(match["word"] or match["word2"])
        number = int(match["day"] or match["day2"])
        value = last_of_name(match, month, number, downloaded) if month else None
    else:
        return None
    return (value, match[0]) if value else None


def _stands_alone(match: re.Match[str], raw: str) -> bool:
    """Return True if *match* has a time, or no other text around it. Words such as "today" are in
    every text."""
    return bool(match["hour"]) or len(raw) - len(match[0]) <= _ALONE


def last_of_name(match: re.Match[str], month: int, day: int, downloaded: datetime) -> str | None:
    """Return the last *day* of *month* before *downloaded*, with the time in *match*. Return None
    if the day does not exist."""
    tomorrow = (downloaded.date() + timedelta(days=1)).isoformat()
    for year in (downloaded.year, downloaded.year - 1):
        value = to_iso(match, year, month, day)
        if value is not None and value[:10] <= tomorrow:
            return value
    return None


def _ago(match: re.Match[str], downloaded: datetime) -> str | None:
    at = next(suffix for suffix in ("", "2", "3", "4") if match[f"number{suffix}"])
    number, word = match[f"number{at}"], match[f"unit{at}"].casefold().rstrip(".")
    count = int(number) if number.isdecimal() else 1
    unit = "minutes" if word == "m" else "days" if word == "d" else _unit(word)
    if unit is None:
        return None
    if unit in _DAYS:
        return (downloaded - timedelta(days=_DAYS[unit] * count)).date().isoformat()
    return _exact(downloaded - timedelta(**{unit: count}))


def _unit(word: str) -> str | None:
    return next((_UNIT[begin] for begin in _BY_LENGTH if word.startswith(begin)), None)


def _exact(moment: datetime) -> str:
    return moment.replace(microsecond=0, second=0).isoformat()
