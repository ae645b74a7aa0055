"""Clean the body of each item: an `Article`, or an item of the project."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from itemadapter import ItemAdapter

from newsclean.article import clean_article
from newsclean.cleaning import clean_body
from newsclean.extensions.executor import MIN_BYTES, Executor
from newsclean.items import Article
from newsclean.pipelines.item_fields import ItemFields
from newsclean.pipelines.rejected import RejectedPage
from newsclean.rejections import Rejection
from newsclean.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

logger = logging.getLogger(__name__)


class CleanBodyPipeline:
    """Set the clean body of an `Article`, or the fields of any other item that are named in
    ``NEWSCLEAN_FIELDS``. Count the changes in the stats ``newsclean/clean/<step>/<what>``."""

    def __init__(self, stats: StatsCollector, fields: ItemFields, executor: Executor) -> None:
        self.stats = stats
        self.fields = fields
        self.executor = executor
        self._told: set[type] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for *crawler*. Raise ValueError for a wrong setting."""
        assert crawler.stats is not None
        fields = ItemFields.parse(crawler.settings.getdict("NEWSCLEAN_FIELDS"))
        return cls(crawler.stats, fields, Executor.of(crawler))

    def process_item(self, item: Any) -> Any:
        """Return *item*, cleaned if it has a body. A large body is cleaned outside of the event
        loop; then return an awaitable. Articles of newsclean's spiders are already clean. An item
        without a body is passed on, with a line in the log once for its class."""
        if isinstance(item, Article):
            if not item.is_clean:
                if item.raw_size >= MIN_BYTES:
                    return self._clean_in_executor(item)
                clean_article(item)
            self._note(item)
        elif ItemAdapter.is_item(item):
            self._clean(item, ItemAdapter(item))
        return item

    async def _clean_in_executor(self, item: Article) -> Article:
        try:
            clean = await self.executor.run(item.raw_size, None, clean_article, item)
        except WorkerError as lost:
            raise RejectedPage(Rejection.of(item, lost.reason, lost.detail)) from None
        self._note(clean)
        return clean

    def _note(self, item: Article) -> None:
        self._count(item.metadata.cleaning)
        if item.articleBodyRaw is None and item.articleBody is None:
            # Not a warning, because the article is rejected (`no-body`).
            why = "articleBodyRaw, articleBodyHtml and articleBody are empty"
            self._tell(item, why, logging.INFO)

    def _clean(self, item: Any, adapter: ItemAdapter) -> None:
        fields = self.fields.find(type(item))
        if fields is None:
            self._tell(item, "NEWSCLEAN_FIELDS has no fields of this class")
            return
        raw = fields.read(adapter)
        if raw is None:
            named = [name for name in (fields.raw, fields.html, fields.text) if name]
            self._tell(item, f"no text in {', '.join(named)}")
            return
        url = adapter.get(fields.url or "url")
        body = clean_body(raw, base_url=url if isinstance(url, str) else None)
        try:
            for name, value in ((fields.text, body.text), (fields.html, body.html)):
                if name is not None:
                    adapter[name] = value
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # The item cannot be changed. Pass it on, because its other fields must not be lost.
            self.stats.inc_value("newsclean/clean_errors")
            self._tell(item, f"cannot be changed ({type(error).__name__}: {error})")
            return
        self.stats.inc_value("newsclean/cleaned_items")
        self._count(body.changes)

    def _count(self, changes: Mapping[str, Mapping[str, int]]) -> None:
        for step, changed in changes.items():
            for what, count in changed.items():
                self.stats.inc_value(f"newsclean/clean/{step}/{what}", count)

    def _tell(self, item: Any, why: str, level: int = logging.WARNING) -> None:
        self.stats.inc_value("newsclean/nothing_to_clean")
        kind = type(item)
        if kind not in self._told:
            self._told.add(kind)
            logger.log(
                level,
                "Not cleaned: %s.%s: %s (logged once; newsclean/nothing_to_clean counts all)",
                kind.__module__, kind.__qualname__, " ".join(why.split())[:300],
            )  # fmt: skip
