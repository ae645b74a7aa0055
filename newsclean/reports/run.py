"""The numbers of one run: what ``run.json`` holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import TypeAdapter

from newsclean.reports.start_site import StartSite
from newsclean.reports.timeline import TimeStep

RUN_SCHEMA_VERSION = 1  # of run.json

Grade = Literal["ok", "warning", "failed", "unknown"]
Unit = Literal["words", "characters"]  # of the length of a text


@dataclass(slots=True)
class Totals:
    """The number of pages by result. ``read`` counts the pages of an archive, ``exported`` the
    lines of the feed, ``updated`` the lines that replace an earlier one. ``otherItems`` counts
    exported items of the project's own classes. None means unknown: a feed alone does not have
    how many pages were found, fetched, unchanged or failed."""

    read: int | None = None
    found: int | None = None
    fetched: int | None = None
    exported: int = 0
    updated: int = 0
    otherItems: int | None = None
    unchanged: int | None = None
    rejected: int = 0
    failed: int | None = None


@dataclass(slots=True)
class Coverage:
    """The number of articles with a field, and the sources that it was read from."""

    count: int = 0
    sources: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Site:
    """The numbers of one site. ``medianWords`` is exact to 1 %; it is None if no article has words.
    It counts characters if ``unit`` is ``characters``, because most articles are in a script
    without spaces. ``errors`` counts exceptions of the program; most of them are also in
    ``failed``."""

    exported: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    failed: int = 0
    errors: int = 0
    medianWords: int | None = None
    unit: Unit = "words"
    fields: dict[str, Coverage] = field(default_factory=dict)


@dataclass(slots=True)
class CheckResult:
    """The result of one health check for one site, or for the run if ``site`` is None."""

    check: str
    site: str | None
    verdict: Grade
    value: float | None
    threshold: float
    message: str


@dataclass(slots=True)
class Run:
    """One run. Times are UTC, ``2026-04-18T09:30:00Z``.

    ``rejected`` and ``failed`` map each reason to a count, ``cleaning`` each step to the counts of
    its changes. ``startSites`` are the sites that the crawl was started with. ``budgets`` maps a
    site that used up a budget to the name of the budget. ``version`` is the version of newsclean,
    ``arguments`` are those of the spider (``-a``). ``why`` is one line with the reason why the run
    failed. ``timeline`` is in order and without gaps.
    """

    schemaVersion: int = RUN_SCHEMA_VERSION
    spider: str | None = None
    started: str | None = None
    finished: str | None = None
    seconds: float | None = None
    finish_reason: str | None = None
    totals: Totals = field(default_factory=Totals)
    sites: dict[str, Site] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    cleaning: dict[str, dict[str, int]] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    startSites: dict[str, StartSite] = field(default_factory=dict)
    version: str | None = None
    arguments: dict[str, str] = field(default_factory=dict)
    exitCode: int | None = None
    why: str | None = None
    budgets: dict[str, str] = field(default_factory=dict)
    timeline: list[TimeStep] = field(default_factory=list)
    health: list[CheckResult] = field(default_factory=list)


_RUN = TypeAdapter(Run)


def run_to_json(run: Run) -> dict[str, Any]:
    """Return *run* as the JSON object of ``run.json``.

    >>> run_from_json(run_to_json(Run())) == Run()
    True
    """
    record: dict[str, Any] = _RUN.dump_python(run, mode="json")
    return record


def run_from_json(record: Mapping[str, Any]) -> Run:
    """Return the run in *record*, the content of ``run.json``. Raise pydantic's ValidationError (a
    ValueError) if it is invalid.

    >>> run_from_json({"why": "the disk is full"}).why
    'the disk is full'
    """
    return _RUN.validate_python(record)


def run_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``run.json``.

    >>> "totals" in run_schema()["properties"]
    True
    """
    return _RUN.json_schema()
