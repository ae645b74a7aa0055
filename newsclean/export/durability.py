"""Decide when an article counts as exported, for each kind of storage and format.

`plan_feed` decides this before the crawl starts:

============  =========================================  =====================================
durability    feeds                                      an article is exported when
============  =========================================  =====================================
APPENDABLE    a local file of JSON lines (plain, gz,     its line is flushed to the published
              zst), CSV, JSON or XML that grows in       file
              place; a folder of Markdown
AT_CLOSE      a part that is published when it is        its part is stored: renamed, or
              complete: rotated feeds, ``-O`` over an    uploaded without an error
              old file, Parquet, S3 and other stores
UNCOUNTED     any feed of a crawl without a ledger       never: no ledger records it
============  =========================================  =====================================

A combination for which this is impossible raises `FeedError`, with one line for the user.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from scrapy.utils.conf import feed_complete_default_values_from_settings

from newsclean.export.formats import FORMATS, JSON_LINES
from newsclean.export.places import (
    as_path,
    is_local,
    is_special,
    is_stdout,
    is_utf8,
    path_problem,
    working_path,
)
from newsclean.export.rotation import read_rotation
from newsclean.extras import extra_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.settings import BaseSettings

    from newsclean.export.rotation import Rotation

_INNER_SUFFIX = re.compile(r"\.(csv|json|xml|parquet|md)\.(gz|zst)$", re.IGNORECASE)
# Placeholders that make the name of an uploaded part unique.
UNIQUE = frozenset({"time", "batch_time"})


class FeedError(ValueError):
    """A feed cannot be written, or a ledger cannot record its articles. The message is one line
    for the user."""


class Durability(Enum):
    """When an article of a feed counts as exported (see the module)."""

    APPENDABLE = "its line is flushed"
    AT_CLOSE = "its part is stored"
    UNCOUNTED = "never"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a feed is written.

    If ``in_place`` is true, items go to the published file. Otherwise they go to a part, in the
    format ``written_as``, until it is complete.
    """

    durability: Durability
    in_place: bool
    written_as: str


def check_feeds(settings: BaseSettings, *, ledger: bool) -> None:
    """Raise FeedError or ValueError for the first feed in *settings* that cannot be written or,
    with a *ledger*, cannot be recorded."""
    rotation = read_rotation(settings.get("NEWSCLEAN_FEED_ROTATE"))
    for uri, given in settings.getdict("FEEDS").items():
        _check_storage(str(uri), settings)
        options = feed_complete_default_values_from_settings(dict(given), settings, str(uri))
        plan_feed(str(uri), options, ledger=ledger, rotation=rotation)


def _check_storage(uri: str, settings: BaseSettings) -> None:
    """Raise FeedError if no storage of Scrapy can store *uri*. Scrapy would log this and crawl
    without any feed."""
    if is_local(uri) or is_stdout(uri):
        return
    scheme = uri.partition("://")[0].lower()
    storages = settings.getwithbase("FEED_STORAGES")
    if storages.get(scheme) is None:
        known = ", ".join(sorted(name for name, path in storages.items() if name and path))
        raise FeedError(f"{uri}: unknown storage {scheme}://, expected a file or one of: {known}")
    if scheme == "s3" and (problem := extra_problem("s3")):
        raise FeedError(f"{uri}: {problem}")


def plan_feed(
    uri: str,
    options: Mapping[str, Any],
    *,
    ledger: bool,
    rotation: Rotation | None,
    rejections: bool = False,
) -> Plan:
    """Return how the feed *uri* with Scrapy's *options* is written. Raise FeedError.

    *ledger* is true if the crawl has a ledger. *rotation* is ``NEWSCLEAN_FEED_ROTATE``.
    *rejections* is true for the second feed, which the ledger does not record.
    """
    name = str(options.get("format"))
    _check_names(uri, options, rotation, rejections=rejections)
    if not is_local(uri):
        return _plan_remote(uri, options, name, ledger=ledger, rotation=rotation)
    path = as_path(uri)
    if "%(" not in uri:
        problem = path_problem(path, folder=name in FORMATS and FORMATS[name].folder)
        if problem:
            raise FeedError(problem)
    return _plan_local(uri, options, name, ledger=ledger, rotation=rotation, second=rejections)


