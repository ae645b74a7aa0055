"""Format the log: one line per page, without its body, and with sanitized text from pages."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

from newsclean.items import Article
from newsclean.printable import printable
from newsclean.spiders.failures import ERROR, explain_error

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Request, Response
    from scrapy.logformatter import LogFormatterResult
    from twisted.python.failure import Failure

# A failed download is not an error of the program: it gets one log line, without a traceback.
_WITHOUT_TRACEBACK = ("scrapy.downloadermiddlewares.robotstxt", "scrapy.core.scraper")
# The loggers of the messages of `crawled` and `scraped`.
_pages_log = logging.getLogger("scrapy.core.engine")
_items_log = logging.getLogger("scrapy.core.scraper")


class _OneLine(logging.Filter):
    """Removes the traceback from the log record of a failed download."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and explain_error(error)[0] != ERROR:
            record.exc_info = None
        return True


class LogFormat(LogFormatter):
    """Scrapy's log lines. For items, they have the URL and the headline, or the reason why there is
    no article."""

    def __init__(self) -> None:
        for name in _WITHOUT_TRACEBACK:
            logger = logging.getLogger(name)
            if not any(isinstance(one, _OneLine) for one in logger.filters):
                logger.addFilter(_OneLine())

    # Scrapy's documentation allows None, the annotations of 2.19 do not.
    def crawled(  # type: ignore[override]
        self, request: Request, response: Response, spider: Spider
    ) -> LogFormatterResult | None:
        """Return Scrapy's message for a response, or None if nothing writes it."""
        return super().crawled(request, response, spider) if _is_written(_pages_log) else None

    def scraped(  # type: ignore[override]
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        """Return the message for an article, or None if nothing writes it."""
        if not _is_written(_items_log):
            return None
        if not isinstance(item, Article):
            return super().scraped(item, response, spider)
        return {
            "level": logging.DEBUG,
            "msg": "Article %(url)s %(headline)s (%(words)s words)",
            "args": {
                "url": printable(item.url),
                "headline": printable(item.headline or "without a headline"),
                "words": item.wordCount or 0,
            },
        }

    def dropped(
        self, item: Any, exception: BaseException, response: Any, spider: Spider
    ) -> LogFormatterResult:
        """Return a message of one line with the reason."""
        rejection = getattr(exception, "rejection", None)
        if hasattr(exception, "article"):
            url = printable(item.url)
            return {"level": logging.DEBUG, "msg": "Unchanged: %(url)s", "args": {"url": url}}
        if rejection is None and isinstance(item, Article):
            text = printable(str(exception))
            return {"level": logging.WARNING, "msg": "Dropped: %(text)s", "args": {"text": text}}
        if rejection is None:
            return super().dropped(item, exception, response, spider)
        return {
            "level": logging.INFO,
            "msg": "No article: %(url)s %(reason)s (%(detail)s)",
            "args": {
                "url": printable(rejection.url),
                "reason": rejection.reason,
                "detail": printable(rejection.detail or "no details"),
            },
        }


def _is_written(logger: logging.Logger) -> bool:
    """Return True if a handler writes what *logger* logs with the level DEBUG.

    Scrapy enables all levels, and its handlers drop what is below ``LOG_LEVEL``. A record for each
    page, and one for each article, take as long as counting the article.
    """
    if not logger.isEnabledFor(logging.DEBUG):
        return False
    at: logging.Logger | None = logger
    while at is not None:
        for handler in at.handlers:
            if handler.level <= logging.DEBUG and not isinstance(handler, logging.NullHandler):
                return True
        at = at.parent if at.propagate else None
    return False
