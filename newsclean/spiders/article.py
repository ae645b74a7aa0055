"""The spider for pages that the user names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from newsclean.spiders.arguments import Arguments, ArticleArguments
from newsclean.spiders.page import PageSpider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class ArticleSpider(PageSpider):
    """``scrapy crawl article -a url=U[,U…]`` or ``-a urls=FILE``."""

    name = "article"
    arguments_model: ClassVar[type[Arguments]] = ArticleArguments
    arguments: ArticleArguments

    async def start(self) -> AsyncIterator[Any]:
        """Request each page once."""
        for request in self.ask(map(self.page_request, self.arguments.all_urls())):
            yield request