def _check_names(
    uri: str, options: Mapping[str, Any], rotation: Rotation | None, *, rejections: bool
) -> None:
    name = str(options.get("format"))
    if name == "parquet" and (problem := extra_problem("parquet")):
        raise FeedError(f"{uri}: {problem}")
    if options.get("batch_item_count"):
        raise FeedError(f"{uri}: batch_item_count is not supported, use NEWSCLEAN_FEED_ROTATE")
    if rotation is None and not rejections and ("%(date)s" in uri or "%(site)s" in uri):
        raise FeedError(f"{uri}: %(date)s and %(site)s need NEWSCLEAN_FEED_ROTATE")
    inner = _INNER_SUFFIX.search(uri)
    if name in {"gz", "zst"} and inner:
        raise FeedError(f"{uri}: only JSON lines can be compressed, expected .jsonl.{name}")
    compressed = uri.endswith((".gz", ".zst"))
    if compressed and name in FORMATS and name not in {"gz", "zst"} and not _plugins(options):
        suffix = uri.rpartition(".")[2]
        raise FeedError(f"{uri}: the format {name} cannot be compressed, expected {suffix}")
    if rotation is not None and name in FORMATS and FORMATS[name].folder:
        raise FeedError(f"{uri}: a folder of Markdown cannot be rotated")


def _plan_remote(
    uri: str, options: Mapping[str, Any], name: str, *, ledger: bool, rotation: Rotation | None
) -> Plan:
    if name in FORMATS and FORMATS[name].folder:
        raise FeedError(f"{uri}: a folder of Markdown must be local")
    if not ledger:
        if rotation is not None:
            raise FeedError(
                f"{uri}: NEWSCLEAN_FEED_ROTATE needs a ledger for feeds that are not local"
            )
        return Plan(Durability.UNCOUNTED, True, name)
    if is_stdout(uri):
        raise FeedError("a ledger cannot record standard output, expected a file")
    unique = any(f"%({one})s" in uri for one in UNIQUE)
    if rotation is not None and not unique:
        raise FeedError(f"{uri}: each part needs a different name, expected %(time)s in the name")
    if not unique and not options.get("overwrite"):
        raise FeedError(
            f"{uri}: cannot be appended to, each run would replace it:"
            " put %(time)s into its name, or use -O"
        )
    return Plan(Durability.AT_CLOSE, False, "jsonlines")


def _plan_local(
    uri: str,
    options: Mapping[str, Any],
    name: str,
    *,
    ledger: bool,
    rotation: Rotation | None,
    second: bool,
) -> Plan:
    path = as_path(uri)
    known = FORMATS.get(name)
    grows = known is not None and known.appendable and not _plugins(options)
    folder = known is not None and known.folder
    if is_special(path):
        if ledger and not second:
            raise FeedError(f"{uri}: a ledger cannot record it, expected a file")
        # Another format needs a file of which the end can be read or replaced.
        if not path.is_char_device() or name not in JSON_LINES:
            raise FeedError(f"{uri}: a device or pipe, expected a file, or - for standard output")
    if ledger and not second and not is_utf8(path):
        raise FeedError(f"{uri}: a ledger cannot record it, expected a name in UTF-8")
    exists = path.is_file() and path.stat().st_size > 0
    replaces = bool(options.get("overwrite")) and exists and not folder
    if rotation is None and not replaces:
        if grows:
            durability = Durability.APPENDABLE if ledger else Durability.UNCOUNTED
            return Plan(durability, True, name)
        if exists and name == "parquet" and not working_path(path).exists():
            raise FeedError(
                f"{uri}: Parquet files cannot be appended to:"
                " use -O, or NEWSCLEAN_FEED_ROTATE=run for one file per run"
            )
        if ledger and not options.get("overwrite") and name != "parquet":
            raise FeedError(_why_not(uri, options, name))
        if not ledger and name != "parquet":
            return Plan(Durability.UNCOUNTED, True, name)
    durability = Durability.AT_CLOSE if ledger else Durability.UNCOUNTED
    # Without a ledger, no run continues the part of a killed crawl, so any format is possible.
    return Plan(durability, False, name if grows or not ledger else "jsonlines")


def _why_not(uri: str, options: Mapping[str, Any], name: str) -> str:
    if _plugins(options) and name in JSON_LINES:
        return (
            f"{uri}: a file that postprocessing compresses cannot be repaired after a kill,"
            " use the format gz or zst without it"
        )
    return f"{uri}: the format {name} cannot be repaired after a kill, use -O or another format"


def _plugins(options: Mapping[str, Any]) -> bool:
    return bool(options.get("postprocessing"))
