"""Health checks: compare a run with the runs before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from newsclean.reports.run import CheckResult, Grade, Run, Site, run_from_json
from newsclean.reports.tally import OTHER
from newsclean.urls import site_of_host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

# The threshold of each check, by name. The last two are for all checks.
THRESHOLDS: dict[str, float] = {
    # more exceptions of the program than this on the pages of a site, or outside of any page
    "program_errors": 0,
    # more front pages than this cannot be used (404, empty, a login)
    "front_page_lost": 0,
    # new pages of a site in a row that gave no article, in this run and the runs before it
    "new_pages_lost": 3,
    # more URL templates of articles than this lead to pages that are no longer articles
    "template_stopped": 0,
    # fewer new or unchanged articles than this from a start site, or from a site that had some
    "site_yields_nothing": 1,
    # the share of articles with a field is less than this part of the usual share
    "field_vanished": 0.2,
    # the median length of the articles of a site is less than this part of the usual length
    "bodies_shrank": 0.5,
    # the share of rejected pages of a site is larger than usual by more than this
    "rejections_rose": 0.2,
    # more kinds of escape layers than this are in no earlier run
    "new_escape_layers": 0,
    # articles or pages that a site must have, now and before, for checks of shares
    "enough_pages": 5,
    # the number of latest runs to compare with
    "earlier_runs": 10,
}
# A share of articles. A field that fewer articles had is not usual for the site.
_HABIT = 0.5

if TYPE_CHECKING:
    Finding = tuple[str | None, float | None, str]  # site, value, message
    Check = Callable[[Run, Sequence[Run], Mapping[str, float]], Iterator[Finding]]


def check_health(
    run: Run,
    earlier: Iterable[Mapping[str, Any] | Run] = (),
    thresholds: Mapping[str, float] | None = None,
) -> list[CheckResult]:
    """Return the results of all checks of *run*, worst first.

    A check has one result for each finding. Without a finding it has one result: ``ok``, or
    ``unknown`` if there is no run to compare with. *earlier* are runs of the same job, or their
    ``run.json``, oldest first; runs of another schema are ignored. *thresholds* replace those in
    `THRESHOLDS`. Raise ValueError for an unknown threshold.

    >>> [result.verdict for result in check_health(Run()) if result.check == "bodies_shrank"]
    ['unknown']
    """
    limits = dict(THRESHOLDS)
    for name, value in (thresholds or {}).items():
        if name not in limits:
            raise ValueError(f"no health check has the threshold {name!r}: {', '.join(limits)}")
        limits[name] = value
    past = [before for before in map(_as_run, earlier) if before is not None]
    past = past[-int(limits["earlier_runs"]) :] if limits["earlier_runs"] >= 1 else []
    verdicts: list[CheckResult] = []
    for check, grade, says, needs_past in CHECKS:
        name, threshold = check.__name__, limits[check.__name__]
        found = [
            CheckResult(name, site, grade, value, threshold, message)
            for site, value, message in check(run, past, limits)
        ]
        if not found and needs_past and not past:
            found = [
                CheckResult(name, None, "unknown", None, threshold, "no earlier run to compare")
            ]
        verdicts += found or [CheckResult(name, None, "ok", None, threshold, says)]
    return sorted(verdicts, key=lambda one: _WORST_FIRST.index(one.verdict))


def worst(verdicts: Iterable[CheckResult]) -> Grade:
    """Return the worst grade of *verdicts*, ``unknown`` if there are none.

    >>> worst(check_health(Run())), worst([])
    ('ok', 'unknown')
    """
    grades = {one.verdict for one in verdicts}
    return next((grade for grade in ("failed", "warning", "ok") if grade in grades), "unknown")


@dataclass(frozen=True, slots=True)
class HealthSummary:
    """The health of a run: a grade and a sentence."""

    grade: Grade
    words: str


def summarise_health(verdicts: Sequence[CheckResult]) -> HealthSummary:
    """Return the health of a run with *verdicts*. It is ``ok`` only if each check had runs to
    compare with."""
    counts = Counter(one.verdict for one in verdicts)
    failed, warnings, unknown = counts["failed"], counts["warning"], counts["unknown"]
    if not verdicts:
        return HealthSummary("unknown", "not compared with other runs")
    if failed or warnings:
        parts = [f"{failed:,} failed"] if failed else []
        if warnings:
            parts.append(f"{warnings:,} warning{'' if warnings == 1 else 's'}")
        return HealthSummary(worst(verdicts), ", ".join(parts))
    if unknown:
        words = f"No problem found; {unknown} of {len(verdicts)} checks need an earlier run"
        return HealthSummary("unknown", words)
    return HealthSummary("ok", "All checks passed")


def program_errors(run: Run, past: Sequence[Run], limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find sites with pages for which newsclean, or code of the project, raised an exception."""
    for host, site in run.sites.items():
        if site.errors > limits["program_errors"]:
            where = (
                "outside any page" if host == OTHER else "see the rejections with the reason error"
            )
            yield host, site.errors, f"{_counted(site.errors, 'exception')} of the program, {where}"


