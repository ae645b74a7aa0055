"""SHOW: write the summary, ``run.json`` and ``report.html`` at the end of a crawl."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

import orjson
from scrapy import signals

from newsclean import __version__
from newsclean.discovery.budget import SiteBudgets
from newsclean.exit_codes import MEANINGS, exit_code
from newsclean.extensions.counts import Counts
from newsclean.extensions.error_net import ErrorNet
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.extensions.start_sites import FrontPages, start_sites
from newsclean.items import Article
from newsclean.middlewares.site_budget import SiteBudgetMiddleware
from newsclean.printable import printable
from newsclean.rejections import Rejection, is_failure
from newsclean.reports import (
    CheckResult,
    Crawl,
    Tally,
    check_health,
    fold,
    render_report,
    render_summary,
    run_to_json,
    worst,
)
from newsclean.reports.tally import FIELDS
from newsclean.serialization import as_record
from newsclean.signals import line_written, part_kept
from newsclean.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.extensions.feedexport import FeedSlot

    from newsclean.reports import Run
    from newsclean.reports.start_site import StartSite
    from newsclean.spiders.arguments import Arguments

logger = logging.getLogger(__name__)

_MAX_ARTICLES = 20_000  # articles, and rejections, in a report
_MAX_PLACE = 200  # characters of a path or URI in the summary


class RunReport:
    """Collects the numbers of a crawl while it runs. At its end, prints the summary to standard
    error and writes the files that ``NEWSCLEAN_RUN_FILE`` and ``NEWSCLEAN_REPORT`` name."""

    def __init__(
        self,
        crawler: Crawler,
        *,
        summary: bool,
        run_file: str | None,
        report: str | None,
        thresholds: dict[str, float],
        keep_raw: bool = False,
    ) -> None:
        self.crawler = crawler
        self.summary = summary
        self.run_file = run_file
        self.report = report
        self.unwritten: dict[str, str] = {}  # path of a file → why it could not be written
        self.thresholds = thresholds
        self.tally = Tally()
        self.counts = Counts.of(crawler)
        self.fronts = FrontPages(crawler)
        self.feeds: list[tuple[str, int, str]] = []  # file or URI, lines, what is said of them
        self._health: list[CheckResult] | None = None
        self._shown = Shown(keep_raw) if report else None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected."""
        settings = crawler.settings
        report = cls(
            crawler,
            summary=settings.getbool("NEWSCLEAN_SUMMARY"),
            run_file=settings.get("NEWSCLEAN_RUN_FILE"),
            report=settings.get("NEWSCLEAN_REPORT"),
            thresholds=settings.getdict("NEWSCLEAN_HEALTH"),
            keep_raw=settings.getbool("NEWSCLEAN_KEEP_RAW"),
        )
        connect = crawler.signals.connect
        connect(report.line_written, line_written)
        connect(report.feed_slot_closed, signals.feed_slot_closed)
        connect(report.part_kept, part_kept)
        connect(report.spider_closed, signals.spider_closed)
        connect(report.engine_stopped, signals.engine_stopped)
        return report

    def line_written(self, item: Article | Rejection, spider: Spider) -> None:
        """Add an article or a rejection to the numbers and the report."""
        if self._shown is not None:
            self._shown.add(item)
        if isinstance(item, Article):
            self.tally.add_article(_counted(item))
        elif not is_failure(item.reason):
            self.tally.add_rejection(as_record(item))

    def feed_slot_closed(self, slot: FeedSlot) -> None:
        """Store the URI of a feed and the number of its lines."""
        told = "" if slot.feed_options.get("overwrite") else " added"
        self.feeds.append((slot.uri, slot.itemcount, told))

    def part_kept(self, path: Path, lines: int) -> None:
        """Store the *path* of a file that is not complete and the number of its new lines."""
        here = Path.cwd()
        place = path.relative_to(here) if path.is_relative_to(here) else path
        self.feeds.append((str(place), lines, " added, not complete yet"))

    def spider_closed(self, spider: Spider) -> None:
        """Set the stats ``newsclean/health`` and, for each check, ``newsclean/health/<check>``."""
        assert self.crawler.stats is not None
        verdicts = self.health()
        self.crawler.stats.set_value("newsclean/health", worst(verdicts))
        for name in dict.fromkeys(one.check for one in verdicts):
            grade = worst(one for one in verdicts if one.check == name)
            self.crawler.stats.set_value(f"newsclean/health/{name}", grade)

    def health(self) -> list[CheckResult]:
        """Return the check results of the run against earlier runs, worst first. Call this only
        after the spider is closed."""
        if self._health is None:
            keeper = self.crawler.get_extension(LedgerKeeper)
            earlier = keeper.earlier_runs() if keeper is not None else []
            self._health = check_health(self.numbers(), earlier, self.thresholds)
        return self._health

    def numbers(self) -> Run:
        """Return the numbers of the run so far. The end of the run comes from Scrapy's stats."""
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        started, finished = stats.get("start_time"), stats.get("finish_time")
        spider = self.crawler.spider
        counts = self.counts
        read = stats.get("newsclean/read")  # pages of an archive, which are not found or fetched
        net = self.crawler.get_extension(ErrorNet)
        budget = self.crawler.get_downloader_middleware(SiteBudgetMiddleware)
        budgets = budget.budgets if budget is not None else SiteBudgets()
        return self.tally.run(
            Crawl(
                spider=spider.name if spider else None,
                started=started.strftime("%Y-%m-%dT%H:%M:%SZ") if started else None,
                finished=finished.strftime("%Y-%m-%dT%H:%M:%SZ") if finished else None,
                finish_reason=stats.get("finish_reason"),
                read=read,
                found=counts.totals["found"] if read is None else None,
                fetched=counts.totals["fetched"] if read is None else None,
                other_items=stats.get("newsclean/other_items"),
                budgets={site: budgets.describe(site) for site in budgets.exhausted},
                unchanged=counts.by_site["unchanged"],
                failed=counts.by_site["failed"],
                failures=counts.failures,
                start_sites=self._start_sites(complete=stats.get("finish_reason") != "shutdown"),
                version=__version__,
                arguments=_arguments(spider),
                errors=net.by_site if net is not None else None,
                timeline=counts.timeline.moments(started.timestamp() if started else None),
            )
        )

    def _start_sites(self, *, complete: bool) -> dict[str, StartSite]:
        spider = self.crawler.spider
        return start_sites(
            getattr(spider, "starts", {}),
            self.counts,
            fronts=self.fronts.found,
            known=getattr(spider, "known_sites", set()),
            knowledge=getattr(spider, "knowledge", {}),
            complete=complete,
        )

    def finish(self) -> Run:
        """Return the numbers of the run and its health, and store them in the ledger."""
        run = self.numbers()
        run.health = self.health()
        if self.crawler.stats is not None:
            self.crawler.stats.set_value("newsclean/health", worst(run.health))
            run.why = self.crawler.stats.get_value("newsclean/why")
            run.exitCode = exit_code(
                self.crawler.stats.get_stats(),
                max_failed=self.crawler.settings.getfloat("NEWSCLEAN_MAX_FAILED"),
            )
            if run.exitCode and worst(run.health) != "failed":
                # A crawl with a non-zero exit code is never healthy.
                message = MEANINGS[run.exitCode]
                failed = CheckResult("exit_code", None, "failed", run.exitCode, 0, message)
                run.health = [failed, *run.health]
                self.crawler.stats.set_value("newsclean/health", "failed")
        keeper = self.crawler.get_extension(LedgerKeeper)
        if keeper is not None:
            keeper.close(run_to_json(run))
        return run

    async def engine_stopped(self) -> None:
        """Print the summary and write the files, after the feeds are stored."""
        run = self.finish()
        if self.run_file:
            record = orjson.dumps(run_to_json(run), option=orjson.OPT_INDENT_2)
            self._write(self.run_file, [record.decode(), "\n"])
        if self.report and self._shown is not None:
            with closing(self._shown) as shown:
                articles, rejections = shown.records(Article), shown.records(Rejection)
                page = render_report(run, articles, rejections)
                await asyncio.to_thread(self._write, self.report, page)
        if self.summary:
            lines = [*render_summary(run), *self._places()]
            if sys.stderr.isatty():
                lines = fold(lines, shutil.get_terminal_size().columns)
            print("\n".join(lines), file=sys.stderr)

    def _write(self, path: str, pieces: Iterable[str]) -> None:
        """Write the file *path*. An error is logged, counted and shown in the summary."""
        try:
            write_whole(Path(path), pieces)
        except OSError as error:
            self.unwritten[path] = error.strerror or str(error)
            logger.error("%s could not be written: %s", path, error)
            if self.crawler.stats is not None:
                self.crawler.stats.inc_value("newsclean/unwritten")

    def _places(self) -> Iterator[str]:
        for uri, count, told in self.feeds:
            lines = f"{count:,} line{'' if count == 1 else 's'}"
            yield f"{printable(uri, _MAX_PLACE)}: {lines}{told}"
        for path in filter(None, (self.run_file, self.report)):
            problem = self.unwritten.get(path)
            place = printable(path, _MAX_PLACE)
            yield f"{place}: could not be written ({problem})" if problem else place


