"""SHOW: make HTML and JSON from statistics and feeds. Pure: no Scrapy, no I/O, no globals.

`summarise` (or a `Tally`, line by line) counts a feed into a `Run`. `check_health` compares it
with earlier runs. `render_summary` renders it as text, `render_report` as an HTML page.
`read_history` and `render_history` do the same for many runs.
"""

from newsclean.reports.health import THRESHOLDS, check_health, worst
from newsclean.reports.history import Ended, read_history
from newsclean.reports.history_page import render_history
from newsclean.reports.html import render_report
from newsclean.reports.run import (
    CheckResult,
    Run,
    Totals,
    run_from_json,
    run_schema,
    run_to_json,
)
from newsclean.reports.summary import fold, render_summary
from newsclean.reports.tally import Crawl, Tally, summarise
from newsclean.reports.timeline import Timeline, TimeStep

__all__ = [
    "THRESHOLDS",
    "CheckResult",
    "Crawl",
    "Ended",
    "Run",
    "Tally",
    "TimeStep",
    "Timeline",
    "Totals",
    "check_health",
    "fold",
    "read_history",
    "render_history",
    "render_report",
    "render_summary",
    "run_from_json",
    "run_schema",
    "run_to_json",
    "summarise",
    "worst",
]
