"""The add-on for your own Scrapy project: ``ADDONS = {"newsclean.addon.NewscleanAddon": 300}``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from newsclean import settings as ours
from newsclean.own_settings import DEFAULTS, read_settings

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

_SAVE = "newsclean.middlewares.save_pages.SavePagesMiddleware"  # does nothing without its setting
_COMPONENTS = ("ITEM_PIPELINES", "EXTENSIONS", "FEED_EXPORTERS")


class NewscleanAddon:
    """Adds the pipelines, the feed export and the settings of newsclean to a project. The settings
    of the project have priority. Its spiders, delays and log do not change. The pipelines clean
    each `newsclean.items.Article` and pass other items on."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Add the components and settings that are missing in *settings*."""
        try:
            read_settings({str(name): settings[name] for name in settings})
        except ValueError as mistake:
            logger.error("%s", mistake)
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
