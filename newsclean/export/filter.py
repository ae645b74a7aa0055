"""Choose the items that are written to a feed."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.extensions.feedexport import ItemFilter

from newsclean.items import Article
from newsclean.rejections import Rejection

logger = logging.getLogger(__name__)

_ONLY_ARTICLES = frozenset({"parquet", "markdown"})  # formats with the fields of an article


class FeedFilter(ItemFilter):
    """Extends Scrapy's filter of a feed, *own*: it accepts no rejections. A feed in a format with
    the fields of an article accepts only articles, and logs a warning for the first other item."""

    def __init__(self, own: ItemFilter, uri: str, format_name: str) -> None:
        super().__init__(None)
        self.own = own
        self.uri = uri
        self.format = format_name
        self._has_warned = False

    def accepts(self, item: Any) -> bool:
        """Return True if *item* is written to the feed."""
        if isinstance(item, Rejection) or not self.own.accepts(item):
            return False
        if self.format not in _ONLY_ARTICLES or isinstance(item, Article):
            return True
        if not self._has_warned:
            self._has_warned = True
            logger.warning(
                "%s: the format %s holds only articles, items of the class %s are not written",
                self.uri, self.format, type(item).__name__,
            )  # fmt: skip
        return False
