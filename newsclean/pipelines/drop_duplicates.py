"""One article, one line: the same article under two addresses is exported once a run."""

from __future__ import annotations

from typing import Any

from newsclean.items import Article, Rejection
from newsclean.pipelines.rejected import RejectedPage


class DropDuplicatesPipeline:
    """Reject an article whose canonical address or whose very words this run has exported.

    Remembers eight bytes of each, so a run of a million articles takes some 100 MB.
    """

    def __init__(self) -> None:
        self._seen: dict[int, str] = {}

    def process_item(self, item: Any) -> Any:
        """Return *item*; raise RejectedPage for one that was here before."""
        if not isinstance(item, Article):
            return item
        keys = [hash(("url", item.canonicalUrl or item.url))]
        if item.metadata.contentHash:
            keys.append(hash(("content", item.metadata.contentHash)))
        for key in keys:
            if key in self._seen:
                raise RejectedPage(
                    Rejection(
                        url=item.url,
                        reason="duplicate",
                        detail=f"the same article as {self._seen[key]}",
                        dateDownloaded=item.metadata.dateDownloaded,
                        discoveredBy=item.metadata.discoveredBy,
                    )
                )
        for key in keys:
            self._seen[key] = item.url
        return item