class Shown:
    """The articles and rejections for the report, in temporary files. The feed cannot be used,
    because it may be remote or in a format without complete articles."""

    def __init__(self, keep_raw: bool) -> None:
        self._keep_raw = keep_raw
        self._files: dict[type, IO[bytes]] = {
            kind: tempfile.TemporaryFile()  # noqa: SIM115  (closed with the report)
            for kind in (Article, Rejection)
        }
        self._counts = dict.fromkeys(self._files, 0)

    def add(self, item: Article | Rejection) -> None:
        """Store *item*, unless there are already too many of its kind."""
        kind = type(item)
        if self._counts[kind] < _MAX_ARTICLES:
            self._counts[kind] += 1
            record = as_record(item)
            if not self._keep_raw:
                record.pop("articleBodyRaw", None)
            self._files[kind].write(orjson.dumps(record) + b"\n")

    def records(self, kind: type) -> Iterator[dict[str, Any]]:
        """Yield the items of *kind*, in the order in which they were added."""
        file = self._files[kind]
        file.seek(0)
        for line in file:
            yield orjson.loads(line)

    def close(self) -> None:
        """Delete the files."""
        for file in self._files.values():
            file.close()


def _counted(article: Article) -> dict[str, Any]:
    """Return the fields of *article* that `Tally` counts, in the form of a feed line, without
    copying them."""
    metadata = article.metadata
    record = {name: getattr(article, name) for name in ("url", *FIELDS)}
    record = {name: value for name, value in record.items() if value not in (None, [], {})}
    record["metadata"] = {
        "changeType": metadata.changeType,
        "cleaning": metadata.cleaning,
        "dateDownloaded": metadata.dateDownloaded,
        "fieldSources": metadata.fieldSources,
    }
    return record


def _arguments(spider: Spider | None) -> dict[str, str]:
    """Return the arguments (``-a``) that the user gave to *spider*."""
    arguments: Arguments | None = getattr(spider, "arguments", None)
    if arguments is None:
        return {}
    given = arguments.model_dump(exclude_unset=True)
    return {
        name: ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
        for name, value in given.items()
    }
