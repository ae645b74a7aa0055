"""Compare an article with the last version in the ledger; pass on only new and changed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem

from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.identity import identity_of
from newsclean.items import Article
from newsclean.ledger import LedgerError
from newsclean.pipelines.rejected import RejectedPage
from newsclean.rejections import Rejection, is_failure

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class UnchangedArticle(DropItem):
    """Raised for an article that was exported before and has not changed."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"unchanged: {article.url}", log_level="DEBUG")
        self.article = article


class CompareVersionsPipeline:
    """Set ``metadata.changeType``, ``version`` and ``previousContentHash`` of an article.

    Drop an article with the same words as its last export. Postpone an article that was exported
    before if one of its pages could not be fetched, because a new version must not be shorter for
    that reason. Reject an article that an earlier run exported from another URL of the site as a
    duplicate. Without a ledger, do nothing.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.keeper: LedgerKeeper | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for *crawler*."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Get the ledger of the crawl."""
        self.keeper = self.crawler.get_extension(LedgerKeeper)

    def process_item(self, item: Any) -> Any:
        """Return *item*. Raise UnchangedArticle if the feed already has it, RejectedPage if it is
        postponed or a duplicate."""
        if not isinstance(item, Article) or self.keeper is None or self.keeper.ledger is None:
            return item
        metadata = item.metadata
        article = identity_of(item.url, item.canonicalUrl, item.headline, metadata.contentHash)
        try:
            known, same = self.keeper.ledger.identities.look_up(article)
        except LedgerError as error:
            self.keeper.give_up(error)
            raise DropItem(f"the ledger cannot be used: {item.url}") from None
        if known is None or known.version < 1:
            if same is not None:
                raise RejectedPage(Rejection.as_duplicate(item, same))
            metadata.changeType, metadata.version = "new", max(1, known.version + 1 if known else 1)
            return item
        if known.content_hash == metadata.contentHash:
            raise UnchangedArticle(item)
        missing = [one for one in metadata.missingPages or [] if is_failure(one.reason)]
        if missing:
            detail = f"{missing[0].url}: {missing[0].reason}"
            raise RejectedPage(Rejection.of(item, "incomplete", detail))
        metadata.changeType = "updated"
        metadata.version = known.version + 1
        metadata.previousContentHash = known.content_hash
        return item
