"""The add-on for your own Scrapy project: ``ADDONS = {"newsclean.addon.NewscleanAddon": 300}``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from newsclean import settings as ours
from newsclean.addresses import parse_networks, parse_ports
from newsclean.discovery.budget import SiteBudgets
from newsclean.export.rotation import read_rotation
from newsclean.own_settings import DEFAULTS, read_settings
from newsclean.pipelines.item_fields import ItemFields

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_SAVE = "newsclean.middlewares.save_pages.SavePagesMiddleware"  # does nothing without its setting
_COMPONENTS = ("ITEM_PIPELINES", "EXTENSIONS", "FEED_EXPORTERS")


class SettingsError(ValueError):
    """A setting of newsclean in the project is wrong. The message is one line for the user."""


def _one_line(record: logging.LogRecord) -> bool:
    """Remove the traceback of a `SettingsError`. asyncio logs it when a crawl cannot start."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, SettingsError):
        record.name, record.msg = __name__, str(error)
        record.args, record.exc_info = (), None
    return True


class NewscleanAddon:
    """Adds the pipelines, the feed export and the settings of newsclean to a project. The settings
    of the project have priority. Its spiders, delays and log do not change. The pipelines clean
    each `newsclean.items.Article` and pass other items on."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Add the components and settings that are missing in *settings*. Raise SettingsError for a
        wrong setting of newsclean, which ends the crawl before it begins."""
        try:
            given = read_settings({str(name): settings[name] for name in settings})
            ItemFields.parse(given.get("NEWSCLEAN_FIELDS", {}))
            read_rotation(given.get("NEWSCLEAN_FEED_ROTATE"))
            parse_networks(given.get("NEWSCLEAN_ALLOW_NETWORKS", ()))
            parse_ports(given.get("NEWSCLEAN_ALLOW_PORTS", ()))
            SiteBudgets(given.get("NEWSCLEAN_SITE_BUDGET", {}))
        except ValueError as mistake:
            logging.getLogger("asyncio").addFilter(_one_line)
            raise SettingsError(str(mistake)) from None
        for name, value in DEFAULTS.items():
            settings.set(name, value, priority="addon")
        for name in _COMPONENTS:
            mine: dict[str, object] = getattr(ours, name)
            settings.set(name, {**mine, **dict(settings.getdict(name))}, priority="addon")
        saving = {
            name: order for name, order in ours.DOWNLOADER_MIDDLEWARES.items() if name == _SAVE
        }
        theirs = dict(settings.getdict("DOWNLOADER_MIDDLEWARES"))
        settings.set("DOWNLOADER_MIDDLEWARES", {**saving, **theirs}, priority="addon")
