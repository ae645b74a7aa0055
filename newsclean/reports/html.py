"""The report of a run: an HTML page with its numbers and its articles, raw and cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsclean.reports.chart import HEIGHT, WIDTH, draw_timeline
from newsclean.reports.health import summarise_health
from newsclean.reports.page import render_page
from newsclean.reports.payload import batches, inert_json, rejection_rows
from newsclean.reports.tally import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newsclean.reports.run import Run, Site

# Each script uses the scripts before it.
_SCRIPTS = (
    *("dom", "unpack", "tables", "payload", "entities", "difference"),
    *("body", "list", "article", "browser", "report"),
)
MAX_SITES_SHOWN = 1_000  # sites, which the page folds; a row of the table of fields is 2 kB
_MAX_KINDS_SHOWN = 12  # kinds of changes of a cleaning step
_FEW_FINDINGS_SHOWN = 20  # findings of the health checks that are not folded
_MAX_FINDINGS_SHOWN = 500  # findings of the health checks

# What each cleaning step removes or changes, for readers of the report.
STEP_NOTES = {
    "unescape": "escape layers removed",
    "drop_style_blocks": "style sheets, scripts and hidden text",
    "drop_markers": "comment markers of the publishing system",
    "fill_media": "placeholders of images and videos",
    "drop_template_leaks": "unrendered template tags",
    "drop_furniture": "buttons, font sizes, share bars",
    "drop_reference_marks": "marks of footnotes, edit links",
}


def render_report(
    run: Run,
    articles: Iterable[Mapping[str, Any]],
    rejections: Iterable[Mapping[str, Any]] = (),
    note: str = "",
) -> Iterator[str]:
    """Yield the HTML report of *run* in pieces: its numbers, then *articles* (lines of the feed)
    and *rejections* with *note* above them.

    Reads each line once and keeps one batch in memory. The page holds all lines that are given.
    Text from crawled pages is escaped, so it is never markup.

    >>> from newsclean.reports.run import Run
    >>> page = "".join(render_report(Run(), [{"url": "https://a.example/7"}]))
    >>> page.startswith("<!doctype html>")
    True
    """
    return render_page(
        "report.html",
        _SCRIPTS,
        run=run,
        note=note,
        findings=[one for one in run.health if one.verdict in {"failed", "warning"}],
        few_findings=_FEW_FINDINGS_SHOWN,
        most_findings=_MAX_FINDINGS_SHOWN,
        verdict=summarise_health(run.health),
        chart=draw_timeline(run.timeline),
        chart_width=WIDTH,
        chart_height=HEIGHT,
        sites=dict(list(run.sites.items())[:MAX_SITES_SHOWN]),
        most_pages=max((_pages(site) for site in run.sites.values()), default=0) or 1,
        fields=_fields(run),
        cleaning=_cleaning(run),
        most_kinds=_MAX_KINDS_SHOWN,
        step_notes=STEP_NOTES,
        field_names=inert_json(FIELDS),
        batches=batches(articles),
        rejections=rejection_rows(rejections),
    )


def _pages(site: Site) -> int:
    return site.exported + site.unchanged + site.rejected + site.failed


def _fields(run: Run) -> list[str]:
    return [name for name in FIELDS if any(name in site.fields for site in run.sites.values())]


def _cleaning(run: Run) -> Sequence[tuple[str, int, dict[str, int]]]:
    return [(step, sum(changed.values()), changed) for step, changed in run.cleaning.items()]
