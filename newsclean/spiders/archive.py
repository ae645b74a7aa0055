"""What is already on disk: saved pages, folders of them, text dumps, WARC and WET files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from newsclean.archives import SavedPage, Skipped, read_saved
from newsclean.article import extract_article
from newsclean.spiders.arguments import ArchiveArguments, Arguments
from newsclean.spiders.page import PageSpider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class ArchiveSpider(PageSpider):
    """``scrapy crawl archive -a path=PATH``. Makes no request."""

    name = "archive"
    arguments_model: ClassVar[type[Arguments]] = ArchiveArguments
    arguments: ArchiveArguments

    async def start(self) -> AsyncIterator[Any]:
        """Yield the article of each saved page, one at a time."""
        limit = self.settings.getint("DOWNLOAD_MAXSIZE")
        stats = self.crawler.stats
        pages = read_saved([self.arguments.path], limit=limit)
        while True:
            # A slow disk must not hold up the export of what was read before.
            page = await asyncio.to_thread(next, pages, None)
            if page is None:
                return
            if isinstance(page, SavedPage):
                article = extract_article(
                    page.body,
                    page.url,
                    content_type=page.content_type,
                    downloaded=page.date,
                    is_text=page.kind == "text",
                    rules=self.rules,
                )
                article.metadata.discoveredBy = "archive"
                yield article
            elif isinstance(page, Skipped):
                if stats is not None:
                    stats.inc_value("newsclean/skipped_files")
            else:
                yield page
