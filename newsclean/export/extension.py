"""The Scrapy extension that writes all feeds and confirms articles to the ledger.

The steps for an article, in the order of `FeedExport`:

1. `open_spider` plans each feed (`durability.plan_feed`), opens the ledger, repairs the files of a
   killed crawl (`recovery.recover`), and opens the files.
2. `item_scraped` writes the article to each feed and adds it to the pending articles (`pending`).
3. `checkpoint` flushes all files and confirms the pending articles to the ledger, in one
   transaction with the length of each file. After an earlier kill, the files are truncated to
   their confirmed length, and the pages are fetched again.
4. `complete` publishes a part, by rename or upload, and confirms that it is stored.

The class extends Scrapy's FeedExporter and uses its feeds, filters, storages, exporters and
signals. It writes items itself, because Scrapy has no hook between the export of an item and the
end of the crawl. It opens feeds itself, because Scrapy would truncate an old file at once.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import secrets
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.extensions.feedexport import FeedExporter
from scrapy.utils.conf import feed_complete_default_values_from_settings

from newsclean.export.durability import Durability, Plan, plan_feed
from newsclean.export.feed import Feed
from newsclean.export.files import FeedLockedError
from newsclean.export.filter import FeedFilter
from newsclean.export.parts import Direct, Part
from newsclean.export.pending import Pending, deciding_file
from newsclean.export.places import as_path, is_local, is_special, local_path, rejected_uri
from newsclean.export.recovery import recover
from newsclean.export.rotation import read_rotation
from newsclean.export.tail import feed_key
from newsclean.extensions.background import repeat
from newsclean.extensions.ending import end_crawl, note_why
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.items import Article
from newsclean.ledger import Batch, LedgerError
from newsclean.rejections import Rejection
from newsclean.signals import confirmation_wanted, line_written, page_unchanged, part_kept

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response

    from newsclean.export.reconcile import Reconciled
    from newsclean.ledger import Ledger

logger = logging.getLogger(__name__)

MAX_PENDING = 100  # articles that are written and not confirmed
CHECK_EVERY = 1.0  # seconds
# Seconds and bytes after which a compressed group ends. Small groups compress badly.
GROUP_SECONDS = 30.0
GROUP_BYTES = 1 << 20


class FeedExport(FeedExporter):
    """Writes articles to the feeds, and rejections to the second feeds in the same folders.

    It counts them in ``newsclean/exported`` and ``newsclean/rejected/<reason>``, and sends
    `line_written` for each, for the progress and the report. A feed that cannot be written ends
    the crawl (``feed_failed``). A feed that cannot be stored is kept (``newsclean/unsent``).
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected."""
        export = super().from_crawler(crawler)
        crawler.signals.connect(export.item_dropped, signals.item_dropped)
        crawler.signals.connect(export.request_dropped, signals.request_dropped)
        crawler.signals.connect(export.checkpoint, confirmation_wanted)
        return export

    def __init__(self, crawler: Crawler) -> None:
        try:
            super().__init__(crawler)
        except NotConfigured:
            if crawler.settings.getdict("FEEDS") or not crawler.settings.get("NEWSCLEAN_PRINT"):
                raise
            # Scrapy requires a feed, but articles that are only printed are also counted here.
            self.storages, self.exporters = {}, {}
        assert crawler.stats is not None
        self.stats = crawler.stats
        self.keep_raw = crawler.settings.getbool("NEWSCLEAN_KEEP_RAW")
        self.spool = spool_folder(crawler)
        self.run_token = secrets.token_hex(4)  # in the name of each upload
        self.second_feeds: set[str] = set()
        self.stored: set[str] = set()  # URIs of the parts that this run has published
        self.written: dict[str, Feed] = {}
        self.pending = Pending()
        self.ledger: Ledger | None = None
        self.failed = False
        # By field and source, the articles that are not in the stats yet. Scrapy's stats take 50 µs
        # for the fields of an article, so they are added once a second.
        self._fields: Counter[tuple[str, str]] = Counter()
        self._checking: asyncio.Task[None] | None = None
        self._ending: asyncio.Future[None] | None = None
        self._checked = time.monotonic()
        for uri, options in self.feeds.items():
            self.filters[uri] = FeedFilter(self.filters[uri], uri, str(options["format"]))
        if crawler.settings.getbool("NEWSCLEAN_REJECTED_FEED"):
            self._add_rejected_feeds()

    def _add_rejected_feeds(self) -> None:
        for uri, options in list(self.feeds.items()):
            second = rejected_uri(uri)
            if (
                second is None
                or second in self.feeds
                or (is_local(uri) and is_special(as_path(uri)))
            ):
                continue
            own = {"format": "jsonlines", "item_classes": [Rejection], "store_empty": False}
            if "overwrite" in options:
                own["overwrite"] = options["overwrite"]
            self.feeds[second] = feed_complete_default_values_from_settings(
                own, self.settings, second
            )
            # Private method of Scrapy 2.19 without a public one.
            self.filters[second] = self._load_filter(own)
            self.second_feeds.add(second)

    # --- opening ------------------------------------------------------------------------------

    async def open_spider(self, spider: Spider) -> None:  # type: ignore[override]
        """Open the feeds. End the crawl if one of them cannot be written or recorded."""
        self.keeper = self.crawler.get_extension(LedgerKeeper)
        # The placeholder %(time)s, in Scrapy's notation.
        self.time = datetime.now(UTC).replace(microsecond=0).isoformat().replace(":", "-")
        try:
            self.rotation = read_rotation(self.settings.get("NEWSCLEAN_FEED_ROTATE"))
            self._plan(spider)
            if self.keeper is not None:
                self.ledger = self.keeper.open(spider, self._lock_keys())
                if self.ledger is None:  # the ledger extension logs why, and ends the crawl
                    self.failed = True
                    return
                self.pending = Pending(self.ledger)
                self._plan(spider)
                await recover(self, self.ledger)
            for feed in self.written.values():
                feed.remove_left()
                if feed.eager and not feed.parts:
                    feed.open_part()
        except ValueError as mistake:
            self._end(f"A feed cannot be written: {mistake}", "feed_mistake")
        except FeedLockedError as error:
            self._end(f"Locked out: {error}", "locked_out")
        except OSError as error:
            self._end(f"A feed cannot be written: {error}", "feed_failed")
        except LedgerError as error:
            assert self.keeper is not None
            self.keeper.given_up = True  # so that no other component tries and logs the same
            self._end(f"The ledger cannot be used: {error}", "ledger_failed")
        else:
            self._checking = asyncio.create_task(repeat(self.crawler, CHECK_EVERY, self.check))

    def _plan(self, spider: Spider) -> None:
        for uri, options in self.feeds.items():
            second = uri in self.second_feeds
            plan = plan_feed(
                uri,
                options,
                ledger=self.keeper is not None,
                rotation=None if second else self.rotation,
                rejections=second,
            )
            self.written[uri] = Feed(self, uri, plan, spider, options=options, second=second)

    def _lock_keys(self) -> list[str]:
        """Return the keys of the files with a fixed name, which no other crawl may write to."""
        paths = [local_path(uri) for uri in self.feeds if uri not in self.second_feeds]
        return [feed_key(path) for path in paths if path is not None and self.rotation is None]

    @property
    def has_several_feeds(self) -> bool:
        """True if there is more than one feed for articles. Then a killed crawl may have written a
        line to only one of them."""
        return len(self.feeds) - len(self.second_feeds) > 1

    def _end(self, message: str, reason: str) -> None:
        logger.error("%s", message)
        self.failed = True
        self._ending = asyncio.ensure_future(end_crawl(self.crawler, reason, message))

    def log_reconciled(self, path: Path, done: Reconciled) -> None:
        """Log the repairs of *path*, if there are any."""
        if done.cut_bytes or done.counted or done.missed:
            logger.info(
                "%s: cut off %d unconfirmed bytes, confirmed %d lines,"
                " %d pages will be fetched again",
                path, done.cut_bytes, done.counted, done.missed,
            )  # fmt: skip

    # --- writing ------------------------------------------------------------------------------

    def item_scraped(self, item: Any, spider: Spider, response: Any = None) -> None:
        """Export *item*. An article is exported without its raw body, unless NEWSCLEAN_KEEP_RAW."""
        exported = item
        if isinstance(item, Article) and item.articleBodyRaw is not None and not self.keep_raw:
            exported = dataclasses.replace(item, articleBodyRaw=None)
        parts = self._write(exported)
        if parts is None:
            return
        if not isinstance(item, Article):
            self.stats.inc_value("newsclean/other_items")
            return
        self.stats.inc_value("newsclean/exported")
        self._fields.update(item.metadata.fieldSources.items())
        answer = _answer_for(item, response)
        request = getattr(response, "request", None)
        self._remember(item, parts, request, answer)
        self._tell(item, spider, request, answer)

    def _write(self, item: Any) -> list[Part | Direct] | None:
        """Write *item* to each feed that accepts it and return the files. None if this failed."""
        if self._waiting() >= GROUP_BYTES:
            self.checkpoint()
        if self.failed:
            return None
        parts = []
        try:
            for feed in self.written.values():
                if feed.filter.accepts(item):
                    part = feed.part_for(item)
                    assert part.slot.exporter is not None
                    part.slot.exporter.export_item(item)
                    part.slot.itemcount += 1
                    part.note_line()
                    parts.append(part)
        except OSError as error:
            self._fail(error)
            return None
        except LedgerError as error:
            self._give_up(error)
            return None
        return parts

    def _remember(
        self,
        item: Article,
        parts: list[Part | Direct],
        request: Request | None,
        response: Response | None,
    ) -> None:
        """Add a written article to the pending articles, which the next checkpoint confirms."""
        part = deciding_file(parts)
        if self.ledger is None or self.keeper is None or part is None:
            return
        export = self.keeper.export_of(item, request, response)
        self.ledger.outcomes.further(export)
        self.pending.add(export, part)
        if len(self.pending) >= MAX_PENDING:
            self.checkpoint()

    def _waiting(self) -> int:
        return sum(part.waiting for part in self._parts())

    def _parts(self) -> list[Part | Direct]:
        return [part for feed in self.written.values() for part in feed.parts.values()]

    # --- confirming ---------------------------------------------------------------------------

    def check(self) -> bool:
        """Confirm written articles, and complete parts that are due. This is called every second.
        Return False if the feeds have failed."""
        self._count_waiting()
        groups = any(part.groups for part in self._parts())
        if not groups or time.monotonic() - self._checked >= GROUP_SECONDS:
            self.checkpoint()
        for feed in self.written.values():
            for cell, part in list(feed.parts.items()):
                if feed.is_complete(part, None):
                    self.seal(feed, cell)
        return not self.failed

    def checkpoint(self) -> bool:
        """Flush all files and confirm the pending articles to the ledger. Return True on
        success."""
        if self.failed:
            return False
        self._checked = time.monotonic()
        try:
            for feed in self.written.values():
                for cell, part in list(feed.parts.items()):
                    if part.is_lost():
                        self.leave(feed, cell)
            self.pending.confirm(self._parts())
        except OSError as error:
            self._fail(error)
        except LedgerError as error:
            self._give_up(error)
        return not self.failed

    def confirm_page(self, canonical: str) -> None:
        """Confirm the article of the page *canonical*, if it is pending."""
        if self.pending.has(canonical):
            self.checkpoint()

    def leave(self, feed: Feed, cell: str) -> None:
        """Handle that another program moved or truncated the file of *cell*. Its articles count as
        stored, and the next article goes to a new file. Raise OSError or LedgerError."""
        part = feed.parts.pop(cell)
        logger.info("%s was moved or truncated by another program: beginning a new file", part.key)
        if isinstance(part, Part) and part.counts:
            self.pending.confirm_moved(part)
        part.close()

    def seal(self, feed: Feed, cell: str) -> None:
        """Complete the part of *cell* during the crawl. The next article gets a new part."""
        if self.checkpoint():
            part = feed.parts.pop(cell)
            # Scrapy closes the slot in a task, for which the end of the crawl waits. Private method
            # of Scrapy 2.19 without a public one.
            self._schedule_slot_close(part.slot, feed.spider)

    async def complete(self, part: Part) -> None:
        """Publish the complete *part* and confirm that it is stored. If it cannot be stored, keep
        it for the next run and raise the exception of the storage."""
        feed = self._feed_of(part)
        if self.failed or (self.keeper is not None and self.keeper.given_up):
            part.close()
            return
        empty = part.about.lines == 0 and not feed.options.get("overwrite")
        try:
            if not part.in_place and not empty:
                await part.publish(feed.render, lambda: feed.upload(part), feed.manifest)
        except Exception as error:
            self.not_stored(part.about.uri, part.path, error)
            part.close()
            raise
        self.stored.add(part.about.uri)
        if self.ledger is not None:
            stored = Batch(closed=[part.key]) if part.in_place else Batch(stored=[part.key])
            try:
                self.ledger.confirm(stored)
            except LedgerError as error:
                self._give_up(error)
                part.close()
                return
        part.close(discard=True)

    def _feed_of(self, part: Part) -> Feed:
        """Return the feed of *part*, which may be from an earlier crawl."""
        about = part.about
        if about.feed in self.written:
            return self.written[about.feed]
        options = feed_complete_default_values_from_settings(
            {"format": about.format}, self.settings, about.feed
        )
        plan = Plan(Durability.AT_CLOSE, False, about.written_as)
        assert self.crawler.spider is not None
        return Feed(self, about.feed, plan, self.crawler.spider, options=options)

    def not_stored(self, uri: str, kept: Path | None, error: BaseException) -> None:
        """Log that the feed *uri* could not be stored, with the file in which it is *kept*."""
        self.stats.inc_value("newsclean/unsent")
        where = f"kept in {kept}" if kept is not None else "lost: its storage keeps no file"
        again = ", the next run sends it again" if self.ledger is not None else ""
        text = " ".join(str(error).split())[:300]
        logger.error(
            "%s could not be stored (%s: %s), %s%s",
            uri, type(error).__name__, text, where, again,
        )  # fmt: skip
        note_why(self.crawler, f"{uri} could not be stored ({text}), {where}{again}")

    # --- closing ------------------------------------------------------------------------------

    async def close_spider(self, spider: Spider, reason: str = "finished") -> None:
        """Confirm all articles, store complete parts, and keep other parts for the next run."""
        if self._checking is not None:
            self._checking.cancel()
        self._count_waiting()
        whole = self.checkpoint()
        # The ledger extension still sends this signal before it releases finished sites, but
        # everything is confirmed now.
        self.crawler.signals.disconnect(self.checkpoint, confirmation_wanted)
        self.slots = []
        for feed in self.written.values():
            for part in feed.parts.values():
                if whole and feed.is_complete(part, reason):
                    self.slots.append(part.slot)
                else:
                    part.close()
                    if isinstance(part, Part) and not part.in_place:
                        logger.info("%s is kept for the next run: %s", part.about.uri, part.path)
                        if whole:
                            self.crawler.signals.send_catch_log(
                                part_kept, path=part.path, lines=part.slot.itemcount
                            )
        await super().close_spider(spider)

    def _fail(self, error: OSError) -> None:
        if not self.failed:
            self.stats.inc_value("newsclean/feed_errors")
            self._end(f"The feed cannot be written, the crawl ends: {error}", "feed_failed")

    def _give_up(self, error: LedgerError) -> None:
        self.failed = True
        assert self.keeper is not None
        self.keeper.give_up(error)

    # --- rejections and unchanged articles ------------------------------------------------------

    def item_dropped(
        self, item: Any, exception: Exception, spider: Spider, response: Any = None
    ) -> None:
        """Write the rejection in *exception*, if newsclean raised it. For an unchanged article,
        send the signal `page_unchanged`."""
        rejection = getattr(exception, "rejection", None)
        article = getattr(exception, "article", None)
        if isinstance(rejection, Rejection):
            answer = _answer_for(rejection, response)
            self.reject(rejection, spider, getattr(response, "request", None), answer)
        elif isinstance(article, Article):
            self.stats.inc_value("newsclean/unchanged")
            self.crawler.signals.send_catch_log(
                page_unchanged,
                url=article.url,
                spider=spider,
                request=getattr(response, "request", None),
                response=_answer_for(article, response),
                downloaded=article.metadata.dateDownloaded,
            )

    def request_dropped(self, request: Request, spider: Spider) -> None:
        """Reject a page that redirects to another page of this run, because Scrapy does not follow
        the redirect."""
        origins = request.meta.get("redirect_urls")
        if origins:
            detail = f"redirects to {request.url}, which this run has already requested"
            rejection = Rejection(url=origins[0], reason="duplicate", detail=detail)
            self.reject(rejection, spider, request, None)

    def reject(
        self,
        rejection: Rejection,
        spider: Spider,
        request: Request | None,
        response: Response | None,
    ) -> None:
        """Write *rejection* to the second feeds, count it and send `line_written`."""
        if self._write(rejection) is not None:
            self.stats.inc_value(f"newsclean/rejected/{rejection.reason}")
            self._tell(rejection, spider, request, response)

    def _tell(
        self,
        item: Article | Rejection,
        spider: Spider,
        request: Request | None,
        response: Response | None,
    ) -> None:
        self.crawler.signals.send_catch_log(
            line_written, item=item, spider=spider, request=request, response=response
        )

    def _count_waiting(self) -> None:
        """Add the fields of the articles since the last call to the stats."""
        counted, self._fields = self._fields, Counter()
        for (name, source), count in counted.items():
            self.stats.inc_value(f"newsclean/field/{name}", count)
            self.stats.inc_value(f"newsclean/source/{name}/{source}", count)


def spool_folder(crawler: Crawler) -> Path:
    """Return the folder for feeds that are not uploaded yet: ``FEED_TEMPDIR``, or
    ``newsclean-unsent`` in the current folder."""
    return Path(crawler.settings.get("FEED_TEMPDIR") or "newsclean-unsent").absolute()


def _answer_for(item: Article | Rejection, response: Any) -> Response | None:
    """Return *response* if its validators (ETag, Last-Modified) are valid for *item*. They are not
    for a multi-page article, because the response is that of only one page."""
    metadata = item.metadata if isinstance(item, Article) else None
    if metadata is not None and (metadata.pages or metadata.missingPages):
        return None
    return response if hasattr(response, "headers") else None
