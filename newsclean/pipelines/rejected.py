"""Pages that give no article leave the pipelines here, with their reason."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import DropItem

from newsclean.items import Rejection


class RejectedPage(DropItem):
    """Raised by a station that lets an item go no further; ``rejection`` is what the second
    feed says of it."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(f"{rejection.reason}: {rejection.url}", log_level="INFO")
        self.rejection = rejection


class RejectedPipeline:
    """Drop the `Rejection` items that spiders yield, so that there is one way out for all."""

    def process_item(self, item: Any) -> Any:
        """Return *item* unless it is a `Rejection`; raise RejectedPage for one."""
        if isinstance(item, Rejection):
            raise RejectedPage(item)
        return item