def site_yields_nothing(
    run: Run, past: Sequence[Run], limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find start sites without a new, unchanged or known article. Find other sites without one if
    they had articles before, or have pages now."""
    for host, start in run.startSites.items():
        site = run.sites.get(host)
        if _yield(site) >= limits["site_yields_nothing"] or start.why is None:
            continue
        usual = median([_yield(one.sites.get(host)) for one in past] or [0])
        before = f", usually {usual:g}" if usual else ""
        yield host, _yield(site), f"{_counted(_yield(site), 'article')}{before}: {start.why}"
    for host, site in _sites(run, past):
        now = _yield(site)
        if now >= limits["site_yields_nothing"] or run.startSites:
            continue
        usual = median([_yield(one.sites.get(host)) for one in past] or [0])
        pages = site.rejected + site.failed
        if usual >= limits["site_yields_nothing"]:
            yield host, now, f"{_counted(now, 'article')}, usually {usual:g}"
        elif pages >= limits["enough_pages"]:
            yield host, now, f"{_counted(now, 'article')} from {_counted(pages, 'page')}"


def front_page_lost(
    run: Run, past: Sequence[Run], limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find start sites whose front page is missing, empty, or a login page."""
    lost = [host for host, start in run.startSites.items() if not start.has_front]
    if len(lost) > limits["front_page_lost"]:
        for host in lost:
            yield host, 1, f"the front page could not be read: {run.startSites[host].front}"


def new_pages_lost(run: Run, past: Sequence[Run], limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find start sites where no new page gave an article. Known articles do not matter."""
    for host, start in run.startSites.items():
        lost = start.lost
        if start.newExported or not lost:
            continue
        for one in reversed(past):
            before = one.startSites.get(host)
            if before is None or before.newExported:
                break
            lost += before.lost
        if lost >= limits["new_pages_lost"]:
            named = ", ".join(f"{reason} {count:,}" for reason, count in start.newLost.items())
            yield host, lost, f"no article from {_counted(lost, 'new page')}: {named}"


def template_stopped(
    run: Run, past: Sequence[Run], limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find start sites with a URL template of articles whose pages are no longer articles."""
    for host, start in run.startSites.items():
        if len(start.stopped) > limits["template_stopped"]:
            yield (
                host,
                len(start.stopped),
                f"URL templates whose pages are no longer articles: {', '.join(start.stopped[:3])}",
            )


def field_vanished(run: Run, past: Sequence[Run], limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find fields that most articles of a site had, and that hardly any article has now."""
    for host, site in run.sites.items():
        if site.exported < limits["enough_pages"] or host == OTHER:
            continue
        before = [one for one in _of(past, host) if one.exported >= limits["enough_pages"]]
        for name in sorted({name for one in before for name in one.fields}):
            usual = median(_share(one, name) for one in before)
            now = _share(site, name)
            if usual >= _HABIT and now < usual * limits["field_vanished"]:
                yield (
                    host,
                    round(now, 3),
                    f"{name} in {now:.0%} of the articles, {usual:.0%} before",
                )


def bodies_shrank(run: Run, past: Sequence[Run], limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find sites whose articles are much shorter than before."""
    for host, site in run.sites.items():
        if site.exported < limits["enough_pages"] or site.medianWords is None:
            continue
        before = [
            one.medianWords
            for one in _of(past, host)
            if one.exported >= limits["enough_pages"] and one.medianWords is not None
        ]
        usual = median(before) if before else 0
        if usual and site.medianWords < usual * limits["bodies_shrank"]:
            yield (
                host,
                round(site.medianWords / usual, 3),
                f"median length {site.medianWords} {site.unit}, {usual:g} before",
            )


def rejections_rose(
    run: Run, past: Sequence[Run], limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find sites with a much larger share of rejected pages than before."""
    for host, site in run.sites.items():
        now = _rejected(site, limits)
        before = [
            share
            for share in (_rejected(one, limits) for one in _of(past, host))
            if share is not None
        ]
        if now is None or not before:
            continue
        usual = median(before)
        if now - usual > limits["rejections_rose"]:
            yield (host, round(now, 3), f"{now:.0%} of the pages rejected, {usual:.0%} before")


def new_escape_layers(
    run: Run, past: Sequence[Run], limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find kinds of escape layers that are in no earlier run."""
    if not past:
        return
    known = {layer for one in past for layer in one.cleaning.get("unescape", {})}
    new = sorted(set(run.cleaning.get("unescape", {})) - known)
    if len(new) > limits["new_escape_layers"]:
        yield None, len(new), f"layers that no earlier run had: {', '.join(new)}"


# (check, grade of a finding, message without a finding, True if it compares with earlier runs)
CHECKS: tuple[tuple[Check, Grade, str, bool], ...] = (
    (program_errors, "failed", "the program raised no exception", False),
    (front_page_lost, "failed", "every front page could be read", False),
    (new_pages_lost, "failed", "new pages give articles", False),
    (template_stopped, "warning", "the pages of every article template are articles", False),
    (site_yields_nothing, "failed", "every site yields articles", False),
    (field_vanished, "failed", "no field became rare", True),
    (bodies_shrank, "failed", "the length of bodies did not fall", True),
    (rejections_rose, "warning", "the share of rejected pages did not rise", True),
    (new_escape_layers, "warning", "no new escape layer", True),
)
_WORST_FIRST: tuple[Grade, ...] = ("failed", "warning", "unknown", "ok")


def _as_run(record: Mapping[str, Any] | Run) -> Run | None:
    if isinstance(record, Run):
        return record
    try:
        return _by_site(run_from_json(record))
    except ValueError:
        return None


def _by_site(run: Run) -> Run:
    """Return *run* with its numbers by registrable domain. Older runs have them by host."""
    sites: dict[str, Site] = {}
    for host, site in run.sites.items():
        name = host if host == OTHER else site_of_host(host)
        if name not in sites or sites[name].exported < site.exported:
            sites[name] = site
    run.sites = sites
    return run


def _sites(run: Run, past: Sequence[Run]) -> Iterator[tuple[str, Site]]:
    """Yield each site of *run*, and each site that is only in the *past* runs."""
    hosts = dict.fromkeys([*run.sites, *(host for one in past for host in one.sites)])
    for host in hosts:
        if host != OTHER:
            yield host, run.sites.get(host) or Site()


def _yield(site: Site | None) -> int:
    return site.exported + site.unchanged if site else 0


def _of(past: Sequence[Run], host: str) -> list[Site]:
    return [one.sites[host] for one in past if host in one.sites]


def _share(site: Site, name: str) -> float:
    coverage = site.fields.get(name)
    return coverage.count / site.exported if coverage and site.exported else 0.0


def _rejected(site: Site, limits: Mapping[str, float]) -> float | None:
    pages = site.exported + site.unchanged + site.rejected
    return site.rejected / pages if pages and pages >= limits["enough_pages"] else None


def _counted(count: float, what: str) -> str:
    """Return *count* with the noun *what* in the singular or the plural."""
    return f"{count:g} {what}{'' if count == 1 else 's'}"
