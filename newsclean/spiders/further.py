"""FETCH: fetch the further pages of a multi-page article and join them.

They are fetched in the callback of page 1, so that the spider yields the whole article once, for
page 1. If the crawl is killed meanwhile, the next run requests page 1 again.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from scrapy import Request

from newsclean.extraction.pagination.address import read_address
from newsclean.extraction.pagination.find import is_other_page
from newsclean.fetched import ReadPage
from newsclean.items import FurtherBody, MissingPage
from newsclean.printable import printable
from newsclean.rejections import Rejection
from newsclean.spiders.failures import ERROR
from newsclean.urls import normal_url

if TYPE_CHECKING:
    from newsclean.spiders.page import PageSpider

logger = logging.getLogger(__name__)

_MAX_REDIRECTS = 5  # of one further page
_MAX_KEPT = 500  # further pages that wait for their page 1
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TAG = re.compile(r"<[^<>]*+>")


class FurtherPages:
    """The further pages of the articles of *spider*.

    An article has at most *most* pages. ``claimed`` maps the normal URL of each further page to the
    URL of its article.
    """

    def __init__(self, spider: PageSpider, most: int) -> None:
        self.spider = spider
        self.most = most
        self.claimed: dict[str, str] = {}
        self._kept: dict[str, ReadPage] = {}

    def keep(self, url: str, read: ReadPage) -> None:
        """Store the page *url*, which was *read* before page 1 of its article, until page 1 needs
        it."""
        if len(self._kept) < _MAX_KEPT:
            self._kept[normal_url(url)] = read

    async def join(self, read: ReadPage) -> None:
        """Append the bodies of the further pages to the body of the article *read* on page 1.

        The metadata of the article lists the further pages and the missing pages.
        """
        article, place = read.article, read.place
        body = article.articleBodyRaw
        if body is None or self.most < 2 or not (place.pages or place.whole):
            return
        metadata = article.metadata
        whole = await self._whole(read)
        if whole is None:
            found, missing = await self._follow(read)
        else:
            # Page 1 is the beginning of the whole article; joining removes the repeated text.
            found, missing = {str(place.whole): whole}, []
            for url in place.pages.values():
                self._claim(url, article.url)
        body.further = list(found.values())
        metadata.pages = [article.url, *found] if found else None
        metadata.missingPages = missing or None
        stats = self.spider.crawler.stats
        if stats is not None:
            stats.inc_value("newsclean/further_pages", len(found))
            stats.inc_value("newsclean/missing_pages", len(missing))

    async def _follow(self, read: ReadPage) -> tuple[dict[str, FurtherBody], list[MissingPage]]:
        """Return the bodies of the pages after *read*, by URL, and the missing pages."""
        article = read.article
        found: dict[str, FurtherBody] = {}
        missing: list[MissingPage] = []
        texts = {_text(article.articleBodyRaw.html)} if article.articleBodyRaw else set()
        known = dict(read.place.pages)
        number = 1
        while (url := known.get(number + 1)) and self._claim(url, article.url):
            number += 1
            if number > self.most:
                missing.append(MissingPage(url, "max-pages"))
                break
            further = await self._read(url, article.url, number)
            if isinstance(further, Rejection):
                logger.warning("Page %d of %s: %s", number, article.url, further.detail)
                missing.append(MissingPage(url, further.reason))
                continue
            raw = further.article.articleBodyRaw
            known = {**further.place.pages, **known}
            if raw is None:
                missing.append(MissingPage(url, "no-body"))
            elif _text(raw.html) in texts:
                break  # the site shows the same text for every page number
            else:
                texts.add(_text(raw.html))
                found[url] = FurtherBody(further.article.url, raw.html, raw.slots)
        return found, missing

    async def _whole(self, read: ReadPage) -> FurtherBody | None:
        """Return the body of the page with the whole article *read*. Return None if there is no
        such page, or if it has no more text than page 1."""
        url, body = read.place.whole, read.article.articleBodyRaw
        if url is None or body is None or not self._claim(url, read.article.url):
            return None
        found = await self._read(url, read.article.url, 2)
        raw = found.article.articleBodyRaw if isinstance(found, ReadPage) else None
        if not isinstance(found, ReadPage) or raw is None:
            return None
        if len(_text(raw.html)) <= len(_text(body.html)):
            return None
        return FurtherBody(found.article.url, raw.html, raw.slots)

    def _claim(self, url: str, of: str) -> bool:
        """Claim the page *url* for the article *of*. Return False if it was already claimed."""
        key = normal_url(url)
        if key in self.claimed or key == normal_url(of):
            return False
        self.claimed[key] = of
        return True

    async def _read(self, url: str, of: str, number: int) -> ReadPage | Rejection:
        """Return page *number* of the article *of*, or the reason why it is missing."""
        kept = self._kept.pop(normal_url(url), None)
        return kept if kept is not None else await self._fetch(url, of, number)

    async def _fetch(self, url: str, of: str, number: int) -> ReadPage | Rejection:
        meta = {"dont_redirect": True, "newsclean_page": number, "newsclean_asked": url}
        for _ in range(_MAX_REDIRECTS):
            # Redirects are followed here, so that none leads to another host.
            request = Request(url, meta=dict(meta))
            engine = self.spider.crawler.engine
            assert engine is not None
            try:
                response = await engine.download_async(request)
            except Exception as error:  # any exception, as in an errback
                return self._explain(request, error)
            if response.status not in _REDIRECTS:
                try:
                    return await self.spider.read_in_executor(response, number=number)
                except Exception as error:  # the article is yielded without this page
                    return self._explain(request, error)
            target = (response.headers.get("Location") or b"").decode("latin-1")
            try:
                url = response.urljoin(target)
            except ValueError:  # not a URL
                url = target
            if not is_other_page(url, of):
                detail = f"redirects to {printable(url)}, which is not a page of this article"
                return Rejection(url=request.url, reason="redirect", detail=detail)
        return Rejection(url=url, reason="redirect", detail="too many redirects")

    def _explain(self, request: Request, error: Exception) -> Rejection:
        """Return the reason why the page of *request* is missing. Count an exception of the
        program here, because the rejected feed has no line for this page."""
        missing = self.spider.explain(request, error)
        if missing.reason == ERROR and self.spider.crawler.stats is not None:
            self.spider.crawler.stats.inc_value("newsclean/errors")
        return missing


def may_be_further(url: str) -> bool:
    """Return True if *url* looks like page 2 or later of an article."""
    return len(read_address(url)) > 1


def _text(html: str) -> str:
    """Return the letters and digits of *html*, without markup."""
    return "".join(filter(str.isalnum, _TAG.sub("", html)))
