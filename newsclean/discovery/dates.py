"""Parse the dates of sitemaps and feeds (W3C and e-mail formats), and dates next to links."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_MAX_LENGTH = 64  # characters of a date; RFC 822 needs at most 37
_MONTHS = 12  # months of a year
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
# The W3C profile of ISO 8601. Many write a space instead of the T.
_W3C = re.compile(
    r"""
    (\d{4}-\d\d-\d\d)[Tt ]
    (\d\d:\d\d)(:\d\d)?([.,]\d+)?              # hours and minutes, seconds, a fraction
    \ ?([Zz]|[+-]\d\d:?\d\d|[+-]\d\d)?         # the offset: Z, +02:00, +0200, +02
    \Z
    """,
    re.VERBOSE,
)
# RFC 822 has American zone names only. Outside of America, CST and the like have other meanings.
_AMERICAN = re.compile(r" (?:[ECMP][SD]T)\Z")
_YEAR_FIRST = re.compile(
    r"(?P<year>(?:19|20)\d\d)\D{1,3}(?P<month>\d\d?)(?:\D{1,3}(?P<day>\d\d?))?"
)
_YEAR_LAST = re.compile(
    r"(?P<one>\d\d?)(?P<mark>[./-])(?P<two>\d\d?)[./-](?P<year>(?:19|20)\d\d)\Z"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# A date in a list: 2026-04-18, 18.04.2026, 04/18, 4月18日, 18 April 2026, 3 hours ago.
_DATE = re.compile(
    r"""
    (?<!\d)(?:
        (?:19|20)\d\d\s?[-./年]\s?\d\d?\s?(?:[-./月]\s?\d\d?)?        # 2026-04-18, 2026年4月
      | \d\d?[./-]\d\d?[./-](?:19|20)?\d\d                            # 18.04.2026, 04/18/26
      | [01]\d[-/.][0-3]\d(?![.\d])                                   # 04/18
      | \d\d?月\d\d?日
      | \d\d?\s?(?:시간|분|時間|小时|分)\s?(?:전|前)                  # 3小时前
      | \d\d?\.?\s[^\W\d]{3,12}\.?,?\s(?:19|20)\d\d                   # 18 April 2026
      | [^\W\d]{3,12}\.?\s\d\d?,\s(?:19|20)\d\d                       # April 18, 2026
    )
    """,
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")  # each date has one


def find_date(text: str) -> str:
    """Return the first date in *text*, as it is written, or ``""``.

    >>> find_date("Harbour news, 18 April 2026"), find_date("Page 7")
    ('18 April 2026', '')
    """
    match = _DATE.search(text) if _DIGIT.search(text) else None
    return match[0] if match else ""


def latest_day(text: str) -> str | None:
    """Return the latest day that *text*, a date in a list of links, can mean; None if it has no
    year. For a month without a day, or with a name, the result may be later, never earlier.

    >>> latest_day("2026-04-18"), latest_day("18.04.2026"), latest_day("03/04/2026")
    ('2026-04-18', '2026-04-18', '2026-04-03')
    >>> latest_day("18 April 2026"), latest_day("04-18")
    ('2026-12-31', None)
    """
    if match := _YEAR_FIRST.match(text):
        return f"{match['year']}-{int(match['month']):02}-{int(match['day'] or 31):02}"
    if match := _YEAR_LAST.match(text):
        one, two = int(match["one"]), int(match["two"])
        orders = [(two, one)] if match["mark"] == "." else [(two, one), (one, two)]
        month, day = max((order for order in orders if order[0] <= _MONTHS), default=(_MONTHS, 31))
        return f"{match['year']}-{month:02}-{day:02}"
    match = _YEAR.search(text)
    return f"{match[0]}-12-31" if match else None


def read_date(text: str | None) -> str | None:
    """Return the date in *text* as ISO 8601.

    ``2026-04-18`` stays a day. A time without a zone, or with an ambiguous zone name, has no
    offset. Fractions of a second are dropped. Return None if *text* is not a full date, for example
    a month. Never raises.

    >>> read_date("Sat, 18 Apr 2026 09:30:00 +0200"), read_date("2026-04")
    ('2026-04-18T09:30:00+02:00', None)
    """
    text = (text or "").strip()
    if not text or len(text) > _MAX_LENGTH or not text.isascii():
        return None
    try:
        if _DAY.match(text):
            return datetime.fromisoformat(text).date().isoformat()
        if match := _W3C.match(text):
            day, minutes, seconds, _, zone = match.groups()
            whole = f"{day}T{minutes}{seconds or ':00'}{(zone or '').upper()}"
            return _to_iso(datetime.fromisoformat(whole))
        return _to_iso(parsedate_to_datetime(_AMERICAN.sub("", text)))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def _to_iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
