"""The report: one HTML page that needs nothing but itself.

The numbers are written by Jinja2 (autoescaped), the articles travel as inert data (see
`packs`), and one script shows them. The page's policy allows that script and that style by
their hashes, images only where the reader asks for them, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from newsclean.reports.chart import HEIGHT, WIDTH, draw_timeline
from newsclean.reports.health import worst
from newsclean.reports.packs import batches, inert_json, rejection_rows
from newsclean.reports.summary import duration
from newsclean.reports.tally import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newsclean.reports.run import Grade, Run, Site, Verdict

_TEMPLATES = "templates"
# In the order in which each builds on those before it.
_SCRIPTS = (
    *("dom", "tables", "packs", "entities", "difference"),
    *("body", "list", "article", "browser", "report"),
)
MAX_SITES_SHOWN = 1_000  # the page folds them; a row of the fields' table is 2 kB
_MAX_KINDS_SHOWN = 12
_FEW_FINDINGS_SHOWN = 20  # before the reader asks for more
_MAX_FINDINGS_SHOWN = 500

# What a step of cleaning does, for whoever has not read the code.
STEP_NOTES = {
    "unescape": "layers of escapes peeled off",
    "drop_style_blocks": "style sheets, scripts and hidden text",
    "drop_markers": "comment markers of the publishing system",
    "fill_media": "slots for images and videos",
    "drop_template_leaks": "unrendered template tags",
    "drop_furniture": "buttons, font sizes, share bars",
}


def render_report(
    run: Run,
    articles: Iterable[Mapping[str, Any]],
    rejections: Iterable[Mapping[str, Any]] = (),
    note: str = "",
) -> Iterator[str]:
    """Give the report of *run* piece by piece: its numbers, then a browser of *articles* (lines
    of the feed) and *rejections*. Reads each of them once and keeps one batch in memory; the
    page holds as many as it is given, *note* stands above them. Whatever a page wrote is text
    in it, never markup."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - 0.1 s

    environment = Environment(
        loader=PackageLoader("newsclean.reports", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = _number
    environment.filters["percent"] = _percent
    environment.filters["day"] = _day
    environment.filters["minute"] = _minute
    environment.filters["duration"] = duration
    style, script = _style(), _script()
    return environment.get_template(
        "report.html"
    ).generate(
        run=run,
        note=note,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own files
        policy=_policy(style, script),
        findings=[one for one in run.health if one.verdict in {"failed", "warning"}],
        few_findings=_FEW_FINDINGS_SHOWN,
        most_findings=_MAX_FINDINGS_SHOWN,
        verdict=_verdict(run.health),
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


def _policy(style: str, script: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src http: https: data:",
            "base-uri 'none'",
            "form-action 'none'",
            # A string becomes markup in one place, which takes one character reference at a time.
            "require-trusted-types-for 'script'",
            "trusted-types newsclean",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _style() -> str:
    return _file("report.css")


def _script() -> str:
    parts = "".join(_file(f"scripts/{name}.js") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _file(name: str) -> str:
    text = (files("newsclean.reports") / _TEMPLATES / name).read_text("utf-8")
    return text.replace("\r\n", "\n")  # as a browser reads it before it takes the hash


@dataclass(frozen=True, slots=True)
class _Judgement:
    """The health of a run in words, and how bad it is."""

    grade: Grade
    words: str


def _verdict(health: Sequence[Verdict]) -> _Judgement:
    """Return what all verdicts say together. Only checks that could compare find nothing wrong."""
    counts = Counter(one.verdict for one in health)
    unknown = counts["unknown"]
    if counts["failed"] or counts["warning"]:
        parts = [f"{counts['failed']:,} failed"] if counts["failed"] else []
        if counts["warning"]:
            parts.append(f"{counts['warning']:,} warning{'' if counts['warning'] == 1 else 's'}")
        return _Judgement(worst(health), ", ".join(parts))
    if unknown:
        checks = f"{unknown} of {len(health)} checks need an earlier run to compare with"
        return _Judgement("unknown", f"Nothing found, but {checks}")
    return _Judgement("ok", "Nothing to worry about")


def _pages(site: Site) -> int:
    return site.exported + site.unchanged + site.rejected + site.failed


def _fields(run: Run) -> list[str]:
    return [name for name in FIELDS if any(name in site.fields for site in run.sites.values())]


def _cleaning(run: Run) -> Sequence[tuple[str, int, dict[str, int]]]:
    return [(step, sum(changed.values()), changed) for step, changed in run.cleaning.items()]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"


def _percent(part: float, whole: float) -> int:
    """Return *part* in per cent; 100 and 0 only where it is all or nothing."""
    if not whole or not part:
        return 0
    return 100 if part >= whole else min(99, max(1, round(100 * part / whole)))


def _day(date: str) -> str:
    moment = _moment(date)
    return f"{moment.day} {moment:%B %Y}" if moment else date


def _minute(date: str) -> str:
    moment = _moment(date)
    return f"{moment:%H:%M}" if moment else date


def _moment(date: str) -> datetime | None:
    try:
        return datetime.fromisoformat(date)
    except ValueError:
        return None
