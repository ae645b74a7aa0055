"""Reject pages without a body, or with a body that is too short."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from newsclean.items import Article
from newsclean.pipelines.rejected import RejectedPage
from newsclean.rejections import Rejection, meaning_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class CheckArticlePipeline:
    """Reject an article whose body has fewer than ``NEWSCLEAN_MIN_LETTERS`` letters. Note missing
    fields of the others in ``metadata.validationMessages``."""

    def __init__(self, min_letters: int) -> None:
        self.min_letters = min_letters

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for *crawler*."""
        return cls(crawler.settings.getint("NEWSCLEAN_MIN_LETTERS"))

    def process_item(self, item: Any) -> Any:
        """Return *item*. Raise RejectedPage for an article without a body."""
        if not isinstance(item, Article):
            return item
        least = max(1, self.min_letters)
        # Counting ends there: most articles have a hundred times as many.
        letters = sum(1 for _ in islice(filter(str.isalnum, item.articleBody or ""), least))
        if letters < least:
            reason, detail = "no-body", meaning_of("no-body")
            if letters:
                reason = "short-body"
                detail = f"{letters} letters, NEWSCLEAN_MIN_LETTERS is {self.min_letters}"
            raise RejectedPage(Rejection.of(item, reason, detail))
        if not item.headline:
            messages = item.metadata.validationMessages or {}
            messages["headline"] = ["the page has no headline"]
            item.metadata.validationMessages = messages
        return item
