"""Clean the body of each article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from newsclean.article import clean_article
from newsclean.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector


class CleanBodyPipeline:
    """Fill ``articleBody`` and what follows from it out of ``articleBodyRaw``, and count in
    ``newsclean/clean/<step>/<what>`` what cleaning changed."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the station for *crawler*."""
        assert crawler.stats is not None
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Return *item*, cleaned where it is an `Article`."""
        if isinstance(item, Article):
            clean_article(item)
            for step, changes in item.metadata.cleaning.items():
                for what, count in changes.items():
                    self.stats.inc_value(f"newsclean/clean/{step}/{what}", count)
        return item
