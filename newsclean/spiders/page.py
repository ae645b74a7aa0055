"""The base of the spiders: yield the article of a page, or the reason why there is none."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import ValidationError
from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider

from newsclean.article import utc
from newsclean.extensions.executor import Executor
from newsclean.fetched import FetchedPage, PageReader, ReadPage
from newsclean.middlewares.site_budget import SiteBudgetMiddleware
from newsclean.rejections import Rejection
from newsclean.sites import PACKAGE_FOLDER, SiteRules
from newsclean.spiders.arguments import Arguments, explain
from newsclean.spiders.failures import ERROR, explain_error
from newsclean.spiders.further import FurtherPages, may_be_further
from newsclean.urls import site_of
from newsclean.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

# The key of ``Request.meta`` for the download time of a saved page (a datetime, UTC). With it, an
# article from an archive has the same dates as in the original crawl.
DOWNLOADED = "newsclean_downloaded"
# Scrapyd passes its job and the version of its egg to each spider.
_SCRAPYDS = frozenset({"_job", "_version"})


class PageSpider(Spider):
    """A spider whose pages are articles. ``arguments`` are its checked arguments."""

    arguments_model: ClassVar[type[Arguments]]
    reader_class: ClassVar[type[PageReader]] = PageReader

    def __init__(self, *, arguments: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.arguments = arguments
        self.rules: SiteRules | None = None
        self.further = FurtherPages(self, 1)
        self.reader = PageReader()
        self.held: list[Request] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider with checked arguments and the site rules. Raise ValueError, in one
        line, for an unknown or wrong argument."""
        spider = cls(arguments=cls.check_arguments(kwargs))
        spider.rules = site_rules(crawler.settings)
        # Private method of Scrapy 2.19. Spider.from_crawler calls it, and passes kwargs on.
        spider._set_crawler(crawler)
        most = crawler.settings.getint("NEWSCLEAN_MAX_PAGES")
        min_letters = crawler.settings.getint("NEWSCLEAN_MIN_LETTERS")
        spider.reader = cls.reader_class(
            spider.rules,
            min_letters=min_letters,
            max_pages=most,
            keep_raw=crawler.settings.getbool("NEWSCLEAN_KEEP_RAW"),
        )
        spider.further = FurtherPages(spider, most)
        crawler.signals.connect(spider.spider_idle, signals.spider_idle)
        return spider

    @classmethod
    def check_arguments(cls, given: Mapping[str, Any]) -> Arguments:
        """Return *given*, the values of ``-a``, as the arguments of this spider. Arguments that
        Scrapyd adds are ignored. Raise ValueError, in one line, for an unknown or wrong argument.
        """
        own = {name: value for name, value in given.items() if name not in _SCRAPYDS}
        try:
            return cls.arguments_model.model_validate(own)
        except (ValidationError, ValueError) as error:
            raise ValueError(explain(error, cls.arguments_model)) from None

    def page_request(self, url: str, **kwargs: Any) -> Request:
        """Return the request for the page of an article."""
        return Request(url, callback=self.parse_page, errback=self.page_failed, **kwargs)

    def ask(self, requests: Iterable[Request]) -> Iterator[Request]:
        """Yield the page *requests* that can be sent now. Hold back requests for URLs that look
        like further pages until page 1 can claim them, so that each page is fetched once."""
        for request in requests:
            if self.further.most > 1 and may_be_further(request.url):
                self.held.append(request)
            else:
                yield request

    def spider_idle(self) -> None:
        """Send the requests that were held back."""
        held, self.held = self.held, []
        assert self.crawler.engine is not None
        for request in held:
            self.crawler.engine.crawl(request)
        if held:
            raise DontCloseSpider

    def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Any]:
        """Return the items and requests of the page *response*, for ``scrapy parse``, which calls
        this method by default."""
        return self.parse_page(response)

    async def parse_page(self, response: Response) -> AsyncIterator[Any]:
        """Yield the article that begins on the page *response*, with the complete raw body, or a
        rejection."""
        try:
            read = await self.read_in_executor(response)
            if isinstance(read, Rejection):
                yield read
                return
            turned_away = await self.check_page(response, read)
        except WorkerError as lost:
            assert response.request is not None
            yield self.explain(response.request, lost)
            return
        if turned_away is not None:
            for one in turned_away:
                yield one
            return
        first = read.place.first
        if first is None:
            await self.further.join(read)
            yield read.article
            return
        url = origin_of(response)
        self.further.keep(url, read)
        for request in self.lead_to(first, response):
            yield request
        yield further_page(url, read)

    async def check_page(self, response: Response, read: ReadPage) -> list[Any] | None:
        """Return None if the page that was *read* may be an article. Otherwise return the items and
        requests that the callback yields instead."""
        return None

    def lead_to(self, first: str, response: Response) -> Iterator[Request]:
        """Yield the request for *first*, page 1 of the article that *response* continues."""
        yield self.page_request(first)

    async def read_in_executor(
        self, response: Response, *, number: int | None = None
    ) -> ReadPage | Rejection:
        """Return the article on the page *response* and its position among the pages of the
        article, or a rejection. *number* is the page number, if it is known. Raise WorkerError if
        the worker process is lost."""
        page = self.page_of(response, number)
        spend = self.spending(response.url)
        return await self.executor.run(len(page.body), spend, self.reader.read, page)

    def page_of(self, response: Response, number: int | None) -> FetchedPage:
        """Return the input of the reader for *response*, page *number* of its article."""
        return fetched_page(response, number)

    @cached_property
    def executor(self) -> Executor:
        """The threads or worker processes in which pages are read."""
        return Executor.of(self.crawler)

    @property
    def budget(self) -> SiteBudgetMiddleware | None:
        """The middleware with the budgets of the sites. None if it is disabled."""
        return self.crawler.get_downloader_middleware(SiteBudgetMiddleware)

    def spending(self, url: str) -> Callable[[float], None] | None:
        """Return the function that adds CPU seconds to the budget of the site of *url*."""
        budget = self.budget
        return partial(budget.spend, site_of(url), "cpu_seconds") if budget is not None else None

    def page_failed(self, failure: Failure) -> Rejection:
        """Return the reason why the page of *failure* could not be fetched."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        return self.explain(request, failure.value)

    def explain(self, request: Request, error: BaseException) -> Rejection:
        """Return the reason why *request* failed with *error*."""
        url = request.meta.get("redirect_urls", [request.url])[0]
        return self.explain_page(url, error, request.meta.get("newsclean_discovered_by"))

    def count(self, name: str, by: int = 1) -> None:
        """Add to the stat ``newsclean/<name>``."""
        if by and self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"newsclean/{name}", by)

    def explain_page(
        self, url: str, error: BaseException, discovered_by: str | None = None
    ) -> Rejection:
        """Return the rejection of the page *url* for *error*."""
        reason, detail, status = explain_error(error)
        if reason == ERROR:  # This exception does not reach Scrapy, so it logs no traceback
            self.logger.error("Error on %s: %s", url, detail, exc_info=error)
        return Rejection(
            url=url,
            reason=reason,
            detail=detail,
            status=status,
            dateDownloaded=utc(datetime.now(UTC)),
            discoveredBy=discovered_by,
        )


def further_page(url: str, read: ReadPage) -> Rejection:
    """Return the rejection of the page *url*, which was *read* as page 2 or later of an article."""
    detail = f"page {read.place.number} of {read.place.first}"
    return Rejection.of(read.article, "further-page", detail, url=url)


def origin_of(response: Response) -> str:
    """Return the URL that was requested first, before the redirects that led to *response*."""
    url: str = response.meta.get("redirect_urls", [response.url])[0]
    return url


def fetched_page(response: Response, number: int | None = None, *, site: str = "") -> FetchedPage:
    """Return the input of `PageReader` for *response*, page *number* of its article. *site* is the
    site whose links on the page are also returned."""
    headers, meta = response.headers, response.meta
    return FetchedPage(
        response.url,
        response.body,
        meta.get(DOWNLOADED) or datetime.now(UTC),
        asked=origin_of(response),
        status=response.status,
        content_type=(headers.get("Content-Type") or b"").decode("latin-1"),
        robots=b" ".join(headers.getlist("X-Robots-Tag")).decode("latin-1"),
        reserved=(headers.get("TDM-Reservation") or b"").decode("latin-1"),
        hints=meta.get("newsclean_hints"),
        discovered_by=meta.get("newsclean_discovered_by"),
        number=number,
        site=site,
    )


def site_rules(settings: BaseSettings) -> SiteRules:
    """Return the site rules of the folder ``NEWSCLEAN_SITES`` and, after them, the built-in rules.
    Raise SiteRuleError, in one line."""
    folder = settings.get("NEWSCLEAN_SITES")
    return SiteRules.load([*([Path(folder)] if folder else []), PACKAGE_FOLDER])
