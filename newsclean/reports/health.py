"""Is a run well? Named checks, each of this run against the runs before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from newsclean.reports.run import Grade, Run, Site, Verdict, run_from_json
from newsclean.reports.tally import OTHER
from newsclean.urls import site_of_host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

# The threshold of each check, by its name; the last two hold for all of them.
THRESHOLDS: dict[str, float] = {
    # more exceptions of the program than this on a site's pages, or outside any page
    "program_errors": 0,
    # front pages that cannot be used (404, empty, a login) more than this
    "front_page_lost": 0,
    # new pages of a site that gave no article, in this run and those before it, since the last
    # one that did
    "new_pages_lost": 3,
    # URL templates of articles whose pages are articles no more, more than this
    "template_stopped": 0,
    # fewer articles than this, new or unchanged, from a start site, or one that used to give some
    "site_yields_nothing": 1,
    # less than this part of the articles that used to have the field still have it
    "field_vanished": 0.2,
    # the median words of a site's articles are less than this part of what they were
    "bodies_shrank": 0.5,
    # the rejected part of a site's pages is larger than it was by more than this
    "rejections_rose": 0.2,
    # more kinds of escape layers than this that no earlier run met
    "new_escape_layers": 0,
    # articles or pages that a site must have, now and before, to be judged by its shares
    "enough_pages": 5,
    # how many of the runs before count, the latest ones
    "earlier_runs": 10,
}
# A field that so few articles had is no habit of the site.
_HABIT = 0.5

if TYPE_CHECKING:
    Finding = tuple[str | None, float | None, str]  # site, value, message
    Check = Callable[[Run, Sequence[Run], Mapping[str, float]], Iterator[Finding]]


def check_health(
    run: Run,
    earlier: Iterable[Mapping[str, Any] | Run] = (),
    thresholds: Mapping[str, float] | None = None,
) -> list[Verdict]:
    """Return what each check says of *run*: one verdict per finding, worst first, or one that
    is ``ok``, or ``unknown`` where there is nothing to compare with.

    *earlier* are runs of the same job or their ``run.json``, oldest first; those of another
    schema are left out. *thresholds* replace those of `THRESHOLDS`; an unknown name raises
    ValueError.
    """
    limits = dict(THRESHOLDS)
    for name, value in (thresholds or {}).items():
        if name not in limits:
            raise ValueError(f"no health check has the threshold {name!r}: {', '.join(limits)}")
        limits[name] = value
    past = [before for before in map(_as_run, earlier) if before is not None]
    past = past[-int(limits["earlier_runs"]) :] if limits["earlier_runs"] >= 1 else []
    verdicts: list[Verdict] = []
    for check, grade, says, needs_past in CHECKS:
        name, threshold = check.__name__, limits[check.__name__]
        found = [
            Verdict(name, site, grade, value, threshold, message)
            for site, value, message in check(run, past, limits)
        ]
        if not found and needs_past and not past:
            found = [Verdict(name, None, "unknown", None, threshold, "no earlier run to compare")]
        verdicts += found or [Verdict(name, None, "ok", None, threshold, says)]
    return sorted(verdicts, key=lambda one: _WORST_FIRST.index(one.verdict))


def worst(verdicts: Iterable[Verdict]) -> Grade:
    """Return the worst of *verdicts*, ``unknown`` where there are none."""
    grades = {one.verdict for one in verdicts}
    return next((grade for grade in ("failed", "warning", "ok") if grade in grades), "unknown")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The health of a run in words, and how bad it is."""

    grade: Grade
    words: str


def judge(verdicts: Sequence[Verdict]) -> Judgement:
    """Return what all *verdicts* on a run say together. Only if every check could compare, there
    is nothing to worry about."""
    counts = Counter(one.verdict for one in verdicts)
    failed, warnings, unknown = counts["failed"], counts["warning"], counts["unknown"]
    if not verdicts:
        return Judgement("unknown", "not compared with other runs")
    if failed or warnings:
        parts = [f"{failed:,} failed"] if failed else []
        if warnings:
            parts.append(f"{warnings:,} warning{'' if warnings == 1 else 's'}")
        return Judgement(worst(verdicts), ", ".join(parts))
    if unknown:
        words = f"Nothing found; {unknown} of {len(verdicts)} checks need an earlier run"
        return Judgement("unknown", words)
    return Judgement("ok", "Nothing to worry about")


