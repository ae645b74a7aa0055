"""The options of all crawls, and the settings that they set."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsclean.ledger.policy import DEFAULT_LEDGER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Function = TypeVar("Function", bound=Callable[..., Any])

FORMATS = ("text", "markdown", "jsonl")  # of articles on standard output
CONFIG_FILE = "newsclean.toml"
DEFAULT_FEED = "articles.jsonl"

_SHARED = (
    click.option(
        "-o", "--output", metavar="FILE", multiple=True,
        help="Append to FILE: .jsonl, .jsonl.gz, .jsonl.zst, .csv, .json, .xml, .parquet,"
        " FOLDER:markdown or s3://…",
    ),
    click.option(
        "-O", "--overwrite-output", metavar="FILE", multiple=True,
        help="Write to FILE. It replaces an existing file when the crawl is complete.",
    ),
    click.option(
        "--rules", metavar="FOLDER", type=click.Path(exists=True, file_okay=False),
        help="Folder of your site rules (TOML files).",
    ),
    click.option(
        "--report", metavar="FILE", type=click.Path(dir_okay=False),
        help="Write a report of the run to FILE (HTML).",
    ),
    click.option(
        "--run-file", metavar="FILE", type=click.Path(dir_okay=False),
        help="Write the numbers of the run to FILE (JSON).",
    ),
)  # fmt: skip
_LOG = (
    click.option(
        "-s", "--set", "assignments", metavar="NAME=VALUE", multiple=True,
        help="Set a setting of newsclean or Scrapy.",
    ),
    click.option(
        "-v", "--verbose", count=True, help="Show the log on standard error; -vv: with debug logs."
    ),
    click.option(
        "--log-file", metavar="FILE", type=click.Path(dir_okay=False),
        help="Append the log to FILE.",
    ),
)  # fmt: skip
_FETCHING = (
    click.option(
        "--workers", metavar="N|auto",
        help="Number of processes that read pages; auto: one per core, if the crawl is long.",
    ),
    click.option(
        "--delay", metavar="SECONDS", type=click.FloatRange(min=0), default=1.0, show_default=True,
        help="Delay between two requests to one site.",
    ),
    click.option(
        "--warc", metavar="FOLDER", type=click.Path(file_okay=False),
        help="Save every response in WARC files in FOLDER.",
    ),
    click.option(
        "--render", is_flag=True,
        help="Render pages that need JavaScript with Chromium (newsclean[render]).",
    ),
)  # fmt: skip
_PRINTED = click.option(
    "-f", "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help="Format of the articles on standard output, without -o or -O.",
)  # fmt: skip


def crawl_options(*, fetching: bool, printed: bool) -> Callable[[Function], Function]:
    """Return a decorator that adds the options of a crawl to a command.

    *fetching* adds the options of a crawl that fetches pages, *printed* those of a crawl that may
    print its articles.
    """
    options: list[Any] = [_PRINTED] if printed else []
    options += [*_SHARED, *(_FETCHING if fetching else ()), *_LOG]
    return lambda function: _with_options(function, options)


def log_options(function: Function) -> Function:
    """Add the options for settings and the log to a command."""
    return _with_options(function, _LOG)


def ledger_option(purpose: str = "") -> Callable[[Function], Function]:
    """Return a decorator that adds ``--ledger``, the place of a ledger to read, as ``place``.

    *purpose* continues its help, for example ``, for --history``.
    """
    return click.option(
        "--ledger", "place", metavar="PLACE", envvar="NEWSCLEAN_LEDGER", default=DEFAULT_LEDGER,
        show_default=True, show_envvar=True, help=f"A file, or postgresql+psycopg://…{purpose}.",
    )  # fmt: skip


def _with_options(function: Function, options: Sequence[Any]) -> Function:
    for option in reversed(options):
        option(function)  # click stores the option on the function
    return function


@dataclass(frozen=True, slots=True)
class Crawl:
    """A crawl that a command starts: the spider, its arguments, and the values of the options by
    name."""

    spider: str
    arguments: Mapping[str, Any]
    options: Mapping[str, Any]

    def run_printing(self, form: str, **settings: Any) -> int:
        """Run the crawl and return the exit code. Raise UsageError.

        If the articles go to no file, print them in *form* and add *settings* to the crawl.
        """
        files = {*self.options["output"], *self.options["overwrite_output"]} - {"-"}
        if files:
            return self.run()
        options = {**self.options, "output": (), "overwrite_output": ()}
        return Crawl(self.spider, self.arguments, options).run(NEWSCLEAN_PRINT=form, **settings)

    def run(self, **settings: Any) -> int:
        """Run the crawl with the settings of the options and *settings*. Return the exit code.
        Raise UsageError for a mistake."""
        from newsclean.cli.running import crawl_settings, run_spider  # noqa: PLC0415 - Scrapy

        options = self.options
        try:
            chosen = crawl_settings(
                {**crawl_values(options), **settings},
                append=options["output"],
                overwrite=options["overwrite_output"],
                assignments=options["assignments"],
            )
            return run_spider(chosen, self.spider, self.arguments)
        except ValueError as error:
            raise mistake(error) from None


def crawl_values(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that *options* set."""
    log_file, verbose = options["log_file"], options["verbose"]
    chosen: dict[str, Any] = {
        "LOG_ENABLED": bool(log_file or verbose),
        "LOG_FILE": log_file,
        "LOG_LEVEL": "DEBUG" if verbose > 1 else "INFO",
        "NEWSCLEAN_SITES": options["rules"],
        "NEWSCLEAN_REPORT": options["report"],
        "NEWSCLEAN_RUN_FILE": options["run_file"],
    }
    if options.get("workers") is not None:
        chosen["NEWSCLEAN_WORKERS"] = options["workers"]
    if "delay" in options:
        chosen["DOWNLOAD_DELAY"] = options["delay"]
        chosen["NEWSCLEAN_WARC"] = options["warc"]
        chosen["NEWSCLEAN_RENDER"] = "auto" if options["render"] else False
    return chosen


def named_urls(urls: Sequence[str], listed: str | None) -> tuple[str, ...]:
    """Return *urls* and the URLs in the file *listed*. ``-`` in *urls* stands for the URLs on
    standard input. Raise UsageError if there are none."""
    found = [url for url in urls if url != "-"]
    if listed is not None:
        found += _read_list(listed)
    if "-" in urls:
        found += _read_list("-")
    if not found:
        raise mistake("expected URL…, -i FILE or - (standard input)")
    return tuple(found)


def _read_list(name: str) -> list[str]:
    """Return the URLs in the file *name*, or on standard input for ``-``. Raise UsageError."""
    from newsclean.spiders.arguments import read_urls, urls_of  # noqa: PLC0415 - pydantic

    try:
        if name == "-":
            return urls_of(sys.stdin.buffer.read(), "standard input")
        return read_urls(Path(name))
    except ValueError as error:
        raise mistake(error) from None


def mistake(message: object) -> click.UsageError:
    """Return the error that ends the command with the line *message* and exit code 2."""
    return click.UsageError(str(message), click.get_current_context())
