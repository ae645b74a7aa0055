"""Choose the date of publication: the most trusted date without a contradiction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from newsclean.extraction.dates.address import contradicts, is_near
from newsclean.extraction.dates.read import Moment, is_later

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.extraction.candidates import Candidate, Candidates

_VISIBLE = frozenset({"byline", "generic"})
# Offsets of time zones from UTC: the largest, and what all are multiples of.
_MAX_OFFSET, _STEP = timedelta(hours=14), timedelta(minutes=15)
_MINUTE = timedelta(minutes=1)


def choose_published(
    url: str, candidates: Candidates, read: Callable[[Any], Moment | None]
) -> tuple[Candidate, Moment] | None:
    """Return the candidate for the date of publication and the date that *read* parses from it, or
    None.

    It is the most trusted candidate, with these exceptions:

    - Drop candidates more than one day after the date of change, unless structured data have no
      other date. If none is left, the day of change that the page shows is the only known day.
    - A date with a time has priority over the same date without one.
    - A line at the headline has priority over a date in structured data that is vague. If it is
      earlier, it has priority over one that is later than the change as well: that is the time of
      the last export by the publishing system.
    - A time in UTC gets the time zone of the page (`_in_own_zone`).
    - If there are candidates that agree with the day or month in *url*, drop visible dates that do
      not.
    """
    found = list(candidates.read("datePublished", read))
    changes = list(candidates.read("dateModified", read))
    if changes:
        last = _next_day(min(moment.day for _, moment in changes))
        earlier = [one for one in found if one[1].day <= last]
        if found and is_structured(found[0][0]) and not (earlier and is_structured(earlier[0][0])):
            earlier = found
        found = earlier
    if not found:
        return next((one for one in changes if not is_structured(one[0])), None)
    if not is_structured(found[0][0]):
        return next((one for one in found if not contradicts(url, one[1].day)), found[0])
    candidate, moment = _timed(found)
    lines = [one for one in found if one[0].source == "byline"]
    if candidate.is_vague and lines and not is_near(lines[0][1].day, moment.day):
        return lines[0]
    if is_in_utc(moment):
        stated = [one for _, one in (*found, *changes)]
        moment = _in_own_zone(moment, stated, [one for _, one in lines])
    if any(
        is_structured(one) and is_later(moment.value, changed.value) for one, changed in changes[:1]
    ):
        return next((one for one in lines if one[1].day < moment.day), (candidate, moment))
    return candidate, moment


def _timed(found: list[tuple[Candidate, Moment]]) -> tuple[Candidate, Moment]:
    """Return the first of *found*. If it has no time, return the first one with a time on that day
    or the day before or after it."""
    first = found[0][1]
    if len(first.value) > len(first.day):
        return found[0]
    timed = (
        (candidate, moment)
        for candidate, moment in found
        if len(moment.value) > len(moment.day) and candidate.source != "generic"
    )
    return next((one for one in timed if is_near(one[1].day, first.day)), found[0])


def is_in_utc(moment: Moment) -> bool:
    """Return True if *moment* has a time in UTC."""
    return moment.value.endswith("+00:00")


def _in_own_zone(moment: Moment, stated: list[Moment], lines: list[Moment]) -> Moment:
    """Return *moment*, which is in UTC, in the time zone of the page, if that is known and the page
    has another day. In UTC, an article of an evening in America has the day after it.

    The zone is known from the same time with an offset, in *stated*, or from *lines* at the
    headline: the same time on a clock, or the day of which *moment* is the midnight."""
    time = datetime.fromisoformat(moment.value)
    for other in (*stated, *lines):
        shown = datetime.fromisoformat(other.value)
        offset = shown.utcoffset()
        if other.day == moment.day or (offset is not None and abs(shown - time) >= _MINUTE):
            continue
        if offset is None:
            if other not in lines or (other.value == other.day and time.minute + time.second):
                continue
            offset = shown.replace(second=time.second, tzinfo=UTC) - time
        if abs(offset) <= _MAX_OFFSET and not offset % _STEP:
            return replace(moment, value=time.astimezone(timezone(offset)).isoformat())
    return moment


def is_doubtful(url: str, found: tuple[Candidate, Moment] | None) -> bool:
    """Return True if nothing was *found*, or only a visible date that does not agree with the date
    in *url*."""
    if found is None:
        return True
    candidate, moment = found
    return not is_structured(candidate) and contradicts(url, moment.day)


def is_structured(candidate: Candidate) -> bool:
    """Return True if *candidate* is from structured data, not only from the visible page."""
    return candidate.source not in _VISIBLE


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
