"""The day or the month in a URL: ``/2026/04/18/``, ``/2026/apr/18/``, ``18-04-2026``,
``/2026/04/``."""

from __future__ import annotations

import re
from datetime import date

from newsclean.extraction.dates.months import read_month

_ADDRESS = re.compile(
    r"""
    # /2026/04/18/, 2026-4-18
    (?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[/\-_.])(?P<month>0?[1-9]|1[0-2])(?P=sep)
    (?P<day>0?[1-9]|[12]\d|3[01])(?!\d)
    # 18-04-2026
  | (?<!\d)(?P<d>0[1-9]|[12]\d|3[01])(?P<sep2>[-_.])(?P<m>0[1-9]|1[0-2])(?P=sep2)
    (?P<y>20\d\d)(?!\d)
    # 20260418
  | (?<!\d)(?P<y3>20\d\d)(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])(?!\d)
    """,
    re.VERBOSE,
)
# Forms that few sites use. They are searched only if the path has none of the forms above.
_RARE = re.compile(
    r"""
    /(?P<year>(?:19|20)\d\d)[/-]
    (?P<name>[A-Za-z][\w.]{2,30})[/-]                        # the month, or a section of the site
    (?P<first>0?[1-9]|[12]\d|3[01])(?!\d)                   # /2026/apr/18/, /2026/april/18-rain
    (?:/(?P<second>0?[1-9]|[12]\d|3[01])(?=/))?             # /2026/sport/04/18/
    """,
    re.VERBOSE,
)
_MONTH = re.compile(r"/(?P<year>(?:19|20)\d\d)[/\-_]?(?P<month>0[1-9]|1[0-2])/")


def read_address(url: str) -> str | None:
    """Return the day in *url*, or None.

    >>> read_address("https://a.example/2026/04/18/rain")
    '2026-04-18'
    """
    path = "/" + url.partition("://")[2].partition("/")[2]
    match = _ADDRESS.search(path)
    if match is None:
        return _rare(path)
    year, month, day = (
        match["year"] or match["y"] or match["y3"],
        match["month"] or match["m"] or match["m3"],
        match["day"] or match["d"] or match["d3"],
    )
    return f"{year}-{month:0>2}-{day:0>2}"


def _rare(path: str) -> str | None:
    match = _RARE.search(path)
    if match is None:
        return None
    month, day = read_month(match["name"], "en"), match["first"]
    if month is None and match["second"] and int(match["first"]) <= 12:
        month, day = int(match["first"]), match["second"]
    return f"{match['year']}-{month:02}-{day:0>2}" if month else None


def contradicts(url: str, day: str) -> bool:
    """Return True if *url* has a day that is more than one day from *day* (``2026-04-18``). If it
    has only a month, return True if *day* is neither in that month nor next to it.

    >>> contradicts("https://a.example/2026/04/18/rain", "2026-04-21")
    True
    """
    address = read_address(url)
    if address is not None:
        return not is_near(address, day)
    match = _MONTH.search(url.partition("://")[2])
    if match is None:
        return False
    first = _number(f"{match['year']}-{match['month']}-01")
    return not first - 1 <= _number(day) <= first + 31


def is_near(one: str, other: str) -> bool:
    """Return True if two days, ``2026-04-18``, are the same or next to each other. One may be in
    another time zone.

    >>> is_near("2026-04-30", "2026-05-01")
    True
    """
    return abs(_number(one) - _number(other)) <= 1


def _number(day: str) -> int:
    """Return *day* as a number. A day that does not exist gets the number of the next one."""
    year, month, number = map(int, day.split("-"))
    try:
        return date(year, month, 1).toordinal() + number - 1
    except ValueError:
        return 0
