"""``scrapy report FEED…``: the report of any feed, afterwards."""

from __future__ import annotations

import gzip
import sys
import zlib
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from scrapy.commands import ScrapyCommand

from newsclean.reports import render_report, render_summary, run_from_json, summarise

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from newsclean.reports import Run

UNREADABLE = 2
_REJECTED = ".rejected.jsonl"


class Command(ScrapyCommand):
    """Counts the feeds, then writes the report beside nothing else."""

    requires_project = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - as Scrapy's own commands have it

    def syntax(self) -> str:
        """Return the arguments, for ``scrapy report -h``."""
        return "FEED... [-o report.html]"

    def short_desc(self) -> str:
        """Return the line of ``scrapy -h``."""
        return "Write the report of a feed: numbers, sites, and its articles before and after"

    def long_desc(self) -> str:
        """Return the text of ``scrapy report -h``."""
        return (
            "Write one HTML page that shows what the feeds (JSON lines, also .gz) hold. The "
            f"rejected pages are read from FEED{_REJECTED} in place of FEED.jsonl, where there is "
            "one. Exits with 2 where a feed cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to *parser*."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE", default="report.html")
        parser.add_argument(
            "--run", metavar="FILE", help="the crawl's run.json, for its numbers and its health"
        )
        parser.add_argument(
            "--articles",
            metavar="N",
            type=int,
            default=20_000,
            help="show at most N articles one by one, the numbers count all (default: 20000)",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the report. A feed that cannot be read leaves an earlier report as it is."""
        if not args:
            self._fail("scrapy report: name at least one feed, e.g. scrapy report articles.jsonl")
            return
        feeds, rejected = _sort_out([Path(name) for name in args])
        lines = Lines()
        try:
            run = (
                _read_run(Path(opts.run))
                if opts.run
                else summarise(lines.of(feeds), lines.of(rejected))
            )
            for line in render_summary(run):
                print(line)
            _write(Path(opts.output), run, feeds, rejected, max(0, opts.articles))
        except (OSError, EOFError, ValueError, zlib.error) as error:
            self._fail(f"scrapy report: {_reason(error)}")
            return
        left_out = f" ({lines.unreadable} unreadable lines left out)" if lines.unreadable else ""
        print(f"{opts.output}{left_out}")

    def _fail(self, message: str) -> None:
        print(message, file=sys.stderr)
        self.exitcode = UNREADABLE


class Lines:
    """Reads the JSON objects of feeds; counts the lines that hold none, such as a torn one."""

    def __init__(self) -> None:
        self.unreadable = 0

    def of(self, paths: list[Path]) -> Iterator[dict[str, Any]]:
        """Give the objects in *paths*, one after the other. Raises OSError."""
        for path in paths:
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as feed:
                for line in feed:
                    if not line.strip():
                        continue
                    try:
                        record = orjson.loads(line)
                    except orjson.JSONDecodeError:
                        record = None
                    if isinstance(record, dict):
                        yield record
                    else:
                        self.unreadable += 1


def _sort_out(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return the feeds of articles and those of rejections: the named ones (``*.jsonl`` names
    both kinds) and those that lie beside the feeds."""
    feeds = [path for path in paths if not _plain_name(path).endswith(_REJECTED)]
    rejected = dict.fromkeys(path for path in paths if path not in feeds)
    for feed in feeds:
        for suffix in ("", ".gz"):
            stem = _plain_name(feed).removesuffix(".jsonl")
            beside = feed.with_name(f"{stem}{_REJECTED}{suffix}")
            if beside.is_file():
                rejected.setdefault(beside)
    return feeds, list(rejected)


def _plain_name(path: Path) -> str:
    return path.name.removesuffix(".gz")


def _read_run(path: Path) -> Run:
    try:
        return run_from_json(orjson.loads(path.read_bytes()))
    except ValueError as error:
        raise ValueError(f"{path} is no run.json of this version") from error


def _write(output: Path, run: Run, feeds: list[Path], rejected: list[Path], most: int) -> None:
    """Write the report to *output*, whole or not at all."""
    articles, rejections = Lines().of(feeds), Lines().of(rejected)
    first = next(articles, None)  # a feed that cannot be read is told before anything is written
    articles = islice(chain([] if first is None else [first], articles), most)
    note = f"The first {most:,} articles of the feed." if run.totals.exported > most else ""
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("w", encoding="utf-8", errors="replace", newline="\n") as page:
            page.writelines(render_report(run, articles, rejections, note))
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"cannot read {error.filename}: {error.strerror}"
    return str(error)
