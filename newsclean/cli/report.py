"""``newsclean report FEED…``: the report of any feed, afterwards."""

from __future__ import annotations

import gzip
import zlib
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from newsclean.cli.options import mistake
from newsclean.reports import render_report, render_summary, run_from_json, summarise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.cli.options import mistake
from newsclean.reports import Run

_REJECTED = ".rejected.jsonl"


@click.command(
    "report",
    short_help="Write the report of a feed: numbers, sites, its articles before and after.",
    epilog="""\b
Examples:
  newsclean report articles.jsonl
  newsclean report feeds/*.jsonl.gz -o report.html
  newsclean report articles.jsonl --run run.json --articles 500
""",
)
@click.argument("feeds", nargs=-1, metavar="FEED…")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="report.html",
    show_default=True,
    help="The HTML page to write.",
)
@click.option("--run", "run_file", metavar="FILE", help="The crawl's run.json, for its numbers.")
@click.option(
    "--articles", metavar="N", type=int, default=20_000, show_default=True,
    help="Show at most N articles one by one; the numbers count all.",
)  # fmt: skip
def command(feeds: tuple[str, ...], output: str, run_file: str | None, articles: int) -> None:
    """Write one HTML page that shows what the feeds (JSON lines, also .gz) hold.

    The rejected pages are read from FEED.rejected.jsonl in place of FEED.jsonl, if there is one.
    A feed that cannot be read ends in exit code 2 and leaves an earlier report as it is.
    """
    if not feeds:
        raise click.UsageError("name at least one feed, e.g. newsclean report articles.jsonl")
    good, rejected = _sort_out([Path(name) for name in feeds])
    lines = Lines()
    try:
        run = (
            _read_run(Path(run_file)) if run_file else summarise(lines.of(good), lines.of(rejected))
        )
        for line in render_summary(run):
            print(line)
        _write(Path(output), run, good, rejected, max(0, articles))
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise mistake(_reason(error)) from None
    left_out = f" ({lines.unreadable} unreadable lines left out)" if lines.unreadable else ""
    print(f"{output}{left_out}")


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
    first = next(articles, None)  # a feed that cannot be read raises before anything is written
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
