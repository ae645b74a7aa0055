"""SHOW: print articles on standard output, in the order of the URLs that the user named."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import sys
import tempfile
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from newsclean.export.formats.jsonl import line_of
from newsclean.export.formats.markdown import as_markdown
from newsclean.export.formats.text import as_text, without_controls
from newsclean.extensions.ending import end_crawl
from newsclean.extensions.ledger_keeper import key_asked_for
from newsclean.items import Article
from newsclean.printable import printable
from newsclean.rejections import Rejection
from newsclean.serialization import as_record
from newsclean.signals import line_written
from newsclean.urls import page_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Request

# Bytes of articles that wait in memory for an earlier article. More are written to a file.
_MAX_IN_MEMORY = 16_000_000
_BETWEEN = {"text": b"\n---\n\n", "markdown": b"\n", "jsonl": b""}


class Printing:
    """Writes each article to standard output in *form*: text, markdown or jsonl.

    If the spider has URLs as arguments, articles are printed in their order, each as soon as all
    earlier ones are done. With *reasons*, a page without an article gives a line on standard error.
    """

    def __init__(self, crawler: Crawler, form: str, *, reasons: bool) -> None:
        self.crawler = crawler
        self.form = form
        self.reasons = reasons
        self.order = Order(())
        self.printed = 0
        self._ending: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected. Raise NotConfigured if ``NEWSCLEAN_PRINT`` is not
        set."""
        settings = crawler.settings
        form = settings.get("NEWSCLEAN_PRINT")
        if not form:
            raise NotConfigured
        printing = cls(crawler, form, reasons=not settings.getbool("NEWSCLEAN_SUMMARY"))
        crawler.signals.connect(printing.spider_opened, signals.spider_opened)
        crawler.signals.connect(printing.line_written, line_written)
        crawler.signals.connect(printing.spider_closed, signals.spider_closed)
        return printing

    def spider_opened(self, spider: Spider) -> None:
        """Store the order of the pages."""
        arguments = getattr(spider, "arguments", None)
        urls: list[str] = getattr(arguments, "all_urls", list)()
        if not getattr(spider, "needs_ledger", False):  # the URL of a site is not an article's
            self.order = Order(map(page_key, urls))

    def line_written(
        self, item: Article | Rejection, spider: Spider, request: Request | None = None
    ) -> None:
        """Print *item*, or store it until all earlier pages are done."""
        if isinstance(item, Article):
            output = self._render(item)
        else:
            output = b""
            if self.reasons:
                detail = f" ({printable(item.detail)})" if item.detail else ""
                url = printable(item.url)
                print(f"{url}: no article: {item.reason}{detail}", file=sys.stderr)
        self._print(self.order.add(key_asked_for(request, item.url), output))

    def spider_closed(self) -> None:
        """Print the articles that still wait for a page without a result."""
        self._print(self.order.rest())

    def _render(self, article: Article) -> bytes:
        record = as_record(dataclasses.replace(article, articleBodyRaw=None))
        if self.form == "jsonl":
            return line_of(record)
        text = (as_markdown if self.form == "markdown" else as_text)(record)
        return without_controls(text).encode("utf-8", "replace")

    def _print(self, outputs: Iterable[bytes]) -> None:
        for output in outputs:
            if not output or self._ending is not None:
                continue
            try:
                between = _BETWEEN[self.form] if self.printed else b""
                sys.stdout.buffer.write(between + output)
                sys.stdout.buffer.flush()
            except OSError as error:
                why = "standard output was closed"  # the reader of the pipe has ended (head)
                if not isinstance(error, BrokenPipeError):
                    why = f"standard output: {error.strerror}"
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                self._ending = asyncio.ensure_future(end_crawl(self.crawler, "feed_failed", why))
            self.printed += 1


class Order:
    """Sorts outputs into the order of *keys*. Outputs for other keys are returned at once."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        self._next = 0
        self._waiting: dict[int, tuple[int, int]] = {}  # place → offset and length in the file
        self._file = tempfile.SpooledTemporaryFile(_MAX_IN_MEMORY)  # noqa: SIM115

    def add(self, key: str, output: bytes) -> list[bytes]:
        """Add the *output* for *key*, ``b""`` for none. Return the outputs that can be printed now,
        in order.

        >>> order = Order(["a", "b"])
        >>> order.add("b", b"2"), order.add("c", b"3"), order.add("a", b"1")
        ([], [b'3'], [b'1', b'2'])
        """
        place = self._places.pop(key, None)
        if place is None:
            return [output]
        if place != self._next:
            offset = self._file.seek(0, os.SEEK_END)
            self._file.write(output)
            self._waiting[place] = offset, len(output)
            return []
        ready = [output]
        self._next += 1
        while self._next in self._waiting:
            ready.append(self._take(self._next))
            self._next += 1
        return ready

    def rest(self) -> list[bytes]:
        """Return the outputs that still wait, in order."""
        return [self._take(place) for place in sorted(self._waiting)]

    def _take(self, place: int) -> bytes:
        offset, length = self._waiting.pop(place)
        self._file.seek(offset)
        return self._file.read(length)
