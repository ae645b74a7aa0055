"""Dates whose month is a word: ``18. März 2026``, ``April 18, 2026 9:30 p.m.``, ``2026. április
18.``, ``18 tháng 4 năm 2026``."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from newsclean.extraction.dates.clock import CLOCK, ZONE, to_iso
from newsclean.extraction.dates.months import has_months, read_month

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19|20|25)\d\d(?!\d)"
# The name of a month may have vowel signs (Hindi) or dots in it (Thai ``ม.ค.``).
_WORD = r"[^\s\d,،()\[\]|/:;<>\"“”_.-]{0,17}(?:\.[^\s\d,()\[\]|/:;.-]{1,3})?\.?"
# Text between the year and the rest of a date that begins with the year.
_AFTER_YEAR = (
    r"(?:m\.|gada|urteko|թ\.|ж\.,?|оны|د)"  # Lithuanian, Latvian, Basque, Armenian, Kazakh, …
)
_NAME = r"[^\W\d_](?:" + _WORD + r")"
_DATE = re.compile(
    rf"""
    # 18. März 2026, 18th of April, 2026, 18-apr-2026, 18 de abril de 2026, 18 نيسان/أبريل 2026
    (?<!\d)(?P<day>{_DAY})(?:st|nd|rd|th|er|º|ª|\.|,|-?(?:го|е))?[\s\-](?:de\s|d['’]|of\s|da\s)?
    (?P<word>{_NAME})(?:/[^\W\d_]{{3,12}})?[,،]?[\s\-]?
    (?:de\s|del\s|г\.\s|[คพ]\.ศ\.\s)?(?<=[\s\-])(?P<year>{_YEAR})
    # April 18th, 2026
  | (?P<word2>{_NAME})[\s\-](?P<day2>{_DAY})(?:st|nd|rd|th|\.)?,?[\s\-](?P<year2>{_YEAR})
    # 2026. április 18., 2026 m. balandžio 18
  | (?<!\d)(?P<year3>{_YEAR})(?:\(e\)ko|-ж\.)?\.?,?\s(?:{_AFTER_YEAR}\s)?
    (?:(?P<day3>{_DAY})[.-]?\s?(?P<word3>{_NAME})|(?P<word4>{_NAME})\s(?P<day4>{_DAY})(?!\d))
    # Vietnamese: 18 tháng 4 năm 2026
  | (?<!\d)(?P<day5>{_DAY})\s(?:tháng|Tháng|thg)\s(?P<month5>1[0-2]|0?[1-9])(?:,|\snăm)\s
    (?P<year5>{_YEAR})
    """,
    re.VERBOSE,
)
_TAIL = re.compile(
    rf"""
    [\s,.|·–—\-(]{{0,5}}
    (?:(?:at|um|à|às|a\ las|kl\.?|klo|в|о|ore|alle|om|saat|lúc|u|г\.,?|р\.,?)\s?)?
    {CLOCK}
    (?:\s?(?P<ampm>[aApP]\.?\s?[mM]\b\.?|[صم]\b))?(?:\s?Uhr)?(?:\s{{0,2}}{ZONE})?
    """,
    re.VERBOSE,
)
# ``Sat Apr 18 09:30:00 KST 2026``: Java's.
_JAVA = re.compile(
    rf"""
    \b(?P<word>[A-Z][a-z]{{2}})\s(?P<day>{_DAY})\s{CLOCK}\s(?:{ZONE}|[A-Z]{{3,4}})\s
    (?P<year>20\d\d)(?!\d)
    """,
    re.VERBOSE,
)
# Two letters; a sign above or below a letter (Hindi) and a dot (Thai) count as the second.
_HAS_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[^\x00-\x7f]|\.)")
_HAS_YEAR = re.compile(_YEAR)
_THAI = re.compile("[\u0e00-\u0e7f]")
_BUDDHIST = 543


def read_worded(raw: str, language: str) -> tuple[str, str] | None:
    """Return (date in ISO 8601, matching text) of the first date in *raw* with the month as a word,
    or None. *language* (``en-us``) is the probable one. If the table does not have its months,
    dateparser is used.

    >>> read_worded("18. März 2026", "de")
    ('2026-03-18', '18. März 2026')
    """
    if not _HAS_YEAR.search(raw) or not _HAS_WORD.search(raw):
        return None
    unknown = None
    for match in _DATE.finditer(raw):
        value = _value(match, raw, language)
        if value:
            tail = _TAIL.match(raw, match.end())
            end = tail.end() if tail else match.end()
            return value, raw[match.start() : end]
        unknown = unknown or match
    if java := _JAVA.search(raw):
        month = read_month(java["word"], "en")
        value = to_iso(java, int(java["year"]), month, int(java["day"])) if month else None
        return (value, java[0]) if value else None
    if unknown is not None and language and not has_months(language):
        value = _parsed(unknown[0], language)
        return (value, unknown[0]) if value else None
    return None


def _value(match: re.Match[str], raw: str, language: str) -> str | None:
    word = next((match[name] for name in ("word", "word2", "word3", "word4") if match[name]), "")
    month = int(match["month5"]) if match["month5"] else read_month(word, language)
    if month is None:
        return None
    day = next(match[f"day{at}"] for at in ("", "2", "3", "4", "5") if match[f"day{at}"])
    year = int(next(match[f"year{at}"] for at in ("", "2", "3", "5") if match[f"year{at}"]))
    year -= _BUDDHIST if _THAI.search(word) and year > 2400 else 0
    return to_iso(_TAIL.match(raw, match.end()), year, month, int(day))


@lru_cache(maxsize=512)
def _parsed(text: str, language: str) -> str | None:
    settings: Any = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
    }
    try:
        import dateparser  # noqa: PLC0415 - 0.2 s to import, and rarely needed

        parsed = dateparser.parse(text, languages=[language.partition("-")[0]], settings=settings)
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None  # a language that dateparser does not support
    return parsed.date().isoformat() if isinstance(parsed, datetime) else None
