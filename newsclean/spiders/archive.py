"""What is already on disk: saved pages, folders of them, text dumps, WARC and WET files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from newsclean.archives import OPT_OUT_HEADERS, SavedPage, Skipped, Unavailable, read_saved
from newsclean.article import extract_article, rule_for
from newsclean.extraction import Page, decode
from newsclean.extraction.pagination.find import Pagination, find_pages
from newsclean.items import Article, Rejection
from newsclean.spiders.arguments import ArchiveArguments, Arguments
from newsclean.spiders.further import FurtherPages, ReadPage
from newsclean.spiders.page import PageSpider, further_page, opt_outs
from newsclean.urls import normal_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from newsclean.archives import PageMark

# Pages of spread articles that wait for each other at most.
_MOST_WAITING = 500


class ArchiveSpider(PageSpider):
    """``scrapy crawl archive -a path=PATH``. Makes no request.

    The pages of a multi-page article lie anywhere in an archive: they wait for each other, and
    what has not come together at its end, or when too many wait, goes out as it is. A page that
    one of our crawls saved says what it was fetched for (`PageMark`): it gives what it gave then.
    """

    name = "archive"
    arguments_model: ClassVar[type[Arguments]] = ArchiveArguments
    arguments: ArchiveArguments

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # What waits, by normal URL, the oldest first: first pages; pages that may be articles of
        # their own; pages that a crawl fetched as further ones; further pages that it did not get.
        self.first: dict[str, ReadPage] = {}
        self.later: dict[str, ReadPage] = {}
        self.fetched: dict[str, ReadPage] = {}
        self.unavailable: dict[str, Rejection] = {}

    async def start(self) -> AsyncIterator[Any]:
        """Yield the article of each saved page, one at a time."""
        limit = self.settings.getint("DOWNLOAD_MAXSIZE")
        pages = read_saved(self.arguments.path, limit=limit)
        while True:
            # A slow disk must not hold up the export of what was read before.
            page = await asyncio.to_thread(next, pages, None)
            if page is None:
                break
            if self.crawler.stats is not None and not isinstance(page, Skipped):
                self.crawler.stats.inc_value("newsclean/read")
            if isinstance(page, SavedPage):
                try:
                    read = self.read_saved(page)
                except Exception as error:  # one page must not end the whole archive
                    yield self.explain_page(page.url, error, "archive")
                    continue
                if (key := normal_url(page.url)) in self.first:  # fetched again later
                    async for item in self.joined([key]):
                        yield item
                if page.mark is not None and page.mark.kind == "page" and read.place.first:
                    yield further_page(page.mark.asked or page.url, read)
                if not self.waits(page.url, read, page.mark):
                    yield read.article
                async for item in self.let_go(_MOST_WAITING):
                    yield item
            elif isinstance(page, Unavailable):
                self.unavailable[normal_url(page.rejection.url)] = page.rejection
            elif isinstance(page, Skipped):
                if self.crawler.stats is not None:
                    self.crawler.stats.inc_value("newsclean/skipped_files")
            else:
                yield page
        async for item in self.let_go(0):
            yield item

    def read_saved(self, saved: SavedPage) -> ReadPage:
        """Return the article on the page *saved* and its place among the article's pages."""
        is_text = saved.kind == "text"
        page = Page(decode(saved.body, saved.content_type), saved.url, saved.date)
        mark = saved.mark
        hints = mark.hints if mark is not None else None
        article = extract_article(page, is_text=is_text, hints=hints, rules=self.rules)
        metadata = article.metadata
        metadata.discoveredBy = mark.discovered_by if mark is not None else "archive"
        robots, reserved = (saved.opt_outs.get(name, "") for name in OPT_OUT_HEADERS)
        metadata.optOut = opt_outs([robots, *(metadata.optOut or [])], reserved) or None
        if is_text or self.further.most < 2 or article.articleBodyRaw is None:
            return ReadPage(article, Pagination())
        number = mark.number if mark is not None else None
        return ReadPage(article, find_pages(page, rule_for(page, self.rules), number=number))

    def waits(self, url: str, read: ReadPage, mark: PageMark | None = None) -> bool:
        """Return True if the page *url* has to wait for others of its article."""
        key = normal_url(url)
        if mark is not None and (mark.kind == "further" or read.place.first is not None):
            self.fetched[normal_url(mark.asked or url)] = read
            return True
        if read.place.first is not None:
            return self.later.setdefault(key, read) is read
        if read.place.pages or (mark is not None and read.place.whole):
            self.first[key] = read
            return True
        return False

    async def joined(self, keys: list[str]) -> AsyncIterator[Article | Rejection]:
        """Yield the articles whose first pages wait under *keys*, with the pages that wait."""
        pages = _SavedPages(self, self.further.most)
        for key in keys:
            read = self.first.pop(key)
            try:
                await pages.join(read)
            except Exception as error:
                yield self.explain_page(read.article.url, error, "archive")
                continue
            yield read.article

    async def let_go(self, most: int) -> AsyncIterator[Article | Rejection]:
        """Let the oldest pages go if more than *most* of a kind wait, and half of them at once:
        yield the articles that begin on them, and each further page whose first page was not saved
        as an article of its own."""
        async for article in self.joined(_oldest(self.first, most)):
            yield article
        for key in _oldest(self.later, most):
            yield self.later.pop(key).article
        for waiting in (self.fetched, self.unavailable):
            for key in _oldest(waiting, most):
                del waiting[key]


def _oldest(waiting: dict[str, Any], most: int) -> list[str]:
    """Return which of *waiting* go: none if they are at most *most*, else all but half of that."""
    return list(waiting)[: len(waiting) - most // 2] if len(waiting) > most else []


class _SavedPages(FurtherPages):
    """Further pages out of those that wait in *spider*."""

    spider: ArchiveSpider

    async def _fetch(self, url: str, of: str, number: int) -> ReadPage | Rejection:
        key = normal_url(url)
        for waiting in (self.spider.later, self.spider.fetched, self.spider.unavailable):
            if key in waiting:
                return waiting.pop(key)
        return Rejection(url=url, reason="not-saved", detail="not in the archive")
