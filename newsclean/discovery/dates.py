"""Dates as sitemaps and feeds write them: W3C's and e-mail's forms, to ISO 8601."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_LONGEST = 64
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
# The W3C's profile of ISO 8601, and the space that many write for its T.
_W3C = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?([.,]\d+)? ?([Zz]|[+-]\d\d:?\d\d|[+-]\d\d)?\Z"
)
# RFC 822 names American zones only; outside America CST and the like mean others.
_AMERICAN = re.compile(r" (?:[ECMP][SD]T)\Z")


def read_date(text: str | None) -> str | None:
    """Return the date in *text* as ISO 8601, with the zone it says and no other.

    ``2026-04-18`` stays a day; a time without a zone, or with a zone's name that means
    several, comes without offset; fractions of a second are dropped. Return None for
    anything that is not a whole date, such as a month. Never raises.
    """
    text = (text or "").strip()
    if not text or len(text) > _LONGEST or not text.isascii():
        return None
    try:
        if _DAY.match(text):
            return datetime.fromisoformat(text).date().isoformat()
        if match := _W3C.match(text):
            day, minutes, seconds, _, zone = match.groups()
            whole = f"{day}T{minutes}{seconds or ':00'}{(zone or '').upper()}"
            return _written(datetime.fromisoformat(whole))
        return _written(parsedate_to_datetime(_AMERICAN.sub("", text)))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
