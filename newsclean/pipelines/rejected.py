"""Drop pages without an article, with their reason."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import DropItem

from newsclean.rejections import Rejection


class RejectedPage(DropItem):
    """Raised by a pipeline that rejects an item. ``rejection`` is written to the second feed."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(f"{rejection.reason}: {rejection.url}", log_level="INFO")
        self.rejection = rejection


class RejectedPipeline:
    """Drop the `Rejection` items of spiders, so that all rejections are handled in one way."""

    def process_item(self, item: Any) -> Any:
        """Return *item*. Raise RejectedPage for a `Rejection`."""
        if isinstance(item, Rejection):
            raise RejectedPage(item)
        return item
