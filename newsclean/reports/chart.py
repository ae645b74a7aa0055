"""Compute the charts of pages over time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.reports.summary import duration, readable_minute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.reports.history import PastRun
    from newsclean.reports.timeline import TimeStep

WIDTH = 1000  # units of the SVG
HEIGHT = 180  # units of the SVG
_MAX_BARS = 125  # bars; each is then 8 units wide
_BAR = 0.86  # share of its step that a bar fills; the rest is the gap to the next bar
_LONG_AXIS = 60  # seconds; on such an axis, a label may be rounded to a second
# The parts of a bar, from bottom to top.
SERIES = ("exported", "unchanged", "rejected", "failed")
# Most pages are unchanged. In one chart with them, the other counts would be invisible.
_CHANGES = ("exported", "rejected", "failed")


@dataclass(frozen=True, slots=True)
class Part:
    """One colour of a bar."""

    series: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The counts of one time step. ``label`` describes them in words."""

    x: float
    width: float
    parts: list[Part]
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in a box of `WIDTH` by `HEIGHT`. ``top`` is the count of the full height, ``fetched``
    the points of a line, ``ticks`` the labels of the time axis from left to right."""

    bars: list[Bar] = field(default_factory=list)
    fetched: str = ""
    top: int = 0
    step: str = ""
    ticks: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)


def draw_timeline(moments: Sequence[TimeStep]) -> Chart:
    """Return a chart of *moments*, which are in order and without gaps. With too few of them, the
    chart is empty."""
    together = -(-len(moments) // _MAX_BARS) or 1
    steps = [moments[at : at + together] for at in range(0, len(moments), together)]
    if len(steps) < 2:
        return Chart()
    counts = [{name: sum(getattr(one, name) for one in step) for name in SERIES} for step in steps]
    fetched = [sum(one.fetched or 0 for one in step) for step in steps]
    top = max(*(sum(count.values()) for count in counts), *fetched, 1)
    width = WIDTH / len(steps)
    bars = []
    for number, (step, count) in enumerate(zip(steps, counts, strict=True)):
        parts = _stack(count, top)
        words = ", ".join(f"{count[name]:,} {name}" for name in SERIES if count[name])
        if fetched[number]:
            words = f"{fetched[number]:,} fetched" + (f", {words}" if words else "")
        label = f"after {duration(step[0].second)}: {words or 'nothing'}"
        bars.append(Bar(round(number * width, 2), round(width * _BAR, 2), parts, label))
    points = ""
    if any(fetched):
        points = " ".join(
            f"{(number + _BAR / 2) * width:.1f},{HEIGHT - HEIGHT * count / top:.1f}"
            for number, count in enumerate(fetched)
        )
    end = moments[-1].second + moments[-1].seconds
    return Chart(
        bars,
        points,
        top,
        duration(sum(one.seconds for one in steps[0])),
        _ticks(moments[0].second, end),
        [name for name in SERIES if any(count[name] for count in counts)],
    )


def draw_runs(runs: Sequence[PastRun]) -> Chart:
    """Return a chart of *runs*, oldest first, with a bar for each run. With too few of them, the
    chart is empty."""
    if len(runs) < 2:
        return Chart()
    counts = [
        {name: getattr(run.totals, name, None) or 0 for name in _CHANGES} if run.totals else {}
        for run in runs
    ]
    top = max(1, *(sum(count.values()) for count in counts))
    width = WIDTH / len(runs)
    bars = []
    for number, (run, count) in enumerate(zip(runs, counts, strict=True)):
        words = ", ".join(f"{pages:,} {name}" for name, pages in count.items() if pages)
        label = f"{readable_minute(run.started)}: {words or 'nothing'}, {run.health.words}"
        parts = _stack(count, top)
        bars.append(Bar(round(number * width, 2), round(width * _BAR, 2), parts, label))
    last = len(runs) - 1
    shown = sorted({0, round(last / 2), last})  # of two runs, there is none in the middle
    ticks = [readable_minute(runs[number].started) for number in shown]
    series = [name for name in _CHANGES if any(count.get(name) for count in counts)]
    return Chart(bars, top=top, ticks=ticks, series=series)


def _stack(count: Mapping[str, int], top: int) -> list[Part]:
    """Return the parts of a bar, from bottom to top. *top* is the count of the full height."""
    parts, y = [], float(HEIGHT)
    for name, pages in count.items():
        if pages:
            height = HEIGHT * pages / top
            y -= height
            parts.append(Part(name, round(y, 2), round(height, 2)))
    return parts


def _ticks(start: int, end: int) -> list[str]:
    """Return the labels of a time axis from second *start* to *end*: both ends and, at equal
    distances, up to three times between them. On a short axis, these are whole seconds."""
    span = end - start
    parts = next(one for one in (4, 3, 2, 1) if span >= _LONG_AXIS or span % one == 0)
    return [_tick(start + span * part / parts) for part in range(parts + 1)]


def _tick(seconds: float) -> str:
    """Return *seconds* as a rounded duration for the time axis."""
    if seconds < 600:
        return duration(seconds)
    return duration(round(seconds / 60) * 60).replace(" min 0 s", " min")
