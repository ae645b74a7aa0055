"""``newsclean report FEED…``: write the report of existing feeds."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from newsclean.cli.options import ledger_option, mistake
from newsclean.export.places import file_problem
from newsclean.export.read_back import read_records
from newsclean.printable import printable
from newsclean.reports import (
    Ended,
    Run,
    read_history,
    render_history,
    render_report,
    render_summary,
    run_from_json,
    summarise,
)
from newsclean.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.ledger import Ledger

_REJECTED = ".rejected.jsonl"
_COMPRESSED = (".gz", ".zst")


@click.command(
    "report",
    epilog="""\b
Examples:
  newsclean report articles.jsonl
  newsclean report feeds/*.jsonl.gz -o report.html
  newsclean report articles.jsonl --run run.json --articles 500
  newsclean report --history
  newsclean report --history runs/*.json -o history.html
""",
)
@click.argument("files", nargs=-1, metavar="FEED…")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="The HTML page to write.  [default: report.html; with --history, history.html]",
)
@click.option(
    "--run", "run_file", metavar="FILE", help="The run.json of the crawl, for its numbers."
)
@click.option(
    "--articles", metavar="N", type=int, default=20_000, show_default=True,
    help="Show at most N articles; the numbers count all articles.",
)  # fmt: skip
@click.option(
    "--history", is_flag=True,
    help="Show all runs over time, by site and by field: the runs in the ledger, or in the"
    " run.json files given instead of FEED.",
)  # fmt: skip
@click.option(
    "--runs", metavar="N", type=click.IntRange(min=1), default=200, show_default=True,
    help="Show the last N runs, with --history.",
)  # fmt: skip
@ledger_option(", for --history")
def command(
    files: tuple[str, ...],
    *,
    output: str | None,
    run_file: str | None,
    articles: int,
    history: bool,
    runs: int,
    place: str,
) -> None:
    """Write an HTML page that shows the articles of feeds: JSON lines or JSON, plain or compressed
    with gzip or zstd.

    For the feed FEED.jsonl, rejected pages are read from FEED.rejected.jsonl, if the file exists.
    If a feed cannot be read, the exit code is 2 and an earlier report does not change.
    """
    paths = [Path(name) for name in files]
    if not paths and not history:
        raise click.UsageError("expected at least one feed, e.g. newsclean report articles.jsonl")
    page = Path(output or ("history.html" if history else "report.html"))
    if problem := file_problem(page):
        raise mistake(problem)
    if history:
        _report_history(paths, place, runs, page)
    else:
        _report_feeds(paths, page, run_file, articles)


def _report_feeds(paths: list[Path], output: Path, run_file: str | None, articles: int) -> None:
    good, rejected = _split_feeds(paths)
    lines = Lines()
    try:
        run = (
            _read_run(Path(run_file)) if run_file else summarise(lines.of(good), lines.of(rejected))
        )
        if lines.unreadable and not lines.readable:
            raise ValueError(f"{', '.join(map(str, paths))}: no line is a JSON object")
        for line in render_summary(run):
            print(line)
        _write_report(output, run, good, rejected, max(0, articles))
    except (OSError, ValueError) as error:
        raise mistake(_reason(error)) from None
    left_out = f" ({lines.unreadable} unreadable lines were skipped)" if lines.unreadable else ""
    print(f"{printable(output)}{left_out}")


class Lines:
    """Reads the JSON objects of feeds. Counts the lines without one, such as incomplete lines."""

    def __init__(self) -> None:
        self.readable = self.unreadable = 0

    def of(self, paths: list[Path]) -> Iterator[dict[str, Any]]:
        """Yield the objects in *paths*, one after the other. Raise OSError or ValueError."""
        for path in paths:
            with path.open("rb") as feed:
                try:
                    for record in read_records(feed):
                        if record is None:
                            self.unreadable += 1
                        else:
                            self.readable += 1
                            yield record
                except ValueError as error:
                    raise ValueError(f"cannot read {path}: {error}") from None


def _split_feeds(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Return (feeds of articles, feeds of rejections): the files in *paths*, which may be of both
    kinds (``*.jsonl``), and the feeds of rejections next to the feeds of articles."""
    feeds = [path for path in paths if not _plain_name(path).endswith(_REJECTED)]
    rejected = dict.fromkeys(path for path in paths if path not in feeds)
    for feed in feeds:
        for suffix in ("", *_COMPRESSED):
            stem = Path(_plain_name(feed)).stem
            beside = feed.with_name(f"{stem}{_REJECTED}{suffix}")
            if beside.is_file():
                rejected.setdefault(beside)
    return feeds, list(rejected)


def _plain_name(path: Path) -> str:
    return path.stem if path.suffix in _COMPRESSED else path.name


def _read_run(path: Path) -> Run:
    try:
        record = orjson.loads(path.read_bytes())
        if "totals" not in record:  # all other entries have a default
            raise ValueError
        return run_from_json(record)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path} is not a run.json of this version") from error


def _write_report(
    output: Path, run: Run, feeds: list[Path], rejected: list[Path], most: int
) -> None:
    """Write the report to *output*."""
    articles, rejections = Lines().of(feeds), Lines().of(rejected)
    first = next(articles, None)  # raises for an unreadable feed before anything is written
    articles = islice(chain([] if first is None else [first], articles), most)
    note = f"The first {most:,} articles of the feed." if run.totals.exported > most else ""
    write_whole(output, render_report(run, articles, rejections, note))


def _report_history(paths: list[Path], place: str, most: int, output: Path) -> None:
    from newsclean.ledger import Ledger, LedgerError  # noqa: PLC0415 - SQLAlchemy, 0.2 s

    try:
        if paths:
            _write_history(output, _RunFiles(paths, most))
            return
        if "://" not in place and not Path(place).is_file():
            raise mistake(
                f"{place}: no such ledger, expected its place in --ledger or NEWSCLEAN_LEDGER,"
                " or run.json files"
            )
        with Ledger.open(place, reading=True) as ledger:
            _write_history(output, _LedgerRuns(ledger, most))
    except (LedgerError, OSError, ValueError) as error:
        raise mistake(_reason(error)) from None


def _write_history(output: Path, runs: Iterable[Ended]) -> None:
    history = read_history(runs)
    if not history.runs:
        raise mistake("the ledger has no runs yet")
    write_whole(output, render_history(history))
    count, sites = len(history.runs), len(history.sites) + history.other_sites
    print(
        f"{printable(output)}: {count:,} run{'' if count == 1 else 's'},"
        f" {sites:,} site{'' if sites == 1 else 's'}"
    )


class _LedgerRuns:
    """The latest *most* runs of a ledger, read again for each iteration."""

    def __init__(self, ledger: Ledger, most: int) -> None:
        self._ledger = ledger
        self._most = most

    def __iter__(self) -> Iterator[Ended]:
        for run in self._ledger.runs.latest(self._most):
            yield Ended(run.started, _numbers(run.numbers))


class _RunFiles:
    """The latest *most* runs of run.json files, oldest first. Raises OSError or ValueError with
    one line for an invalid file."""

    def __init__(self, paths: list[Path], most: int) -> None:
        dated = sorted((_read_run(path).started or "", at) for at, path in enumerate(paths))
        self._paths = [paths[at] for _, at in dated[-most:]]

    def __iter__(self) -> Iterator[Ended]:
        for path in self._paths:
            run = _read_run(path)
            yield Ended(run.started or path.name, run)


def _numbers(record: dict[str, Any]) -> Run | None:
    try:
        return run_from_json(record) if record else None
    except ValueError:
        return None  # a run of another version of newsclean


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"cannot read {error.filename}: {error.strerror}"
    if isinstance(error, OSError):  # of a file that is already open
        return f"the page cannot be written: {error.strerror}"
    return str(error)
