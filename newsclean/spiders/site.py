"""The spider for scheduled crawls: it finds the articles of a site, and fetches new and changed
ones."""

from __future__ import annotations

import sys
from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider

from newsclean.article import utc
from newsclean.discovery.entry import Entry
from newsclean.discovery.frontier import SiteFrontier, SiteKnowledge
from newsclean.discovery.learner import PageFacts
from newsclean.discovery.listing_request import Limits, Wanted
from newsclean.extensions.error_net import ErrorNet
from newsclean.extensions.ledger_keeper import request_of
from newsclean.items import Article
from newsclean.ledger import LedgerError, utc_now
from newsclean.ledger.keys import Shard
from newsclean.pipelines.compare_versions import UnchangedArticle
from newsclean.rejections import Rejection, is_failure
from newsclean.signals import page_unchanged, section_found
from newsclean.spiders.arguments import Arguments, SiteArguments
from newsclean.spiders.further import may_be_further
from newsclean.spiders.page import fetched_page, origin_of
from newsclean.spiders.shards import Shards
from newsclean.spiders.site_crawl import SiteCrawl
from newsclean.spiders.site_listings import ListingSpider, conditional
from newsclean.spiders.site_pages import SiteLook, SitePageReader
from newsclean.urls import same_site, site_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from newsclean.discovery.evidence import Outcome
    from newsclean.discovery.links import PageOutline
    from newsclean.discovery.listing_request import ListingRequest
    from newsclean.fetched import FetchedPage, ReadPage
    from newsclean.ledger.page import DuePage

MAX_ACTIVE_SITES = 200  # sites that are crawled at once; their state is in memory
_NOT_ARTICLE = "not-article"  # the reason for which pages without the marks of one are rejected
_SAMPLE_PRIORITY = 5  # of a request; samples come before articles, because they decide links


