"""EXPORT: Scrapy's feed export, with a second feed for the pages that gave no article.

Beside ``articles.jsonl`` lies ``articles.rejected.jsonl``; a feed on S3 has its second one
there. A feed on standard output has none.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

from scrapy import signals
from scrapy.extensions.feedexport import FeedExporter, ItemFilter
from scrapy.utils.conf import feed_complete_default_values_from_settings

from newsclean.items import Article, Rejection
from newsclean.signals import line_written, page_unchanged

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

logger = logging.getLogger(__name__)


class FeedExport(FeedExporter):
    """Write articles to the feeds and rejections to their second feeds, count both in
    ``newsclean/exported`` and ``newsclean/rejected/<reason>``, and send `line_written` for each
    once it is flushed. A feed that cannot be written ends the crawl (``feed_failed``)."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected."""
        export = super().from_crawler(crawler)
        crawler.signals.connect(export.item_dropped, signals.item_dropped)
        crawler.signals.connect(export.request_dropped, signals.request_dropped)
        return export

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.keep_raw = crawler.settings.getbool("NEWSCLEAN_KEEP_RAW")
        assert crawler.stats is not None
        self.stats = crawler.stats
        self.failed = False
        self.second_feeds: set[str] = set()
        self._closing: asyncio.Future[None] | None = None
        for uri in self.feeds:
            self.filters[uri] = _WithoutRejections(self.filters[uri])
        if crawler.settings.getbool("NEWSCLEAN_REJECTED_FEED"):
            self._add_rejected_feeds()

    def _add_rejected_feeds(self) -> None:
        for uri, options in list(self.feeds.items()):
            second = rejected_uri(uri)
            if second is None or second in self.feeds or options.get("batch_item_count"):
                continue
            own = {"format": "jsonlines", "item_classes": [Rejection], "store_empty": False}
            if "overwrite" in options:
                own["overwrite"] = options["overwrite"]
            self.feeds[second] = feed_complete_default_values_from_settings(
                own, self.settings, second
            )
            self.filters[second] = self._load_filter(own)
            self.second_feeds.add(second)

    def item_scraped(self, item: Any, spider: Spider, response: Any = None) -> None:
        """Export *item*; an article without its raw body unless that is to be kept."""
        exported = item
        if isinstance(item, Article) and not self.keep_raw:
            exported = dataclasses.replace(item, articleBodyRaw=None)
        if self._write(exported, spider) and isinstance(item, Article):
            self.stats.inc_value("newsclean/exported")
            self._count_fields(item)
            self._tell(item, spider, response)

    async def close_spider(self, spider: Spider) -> None:
        """Store the feeds; of those that failed, what could be written."""
        if self.failed:
            self.slots = [slot for slot in self.slots if slot.file is not None]
        await super().close_spider(spider)

    def item_dropped(
        self, item: Any, exception: Exception, spider: Spider, response: Any = None
    ) -> None:
        """Write the rejection that *exception* carries, if it is one of ours; pass on that an
        article is as it was."""
        rejection = getattr(exception, "rejection", None)
        article = getattr(exception, "article", None)
        if isinstance(rejection, Rejection):
            self._reject(rejection, spider, response)
        elif isinstance(article, Article):
            self.stats.inc_value("newsclean/unchanged")
            self.crawler.signals.send_catch_log(
                page_unchanged,
                url=article.url,
                spider=spider,
                request=getattr(response, "request", None),
                response=_answer_for(article, response),
            )

    def request_dropped(self, request: Request, spider: Spider) -> None:
        """A redirect that leads to a page of this run is not followed: say so."""
        origins = request.meta.get("redirect_urls")
        if origins:
            detail = f"redirects to {request.url}, which this run has asked for already"
            rejection = Rejection(url=origins[0], reason="duplicate", detail=detail)
            if self._write(rejection, spider):
                self.stats.inc_value("newsclean/rejected/duplicate")
                self._send(rejection, spider, request, None)

    def _reject(self, rejection: Rejection, spider: Spider, response: Any) -> None:
        if self._write(rejection, spider):
            self.stats.inc_value(f"newsclean/rejected/{rejection.reason}")
            self._tell(rejection, spider, response)

    def _tell(self, item: Article | Rejection, spider: Spider, response: Any) -> None:
        answer = _answer_for(item, response)
        self._send(item, spider, getattr(response, "request", None), answer)

    def _send(
        self,
        item: Article | Rejection,
        spider: Spider,
        request: Request | None,
        response: Response | None,
    ) -> None:
        feed, end = self._place_of_last_line() if isinstance(item, Article) else (None, None)
        self.crawler.signals.send_catch_log(
            line_written,
            item=item,
            spider=spider,
            request=request,
            response=response,
            feed=feed,
            feed_end=end,
        )

    def _place_of_last_line(self) -> tuple[Path | None, int | None]:
        """Return the first file of articles and how long it is now."""
        for slot in self.slots:
            path = local_path(slot.uri)
            if path is not None and slot.uri_template not in self.second_feeds:
                if slot.file is None or not hasattr(slot.file, "tell"):
                    return path, None
                return path, slot.file.tell()
        return None, None

    def article_files(self) -> list[Path]:
        """Return the local files of JSON lines that articles go to."""
        files = [
            local_path(uri)
            for uri, options in self.feeds.items()
            if options["format"] in {"jsonlines", "jsonl", "jl"} and uri not in self.second_feeds
        ]
        return [path for path in files if path is not None][:1]

    def overwrites(self, path: Path) -> bool:
        """Tell whether the feed in the file *path* is to be begun anew."""
        return any(
            options.get("overwrite")
            for uri, options in self.feeds.items()
            if local_path(uri) == path
        )

    def append(self, path: Path) -> None:
        """Add to the file *path* instead of beginning it anew."""
        for uri, options in self.feeds.items():
            if local_path(uri) == path:
                options["overwrite"] = False

    def stand_down(self) -> None:
        """Write nothing: the feeds are another crawl's."""
        self.feeds.clear()
        self.slots.clear()

    def _write(self, item: Any, spider: Spider) -> bool:
        if self.failed:
            return False
        try:
            super().item_scraped(item, spider)
        except OSError as error:
            self.failed = True
            self.stats.inc_value("newsclean/feed_errors")
            logger.error("The feed cannot be written, the crawl ends: %s", error)
            self._end_crawl()
            return False
        return True

    def _end_crawl(self) -> None:
        assert self.crawler.engine is not None
        closing = self.crawler.engine.close_spider_async(reason="feed_failed")
        self._closing = asyncio.ensure_future(closing)

    def _count_fields(self, article: Article) -> None:
        for name, source in article.metadata.fieldSources.items():
            self.stats.inc_value(f"newsclean/field/{name}")
            self.stats.inc_value(f"newsclean/source/{name}/{source}")


