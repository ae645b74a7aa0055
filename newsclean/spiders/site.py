"""The spider for scheduled crawls: it finds the articles of a site, and fetches new and changed
ones."""

from __future__ import annotations

import sys
from collections import deque
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider

from newsclean.discovery.frontier import SiteFrontier, SiteKnowledge
from newsclean.discovery.listing_request import Limits, Wanted
from newsclean.ledger import LedgerError, utc_now
from newsclean.ledger.keys import Shard
from newsclean.spiders.shards import Shards
from newsclean.spiders.site_articles import NOT_ARTICLE, SitePageSpider, asked_page
from newsclean.spiders.site_crawl import SiteCrawl
from newsclean.urls import site_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler

    from newsclean.discovery.listing_request import ListingRequest

MAX_ACTIVE_SITES = 200  # sites that are crawled at once; their state is in memory


class SiteSpider(SitePageSpider):
    """``scrapy crawl site -a url=https://news.example/``.

    The frontier of each site (`newsclean.discovery.frontier`) chooses the next listings and
    samples, and the spider fetches them. The ledger gives the due pages, new pages first, each once
    per run.
    """

    name = "site"
    needs_ledger = True

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
            self.ledger.pages.judge_again(site, NOT_ARTICLE, utc_now(), run=self.keeper.run_id)
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
        if not crawl.listings and not crawl.pages - {asked_page(one) for one in crawl.held}:
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
        self.ledger.pages.judge_pages_again(uncertain, NOT_ARTICLE, utc_now())

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

    def spider_idle(self) -> None:
        """Continue with every site. Requests without a response are no longer pending."""
        if self.keeper.ledger is None or self.keeper.given_up:
            return
        went_on = False
        for crawl in list(self.crawls.values()):
            crawl.listings.clear()
            crawl.samples.clear()
            crawl.pages = {asked_page(request) for request in crawl.held}
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
