"""The part of the site spider that fetches pages: articles, samples, and the sections among
them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from newsclean.article import utc
from newsclean.discovery.entry import Entry
from newsclean.extensions.error_net import ErrorNet
from newsclean.extensions.ledger_keeper import request_of
from newsclean.items import Article
from newsclean.ledger import LedgerError, utc_now
from newsclean.pipelines.compare_versions import UnchangedArticle
from newsclean.rejections import Rejection, is_failure
from newsclean.signals import page_unchanged, section_found
from newsclean.spiders.arguments import Arguments, SiteArguments
from newsclean.spiders.further import may_be_further
from newsclean.spiders.page import fetched_page, origin_of
from newsclean.spiders.site_listings import ListingSpider, conditional
from newsclean.spiders.site_pages import SiteLook, SitePageReader
from newsclean.urls import same_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from newsclean.discovery.evidence import Outcome
    from newsclean.discovery.learner import PageFacts
    from newsclean.discovery.outline import PageOutline
    from newsclean.fetched import FetchedPage, ReadPage
    from newsclean.ledger.page import DuePage
    from newsclean.spiders.site_crawl import SiteCrawl

NOT_ARTICLE = "not-article"  # the reason for which pages without the marks of one are rejected
_SAMPLE_PRIORITY = 5  # of a request; samples come before articles, because they decide links


class SitePageSpider(ListingSpider):
    """Fetches the pages of sites that are due in the ledger, or that their frontiers choose as
    samples. It tells the frontier of each page what the page is.

    ``exported`` is the number of articles.
    """

    arguments_model: ClassVar[type[Arguments]] = SiteArguments
    reader_class = SitePageReader
    arguments: SiteArguments
    exported = 0

    def kind_by_rule(self, url: str) -> str | None:
        """Return the page type of *url* by the site rule. None if the rule does not decide it."""
        rule = self.rules.find(url) if self.rules is not None else None
        return rule.kind_of(url) if rule is not None else None

    def may_be_further(self, url: str) -> bool:
        """Return True if the page *url* may be joined to the article of another page."""
        return self.further.most > 1 and may_be_further(url)

    # --- pages ---------------------------------------------------------------------------------

    def sample_requests(self, crawl: SiteCrawl, entries: list[Entry]) -> Iterator[Request]:
        """Yield the requests for sample pages, which show the page type of their template."""
        urls = [entry.url for entry in entries]
        dues = self.ledger.pages.claim(urls, run=self.keeper.run_id)
        for request in [self.due_request(crawl, due, priority=_SAMPLE_PRIORITY) for due in dues]:
            crawl.samples.add(asked_page(request))
            yield request

    def due_request(self, crawl: SiteCrawl, due: DuePage, priority: int = 0) -> Request:
        """Return the request for the page *due*. It is conditional if the page was exported."""
        hints = due.hints
        listed = {
            "headline": hints.headline if hints.found_in != "section" else None,
            "datePublished": hints.date_published,
            "dateModified": hints.date_modified,
            "inLanguage": hints.language,
        }
        source = "sitemap" if hints.found_in == "sitemap" else "feed"
        crawl.pages.add(due.canonical)
        return self.page_request(
            due.url,
            headers=conditional(due.etag, due.last_modified) if due.content_hash else {},
            dont_filter=True,
            priority=priority,
            meta={
                "newsclean_due": due,
                "newsclean_site": crawl.site,
                "newsclean_discovered_by": hints.found_in,
                "newsclean_hints": {key: (value, source) for key, value in listed.items() if value},
                "handle_httpstatus_list": [304],
            },
        )

    async def parse_page(self, response: Response) -> AsyncIterator[Any]:
        """Yield the items of a page as `PageSpider` does. An unchanged page yields nothing. An
        article older than ``since``, or a redirect to another site, yields a rejection."""
        if not same_site(response.url, origin_of(response)):
            yield Rejection(
                url=origin_of(response),
                reason="other-site",
                detail=f"redirects to {response.url[:300]}",
                status=response.status,
                dateDownloaded=utc(datetime.now(UTC)),
                discoveredBy=response.meta.get("newsclean_discovered_by"),
            )
            return
        if response.status == 304:
            self.count("unchanged")
            self.crawler.signals.send_catch_log(
                page_unchanged,
                url=response.url,
                spider=self,
                request=response.request,
                response=response,
            )
            self.page_done(response.request, "unchanged")
            return
        async for item in super().parse_page(response):
            yield self.in_time(item)

    def page_of(self, response: Response, number: int | None) -> FetchedPage:
        """Return the input of the reader as `PageSpider` does. Request the links of the page,
        unless it is known to be an article."""
        crawl = self.crawls.get(response.meta.get("newsclean_site", ""))
        due: DuePage | None = response.meta.get("newsclean_due")
        if crawl is None or due is None or number is not None:
            return fetched_page(response, number)
        is_known = crawl.frontier.is_known_article(due.url, named=_is_named(due))
        return fetched_page(response, site="" if is_known else crawl.site)

    async def check_page(self, response: Response, read: ReadPage) -> list[Any] | None:
        """Return None for an article, the next requests for a listing, and a rejection for any
        other page."""
        crawl = self.crawls.get(response.meta.get("newsclean_site", ""))
        due: DuePage | None = response.meta.get("newsclean_due")
        if crawl is None or due is None:
            return None
        if not isinstance(read.beside, SiteLook):
            return None  # it was known to be an article before it was fetched
        try:
            return self.judge_page(crawl, due, *read.beside, response, read)
        except LedgerError as error:
            self.keeper.give_up(error)
            return []

    def judge_page(  # noqa: PLR0917
        self,
        crawl: SiteCrawl,
        due: DuePage,
        outline: PageOutline,
        facts: PageFacts,
        response: Response,
        read: ReadPage,
    ) -> list[Any] | None:
        """Return the result of `check_page` by the links and *facts* of the page *response*, on
        which *read* was found. Raise LedgerError."""
        kind = crawl.frontier.page_read(due.url, outline, facts, named=_is_named(due))
        if kind == "article":
            return None
        if kind == "listing":
            self.count("sections_found")
            listings = crawl.frontier.page_is_listing(due.url, outline)
            # A page that is done is not fetched again, so its section must be known before.
            self.note_section(crawl, due.url)
            self.ledger.outcomes.rejected(due.canonical, reason="listing-page", now=utc_now())
            requests = list(self.listing_requests(crawl, listings))
            net = self.crawler.get_extension(ErrorNet)
            if net is not None:  # a section is a valid outcome of a page
                net.settle(response.request)
            self.page_done(response.request, "listing")
            self.crawler.signals.send_catch_log(section_found, request=response.request)
            return requests
        detail = "the page does not look like an article of this site"
        return [Rejection.of(read.article, NOT_ARTICLE, detail, url=due.url)]

    def in_time(self, item: Any) -> Any:
        """Return *item*, or a rejection if *item* is an article older than ``since``."""
        since = self.arguments.since
        published = item.datePublished if isinstance(item, Article) else None
        if not since or not published or published[:10] >= since.isoformat():
            return item
        return Rejection(
            url=item.url,
            reason="too-old",
            detail=f"published {published}, before since={since}",
        )

    def lead_to(self, first: str, response: Response) -> Iterator[Request]:
        """Add page 1 of the article to the ledger, which may already have it. Yield nothing: the
        ledger schedules the request."""
        found_in = response.meta.get("newsclean_discovered_by", "section")
        site = response.meta["newsclean_site"]
        try:
            self.ledger.pages.discover(site, [Entry(first, found_in)], utc_now())
        except LedgerError as error:
            self.keeper.give_up(error)
        return iter(())

    # --- outcomes of pages ----------------------------------------------------------------------

    def item_scraped(self, item: Any, response: Response | Failure | None) -> None:
        """Record an article as an outcome of its URL template."""
        if isinstance(item, Article):
            self.exported += 1
            self.page_done(request_of(response), "article", has_date=bool(item.datePublished))

    def item_dropped(
        self, item: Any, response: Response | Failure | None, exception: BaseException
    ) -> None:
        """Record a page without an article, or with an unchanged article."""
        rejection = getattr(exception, "rejection", None)
        outcome: Outcome | Literal["failed", "unchanged"] = "other"
        if isinstance(exception, UnchangedArticle):
            outcome = "unchanged"
        elif isinstance(rejection, Rejection):
            if is_failure(rejection.reason) or rejection.reason.startswith("http-"):
                outcome = "failed"
            elif rejection.reason in {"duplicate", "further-page"}:
                outcome = "variant"
            elif rejection.reason == "too-old":
                outcome = "article"
        self.page_done(request_of(response), outcome)

    def item_failed(self, item: Any, response: Response | Failure | None) -> None:
        """Record an item that failed with an exception, so that its site continues."""
        self.page_done(request_of(response), "failed")

    def page_done(
        self,
        request: Request | None,
        outcome: Outcome | Literal["failed", "unchanged"],
        *,
        has_date: bool = False,
    ) -> None:
        """Record the *outcome* of the page of *request* once, and continue with its site."""
        due: DuePage | None = request.meta.get("newsclean_due") if request is not None else None
        crawl = self.crawls.get(request.meta.get("newsclean_site", "")) if request else None
        if due is None or crawl is None or due.canonical not in crawl.pages:
            return
        crawl.pages.discard(due.canonical)
        crawl.samples.discard(due.canonical)
        if self.keeper.ledger is None or self.keeper.given_up:
            return
        if outcome != "unchanged":
            crawl.frontier.page_done(due.url, outcome, has_date=has_date)
        self.schedule(self.go_on(crawl))

    def schedule(self, requests: Iterator[Request]) -> bool:
        """Schedule *requests*. Return True if there was at least one."""
        assert self.crawler.engine is not None
        found = list(self.guarded(requests))
        for request in found:
            self.crawler.engine.crawl(request)
        return bool(found)


def _is_named(due: DuePage) -> bool:
    """Return True if a feed or a news sitemap names the page *due*, or if it was exported before.
    Such a page is an article, whatever its layout."""
    hints = due.hints
    in_news_sitemap = hints.found_in == "sitemap" and hints.headline is not None
    return hints.found_in == "feed" or in_news_sitemap or due.version > 0


def asked_page(request: Request) -> str:
    """Return the key in the ledger of the page of *request*."""
    due: DuePage = request.meta["newsclean_due"]
    return due.canonical