class _WithoutRejections(ItemFilter):
    """The filter that a feed has, without rejections."""

    def __init__(self, own: ItemFilter) -> None:
        super().__init__(None)
        self.own = own

    def accepts(self, item: Any) -> bool:
        return not isinstance(item, Rejection) and self.own.accepts(item)


def _answer_for(item: Article | Rejection, response: Any) -> Response | None:
    """Return *response* where what it says of itself (ETag, Last-Modified) goes for *item*: not
    for an article of several pages, whose others it does not know."""
    metadata = item.metadata if isinstance(item, Article) else None
    if metadata is not None and (metadata.pages or metadata.missingPages):
        return None
    return response if hasattr(response, "headers") else None


def rejected_uri(uri: str) -> str | None:
    """Return where the rejections of the feed *uri* go: beside it, ``.rejected.jsonl`` for its
    suffix; None for standard output and for a feed of rejections."""
    if uri.startswith("stdout:") or uri == "-" or uri.endswith(".rejected.jsonl"):
        return None
    folder, slash, name = uri.rpartition("/")
    for compressed in (".gz", ".bz2", ".xz"):
        name = name.removesuffix(compressed)
    stem = name.rpartition(".")[0] or name
    return f"{folder}{slash}{stem}.rejected.jsonl"


def local_path(uri: str) -> Path | None:
    """Return the file that the feed *uri* is, None where it is none or its name is not known
    yet (``%(time)s``)."""
    if uri.startswith("stdout:") or "%(" in uri:
        return None
    parts = urlsplit(uri)
    if parts.scheme == "file":
        return Path(unquote(parts.path))
    return Path(uri) if not parts.scheme else None


def feed_problem(uri: str) -> str | None:
    """Return in one line why the feed *uri* cannot be written, None where it can (or is no
    local file)."""
    path = local_path(uri)
    if path is None:
        return None
    if path.is_dir():
        return f"{path}: is a folder, expected a file"
    if path.exists():
        return None if os.access(path, os.W_OK) else f"{path}: cannot be written (permission)"
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        return f"{path}: {folder} is not a folder"
    if not os.access(folder, os.W_OK):
        return f"{path}: nothing can be written in {folder} (permission)"
    return None
