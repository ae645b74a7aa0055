"""A day and what a page writes behind it: the time, its half of the day, its zone."""

from __future__ import annotations

import re
from datetime import date, time

CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])\s?[:：時时시hH點点]\s?(?P<minute>[0-5]\d)(?:\s?[:：分분]\s?(?P<s"
    r"econd>[0-5]\d)(?:[.,]\d{1,9})?)?"
)
ZONE = (
    r"(?P<zone>Z\b|UTC|GMT(?![+-])|(?:UTC|GMT)?\s?[+-](?:0\d|1[0-4]):?[0-5]\d|(?:UTC"
    r"|GMT)[+-]\d{1,2}|CES?T|MES?Z|MSK|[EP][SD]?T\b|JST|KST|BST|IST)"
)
ZONES = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "CET": 60,
    "MEZ": 60,
    "CEST": 120,
    "MESZ": 120,
    "MSK": 180,
    "EST": -300,
    "EDT": -240,
    "PST": -480,
    "PDT": -420,
    "JST": 540,
    "KST": 540,
    "IST": 330,
}


def written(match: re.Match[str] | None, year: int, month: int, day: int) -> str | None:
    """Return *year*, *month* and *day* with the time and the offset that *match*'s groups hold
    (those of `CLOCK` and `ZONE`, ``half``, ``ampm``) in ISO 8601; None where there is no such
    day."""
    groups = match.groupdict() if match else {}
    try:
        when = date(year, month, day)
    except ValueError:
        return None
    if not groups.get("hour"):
        return when.isoformat()
    hour = int(groups["hour"])
    half = (groups.get("half") or groups.get("ampm") or "").lower()
    if half in {"下午", "晚上", "午後", "오후"} or half.startswith("p"):
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
