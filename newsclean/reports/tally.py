"""Count the lines of a feed into a `Run`, in one pass and in constant memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeGuard

from newsclean.items import Article
from newsclean.reports.run import Coverage, Run, Site, Totals, Unit
from newsclean.reports.start_site import StartSite
from newsclean.reports.timeline import Timeline, TimeStep
from newsclean.urls import site_of
from newsclean.words import counts_characters

if TYPE_CHECKING:
    from collections.abc import Iterable

# Limits for names from a feed, because a hostile or broken feed could have any number of them.
MAX_SITES = 10_000  # sites
MAX_KINDS = 200  # reasons, steps, kinds of changes, or sources
MAX_NAME_LENGTH = 100  # characters
OTHER = "(other)"  # stands for the names that are left out

_NOT_FIELDS = frozenset({"url", "articleBodyRaw", "metadata"})
FIELDS = tuple(name for name in Article.__dataclass_fields__ if name not in _NOT_FIELDS)


@dataclass(frozen=True, slots=True)
class Crawl:
    """The numbers of the crawl that its feed does not have.

    ``unchanged``, ``failed`` and ``errors`` are by site, ``failures`` by reason. ``errors`` counts
    exceptions of the program, under ``(other)`` if they belong to no page. ``started`` and
    ``finished`` are UTC, ``2026-04-18T09:30:00Z``. None means unknown.
    """

    spider: str | None = None
    started: str | None = None
    finished: str | None = None
    finish_reason: str | None = None
    read: int | None = None
    found: int | None = None
    fetched: int | None = None
    other_items: int | None = None
    unchanged: Mapping[str, int] | None = None
    failed: Mapping[str, int] | None = None
    failures: Mapping[str, int] | None = None
    start_sites: Mapping[str, StartSite] | None = None
    version: str | None = None
    arguments: Mapping[str, str] | None = None
    errors: Mapping[str, int] | None = None
    timeline: list[TimeStep] | None = None
    budgets: Mapping[str, str] | None = None


class Tally:
    """Counts articles and rejections one by one. `run` returns the numbers so far."""

    def __init__(self) -> None:
        self._sites: defaultdict[str, _SiteTally] = defaultdict(_SiteTally)
        self._totals = Totals()
        self._rejected: Counter[str] = Counter()
        self._cleaning: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._timeline = Timeline()
        self._first: float | None = None
        self._last: float | None = None

    def add_article(self, record: Mapping[str, Any]) -> None:
        """Count *record*, a line of the feed. Raises no exception for any *record*."""
        metadata = _mapping(record.get("metadata"))
        site = self._site(record.get("url"))
        site.counts.exported += 1
        self._totals.exported += 1
        if metadata.get("changeType") == "updated":
            site.counts.updated += 1
            self._totals.updated += 1
        site.add_fields(record, _mapping(metadata.get("fieldSources")))
        for step, changed in _mapping(metadata.get("cleaning")).items():
            counts = self._cleaning[_name(self._cleaning, step)]
            for what, count in _mapping(changed).items():
                if _is_count(count):
                    counts[_name(counts, what)] += count
        self._add_moment(metadata.get("dateDownloaded"), "exported")

    def add_rejection(self, record: Mapping[str, Any]) -> None:
        """Count *record*, a line of the feed of rejections. Raises no exception."""
        self._site(record.get("url")).counts.rejected += 1
        self._totals.rejected += 1
        self._rejected[_name(self._rejected, record.get("reason"))] += 1
        self._add_moment(record.get("dateDownloaded"), "rejected")

    def run(self, crawl: Crawl | None = None) -> Run:
        """Return the numbers so far, with those of *crawl*."""
        crawl = crawl or Crawl()
        unchanged = self._by_site(crawl.unchanged or {})
        failed = self._by_site(crawl.failed or {})
        errors = self._by_site(crawl.errors or {})
        sites = {
            host: tally.site(unchanged[host], failed[host], errors[host])
            for host, tally in self._sites.items()
        }
        started, finished = _seconds(crawl.started), _seconds(crawl.finished)
        started = self._first if started is None else started
        finished = self._last if finished is None else finished
        timeline = crawl.timeline
        return Run(
            spider=crawl.spider,
            started=_utc(started),
            finished=_utc(finished),
            seconds=None if started is None or finished is None else finished - started,
            finish_reason=crawl.finish_reason,
            totals=Totals(
                read=crawl.read,
                found=crawl.found,
                fetched=crawl.fetched,
                exported=self._totals.exported,
                updated=self._totals.updated,
                otherItems=crawl.other_items,
                unchanged=None if crawl.unchanged is None else sum(unchanged.values()),
                rejected=self._totals.rejected,
                failed=None if crawl.failed is None else sum(failed.values()),
            ),
            sites=dict(sorted(sites.items(), key=lambda one: (-one[1].exported, one[0]))),
            rejected=dict(self._rejected.most_common()),
            failed=dict(Counter(crawl.failures or {}).most_common()),
            startSites=dict(crawl.start_sites or {}),
            version=crawl.version,
            arguments=dict(crawl.arguments or {}),
            cleaning={step: dict(what.most_common()) for step, what in self._cleaning.items()},
            budgets=dict(crawl.budgets or {}),
            timeline=self._timeline.moments(started) if timeline is None else timeline,
        )

    def _site(self, url: object) -> _SiteTally:
        return self._sites[self._site_name(site_name(url))]

    def _site_name(self, host: str) -> str:
        return host if host in self._sites or len(self._sites) < MAX_SITES else OTHER

    def _by_site(self, counts: Mapping[str, int]) -> Counter[str]:
        by_site: Counter[str] = Counter()
        for host, count in counts.items():
            name = self._site_name(host)
            self._sites[name]  # a site without an article is in the report as well
            by_site[name] += count
        return by_site

    def _add_moment(self, date: object, what: str) -> None:
        second = _seconds(date)
        if second is None:
            return
        self._timeline.add(second, what)
        self._first = second if self._first is None else min(self._first, second)
        self._last = second if self._last is None else max(self._last, second)


@dataclass(slots=True)
class _SiteTally:
    counts: Site = field(default_factory=Site)
    fields: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    present: Counter[str] = field(default_factory=Counter)
    words: Counter[int] = field(default_factory=Counter)
    in_characters: int = 0  # articles whose length is counted in characters

    def add_fields(self, record: Mapping[str, Any], sources: Mapping[str, Any]) -> None:
        for name in FIELDS:
            if record.get(name) is None:
                continue
            self.present[name] += 1
            source = sources.get(name)
            if isinstance(source, str):
                counts = self.fields[name]
                counts[_name(counts, source)] += 1
        words = record.get("wordCount")
        if _is_count(words):
            self.words[_rounded(words)] += 1
        self.in_characters += unit_of(record.get("articleBody")) == "characters"

    def site(self, unchanged: int, failed: int, errors: int) -> Site:
        return Site(
            exported=self.counts.exported,
            updated=self.counts.updated,
            unchanged=unchanged,
            rejected=self.counts.rejected,
            failed=failed,
            errors=errors,
            medianWords=_median(self.words),
            unit="characters" if 2 * self.in_characters > self.counts.exported else "words",
            fields={
                name: Coverage(self.present[name], dict(self.fields.get(name, {})))
                for name in FIELDS
                if self.present[name]
            },
        )


def summarise(
    records: Iterable[Mapping[str, Any]],
    rejections: Iterable[Mapping[str, Any]] = (),
    crawl: Crawl | None = None,
) -> Run:
    """Return the numbers of the *records* and *rejections* of a feed, with those of *crawl*.
    Without *crawl*, the times are those of the first and the last page. Each line is read once and
    not kept in memory.

    >>> summarise([{"url": "https://a.example/7"}]).totals.exported
    1
    """
    tally = Tally()
    for record in records:
        tally.add_article(record)
    for rejection in rejections:
        tally.add_rejection(rejection)
    return tally.run(crawl)


def site_name(url: object) -> str:
    """Return the registrable domain of *url*, or ``(other)`` if it has none.

    >>> site_name("https://www.news.example/7"), site_name(None)
    ('news.example', '(other)')
    """
    site = site_of(url) if isinstance(url, str) else ""
    return site[:MAX_NAME_LENGTH] or OTHER


def unit_of(body: object) -> Unit:
    """Return the unit for the length of *body*, the text of an article.

    >>> unit_of("Rain at last."), unit_of("终于下雨了。")
    ('words', 'characters')
    """
    return "characters" if isinstance(body, str) and counts_characters(body) else "words"


def _mapping(value: object) -> Mapping[str, Any]:
    # The first test is much faster, and true for each line of a feed.
    return value if type(value) is dict or isinstance(value, Mapping) else {}


def _is_count(value: object) -> TypeGuard[int]:
    """Return True if *value* can be a count. A feed may contain any number."""
    return isinstance(value, int) and 0 <= value < 10**12


def _name(known: Mapping[str, object], name: object) -> str:
    if not isinstance(name, str) or not name:
        return OTHER
    name = name[:MAX_NAME_LENGTH]
    return name if name in known or len(known) < MAX_KINDS else OTHER


def _seconds(date: object) -> float | None:
    """Return an ISO 8601 date as seconds since the epoch, or None if it is not a date."""
    try:
        moment = datetime.fromisoformat(date) if isinstance(date, str) else None
        if moment is None:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _utc(second: float | None) -> str | None:
    if second is None:
        return None
    try:
        moment = datetime.fromtimestamp(second, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _rounded(words: int) -> int:
    """Return *words* rounded to steps of 1 %, so that a site has few different lengths."""
    step = 1
    while words // step >= 1000:
        step *= 10
    return words // step * step


def _median(words: Counter[int]) -> int | None:
    middle = (words.total() + 1) // 2
    for count in sorted(words):
        middle -= words[count]
        if middle <= 0:
            return count
    return None
