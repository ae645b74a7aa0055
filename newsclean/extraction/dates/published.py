"""When an article was published: the most trusted date that nothing surer contradicts."""

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
    """Return the candidate for the day of publication and what *read* makes of it, None where
    there is none.

    The most trusted, but for contradictions: nothing is published more than a day after the
    change that the page names, unless machines are told nothing else; what only stands somewhere
    on the page agrees with the day or month in *url* where anything does. A day alone yields to
    one with its time.
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
    """Return the first of *found*, or where that is a day alone the first that has a time on
    that day or the next to it: a program wrote the one, a form the other."""
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
    """Return True if nothing was *found*, or only what stands somewhere on the page of *url* and
    does not agree with it."""
    if found is None:
        return True
    candidate, moment = found
    return not is_told(candidate) and contradicts(url, moment.day)


def is_told(candidate: Candidate) -> bool:
    """Return True if *candidate* is said to be what it is, not only found on the page."""
    return candidate.source not in _VISIBLE


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
