"""Dates whose month is a word: ``18. März 2026``, ``April 18, 2026 9:30 p.m.``."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

import dateparser

from newsclean.extraction.clock import CLOCK, ZONE, written
from newsclean.extraction.months import read_month

_HAS_CLOCK = re.compile(r"\d\s?[:：hH時时시點点]\s?[0-5]\d|\d\s?[ap]\.?m", re.IGNORECASE)
# A day, a month's name and a year, in either order, and what may be the time.
WORDED = re.compile(
    r"(?P<date>(?<!\d)(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|º|ª|\.)?[\s\-](?:de\s"
    r"|of\s)?[^\W\d_]{3,14}\.?,?[\s\-]"
    r"(?:de\s|del\s)?(?:19|20)\d\d(?!\d)"
    r"|[^\W\d_]{3,14}\.?[\s\-](?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|\.)?,?[\s\-](?:19"
    r"|20)\d\d(?!\d))"
    r"(?:[\s,.|·–—\-]{0,4}(?:at|um|à|às|a las|kl\.?|в|ore"
    r"|o)?\s?\d{1,2}\s?[:.hH]\s?\d\d(?:[:.]\d\d)?"
    r"(?:\s?[aApP]\.?[mM]\.?)?(?:\s(?:UTC|GMT|[A-Z]{3,4}|[+-]\d{4}))?)?"
)
_PARTS = re.compile(
    r"(?:(?P<first>\d{1,2})[^\W\d_ºª]{0,2}[º.ª]?[\s\-](?:de\s|of\s)?(?P<before>[^\W\d_]+)"
    r"|(?P<after>[^\W\d_]+)\.?[\s\-](?P<second>\d{1,2})[^\W\d_]{0,2}\.?)[.,]{0,2}[\s\-]"
    r"(?:de\s|del\s)?(?P<year>\d{4})"
)
_TAIL = re.compile(rf"{CLOCK}(?:\s?(?P<ampm>[aApP]\.?[mM]\b\.?))?(?:\s{{0,2}}{ZONE})?")
_LANGUAGES = ("en", "de", "fr", "es", "pt", "ru", "it", "nl", "pl")
# Languages in which 04/05/2026 is a day in May; in the others it is one in April.
MONTH_FIRST = frozenset({"en-us", "en-ph"})


@lru_cache(maxsize=512)
def worded(raw: str, language: str) -> str | None:
    """Return the date in *raw* whose month is a word, one that we know or as dateparser reads
    it, in ISO 8601; None where there is none. *language* (``en-us``) is its likely one."""
    match = WORDED.search(raw)
    if match is None:
        return None
    parts = _PARTS.fullmatch(match["date"])
    month = read_month(parts["before"] or parts["after"]) if parts else None
    if parts and month:
        clock = _TAIL.search(match[0], match.end("date") - match.start())
        day = int(parts["second"] or parts["first"])
        return written(clock, int(parts["year"]), month, day)
    settings: Any = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "MDY" if language in MONTH_FIRST or language == "en" else "DMY",
        "PARSERS": ["absolute-time"],
    }
    main = language.partition("-")[0]
    # Each language costs time and memory once it is asked, so not all of them are.
    languages = list(dict.fromkeys([main, *_LANGUAGES] if main else _LANGUAGES))
    # What follows the date may be the time, and may be anything else.
    for text in (match[0], match["date"]):
        try:
            parsed = dateparser.parse(text, languages=languages, settings=settings)
        except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
            parsed = None
            languages = list(_LANGUAGES)  # a language that dateparser does not know
        if isinstance(parsed, datetime):
            known = parsed.replace(microsecond=0)
            if _HAS_CLOCK.search(text):
                return known.isoformat()
            when = known.date()
            clock = _TAIL.search(match[0], match.end("date") - match.start())
            return written(clock, when.year, when.month, when.day)
    return None
