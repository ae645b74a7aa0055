"""The time after a day: hour and minute, half of the day, time zone."""

from __future__ import annotations

import re
from datetime import date, time

# Parts of regular expressions that are VERBOSE. CLOCK: 9:30, 09:30:15.5, 9時30分, 9h30.
CLOCK = r"""
    (?P<hour>[01]?\d|2[0-3])\s?[:：時时시hH點点]\s?(?P<minute>[0-5]\d)
    (?:\s?[:：分분]\s?(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?
"""
ZONE = r"""
    (?P<zone>Z\b
      |(?:UTC|GMT)(?!\s?[+-]\d)                                  # without an offset after it
      |(?:UTC|GMT)?\s?[+-](?:0\d|1[0-4]):?[0-5]\d                # +02:00, GMT +0200
      |(?:UTC|GMT)\s?[+-](?:1[0-4]|0?\d)(?::[0-5]\d)?(?![\d:])   # GMT+2, UTC+5:30
      # names; with \b if a longer word of the text may begin with them
      |CES?T|MES?Z|MSK|МСК\b|мск\b|[EP][SD]?T\b|M[SD]T\b|CDT\b|[JKI]ST\b|BST|AE[SD]T|NZ[SD]T
      |HKT|SGT|WITA\b|WIB\b|WIT\b|EES?T\b|WEST\b|SAST|PKT|BRT)
"""
HALF = "(?P<half>上午|下午|晚上|午前|午後|오전|오후)"  # of the day; Chinese, Japanese, Korean
_MAX_BEFORE_LENGTH = 40  # characters before a date that are searched for its time
_DIRECTION_MARK = re.compile("[\u200e\u200f\u061c]")  # in Arabic dates after each number
_OTHER_DIGIT = re.compile(r"\d(?<![0-9])")
# Name of a time zone in capitals → its offset from UTC in minutes.
ZONES = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "CET": 60,
    "MEZ": 60,
    "CEST": 120,
    "MESZ": 120,
    "MSK": 180,
    "МСК": 180,
    "EST": -300,
    "EDT": -240,
    "PST": -480,
    "PDT": -420,
    "JST": 540,
    "KST": 540,
    "IST": 330,
    "MST": -420,
    "MDT": -360,
    "CDT": -300,
    "AEST": 600,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
    "HKT": 480,
    "SGT": 480,
    "WIB": 420,
    "WITA": 480,
    "WIT": 540,
    "EET": 120,
    "EEST": 180,
    "WEST": 60,
    "SAST": 120,
    "PKT": 300,
    "BRT": -180,
}
# A time with a dot between its numbers, by the word before or after it.
_DOTTED = re.compile(
    r"""
    # Nordic, German, Italian, English: klo 9.30, um 9.30, alle 9.30
    ((?:\bklo|\bkl\.?|\bore|\bum|\balle|\bat)\s(?:[01]?\d|2[0-3]))\.([0-5]\d)(?!\d|\.\d)
    # 9.30 Uhr, 9.30 pm
  | (?<![\d.])([01]?\d|2[0-3])\.([0-5]\d)(?=\s?(?:Uhr|uhr|[ap]\.?m\b))
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A time before its date: ``9:30 a.m. ET, April 18``, ``09:30 18.04.2026``.
_BEFORE = re.compile(
    rf"""
    (?<![\d:.]){CLOCK}
    (?:\s?(?P<ampm>[aApP]\.?[mM]\b\.?))?(?:\s?(?:Uhr|น\.))?(?:\s?{ZONE})?(?:\sET|\sPT)?
    [,\s|·•\-–—/(]{{1,5}}                                  # between time and date
    (?:(?:on|[^\W\d_]{{2,10}}\.?,)\s?){{0,2}}$             # the name of the day, "Saturday,"
    """,
    re.VERBOSE,
)


def normalize_digits(raw: str) -> str:
    """Return *raw* with ASCII digits, spaces instead of direction marks, and colons instead of dots
    in times. Each character keeps its position.

    >>> normalize_digits("१८ अप्रैल २०२६")
    '18 अप्रैल 2026'
    """
    if not raw.isascii():
        raw = _DIRECTION_MARK.sub(" ", raw)
        raw = _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), raw)
    if "." in raw:
        raw = _DOTTED.sub(lambda found: f"{found[1] or found[3]}:{found[2] or found[4]}", raw)
    return raw


def clock_before(raw: str, start: int) -> re.Match[str] | None:
    """Return the match of the time right before *start* in *raw*, or None."""
    return _BEFORE.search(raw, max(0, start - _MAX_BEFORE_LENGTH), start)


def to_iso(match: re.Match[str] | None, year: int, month: int, day: int) -> str | None:
    """Return *year*, *month* and *day* with the time and the offset of *match* in ISO 8601, or None
    if the day does not exist. *match* has the groups of `CLOCK`, `ZONE` and `HALF`, and ``ampm``.

    >>> to_iso(None, 2026, 4, 18), to_iso(None, 2026, 4, 31)
    ('2026-04-18', None)
    """
    groups = match.groupdict() if match else {}
    try:
        when = date(year, month, day)
    except ValueError:
        return None
    if not groups.get("hour"):
        return when.isoformat()
    hour = int(groups["hour"])
    half = (groups.get("half") or groups.get("ampm") or "").lower()
    if half in {"下午", "晚上", "午後", "오후", "م"} or half.startswith("p"):
        hour = hour + 12 if hour < 12 else hour
    elif half and hour == 12:
        hour = 0
    clock = time(hour % 24, int(groups["minute"]), int(groups.get("second") or 0))
    return f"{when.isoformat()}T{clock.isoformat()}{_offset(groups.get('zone'))}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    zone = zone.strip().upper()
    if zone in ZONES:
        minutes = ZONES[zone]
    else:
        match = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", zone)
        if match is None:
            return ""
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        minutes = -minutes if match[1] == "-" else minutes
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}"
