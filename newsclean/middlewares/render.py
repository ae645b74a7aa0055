"""Render pages that need JavaScript in a browser, before a spider reads them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse

from newsclean.article import extract_article
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.extraction import Page, decode
from newsclean.extraction.shell import is_shell, letters_of
from newsclean.extras import extra_problem
from newsclean.ledger import LedgerError, utc_now
from newsclean.middlewares.browser import Browser, RenderError, find_chromium
from newsclean.urls import site_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from newsclean.middlewares.browser import Answer

_MAX_USELESS = 5  # useless renderings of a site in a row; then its pages are not rendered any more
_KEPT_HEADERS = ("content-type", "cache-control", "access-control-allow-origin")


def render_problem(settings: BaseSettings) -> str | None:
    """Return in one line why ``NEWSCLEAN_RENDER`` cannot be used, or None if it can."""
    wanted = settings.get("NEWSCLEAN_RENDER")
    if wanted in {None, "", "0", "False", "off", False}:
        return None
    if wanted != "auto":
        return f"NEWSCLEAN_RENDER = {wanted!r}: expected 'auto' or False"
    if problem := extra_problem("render"):
        return problem
    path = settings.get("NEWSCLEAN_CHROMIUM")
    if find_chromium(path) is None:
        where = f"{path}: no such program" if path else "no Chromium was found"
        return f"NEWSCLEAN_RENDER = 'auto': {where}, expected a path in NEWSCLEAN_CHROMIUM"
    return None


class RenderMiddleware:
    """Renders pages that are empty without JavaScript (`newsclean.extraction.shell`).

    After one page of a site needed this, all such pages of the site are rendered without an attempt
    to read them first. The ledger stores this for later runs.
    """

    def __init__(self, crawler: Crawler, path: str) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.browser = Browser(
            path,
            self._fetch,
            timeout=settings.getfloat("NEWSCLEAN_RENDER_TIMEOUT"),
            user_agent=settings.get("USER_AGENT") or "",
        )
        self.min_letters = settings.getint("NEWSCLEAN_MIN_LETTERS")
        self.sites: set[str] | None = None
        self.useless: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware. Raise NotConfigured unless rendering is on and possible."""
        if crawler.settings.get("NEWSCLEAN_RENDER") != "auto":
            raise NotConfigured
        problem = render_problem(crawler.settings)
        path = find_chromium(crawler.settings.get("NEWSCLEAN_CHROMIUM"))
        if problem is not None or path is None:
            raise NotConfigured(problem)
        middleware = cls(crawler, path)
        crawler.signals.connect(middleware.browser.close, signals.spider_closed)
        return middleware

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return *response*, rendered if it needs JavaScript."""
        if not isinstance(response, HtmlResponse) or response.status != 200:
            return response
        if "newsclean_subresource" in request.meta or request.method != "GET":
            return response
        site = site_of(response.url)
        if self.useless[site] >= _MAX_USELESS or not self._needs_rendering(response, site):
            return response
        return await self._render(response, site)

    def _needs_rendering(self, response: HtmlResponse, site: str) -> bool:
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        page = Page(decode(response.body, kind), response.url)
        if not is_shell(page.root):
            return False
        # Some of these pages have their article as JSON, which is read without a browser.
        if site in self._known():
            return True
        body = extract_article(page).articleBodyRaw
        return letters_of(body.html if body else None) < self.min_letters

    async def _render(self, response: HtmlResponse, site: str) -> Response:
        stats = self.crawler.stats
        assert stats is not None
        headers = _headers(response)
        try:
            html = await self.browser.render(response.url, (200, headers, response.body))
        except RenderError as error:
            stats.inc_value("newsclean/render_failed")
            self.useless[site] += 1
            assert self.crawler.spider is not None
            self.crawler.spider.logger.warning("Page not rendered: %s: %s", response.url, error)
            return response
        stats.inc_value("newsclean/rendered")
        rendered = response.replace(body=html.encode("utf-8", "replace"), encoding="utf-8")
        rendered.headers["Content-Type"] = "text/html; charset=utf-8"
        if is_shell(Page(html, response.url).root):
            self.useless[site] += 1
        else:
            self.useless[site] = 0
            self._remember(site)
        return rendered

    def _known(self) -> set[str]:
        """Return the sites that needed rendering in this run or earlier ones."""
        if self.sites is None:
            self.sites = set()
            keeper = self.crawler.get_extension(LedgerKeeper)
            if keeper is not None and keeper.ledger is not None:
                try:
                    self.sites = keeper.ledger.rendered.sites()
                except LedgerError as error:
                    keeper.give_up(error)
        return self.sites

    def _remember(self, site: str) -> None:
        if site in self._known():
            return
        self._known().add(site)
        keeper = self.crawler.get_extension(LedgerKeeper)
        if keeper is not None and keeper.ledger is not None:
            try:
                keeper.ledger.rendered.note(site, utc_now())
            except LedgerError as error:
                keeper.give_up(error)

    async def _fetch(self, method: str, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """Return the response of *url*, fetched like every other page of the crawl."""
        request = Request(
            url, method=method, headers=headers, body=body, meta={"newsclean_subresource": True}
        )
        assert self.crawler.engine is not None
        response = await self.crawler.engine.download_async(request)
        return response.status, _headers(response), response.body


def _headers(response: Response) -> dict[str, str]:
    return {
        name: value.decode("latin-1")
        for name in _KEPT_HEADERS
        if (value := response.headers.get(name)) is not None
    }
