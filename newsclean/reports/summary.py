"""The summary of a run: at most twenty lines of plain text for a terminal or a log."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from newsclean.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsclean.reports.run import Run, Site

MAX_LINES = 20  # lines, which fit on a screen
_SITES, _FEW_SITES = 6, 3  # sites in the table; with start sites below it
_FINDINGS = 5  # findings of the health checks that are shown
_KINDS = 6  # reasons, steps or layers in a line
_NOTHING = 3  # start sites without an article that are shown
_BUDGETS = 2  # sites that used up a budget that are shown
# Spiders whose runs rarely have the same sites, so it does not matter if there is no earlier run.
_OF_NAMED_PAGES = frozenset({"article", "archive"})
_WIDTH = 130  # characters of a line
_MAX_WHY, _WHY_LINES = 600, 4  # characters and lines of the reason why a crawl failed
_SITE_WIDTH = 27  # characters; the table of sites fits into a terminal of 80 columns


def render_summary(run: Run) -> list[str]:
    """Return *run* as at most `MAX_LINES` lines without line ends, each of at most 130 characters.
    Text from pages has no control characters.

    >>> from newsclean.reports.run import Run
    >>> render_summary(Run(why="the disk is full"))[-1]
    'why       the disk is full'
    """
    starts = list(_start_sites(run))
    shown = _FEW_SITES if starts else _SITES
    lines = [_head(run), _totals(run), *_sites(run.sites, shown), *starts]
    if run.rejected:
        lines.append(f"rejected  {_counts(run.rejected)}")
    if run.failed:
        lines.append(f"failed {sum(run.failed.values()):,}: {_counts(run.failed, ', ')}")
    if run.cleaning:
        steps = {step: sum(changed.values()) for step, changed in run.cleaning.items()}
        lines.append(f"cleaned   {_counts(steps)}")
        if layers := run.cleaning.get("unescape"):
            lines.append(f"  layers  {_counts(layers)}")
    for site, budget in list(run.budgets.items())[:_BUDGETS]:
        lines.append(f"budget    {printable(site, 34)}: {printable(budget, 80)}")
    if run.why:
        lines += wrap(
            printable(run.why, _MAX_WHY),
            width=_WIDTH,
            initial_indent="why       ",
            subsequent_indent=" " * 10,
            max_lines=_WHY_LINES,
            placeholder=" …",
            break_long_words=False,  # a path is copied from here
            break_on_hyphens=False,
        )
    health = list(_health(run))
    lines = [*lines[: MAX_LINES - len(health)], *health]
    return [printable(line, _WIDTH) for line in lines]


def fold(lines: Iterable[str], width: int) -> list[str]:
    """Return *lines* for a terminal that is *width* characters wide. A longer line continues on
    the next line, indented to its text.

    >>> fold(["pages found 11 · fetched 11"], 20)
    ['pages found 11 ·', '     fetched 11']
    """
    folded = []
    for line in lines:
        indent = " " * min(10, width // 4)
        parts = wrap(line, width, subsequent_indent=indent, break_on_hyphens=False)
        folded += parts if len(line) > width else [line]
    return folded


def duration(seconds: float) -> str:
    """Return *seconds* as text.

    >>> duration(8), duration(724), duration(12_000)
    ('8 s', '12 min 4 s', '3 h 20 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def readable_minute(moment: str) -> str:
    """Return *moment* (ISO 8601, UTC) to the minute, or unchanged if it is not a date.

    >>> readable_minute("2026-04-18T09:30:00Z")
    '2026-04-18 09:30'
    """
    return moment[:16].replace("T", " ") if len(moment) == len("2026-04-18T09:30:00Z") else moment


def _head(run: Run) -> str:
    parts = ["newsclean"]
    if run.spider:
        parts.append(printable(run.spider, 30))
    if run.finish_reason:
        parts.append(printable(run.finish_reason, 30))
    if run.started:
        parts.append(run.started)
    if run.seconds is not None:
        parts.append(duration(run.seconds))
    return " · ".join(parts)


def _totals(run: Run) -> str:
    totals = run.totals
    parts = []
    names = (
        "read",
        "found",
        "fetched",
        "exported",
        "otherItems",
        "unchanged",
        "rejected",
        "failed",
    )
    for name in names:
        count = getattr(totals, name)
        if count is not None:
            updated = f" ({totals.updated:,} updated)" if name == "exported" else ""
            label = "other items" if name == "otherItems" else name
            parts.append(f"{label} {count:,}{updated if totals.updated else ''}")
    return "pages     " + " · ".join(parts)


def _sites(sites: Mapping[str, Site], shown: int) -> Iterable[str]:
    if not sites:
        return
    columns = ("exported", "unchanged", "rejected", "failed")
    heads = "".join(f"{column:>10}" for column in columns)
    yield f"{'site':<{_SITE_WIDTH}}{heads}{'length':>13}"
    for host, site in list(sites.items())[:shown]:
        unit = "chars" if site.unit == "characters" else site.unit
        length = "–" if site.medianWords is None else f"{site.medianWords:,} {unit}"
        counts = (site.exported, site.unchanged, site.rejected, site.failed)
        numbers = "".join(f"{count:>10,}" for count in counts)
        yield f"{printable(host, _SITE_WIDTH):<{_SITE_WIDTH}}{numbers}{length:>13}"
    if len(sites) > shown:
        yield f"and {len(sites) - shown:,} more sites"


def _start_sites(run: Run) -> Iterable[str]:
    """Yield the number of start sites that gave nothing, and the reasons of the first ones."""
    starts = run.startSites
    nothing = {site: start.why for site, start in starts.items() if start.why is not None}
    if len(starts) > 1:
        gave = sum(start.newExported > 0 for start in starts.values())
        other = len(starts) - gave - len(nothing)
        yield (
            f"starts    {len(starts):,} sites: {gave:,} gave new articles, {other:,} nothing new,"
            f" {len(nothing):,} gave nothing"
        )
    for site, why in list(nothing.items())[:_NOTHING]:
        reason, _, hint = why.partition("; hint: ")
        yield f"  nothing from {printable(site, 34)}: {printable(reason, 80)}"
        if hint:
            yield f"    hint: {printable(hint, 80)}"
    if len(nothing) > _NOTHING:
        more = ", ".join(printable(site, 34) for site in list(nothing)[_NOTHING:])
        yield f"  and nothing from {more}"


def _counts(counts: Mapping[str, int], separator: str = " · ") -> str:
    most = sorted(counts.items(), key=lambda one: -one[1])
    parts = [f"{printable(name, 30)} {count:,}" for name, count in most[:_KINDS]]
    return separator.join(parts if len(most) <= _KINDS else [*parts, "…"])


def _health(run: Run) -> Iterable[str]:
    if not run.health:
        return
    findings = [one for one in run.health if one.verdict in {"failed", "warning"}]
    if not findings:
        unknown = sum(one.verdict == "unknown" for one in run.health)
        if unknown and run.spider in _OF_NAMED_PAGES:
            return
        compared = f"; {unknown} checks need an earlier run to compare with" if unknown else ""
        yield f"health    ok{compared}"
        return
    failed = sum(one.verdict == "failed" for one in findings)
    warnings = len(findings) - failed
    yield f"health    {failed:,} failed, {warnings:,} warning{'' if warnings == 1 else 's'}"
    shown = findings if len(findings) <= _FINDINGS else findings[: _FINDINGS - 1]
    for one in shown:
        where = f"{printable(one.site, 34)}: " if one.site else ""
        start = run.startSites.get(one.site or "")
        # The reason why a start site gave nothing has its own line.
        message = one.message.removesuffix(f": {start.why}") if start else one.message
        yield f"  {one.verdict:<8}{one.check}  {where}{printable(message, 80)}"
    if len(findings) > len(shown):
        yield f"  and {len(findings) - len(shown):,} more"