def program_errors(run: Run, past: Sequence[Run], limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find sites whose pages made newsclean, or the project's own code, raise an exception."""
    for host, site in run.sites.items():
        if site.errors > limits["program_errors"]:
            where = "outside any page" if host == OTHER else "see the reason error"
            yield host, site.errors, f"{_pages(site.errors, 'exception')} of the program, {where}"


def site_yields_nothing(
    run: Run, past: Sequence[Run], limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find start sites without an article, new, unchanged or known; of other sites, those that
    gave articles before, or pages now."""
    for host, start in run.startSites.items():
        site = run.sites.get(host)
        if _yield(site) >= limits["site_yields_nothing"] or start.why is None:
            continue
        usual = median([_yield(one.sites.get(host)) for one in past] or [0])
        before = f", where there used to be {usual:g}" if usual else ""
        yield host, _yield(site), f"{_pages(_yield(site), 'article')}{before}: {start.why}"
    for host, site in _sites(run, past):
        now = _yield(site)
        if now >= limits["site_yields_nothing"] or run.startSites:
            continue
        usual = median([_yield(one.sites.get(host)) for one in past] or [0])
        pages = site.rejected + site.failed
        if usual >= limits["site_yields_nothing"]:
            yield host, now, f"{_pages(now, 'article')}, where there used to be {usual:g}"
        elif pages >= limits["enough_pages"]:
            yield host, now, f"{_pages(now, 'article')} from {_pages(pages, 'page')}"


def front_page_lost(
    run: Run, past: Sequence[Run], limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find start sites whose front page is missing, empty, or asks for a login."""
    lost = [host for host, start in run.startSites.items() if not start.has_front]
    if len(lost) > limits["front_page_lost"]:
        for host in lost:
            yield host, 1, f"the front page cannot be used: {run.startSites[host].front}"


def new_pages_lost(run: Run, past: Sequence[Run], limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find start sites whose new pages all gave no article, whatever is known of older ones."""
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
            yield host, lost, f"no article from {_pages(lost, 'new page')}: {named}"


def template_stopped(
    run: Run, past: Sequence[Run], limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find start sites where pages of a template of articles are articles no more."""
    for host, start in run.startSites.items():
        if len(start.stopped) > limits["template_stopped"]:
            yield (
                host,
                len(start.stopped),
                f"no articles any more at {', '.join(start.stopped[:3])}",
            )


def field_vanished(run: Run, past: Sequence[Run], limits: Mapping[str, float]) -> Iterator[Finding]:
    """Find fields that most of a site's articles had, and hardly any has now."""
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
    """Find sites whose articles are much shorter than they were."""
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
                f"{site.medianWords} {site.unit} in the middle, {usual:g} before",
            )


def rejections_rose(
    run: Run, past: Sequence[Run], limits: Mapping[str, float]
) -> Iterator[Finding]:
    """Find sites that reject a much larger part of their pages than they did."""
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
    """Find kinds of escape layers that no earlier run met."""
    if not past:
        return
    known = {layer for one in past for layer in one.cleaning.get("unescape", {})}
    new = sorted(set(run.cleaning.get("unescape", {})) - known)
    if len(new) > limits["new_escape_layers"]:
        yield None, len(new), f"never seen before: {', '.join(new)}"


# Each check, how bad a finding is, what it says when there is none, whether it compares runs.
CHECKS: tuple[tuple[Check, Grade, str, bool], ...] = (
    (program_errors, "failed", "the program raised no exception", False),
    (front_page_lost, "failed", "every front page can be used", False),
    (new_pages_lost, "failed", "new pages give articles", False),
    (template_stopped, "warning", "every template of articles still matches", False),
    (site_yields_nothing, "failed", "every site yields articles", False),
    (field_vanished, "failed", "every field is still there", True),
    (bodies_shrank, "failed", "bodies are as long as before", True),
    (rejections_rose, "warning", "no more pages are rejected than before", True),
    (new_escape_layers, "warning", "every escape layer has been seen before", True),
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
    """Return *run* with its numbers by registrable domain: older ones have them by host."""
    sites: dict[str, Site] = {}
    for host, site in run.sites.items():
        name = host if host == OTHER else site_of_host(host)
        if name not in sites or sites[name].exported < site.exported:
            sites[name] = site
    run.sites = sites
    return run


def _sites(run: Run, past: Sequence[Run]) -> Iterator[tuple[str, Site]]:
    """Give every site of *run* and those of the *past* that it did not meet at all."""
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


def _pages(count: float, what: str) -> str:
    return f"{count:g} {what}{'' if count == 1 else 's'}"
