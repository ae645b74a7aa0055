"""What is already on disk: saved pages, folders of them, text dumps, WARC and WET files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from newsclean.archives import SavedPage, Skipped, read_saved
from newsclean.article import extract_article, rule_for
from newsclean.extraction import Page, decode
from newsclean.extraction.pagination.find import Pagination, find_pages
from newsclean.items import Article, Rejection
from newsclean.spiders.arguments import ArchiveArguments, Arguments
from newsclean.spiders.further import FurtherPages, ReadPage
from newsclean.spiders.page import PageSpider
from newsclean.urls import normal_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# Pages of spread articles that wait for each other at most.
_MOST_WAITING = 500


class ArchiveSpider(PageSpider):
    """``scrapy crawl archive -a path=PATH``. Makes no request.

    The pages of a spread article lie anywhere in an archive: they wait for each other, and what
    has not come together at its end, or when too many wait, goes out as it is.
    """

    name = "archive"
    arguments_model: ClassVar[type[Arguments]] = ArchiveArguments
    arguments: ArchiveArguments

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.first: list[ReadPage] = []
        self.later: dict[str, ReadPage] = {}

    async def start(self) -> AsyncIterator[Any]:
        """Yield the article of each saved page, one at a time."""
        limit = self.settings.getint("DOWNLOAD_MAXSIZE")
        pages = read_saved([self.arguments.path], limit=limit)
        while True:
            # A slow disk must not hold up the export of what was read before.
            page = await asyncio.to_thread(next, pages, None)
            if page is None:
                break
            if isinstance(page, SavedPage):
                read = self.read_saved(page)
                if not self.waits(page.url, read):
                    yield read.article
                if len(self.first) + len(self.later) > _MOST_WAITING:
                    async for article in self.joined():
                        yield article
            elif isinstance(page, Skipped):
                if self.crawler.stats is not None:
                    self.crawler.stats.inc_value("newsclean/skipped_files")
            else:
                yield page
        async for article in self.joined():
            yield article

    def read_saved(self, saved: SavedPage) -> ReadPage:
        """Return the article on the page *saved* and its place among the article's pages."""
        is_text = saved.kind == "text"
        page = Page(decode(saved.body, saved.content_type), saved.url, saved.date)
        article = extract_article(page, is_text=is_text, rules=self.rules)
        article.metadata.discoveredBy = "archive"
        if is_text or self.further.most < 2 or article.articleBodyRaw is None:
            return ReadPage(article, Pagination())
        return ReadPage(article, find_pages(page, rule_for(page, self.rules)))

    def waits(self, url: str, read: ReadPage) -> bool:
        """Tell whether the page *url* has to wait for others of its article."""
        if read.place.first is not None:
            return self.later.setdefault(url, read) is read
        if read.place.pages:
            self.first.append(read)
        return bool(read.place.pages)

    async def joined(self) -> AsyncIterator[Article]:
        """Yield the articles whose pages wait, and each further page whose article's first page
        was not saved as one of its own."""
        first, later = self.first, self.later
        self.first, self.later = [], {}
        pages = _SavedPages(self, self.further.most, later)
        for read in first:
            await pages.join(read)
            yield read.article
        for read in pages.left():
            yield read.article


class _SavedPages(FurtherPages):
    """Further pages out of those that were *saved*."""

    def __init__(self, spider: PageSpider, most: int, saved: dict[str, ReadPage]) -> None:
        super().__init__(spider, most)
        self._kept = {normal_url(url): read for url, read in saved.items()}

    async def _fetch(self, url: str, of: str, number: int) -> Rejection:
        return Rejection(url=url, reason="not-saved", detail="not in the archive")
