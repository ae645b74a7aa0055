"""Run one crawl in this process, and return its exit code."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.utils.conf import arglist_to_dict, feed_process_params_from_cli
from scrapy.utils.project import get_project_settings

from newsclean.cli.checks import check_crawl
from newsclean.cli.main import one_line
from newsclean.exit_codes import (
    FAILED,
    INTERRUPTED,
    MEANINGS,
    NOTHING_FOUND,
    TOO_MUCH_FAILED,
    exit_code,
)
from newsclean.export.formats import FORMATS
from newsclean.own_settings import PREFIX, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrapy.crawler import Crawler, CrawlerProcessBase


# Exit codes without a line of their own if each page without an article already has one.
_TOLD_PAGE_BY_PAGE = frozenset({0, NOTHING_FOUND, TOO_MUCH_FAILED})

# Extensions of Scrapy that newsclean turns off → the setting that turns them on. To import them is
# an eighth of the start of a crawl.
_OPTIONAL = {
    "scrapy.extensions.remote_control.RemoteControl": "REMOTE_CONTROL_ENABLED",
    "scrapy.extensions.telnet.TelnetConsole": "TELNETCONSOLE_ENABLED",
}
_DUPLICATES = "newsclean.pipelines.drop_duplicates.DropDuplicatesPipeline"


def crawl_settings(
    given: Mapping[str, Any],
    *,
    append: Sequence[str] = (),
    overwrite: Sequence[str] = (),
    assignments: Sequence[str] = (),
) -> Settings:
    """Return newsclean's settings with *given*, the feeds *append* and *overwrite* (as Scrapy's
    ``-o`` and ``-O``) and *assignments* (``NAME=VALUE``). The assignments have the highest
    priority. Raise ValueError."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newsclean.settings"
    settings = get_project_settings()
    try:
        named = arglist_to_dict(list(assignments))
    except ValueError:
        raise ValueError("-s: expected NAME=VALUE, e.g. -s DOWNLOAD_DELAY=2") from None
    for name in {**given, **named}:
        if name in settings or name.startswith(PREFIX):
            continue
        if hint := nearest(name, map(str, settings)):
            raise ValueError(f"unknown setting {name}{hint}")
    if "FEEDS" in {**given, **named} and (append or overwrite):
        raise ValueError(
            "FEEDS has no effect beside the feeds of this command, expected -o, -O or, in"
            " newsclean.toml, feeds"
        )
    for name, value in {**given, **named}.items():
        try:
            settings.set(name, value, priority="cmdline")
        except ValueError:  # the default is a dict, and the value is not
            text = f"{name} = {str(value)[:80]!r}: expected a JSON object"
            raise ValueError(text) from None
    feeds: dict[str, Any] = {}
    for name in append:
        feeds |= _feed(settings, name, [name], None)
    for name in overwrite:
        feeds |= _feed(settings, name, [], [name])
    if feeds:
        settings.set("FEEDS", feeds, priority="cmdline")
    off = {path for path, name in _OPTIONAL.items() if not settings.getbool(name)}
    # Scrapy would import an extension that the setting EXTENSIONS turns off.
    base = settings.getdict("EXTENSIONS_BASE").items()
    settings.set("EXTENSIONS_BASE", {path: at for path, at in base if path not in off}, "cmdline")
    return settings


def keep_duplicates(settings: Settings) -> None:
    """Have a crawl with *settings* export an article under each URL that it is met under."""
    pipelines = {**settings.getdict("ITEM_PIPELINES"), _DUPLICATES: None}
    settings.set("ITEM_PIPELINES", pipelines, priority="cmdline")


def _feed(
    settings: Settings, name: str, append: list[str], overwrite: list[str] | None
) -> dict[str, Any]:
    """Return the feed *name* as an entry of Scrapy's setting FEEDS. Raise ValueError if its format
    is not known."""
    if name == "-":
        return {"stdout:": {"format": "jsonlines"}}
    try:
        return feed_process_params_from_cli(settings, append, overwrite_output=overwrite)
    except UsageError:
        known = ", ".join(FORMATS)
        raise ValueError(
            f"{name}: unknown format, expected FILE.FORMAT or FILE:FORMAT with one of {known}"
        ) from None


def run_spider(settings: Settings, name: str, arguments: Mapping[str, Any]) -> int:
    """Crawl with the spider *name* and return the exit code. For a mistake, raise ValueError before
    anything is fetched."""
    check_crawl(settings, name, arguments)
    last_error = _LastError()
    logging.root.addHandler(last_error)
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(name)
    code = run_crawler(process, crawler, arguments)
    if process.bootstrap_failed:
        print(f"newsclean: the crawl could not start: {last_error.text}", file=sys.stderr)
    elif code not in _TOLD_PAGE_BY_PAGE and not settings.getbool("NEWSCLEAN_SUMMARY"):
        why = crawler.stats.get_value("newsclean/why") if crawler.stats is not None else None
        if why is None and code == FAILED:
            why = f"{MEANINGS[code]}: {last_error.text}"
        print(f"newsclean: {one_line(why or MEANINGS[code])}", file=sys.stderr)
    return code


def run_crawler(process: CrawlerProcessBase, crawler: Crawler, arguments: Mapping[str, Any]) -> int:
    """Run *crawler* in *process* until it ends, and return the exit code."""
    closed = False

    def spider_closed() -> None:
        nonlocal closed
        closed = True

    crawler.signals.connect(spider_closed, signals.spider_closed)
    process.crawl(crawler, **arguments)
    process.start()
    if process.bootstrap_failed:
        return FAILED
    if not closed:  # a second signal ended the process without closing the spider
        return INTERRUPTED
    if crawler.stats is None:
        return 0
    return exit_code(
        crawler.stats.get_stats(), max_failed=crawler.settings.getfloat("NEWSCLEAN_MAX_FAILED")
    )


class _LastError(logging.Handler):
    """Keeps the last error of the log, because the log is not shown by default."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.text = "no error was logged"

    def emit(self, record: logging.LogRecord) -> None:
        """Keep *record* as one line, with its exception if there is one."""
        error = record.exc_info[1] if record.exc_info else None
        text = f"{type(error).__name__}: {error}" if error is not None else record.getMessage()
        self.text = one_line(text)[:300]
