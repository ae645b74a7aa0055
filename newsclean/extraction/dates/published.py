"""Choose the date of publication: the most trusted date without a contradiction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from newsclean.extraction.dates.address import contradicts, is_near

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.extraction.candidates import Candidate, Candidates
    from newsclean.extraction.dates.read import Moment

_VISIBLE = frozenset({"byline", "generic"})


def choose_published(
    url: str, candidates: Candidates, read: Callable[[Any], Moment | None]
) -> tuple[Candidate, Moment] | None:
    """Return the candidate for the date of publication and the date that *read* parses from it, or
    None.

    It is the most trusted candidate, with these exceptions. Drop candidates more than one day after
    the date of change, unless structured data have no other date. If there are candidates that
    agree with the day or month in *url*, drop visible dates that do not. A date with a time has
    priority over the same date without one.
    """
    found = list(candidates.read("datePublished", read))
    changes = [moment.day for _, moment in candidates.read("dateModified", read)]
    if changes:
        last = _next_day(min(changes))
        earlier = [one for one in found if one[1].day <= last]
        if found and is_told(found[0][0]) and not (earlier and is_told(earlier[0][0])):
            earlier = found
        found = earlier
    if not found:
        return None
    if is_told(found[0][0]):
        return _timed(found)
    return next((one for one in found if not contradicts(url, one[1].day)), found[0])


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


def is_doubtful(url: str, found: tuple[Candidate, Moment] | None) -> bool:
    """Return True if nothing was *found*, or only a visible date that does not agree with the date
    in *url*."""
    if found is None:
        return True
    candidate, moment = found
    return not is_told(candidate) and contradicts(url, moment.day)


def is_told(candidate: Candidate) -> bool:
    """Return True if *candidate* is from structured data, not only from the visible page."""
    return candidate.source not in _VISIBLE


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
