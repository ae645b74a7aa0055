"""newsclean in your own Scrapy project: ``ADDONS = {"newsclean.addon.NewscleanAddon": 300}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean import settings as ours

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_SAVE = "newsclean.middlewares.save_pages.SavePagesMiddleware"  # does nothing without its setting
_COMPONENTS = ("ITEM_PIPELINES", "EXTENSIONS", "FEED_EXPORTERS")


class NewscleanAddon:
    """Adds our pipelines, feed export and settings to a project, at a priority that its own
    settings override. Leaves its spiders, politeness and log as they are: pipelines clean each
    `newsclean.items.Article` and pass everything else on."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Add to *settings* what is not there yet."""
        for name, value in ours.DEFAULTS.items():
            settings.set(name, value, priority="addon")
        for name in _COMPONENTS:
            mine: dict[str, object] = getattr(ours, name)
            settings.set(name, {**mine, **dict(settings.getdict(name))}, priority="addon")
        saving = {
            name: order for name, order in ours.DOWNLOADER_MIDDLEWARES.items() if name == _SAVE
        }
        theirs = dict(settings.getdict("DOWNLOADER_MIDDLEWARES"))
        settings.set("DOWNLOADER_MIDDLEWARES", {**saving, **theirs}, priority="addon")