class SiteSpider(ListingSpider):
    """``scrapy crawl site -a url=https://news.example/``.

    The frontier of each site (`newsclean.discovery.frontier`) chooses the next listings and
    samples, and the spider fetches them. The ledger gives the due pages, new pages first, each once
    per run.
    """

    name = "site"
    needs_ledger = True
    arguments_model: ClassVar[type[Arguments]] = SiteArguments
    reader_class = SitePageReader
    arguments: SiteArguments

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.listed: dict[str, list[str]] = {}
        for url in self.arguments.all_urls():
            self.listed.setdefault(site_of(url), []).append(url)
        # Start URLs of the sites that this crawl has begun or will begin. With a shard, sites are
        # added later. The locks of ``sites`` are held from the beginning.
        self.starts: dict[str, list[str]] = {}
        self.sites: list[str] = []
        self.coming: deque[str] = deque()
        self.shards: Shards | None = None
        self.history = ""  # the key of the runs in the ledger; "" means the names of the sites
        self.knowledge: dict[str, SiteKnowledge] = {}
        self.exported = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider, connected to the signals of robots.txt and of items."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.arguments.shard is not None:
            spider.shards = Shards(
                Shard.parse(spider.arguments.shard),
                spider.listed,
                take_over=crawler.settings.getbool("NEWSCLEAN_TAKE_OVER"),
            )
            spider.history = spider.shards.name
        else:
            spider.starts = dict(spider.listed)
            spider.sites = sorted(spider.listed)
            spider.coming.extend(spider.listed)
        connect = crawler.signals.connect
        connect(spider.robots_parsed, signals.robots_parsed)
        connect(spider.item_scraped, signals.item_scraped)
        connect(spider.item_dropped, signals.item_dropped)
        connect(spider.item_failed, signals.item_error)
        connect(spider.spider_error, signals.spider_error)
        return spider

    # --- sites --------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Request the front pages of the first sites. Each finished site makes room for another."""
        if self.keeper.ledger is None:
            return
        for request in self.guarded(self.begin_sites()):
            yield request

    def begin_sites(self) -> Iterator[Request]:
        """Begin the next sites, as many as can be crawled at once, and yield their requests."""
        if self.shards is not None and not self.coming and not self.crawls:
            self.coming.extend(self.shards.next_sites(self.keeper) or ())
        while self.coming and len(self.crawls) < MAX_ACTIVE_SITES:
            site = self.coming.popleft()
            if self.shards is not None and not self.shards.take(site, self.keeper):
                continue  # it is tried again when the other sites are done
            self.starts[site] = self.listed[site]
            arguments = self.arguments
            frontier = SiteFrontier(
                site,
                self.starts[site],
                self.ledger.discovery.of_site(site),
                now=utc_now(),
                rule=self.kind_by_rule,
                may_be_further=self.may_be_further,
                wanted=Wanted(
                    arguments.since.isoformat() if arguments.since else None, arguments.sections
                ),
                limits=Limits(
                    listings=self.max_listings(),
                    listing_pages=self.settings.getint("NEWSCLEAN_MAX_LISTING_PAGES"),
                ),
            )
            crawl = self.crawls[site] = SiteCrawl(site, frontier)
            # A killed run took no second look at its first pages: one of them may be a section.
            self.ledger.pages.judge_again(site, _NOT_ARTICLE, utc_now(), run=self.keeper.run_id)
            yield from self.listing_requests(crawl, frontier.start())
            yield from self.go_on(crawl)

    def max_listings(self) -> int:
        """Return the maximum number of listings of one site in this run."""
        if self.budget is None:
            return Limits().listings
        return int(self.budget.budgets.limits["listings"]) or sys.maxsize

    def go_on(self, crawl: SiteCrawl) -> Iterator[Request]:
        """Yield the next requests of *crawl*. If there are none, end it and begin another site."""
        if crawl.site not in self.crawls:
            return
        while not crawl.is_learning and self.has_room(crawl):
            for _, listings in self.second_look(crawl):
                yield from self.listing_requests(crawl, listings)
            if crawl.listings:
                break
            samples = crawl.frontier.samples()
            if not samples:
                break
            yield from self.sample_requests(crawl, samples)
        # Without room, its pages stay due for the next run.
        room = min(crawl.room, self.room_left()) if self.has_room(crawl) else 0
        if room > 0:
            dues = self.ledger.pages.due(crawl.site, utc_now(), room, run=self.keeper.run_id)
            for request in [self.due_request(crawl, due) for due in dues]:
                if self.may_be_further(request.url):
                    crawl.held.append(request)
                else:
                    yield request
        if not crawl.listings and not crawl.pages - {_asked(one) for one in crawl.held}:
            while crawl.held:
                yield crawl.held.popleft()
        if crawl.is_idle and self.has_room(crawl):
            for _, listings in self.second_look(crawl, last=True):
                yield from self.listing_requests(crawl, listings)
        if crawl.is_idle:
            self.end_site(crawl)
            yield from self.begin_sites()

    def room_left(self) -> int:
        """Return how many more pages may be requested under ``max_articles``."""
        if self.arguments.max_articles is None:
            return 1 << 30
        out = sum(len(crawl.pages) for crawl in self.crawls.values())
        return self.arguments.max_articles - self.exported - out

    def has_room(self, crawl: SiteCrawl) -> bool:
        """Return True if more pages of *crawl* may be requested under ``max_articles`` and its
        budget."""
        spent = self.budget is not None and self.budget.is_exhausted(crawl.site)
        return not spent and self.room_left() > 0

    def second_look(
        self, crawl: SiteCrawl, *, last: bool = False
    ) -> list[tuple[str, list[ListingRequest]]]:
        """Store the sections among the first pages of *crawl*. Return the URL and the next requests
        of each. *last* is True if the run ends."""
        found = crawl.frontier.second_look(last=last)
        for url, _ in found:
            self.count("sections_found")
            self.note_section(crawl, url)
        return found

    def cut_short(self, crawl: SiteCrawl) -> None:
        """Take the last look at the first pages of *crawl*, which ends early. The next run fetches
        them again if too little of the site is known: one of them may be a section."""
        uncertain = set(crawl.frontier.uncertain())
        uncertain -= {url for url, _ in self.second_look(crawl, last=True)}
        self.ledger.pages.judge_pages_again(uncertain, _NOT_ARTICLE, utc_now())

    def end_site(self, crawl: SiteCrawl) -> None:
        """Store the results of a site, and mark its listings as completely read."""
        del self.crawls[crawl.site]
        if not self.has_room(crawl):
            self.cut_short(crawl)
        self.knowledge[crawl.site] = knowledge = crawl.frontier.knowledge()
        for name, count in knowledge.dropped.items():
            if count:
                self.count(f"limited/{name.replace(' ', '_')}", count)
                self.logger.warning("%s: a limit left out %d %s", crawl.site, count, name)
        crawl.frontier.save()
        if self.shards is not None:
            self.shards.done(crawl.site, self.keeper)
        if crawl.frontier.links.names_exported:
            self.note_known(crawl)
        if crawl.failed_listings:
            return
        for url, validators in crawl.read.items():
            known = self.ledger.listings.look_up(crawl.site, url)
            if known is not None:
                self.ledger.listings.fetched(
                    url,
                    site=known.site,
                    kind=known.kind,
                    changed=False,
                    now=utc_now(),
                    **validators,
                )

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
            crawl.samples.add(_asked(request))
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
        return [Rejection.of(read.article, _NOT_ARTICLE, detail, url=due.url)]

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

    def spider_idle(self) -> None:
        """Continue with every site. Requests without a response are no longer pending."""
        if self.keeper.ledger is None or self.keeper.given_up:
            return
        went_on = False
        for crawl in list(self.crawls.values()):
            crawl.listings.clear()
            crawl.samples.clear()
            crawl.pages = {_asked(request) for request in crawl.held}
            went_on = self.schedule(self.go_on(crawl)) or went_on
        if went_on or self.has_more_sites():
            raise DontCloseSpider

    def has_more_sites(self) -> bool:
        """Begin sites that other crawls have left. Return True if there are any, or if other crawls
        still work on sites."""
        if self.shards is None or self.crawls:
            return False
        try:
            sites = self.shards.next_sites(self.keeper)
        except LedgerError as error:
            self.keeper.give_up(error)
            return False
        self.coming.extend(sites or ())
        self.schedule(self.begin_sites())
        return sites is None or bool(sites)

    def closed(self, reason: str) -> None:
        """Store the results of sites that were interrupted by a stop."""
        if self.shards is not None and not self.starts:
            self.count("no_sites_left")
        if self.keeper.ledger is None or self.keeper.given_up:
            return
        try:
            for crawl in self.crawls.values():
                self.cut_short(crawl)
                self.knowledge[crawl.site] = crawl.frontier.knowledge()
                crawl.frontier.save()
        except LedgerError as error:
            self.keeper.give_up(error)


def _is_named(due: DuePage) -> bool:
    """Return True if a feed or a news sitemap names the page *due*, or if it was exported before.
    Such a page is an article, whatever its layout."""
    hints = due.hints
    in_news_sitemap = hints.found_in == "sitemap" and hints.headline is not None
    return hints.found_in == "feed" or in_news_sitemap or due.version > 0


def _asked(request: Request) -> str:
    """Return the key in the ledger of the page of *request*."""
    due: DuePage = request.meta["newsclean_due"]
    return due.canonical
