"""The history of runs: the numbers of each run, site and field over time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from newsclean.reports.health import THRESHOLDS, HealthSummary, summarise_health, worst
from newsclean.reports.run import Run, Totals
from newsclean.reports.tally import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from newsclean.reports.run import Grade, Site, Unit

_T = TypeVar("_T")
_NOT_ENDED = HealthSummary("unknown", "no numbers: the run has not ended, or was killed")
MAX_SITES = 500  # sites on a history page: those with the most pages
# "Usual" is the median of this number of runs before the last one, as in the health checks.
_USUAL = int(THRESHOLDS["earlier_runs"])


class Ended(NamedTuple):
    """A stored run: when it ``started`` (UTC), and its numbers, or None if it is still running or
    was killed."""

    started: str
    numbers: Run | None


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run. ``checks`` has the worst result of each check. ``coverage`` is the number of
    articles (of ``totals.exported``) with each field. ``sites`` is the number of sites."""

    started: str
    spider: str | None = None
    seconds: float | None = None
    totals: Totals | None = None
    sites: int = 0
    health: HealthSummary = _NOT_ENDED
    checks: Mapping[str, Grade] = field(default_factory=dict)
    coverage: Mapping[str, int] = field(default_factory=dict)
    exit_code: int | None = None
    why: str | None = None


class Point(NamedTuple):
    """A site in one run. ``run`` is the number of the run in the history, from 0."""

    run: int
    exported: int
    unchanged: int
    rejected: int
    failed: int
    length: int | None
    coverage: dict[str, int]


@dataclass(slots=True)
class SiteHistory:
    """A site over time: a point for each run with pages of it, in the order of the runs."""

    name: str
    unit: Unit = "words"
    points: list[Point] = field(default_factory=list)

    @property
    def last(self) -> Point:
        """The last run with pages of the site."""
        return self.points[-1]

    @property
    def usual(self) -> float | None:
        """The usual number of articles in the runs before the last one; None without such runs."""
        return usual(self.points, lambda point: point.exported)

    @property
    def last_with_article(self) -> int | None:
        """The number of the last run with an article of the site."""
        return next((one.run for one in reversed(self.points) if one.exported), None)


@dataclass(slots=True)
class History:
    """All runs, oldest first, and the sites with the most pages, the largest first.
    ``other_sites`` is the number of sites that are left out."""

    runs: list[PastRun] = field(default_factory=list)
    sites: list[SiteHistory] = field(default_factory=list)
    other_sites: int = 0

    @property
    def fields(self) -> list[str]:
        """The fields that any article has, in the order of the record."""
        return [name for name in FIELDS if any(name in run.coverage for run in self.runs)]

    @property
    def checks(self) -> list[str]:
        """The health checks, those with the latest finding first."""
        names = dict.fromkeys(name for run in reversed(self.runs) for name in run.checks)
        return sorted(names, key=self._last_finding)

    def _last_finding(self, check: str) -> int:
        for ago, run in enumerate(reversed(self.runs)):
            if run.checks.get(check) in {"failed", "warning"}:
                return ago
        return len(self.runs)


def read_history(runs: Iterable[Ended]) -> History:
    """Return the history of *runs*, oldest first. One run at a time is in memory.

    *runs* is iterated twice: first for the runs and to find the largest sites, then for these
    sites.

    >>> len(read_history([Ended("2026-04-18T09:30:00Z", Run())]).runs)
    1
    """
    history = History()
    pages: Counter[str] = Counter()
    for one in runs:
        history.runs.append(_past_run(one))
        if one.numbers is not None:
            for name, site in one.numbers.sites.items():
                pages[name] += site.exported + site.unchanged + site.rejected + site.failed
            pages.update(dict.fromkeys(one.numbers.startSites, 0))
    largest = sorted(pages, key=lambda name: (-pages[name], name))[:MAX_SITES]
    sites = {name: SiteHistory(name) for name in largest}
    for at, one in enumerate(runs):
        if one.numbers is not None:
            _add_points(sites, at, one.numbers)
    history.sites = list(sites.values())
    history.other_sites = len(pages) - len(sites)
    return history


def usual(numbers: list[_T], value: Callable[[_T], float]) -> float | None:
    """Return the median *value* of *numbers* without the last one; None if there are none."""
    before = numbers[-1 - _USUAL : -1]
    return median(map(value, before)) if before else None


def _past_run(one: Ended) -> PastRun:
    run = one.numbers
    if run is None:
        return PastRun(one.started)
    checks = dict.fromkeys(verdict.check for verdict in run.health)
    coverage: Counter[str] = Counter()
    for site in run.sites.values():
        for name, covered in site.fields.items():
            coverage[name] += covered.count
    return PastRun(
        started=run.started or one.started,
        spider=run.spider,
        seconds=run.seconds,
        totals=run.totals,
        sites=len({*run.sites, *run.startSites}),
        health=summarise_health(run.health),
        checks={
            name: worst(verdict for verdict in run.health if verdict.check == name)
            for name in checks
        },
        coverage=dict(coverage),
        exit_code=run.exitCode,
        why=run.why,
    )


def _add_points(sites: Mapping[str, SiteHistory], at: int, run: Run) -> None:
    for name in dict.fromkeys([*run.sites, *run.startSites]):
        if name in sites:
            site = run.sites.get(name)
            sites[name].points.append(_point(at, site) if site else Point(at, 0, 0, 0, 0, None, {}))
            if site and site.medianWords is not None:
                sites[name].unit = site.unit


def _point(at: int, site: Site) -> Point:
    coverage = {name: covered.count for name, covered in site.fields.items()}
    counts = (site.exported, site.unchanged, site.rejected, site.failed)
    return Point(at, *counts, site.medianWords, coverage)
