"""Check a crawl before it starts: its spider, arguments, settings and feeds."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.settings import default_settings
from scrapy.spiderloader import get_spider_loader

from newsclean.addresses import parse_networks, parse_ports
from newsclean.discovery.budget import SiteBudgets
from newsclean.export.durability import check_feeds
from newsclean.export.places import file_problem, is_special, path_problem
from newsclean.extensions.ledger_keeper import ledger_place
from newsclean.middlewares.render import render_problem
from newsclean.own_settings import nearest, read_settings
from newsclean.pipelines.item_fields import ItemFields
from newsclean.reports import THRESHOLDS
from newsclean.spiders.page import PageSpider, site_rules
from newsclean.urls import MAX_LISTED_URL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.settings import BaseSettings

# Settings of Scrapy that only components read which newsclean's project disables → the setting that
# disables the component, the component, and what to use instead.
_WITHOUT_EFFECT = {
    "DEPTH_LIMIT": (
        "SPIDER_MIDDLEWARES",
        "scrapy.spidermiddlewares.depth.DepthMiddleware",
        "NEWSCLEAN_MAX_LISTING_PAGES limits the pages of a section,"
        " NEWSCLEAN_SITE_BUDGET the requests to a site",
    ),
    "URLLENGTH_LIMIT": (
        "SPIDER_MIDDLEWARES",
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware",
        f"URLs of more than {MAX_LISTED_URL} characters are always left out",
    ),
    "FEED_URI": (
        "EXTENSIONS",
        "scrapy.extensions.feedexport.FeedExporter",
        "name the file with -o, or in FEEDS",
    ),
}

_LOG_LEVELS = tuple(map(logging.getLevelName, (10, 20, 30, 40, 50)))


def check_crawl(settings: BaseSettings, name: str, arguments: Mapping[str, Any]) -> None:
    """Raise ValueError with one line for the first mistake in a crawl of the spider *name* with
    *arguments* (``-a``)."""
    _check_settings(settings)
    _check_scrapys(settings)
    _check_effect(settings)
    problem = render_problem(settings)
    if problem is not None:
        raise ValueError(problem)
    ItemFields.parse(settings.getdict("NEWSCLEAN_FIELDS"))
    loader = get_spider_loader(settings)
    if name not in loader.list():
        raise ValueError(
            f"unknown spider {name!r}, expected one of: {', '.join(sorted(loader.list()))}"
        )
    spider = loader.load(name)
    _check_values(settings)
    if issubclass(spider, PageSpider):
        checked = spider.check_arguments(arguments)
        getattr(checked, "all_urls", list)()
        site_rules(settings)
    place = ledger_place(settings, getattr(spider, "needs_ledger", False))
    _check_lease(settings, place)
    _check_ledger(place)
    try:
        check_feeds(settings, ledger=place is not None)
    except ValueError as error:
        raise ValueError(f"feed {error}") from None
    _check_files(settings)
    folder = settings.get("NEWSCLEAN_WARC")
    problem = path_problem(Path(folder), folder=True) if folder else None
    if problem is not None:
        raise ValueError(f"NEWSCLEAN_WARC {problem}")


def _check_ledger(place: str | None) -> None:
    """Raise ValueError for a ledger in a file that cannot be written."""
    if place is None or "://" in str(place):
        return
    path = Path(place)
    problem = path_problem(path)
    if problem is None and is_special(path):
        problem = f"{path}: is neither a file nor a folder, expected a file"
    # SQLite needs files beside it.
    if problem is None and path.exists() and not os.access(path.resolve().parent, os.W_OK):
        problem = f"{path}: its folder cannot be written to (permission)"
    if problem is not None:
        raise ValueError(f"ledger {problem}")


def _check_files(settings: BaseSettings) -> None:
    """Raise ValueError for a report, run file or log that cannot be written."""
    for name in ("NEWSCLEAN_REPORT", "NEWSCLEAN_RUN_FILE", "LOG_FILE"):
        if not settings.get(name):
            continue
        problem = file_problem(Path(settings[name]))
        if problem is not None:
            raise ValueError(f"{name} {problem}")


def _check_settings(settings: BaseSettings) -> None:
    """Convert newsclean's settings to the types of `own_settings`. Raise ValueError."""
    for name, value in read_settings({str(name): settings[name] for name in settings}).items():
        if settings[name] != value:
            settings.set(name, value, settings.getpriority(name) or 0)


def _check_scrapys(settings: BaseSettings) -> None:
    """Raise ValueError for a setting of Scrapy whose value has not the type of its default."""
    for name in map(str, settings):
        default, value = getattr(default_settings, name, None), settings[name]
        if value is None or not settings.getpriority(name):
            continue
        is_flag = isinstance(default, bool) or name.endswith("_ENABLED")
        expected = "a number"
        try:
            if is_flag:
                expected = "True or False"
                settings.getbool(name)
            elif isinstance(default, int | float):
                float(value)
            elif name == "LOG_LEVEL" and not isinstance(value, int):
                expected = f"one of {', '.join(_LOG_LEVELS)}"
                _LOG_LEVELS.index(str(value))
        except (TypeError, ValueError):
            raise ValueError(f"{name} = {str(value)[:80]!r}: expected {expected}") from None


def _check_effect(settings: BaseSettings) -> None:
    """Raise ValueError for a setting of Scrapy that the user has set and that does nothing."""
    for name, (group, component, instead) in _WITHOUT_EFFECT.items():
        is_set = settings.getpriority(name) and str(settings[name]) not in {"", "0", "None"}
        if is_set and settings.getdict(group).get(component, 0) is None:
            raise ValueError(f"{name} has no effect in newsclean's spiders: {instead}")


def _check_lease(settings: BaseSettings, place: str | None) -> None:
    """Raise ValueError if the lease of a site is too short. A response must arrive before another
    machine may request pages of the same site."""
    lease, timeout = (
        settings.getint("NEWSCLEAN_LEASE_SECONDS"),
        settings.getfloat("DOWNLOAD_TIMEOUT"),
    )
    if place is not None and str(place).startswith("postgres") and lease < 2 * timeout:
        raise ValueError(
            f"NEWSCLEAN_LEASE_SECONDS = {lease}: expected at least {2 * timeout:g},"
            " twice DOWNLOAD_TIMEOUT"
        )


def _check_values(settings: BaseSettings) -> None:
    parse_networks(settings.getlist("NEWSCLEAN_ALLOW_NETWORKS"))
    parse_ports(settings.getlist("NEWSCLEAN_ALLOW_PORTS"))
    SiteBudgets(settings.getdict("NEWSCLEAN_SITE_BUDGET"))
    for name, value in settings.getdict("NEWSCLEAN_HEALTH").items():
        if name not in THRESHOLDS:
            raise ValueError(f"NEWSCLEAN_HEALTH: unknown check {name!r}{nearest(name, THRESHOLDS)}")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"NEWSCLEAN_HEALTH: {name} is {value!r}, expected a number")
