"""The history page: runs over time, by site and by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from newsclean.reports.chart import HEIGHT, WIDTH, draw_runs
from newsclean.reports.history import usual
from newsclean.reports.page import percent, render_page
from newsclean.reports.payload import inert_json, packed
from newsclean.reports.summary import readable_minute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from newsclean.reports.history import History, PastRun, Point, SiteHistory

# Each script uses the scripts before it.
_SCRIPTS = ("dom", "unpack", "tables", "site_history", "history")
_MAX_LINE = 40  # characters of "why" in the table of runs
_SITES_TOGETHER = 50  # sites that the page unpacks at once
_FIGURES = ("exported", "unchanged", "rejected", "failed")


class FieldTrend(NamedTuple):
    """A field over time: its percentage of the articles; None for a run without articles."""

    name: str
    shares: list[int | None]
    last: int | None
    usual: float | None


def render_history(history: History, note: str = "") -> Iterator[str]:
    """Yield the HTML page of *history* in pieces, with *note* at its top. Text from crawled pages
    is escaped, so it is never markup.

    >>> from newsclean.reports.history import Ended, read_history
    >>> page = "".join(render_history(read_history([Ended("2026-04-18T09:30:00Z", None)])))
    >>> page.startswith("<!doctype html>")
    True
    """
    ended = [run for run in history.runs if run.totals is not None]
    return render_page(
        "history.html",
        _SCRIPTS,
        note=note,
        runs=history.runs,
        last=ended[-1] if ended else None,
        figures=_figures(ended),
        chart=draw_runs(history.runs),
        chart_width=WIDTH,
        chart_height=HEIGHT,
        checks=history.checks,
        fields=[_trend(name, ended) for name in history.fields],
        sites=history.sites,
        other_sites=history.other_sites,
        site_bars=_site_bars,
        line=_line,
        moment=readable_minute,
        most_line=_MAX_LINE,
        moments=inert_json([readable_minute(run.started) for run in history.runs]),
        field_names=inert_json(history.fields),
        batches=_batches(history),
        sites_together=_SITES_TOGETHER,
    )


def _figures(ended: Sequence[PastRun]) -> list[tuple[str, int, float | None]]:
    """Return the counts of the last run with the usual ones: (name, count, usual count)."""
    figures = []
    for name in _FIGURES:
        counts = [getattr(run.totals, name) for run in ended]
        if counts and counts[-1] is not None:
            known = [count for count in counts if count is not None]
            figures.append((name, counts[-1], usual(known, float)))
    return figures


def _trend(name: str, ended: Sequence[PastRun]) -> FieldTrend:
    shares: list[int | None] = []
    for run in ended:
        exported = run.totals.exported if run.totals else 0
        shares.append(percent(run.coverage.get(name, 0), exported) if exported else None)
    known = [share for share in shares if share is not None]
    return FieldTrend(name, shares, known[-1] if known else None, usual(known, float))


def _site_bars(site: SiteHistory, runs: int) -> str:
    """Return the number of articles of *site* in each of the *runs* runs as an SVG path. It is
    *runs* units wide and 20 units high."""
    top = max((point.exported for point in site.points), default=0) or 1
    return "".join(
        f"M{point.run} 20V{20 - 19 * point.exported / top:.1f}h.8V20z"
        for point in site.points
        if point.exported and point.run < runs
    )


def _line(shares: Sequence[int | None]) -> str:
    """Return *shares* in per cent as an SVG path, one unit for each run and 20 units high. A run
    without a share is a gap."""
    path, draws = [], False
    for at, share in enumerate(shares):
        if share is not None:
            path.append(f"{'L' if draws else 'M'}{at}.5 {19 - 18 * share / 100:.1f}")
        draws = share is not None
    return "".join(path)


def _batches(history: History) -> Iterator[Markup]:
    """Yield the points of the sites in batches of sites: [unit, points] of each site. A point is
    [run, exported, unchanged, rejected, failed, length, count of each field]."""
    fields = history.fields
    for first in range(0, len(history.sites), _SITES_TOGETHER):
        together = history.sites[first : first + _SITES_TOGETHER]
        rows = [[site.unit, [_numbers(one, fields) for one in site.points]] for site in together]
        yield packed(orjson.dumps(rows))


def _numbers(point: Point, fields: Sequence[str]) -> list[Any]:
    return [*point[:6], [point.coverage.get(name, 0) for name in fields]]
