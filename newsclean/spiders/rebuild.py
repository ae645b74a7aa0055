"""The spider that writes a feed again: the exported articles of a ledger, read from saved pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from newsclean.items import Article
from newsclean.rejections import Rejection
from newsclean.spiders.archive import ArchiveSpider, date_of
from newsclean.spiders.arguments import Arguments, RebuildArguments
from newsclean.urls import page_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from newsclean.archives import SavedPage
    from newsclean.ledger.inspection import LastExport

_MAX_NAMED = 20  # missing pages that are printed at the end; the rejected feed has all


class RebuildSpider(ArchiveSpider):
    """The spider of ``newsclean ledger --export``. It writes nothing to the ledger.

    Each article is yielded as it was last exported: from the last fetch of its page up to that
    export, with its version. An exported page without an article in the archive gives a rejection.
    The reason is ``not-saved`` if the page is not in the archive.
    """

    name = ""  # not available on the command line
    needs_whole_feed = True
    arguments_model: ClassVar[type[Arguments]] = RebuildArguments
    arguments: RebuildArguments

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(name="ledger", **kwargs)
        from newsclean.ledger import Ledger  # noqa: PLC0415 - SQLAlchemy; Scrapy loads all spiders

        self.ledger = Ledger.open(self.arguments.ledger, reading=True)
        # By page key: the rejection of an exported page, and True if the feed already has it.
        self.refused: dict[str, tuple[Rejection, bool]] = {}
        self.missing = 0  # exported pages without an article in the archive
        self.first_missing: list[tuple[str, str]] = []  # URL and reason of the first of them

    def closed(self, reason: str) -> None:
        """Close the ledger."""
        self.ledger.close()
        super().closed(reason)

    def last_export(self, key: str) -> LastExport | None:
        """Return the last export of the page *key*. None if the ledger has none."""
        return self.ledger.inspection.last_export(key)

    def may_be_taken(self, key: str, page: SavedPage) -> bool:
        """Return True for a fetch of an exported page, up to its last export. Also return True for
        a duplicate, because it may be a further page of its article."""
        export = self.last_export(key)
        if export is None:
            known = self.ledger.pages.look_up(key)
            return known is not None and known.state == "duplicate"
        return not (date := date_of(page)) or date <= export.at

    def item_done(self, item: Any, exception: Any = None, failure: Any = None) -> None:
        """Handle *item* as in an archive crawl, and note the rejected pages."""
        super().item_done(item, exception, failure)
        if isinstance(item, Article) and (exception or failure):
            error = Rejection(item.url, "error")
            why = getattr(exception, "rejection", None) or error
            self.refused[page_key(item.url)] = why, True

    async def read_all(self) -> AsyncIterator[Any]:
        """Yield the exported articles, and a rejection for each missing one."""
        async for item in super().read_all():
            key = page_key(item.url)
            export = self.last_export(key)
            if isinstance(item, Rejection):
                if export is not None and item.status in {None, 200}:  # otherwise another fetch
                    self.refused[key] = item, False
            elif export is None:
                self.fetches.settle(key)
            else:
                yield _as_exported(item, export)
        for url in self.ledger.inspection.exported_urls():
            key = page_key(url)
            if not self.fetches.is_settled(key):
                lost = Rejection(url, "not-saved", detail="exported, but not in the archive")
                why, is_written = self.refused.get(key, (lost, False))
                self.missing += 1
                if self.missing <= _MAX_NAMED:
                    self.first_missing.append((url, why.reason))
                if not is_written:
                    yield why


def _as_exported(article: Article, export: LastExport) -> Article:
    metadata = article.metadata
    metadata.version = export.version
    metadata.changeType = "new" if export.version == 1 else "updated"
    metadata.previousContentHash = export.previous_hash
    return article
