"""The spider for saved pages: HTML files, folders, plain-text pages, WARC and WET files."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, deque
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import signals

from newsclean.archives import SavedPage, Skipped, Unavailable, Verdict, read_saved
from newsclean.archives.fetches import MAX_ROUNDS, Fetches
from newsclean.archives.verdict import FINAL
from newsclean.article import clean_article, utc
from newsclean.export.extension import FeedExport
from newsclean.extensions.executor import MIN_BYTES
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.fetched import ReadPage
from newsclean.items import Article
from newsclean.ledger import LedgerError
from newsclean.rejections import Rejection
from newsclean.signals import page_unchanged
from newsclean.spiders.arguments import ArchiveArguments, Arguments
from newsclean.spiders.page import PageSpider, further_page
from newsclean.spiders.reading_ahead import MAX_BYTES_AHEAD, EntryAhead, read_some
from newsclean.spiders.waiting_pages import SavedFurtherPages, WaitingPages, oldest
from newsclean.urls import normal_url, page_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from scrapy.crawler import Crawler

    from newsclean.archives.files import Found

# The maximum number of pages of multi-page articles that wait for each other.
_MAX_WAITING = 500
_SAVED = '"saved-'  # the prefix of ETags that newsclean generates
_MAX_ETAGS = 10_000  # more than the articles in the pipelines
# No request is sent. With these settings, the HTTP client is not imported (0.4 CPU seconds).
_NO_REQUESTS: dict[Any, Any] = {
    "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https", "file", "data", "ftp", "s3")),
    "RETRY_ENABLED": False,
}


class ArchiveSpider(PageSpider):
    """``scrapy crawl archive -a path=PATH``. Sends no request.

    An archive may hold several fetches of a page. With a ledger, the spider reads all fetches in
    order and exports each version, as the original crawl did. It does not read a fetch that the
    ledger has recorded. Without a ledger, a page gives one article: the article of its last fetch
    that has one. The archive is then read twice, because the last fetch must be known first.

    The pages of a multi-page article may be anywhere in an archive, so they wait for each other.
    At the end of the archive, or if too many pages wait, incomplete articles are yielded as they
    are. The record of a page that newsclean saved has the reason why the page was fetched
    (`PageMark`), and the page is used in the same way again. If the original crawl used other pages
    to decide that the page is not an article (`Verdict`), the page is not read, unless
    ``verdicts=ignore``. A verdict comes after its page in the archive, so an archive with verdicts
    is also read twice with a ledger.
    """

    name = "archive"
    custom_settings = _NO_REQUESTS
    arguments_model: ClassVar[type[Arguments]] = ArchiveArguments
    arguments: ArchiveArguments

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.waiting = WaitingPages()
        self.fetches = Fetches()
        self._knows_verdicts = self.arguments.verdicts == "ignore"
        self.in_hand: Counter[str] = Counter()  # by page key: articles in the pipelines
        # By page key, for the last pages: the ETag for the ledger, generated from the body.
        self.etags: dict[str, str] = {}
        self._progress = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider, connected to the signals of items."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.item_done, signal)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Yield the article of each saved page, one at a time."""
        self.executor.start()
        async for item in self.read_all():
            if isinstance(item, Article):
                self.in_hand[page_key(item.url)] += 1
            yield item

    def closed(self, reason: str) -> None:
        """Delete the temporary files."""
        self.fetches.close()

    def item_done(self, item: Any, exception: Any = None, failure: Any = None) -> None:
        """Handle an article that has left the pipelines. It was exported unless a pipeline dropped
        it with an *exception* or had a *failure*."""
        if not isinstance(item, Article):
            return
        key = page_key(item.url)
        self.in_hand -= Counter([key])
        rejection = getattr(exception, "rejection", None)
        is_duplicate = rejection is not None and rejection.duplicateOf is not None
        if is_duplicate or (exception is None and failure is None):
            self.fetches.settle(key)
        self._progress.set()

    async def until_done(self, key: str | None = None) -> None:
        """Wait until no article (of the page *key*) is in the pipelines."""
        while self.in_hand[key] if key is not None else self.in_hand:
            self._progress.clear()
            await self._progress.wait()

    async def saved_pages(self) -> AsyncIterator[Found]:
        """Yield the entries of the archive. They are read in a thread, because disks are slow."""
        limit = self.settings.getint("DOWNLOAD_MAXSIZE")
        pages = read_saved(self.arguments.path, limit=limit, part=self.arguments.part)
        while some := await asyncio.to_thread(read_some, pages):
            for page in some:
                yield page

    async def read_all(self) -> AsyncIterator[Any]:
        """Yield the articles and rejections of the archive, in as many rounds as necessary."""
        keeper = self.crawler.get_extension(LedgerKeeper)
        if keeper is not None:
            async for item in self.read_round(partial(self.is_new, keeper)):
                yield item
            return
        async for page in self.saved_pages():
            if isinstance(page, SavedPage) and not _is_further(page):
                key = page_key(page.url)
                self.fetches.add(key, date_of(page), may_be_taken=self.may_be_taken(key, page))
            elif isinstance(page, Verdict) and not self._knows_verdicts:
                self.fetches.judge(page)
        self._knows_verdicts = True
        self.count("older_fetches", self.fetches.added - self.fetches.choose())
        for number in range(MAX_ROUNDS):
            async for item in self.read_round(self.is_chosen, again=number > 0):
                yield item
            await self.until_done()
            if not (left := self.fetches.choose()):
                return
            self.logger.info(
                "%d pages have no article in their last fetch, reading an earlier fetch", left
            )
        self.logger.warning(
            "%d pages have no article in their last %d fetches, earlier fetches are not read",
            left, MAX_ROUNDS,
        )  # fmt: skip

    def may_be_taken(self, key: str, page: SavedPage) -> bool:
        """Return True if the fetch *page* of the page *key* may give the article of the page."""
        return True

    async def is_chosen(self, page: SavedPage) -> bool:
        """Return True if *page* is the fetch of its page that is read in this round."""
        return self.fetches.take(page_key(page.url))

    async def verdict_on(self, page: SavedPage) -> Rejection | None:
        """Return the reason why the crawl that saved *page* found it to be no article. Return None
        if it may be an article."""
        if page.mark is None or page.record is None:
            return None
        if not self._knows_verdicts:
            async for found in self.saved_pages():
                if isinstance(found, Verdict):
                    self.fetches.judge(found)
            self._knows_verdicts = True
        verdict = self.fetches.verdict(page.record, page.url)
        if verdict is None:
            return None
        if verdict.reason in FINAL:
            self.fetches.settle(page_key(page.url))
        return Rejection(
            url=page.url,
            reason=verdict.reason,
            detail="decided by the crawl that saved the page",
            dateDownloaded=date_of(page) or None,
            discoveredBy=page.mark.discovered_by,
            duplicateOf=verdict.duplicate_of,
        )

    async def is_new(self, keeper: LedgerKeeper, page: SavedPage) -> bool:
        """Return True if the ledger has recorded neither the fetch *page* nor a later fetch. For a
        page without a date, return True if the ledger has not recorded the same bytes."""
        key = page_key(page.url)
        await self.until_done(key)
        export = self.crawler.get_extension(FeedExport)
        if export is not None:
            export.confirm_page(key)
        if keeper.ledger is None or keeper.given_up:
            return False
        try:
            known = keeper.ledger.pages.look_up(key)
        except LedgerError as error:
            keeper.give_up(error)
            return False
        date, etag = date_of(page), etag_of(page)
        if known is None or known.version < 1:
            is_counted = False
        else:
            is_counted = date <= (known.fetched_at or "") if date else etag == known.etag
        if known is None or not is_counted:
            if known is None or (known.etag or _SAVED).startswith(_SAVED):  # not the server's
                self.etags[key] = etag
            if len(self.etags) > _MAX_ETAGS:
                del self.etags[next(iter(self.etags))]
            return True
        self.count("unchanged")
        self.crawler.signals.send_catch_log(
            page_unchanged, url=page.url, spider=self, downloaded=known.fetched_at
        )
        return False

    async def read_round(
        self, takes: Callable[[SavedPage], Awaitable[bool]], *, again: bool = False
    ) -> AsyncIterator[Article | Rejection]:
        """Read the archive and yield the articles of the fetches for which *takes* returns True,
        and the rejections, in the order of the archive.

        *again* is true after the first round; entries that are not pages are then skipped. Worker
        processes read the next pages while the current one is handled.
        """
        ahead: deque[EntryAhead] = deque()
        number = 0
        try:
            async for page in self.saved_pages():
                if isinstance(page, Verdict):
                    continue
                number += 1
                self.count("read", 0 if again or isinstance(page, Skipped) else 1)
                if isinstance(page, Skipped):
                    self.count("skipped_files", 0 if again else 1)
                    continue
                entry = EntryAhead(number, page)
                if isinstance(page, SavedPage):
                    if self.must_wait(page, ahead):
                        async for item in self.take(ahead, 0):
                            yield item
                    async for item in self.fetched_again(page):
                        yield item
                    if not _is_further(page) and not await takes(page):
                        continue
                    if (why := await self.verdict_on(page)) is not None:
                        entry.page = why
                    else:
                        entry.begin(self.read_saved(page), ahead=self.executor.room > 0)
                elif again and not isinstance(page, Unavailable):
                    continue
                ahead.append(entry)
                async for item in self.take(ahead, self.executor.room):
                    yield item
            async for item in self.take(ahead, 0):
                yield item
        finally:
            for entry in ahead:
                entry.cancel()
        async for item in self.release(0):
            yield item

    async def read_saved(self, page: SavedPage) -> ReadPage:
        """Return the article on *page* and its position among the pages of the article."""
        return await self.executor.run(len(page.body), None, self.reader.read_saved, page)

    def must_wait(self, page: SavedPage, ahead: deque[EntryAhead]) -> bool:
        """Return True if the result for *page* may depend on the pages *ahead*: one of them is an
        earlier fetch of it, or its article waits for further pages."""
        if not ahead:
            return False
        keys = {normal_url(page.url), page_key(page.url)}
        return not keys.isdisjoint(self.waiting.first) or any(
            not keys.isdisjoint(entry.keys) for entry in ahead
        )

    async def fetched_again(self, page: SavedPage) -> AsyncIterator[Article | Rejection]:
        """If *page* is a later fetch of an article that waits for further pages, yield that
        article."""
        if not _is_further(page) and (key := normal_url(page.url)) in self.waiting.first:
            async for item in self.joined([key]):
                yield item

    async def take(self, ahead: deque[EntryAhead], most: int) -> AsyncIterator[Article | Rejection]:
        """Yield the results of the oldest pages *ahead* until at most *most* pages are left and
        their total size is within the limit."""
        while len(ahead) > most or sum(one.size for one in ahead) > MAX_BYTES_AHEAD:
            async for item in self.take_one(ahead.popleft()):
                yield item

    async def take_one(self, entry: EntryAhead) -> AsyncIterator[Article | Rejection]:
        """Yield the result of the page *entry*, and of pages that waited for it."""
        page = entry.page
        if isinstance(page, Unavailable):
            self.waiting.add_unavailable(entry.number, page.rejection)
            return
        if not isinstance(page, SavedPage):
            if isinstance(page, Rejection):
                yield page
            return
        try:
            read = await entry.reading
        except Exception as error:  # one page must not end the whole archive
            yield self.explain_page(page.url, error, "archive")
            return
        if page.mark is not None and page.mark.kind == "page" and read.place.first:
            self.fetches.settle(page_key(page.url))
            yield further_page(page.mark.asked or page.url, read)
        if not self.waiting.add(entry.number, page.url, read, page.mark):
            yield await self.clean(read.article)
        async for item in self.release(_MAX_WAITING):
            yield item

    async def clean(self, article: Article) -> Article | Rejection:
        """Return *article*, cleaned if it is large and not clean yet. Then large and small
        articles leave the pipelines in the order in which they enter them. If cleaning fails,
        return a rejection."""
        if article.is_clean or article.raw_size < MIN_BYTES:
            return article
        try:
            return await self.executor.run(article.raw_size, None, clean_article, article)
        except Exception as error:
            return self.explain_page(article.url, error, "archive")

    async def joined(self, keys: list[str]) -> AsyncIterator[Article | Rejection]:
        """Yield the articles whose first pages wait under *keys*, joined with waiting pages."""
        pages = SavedFurtherPages(self, self.further.most, self.waiting, self.fetches)
        for key in keys:
            first = self.waiting.first.pop(key)
            pages.since = first.number
            try:
                await pages.join(first.page)
            except Exception as error:
                yield self.explain_page(first.page.article.url, error, "archive")
                continue
            yield await self.clean(first.page.article)

    async def release(self, most: int) -> AsyncIterator[Article | Rejection]:
        """If more than *most* pages of a kind wait, release the oldest until half of *most* are
        left. Yield the articles that begin on these pages, and each further page without its first
        page as an article."""
        async for article in self.joined(oldest(self.waiting.first, most)):
            yield article
        for key in oldest(self.waiting.later, most):
            yield await self.clean(self.waiting.later.pop(key).page.article)
        self.waiting.drop_fetched(most)


def _is_further(page: SavedPage) -> bool:
    """Return True if a newsclean crawl fetched *page* as a further page of an article."""
    return page.mark is not None and page.mark.kind == "further"


def etag_of(page: SavedPage) -> str:
    """Return a digest of the bytes of *page*, in the form of an ETag. It shows whether a saved page
    has changed."""
    return f'{_SAVED}{hashlib.sha256(page.body).hexdigest()}"'


def date_of(page: SavedPage) -> str:
    """Return the time at which *page* was fetched, in the format of the ledger. Return an empty
    string if it is unknown."""
    return utc(page.date) if page.date is not None else ""
