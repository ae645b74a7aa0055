"""The scheduled crawl: finds the articles of a site itself and fetches what is new or changed."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider

from newsclean.article import utc
from newsclean.cleaning.tree import parse_html
from newsclean.discovery.entry import Entry
from newsclean.discovery.feeds import read_feed
from newsclean.discovery.links import find_feeds, find_links
from newsclean.discovery.shape import UrlShapes
from newsclean.discovery.sitemap import read_sitemap
from newsclean.discovery.xml import HostileXml
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.extraction import decode
from newsclean.items import Article, Rejection
from newsclean.ledger import LedgerError, utc_now
from newsclean.signals import page_unchanged
from newsclean.spiders.arguments import Arguments, SiteArguments
from newsclean.spiders.failures import ERROR, explain_error
from newsclean.spiders.page import PageSpider, origin_of
from newsclean.urls import host_of, join_url, same_site, site_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser
    from twisted.python.failure import Failure

    from newsclean.ledger import Ledger
    from newsclean.ledger.page import Due

# A hostile site could list sitemaps of sitemaps without end.
_DEEPEST_SITEMAP, _MOST_LISTINGS, _MOST_SECTIONS = 4, 1_000, 40
_LIMIT_ENTRIES = 100_000
_AT_A_TIME = 200  # pages taken from the ledger at once
_CHUNK = 500  # entries written to it before the crawl goes on
_LISTING_PRIORITY = 10


class SiteSpider(PageSpider):
    """``scrapy crawl site -a url=https://news.example/``.

    Listings – sitemaps, feeds, the front page and its sections – are discovered into the
    ledger; pages come out of it, new ones first, each once a run.
    """

    name = "site"
    needs_ledger = True
    arguments_model: ClassVar[type[Arguments]] = SiteArguments
    arguments: SiteArguments

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.starts: dict[str, list[str]] = {}
        for url in self.arguments.all_urls():
            self.starts.setdefault(site_of(url), []).append(url)
        self.sites = sorted(self.starts)
        self.shapes = {site: UrlShapes() for site in self.sites}
        self.listings: set[str] = set()
        self.leading: dict[tuple[str, str], dict[str, str | None]] = {}
        self.sections: Counter[str] = Counter()
        self.sitemaps: dict[str, list[str]] = {}
        self.known_sites: set[str] = set()
        self.asked = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider, connected to what robots.txt says."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        return spider

    @property
    def keeper(self) -> LedgerKeeper:
        """The extension that has the ledger."""
        keeper = self.crawler.get_extension(LedgerKeeper)
        assert keeper is not None, "the site spider needs newsclean's LedgerKeeper in EXTENSIONS"
        return keeper

    @property
    def ledger(self) -> Ledger:
        """The open ledger."""
        ledger = self.keeper.ledger
        assert ledger is not None
        return ledger

    # --- listings -----------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each front page, which names the other listings; then for what is due."""
        if self.keeper.ledger is None:
            return
        try:
            for site, starts in self.starts.items():
                urls = [*starts, *(url for start in starts for url in self.section_urls(start))]
                for request in self.listing_requests(urls, site, "section"):
                    yield request
            for request in self.due_requests():
                yield request
        except LedgerError as error:
            self.keeper.give_up(error)

    def section_urls(self, start: str) -> list[str]:
        """Return the addresses of the sections that the user named."""
        return [start.rstrip("/") + path for path in self.arguments.sections]

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Note the sitemaps that robots.txt names."""
        rules = getattr(robotparser, "rp", None)  # Protego's, which Scrapy's interface hides
        found = [str(url) for url in getattr(rules, "sitemaps", [])]
        self.sitemaps.setdefault(host_of(request.url), []).extend(found[:_MOST_LISTINGS])

    def listing_requests(
        self, urls: Iterable[str], site: str, kind: str, depth: int = 0
    ) -> Iterator[Request]:
        """Yield the requests for those of *urls* that were not asked for in this run and are
        not known to be quiet; conditional where the ledger has something to compare with."""
        wanted = [url for url in dict.fromkeys(urls) if url not in self.listings]
        wanted = wanted[: _MOST_LISTINGS - len(self.listings)]
        self.listings.update(wanted)
        quiet = self.ledger.listings.quiet(site, wanted, utc_now())
        for url in wanted:
            if url in quiet:
                self.count("quiet_listings")
                self.count("known")
                self.known_sites.add(site)
                continue
            known = self.ledger.listings.look_up(site, url)
            headers = conditional(known.etag, known.last_modified) if known else {}
            yield Request(
                url,
                callback=self.parse_listing,
                errback=self.listing_failed,
                headers=headers,
                priority=_LISTING_PRIORITY,
                dont_filter=True,
                meta={
                    "newsclean_site": site,
                    "newsclean_listing": kind,
                    "newsclean_depth": depth,
                    "handle_httpstatus_list": [304],
                },
            )

    async def parse_listing(self, response: Response) -> AsyncIterator[Any]:
        """Discover what a listing names, then go on with what it leads to and what is due."""
        try:
            async for request in self.follow_listing(response):
                yield request
        except LedgerError as error:
            self.keeper.give_up(error)

    async def follow_listing(self, response: Response) -> AsyncIterator[Any]:
        """As `parse_listing`; raise LedgerError."""
        site = response.meta["newsclean_site"]
        kind = response.meta["newsclean_listing"]
        url = response.meta.get("redirect_urls", [response.url])[0]
        known = self.ledger.listings.look_up(site, url)
        digest = hashlib.sha256(response.body).hexdigest()
        same = response.status == 304 or (known is not None and known.content_hash == digest)
        if same:
            self.count("unchanged_listings")
            self.count("known")
            self.known_sites.add(site)
        led_on = 0
        if not same or kind == "section":
            # A front page is read even if it is as it was: it leads to the other listings.
            async for request in self.read_listing(response, site, kind):
                led_on += 1
                yield request
        validators = {
            "etag": _text(response.headers.get("ETag")),
            "last_modified": _text(response.headers.get("Last-Modified")),
            "content_hash": None if response.status == 304 else digest,
        }
        if led_on:
            # Until what it led to has been read as well, it counts as never read: a crawl that
            # is killed meanwhile must not find it unchanged.
            self.leading[site, url] = validators
            validators = {}
        self.ledger.listings.fetched(
            url, site=site, kind=kind, changed=not same, now=utc_now(), **validators
        )
        for request in self.due_requests():
            yield request

    async def read_listing(self, response: Response, site: str, kind: str) -> AsyncIterator[Any]:
        """Discover the pages that a listing names; yield the requests for other listings."""
        if kind == "section":
            if response.status != 304:
                async for request in self.read_section(response, site):
                    yield request
            else:
                for listing in self.ledger.listings.known(site):
                    for request in self.listing_requests([listing.url], site, listing.kind):
                        yield request
            return
        depth = response.meta["newsclean_depth"]
        try:
            entries, more = await asyncio.to_thread(self.read_entries, response, kind)
        except HostileXml as error:
            self.count("hostile_listings")
            self.logger.warning("Listing refused: %s %s", response.url, error)
            return
        self.shapes[site].learn(entry.url for entry in entries)
        await self.discover(site, entries, certain=True)
        if depth < _DEEPEST_SITEMAP:
            for request in self.listing_requests(more, site, "sitemap", depth + 1):
                yield request

    def read_entries(self, response: Response, kind: str) -> tuple[list[Entry], list[str]]:
        """As `_read`; count the time for the site's budget."""
        with self.reading(response.url):
            return _read(response, kind)

    async def read_section(self, response: Response, site: str) -> AsyncIterator[Any]:
        """Discover the articles that a page of the site links to; yield the requests for its
        feeds, its sitemaps and, from the front page, its sections."""
        content_type = _text(response.headers.get("Content-Type"))
        with self.reading(response.url):
            root = parse_html(decode(response.body, content_type))
        is_front = response.meta["newsclean_depth"] == 0
        if is_front:
            feeds = find_feeds(root, response.url)
            for request in self.listing_requests(feeds, site, "feed"):
                yield request
            sitemaps = self.sitemaps.get(host_of(response.url), [])
            if not sitemaps:
                sitemaps = [join_url(response.url, "/sitemap.xml") or response.url]
            for request in self.listing_requests(sitemaps, site, "sitemap"):
                yield request
        links = find_links(root, response.url, site)
        await self.discover(site, links, certain=False)
        if is_front and not self.arguments.sections:
            sections = [link.url for link in links if self.is_section(site, link.url)]
            room = _MOST_SECTIONS - self.sections[site]
            self.sections[site] += len(sections[:room])
            for request in self.listing_requests(sections[:room], site, "section", 1):
                yield request

    def is_section(self, site: str, url: str) -> bool:
        """Tell whether *url* looks like a section of *site*: a short path that is no article."""
        kind = self.kind_of(url)
        if kind is not None and kind != "other":
            return kind == "section"
        path = url.partition("://")[2].partition("/")[2].strip("/")
        return 0 < len(path) <= 60 and path.count("/") < 2 and not self.shapes[site].is_article(url)

    async def discover(self, site: str, entries: Iterable[Entry], *, certain: bool) -> None:
        """Note in the ledger those of *entries* that are wanted. *certain*: they are articles,
        as a feed's and a sitemap's are; links are judged by their address."""
        wanted = [entry for entry in entries if self.is_wanted(site, entry, certain)]
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            new = self.ledger.pages.discover(site, chunk, utc_now())
            self.count("found", new)
            self.count("known", len(chunk) - new)
            if new < len(chunk):
                self.known_sites.add(site)
            await asyncio.sleep(0)  # downloads go on meanwhile

    def is_wanted(self, site: str, entry: Entry, certain: bool) -> bool:
        """Tell whether the page of *entry* is to be crawled."""
        if site_of(entry.url) != site:
            return False
        since = self.arguments.since
        published = entry.date_published or (entry.date_modified if certain else None)
        if since and published and published[:10] < since.isoformat():
            return False
        paths = self.arguments.sections
        if paths:
            path = "/" + entry.url.partition("://")[2].partition("/")[2]
            if not any(path.startswith(one) for one in paths):
                return False
        kind = self.kind_of(entry.url)
        if kind is not None:
            return kind == "article"
        judged = self.shapes[site].is_article(entry.url)
        return judged is not False if certain else judged is True

    def kind_of(self, url: str) -> str | None:
        """Return what the site's rule says *url* leads to, None where it says nothing."""
        rule = self.rules.find(url) if self.rules is not None else None
        return rule.kind_of(url) if rule is not None else None

    def listing_failed(self, failure: Failure) -> Rejection | None:
        """Count a listing that could not be had; the next run asks again. Return a rejection of
        the listing if a component raised an exception."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        reason, detail, status = explain_error(failure.value)
        if status in {404, 410}:
            self.count("missing_listings")
            return None
        self.count("failed_listings")
        self.logger.warning("Listing failed: %s %s (%s)", request.url, reason, detail)
        return self.explain(request, failure.value) if reason == ERROR else None

    # --- pages ---------------------------------------------------------------------------------

    def due_requests(self) -> Iterator[Request]:
        """Yield the requests for pages that are new, changed long ago or failed before."""
        for site in self.sites:
            if self.budget is not None and self.budget.is_exhausted(site):
                continue  # its pages stay due for the next run
            room = _AT_A_TIME
            if self.arguments.max_articles is not None:
                room = min(room, self.arguments.max_articles - self.in_hand())
            if room <= 0:
                return
            dues = self.ledger.pages.due(site, utc_now(), room, run=self.keeper.run_id)
            self.asked += len(dues)  # before the first is yielded: others take meanwhile
            yield from self.ask(self.due_request(site, due) for due in dues)

    def in_hand(self) -> int:
        """Return how many articles this run has or may still get."""
        stats = self.crawler.stats
        assert stats is not None
        lost: int = stats.get_value("item_dropped_count", 0)
        return self.asked - lost

    def due_request(self, site: str, due: Due) -> Request:
        """Return the request for the page *due*, conditional where it was exported before."""
        hints = due.hints
        said = {
            "headline": hints.headline if hints.found_in != "section" else None,
            "datePublished": hints.date_published,
            "dateModified": hints.date_modified,
            "inLanguage": hints.language,
        }
        source = "sitemap" if hints.found_in == "sitemap" else "feed"
        return self.page_request(
            due.url,
            headers=conditional(due.etag, due.last_modified) if due.content_hash else {},
            dont_filter=True,
            meta={
                "newsclean_due": due,
                "newsclean_site": site,
                "newsclean_discovered_by": hints.found_in,
                "newsclean_hints": {key: (value, source) for key, value in said.items() if value},
                "handle_httpstatus_list": [304],
            },
        )

    async def parse_page(self, response: Response) -> AsyncIterator[Any]:
        """As `PageSpider`, but a page that is as it was gives nothing, and an article older than
        ``since`` a rejection. A redirect to another site never counts as that site's page."""
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
            return
        async for item in super().parse_page(response):
            yield self.in_time(item)

    def in_time(self, item: Any) -> Any:
        """Return *item*, a rejection in its place if it is an article older than ``since``."""
        since = self.arguments.since
        published = item.datePublished if isinstance(item, Article) else None
        if not since or not published or published[:10] >= since.isoformat():
            return item
        return Rejection(
            url=item.url,
            reason="too-old",
            detail=f"published {published}, wanted since {since}",
        )

    def lead_to(self, first: str, response: Response) -> Iterator[Request]:
        """As `PageSpider`, through the ledger, which may know the page already."""
        found_in = response.meta.get("newsclean_discovered_by", "section")
        site = response.meta["newsclean_site"]
        try:
            self.ledger.pages.discover(site, [Entry(first, found_in)], utc_now())
        except LedgerError as error:
            self.keeper.give_up(error)
        return iter(())

    def spider_idle(self) -> None:
        """Go on with what is due; end when nothing is."""
        super().spider_idle()
        if self.keeper.ledger is None or self.keeper.given_up:
            return
        try:
            requests = list(self.due_requests())
        except LedgerError as error:
            self.keeper.give_up(error)
            return
        assert self.crawler.engine is not None
        for request in requests:
            self.crawler.engine.crawl(request)
        if requests or self.held:
            raise DontCloseSpider

    def closed(self, reason: str) -> None:
        """Note that all that a listing led to has been read, if it was."""
        stats = self.crawler.stats
        if reason != "finished" or stats is None or stats.get_value("newsclean/failed_listings"):
            return
        for (site, url), validators in self.leading.items():
            known = self.ledger.listings.look_up(site, url)
            if known is not None:
                self.ledger.listings.fetched(
                    url,
                    site=known.site,
                    kind=known.kind,
                    changed=False,
                    now=utc_now(),
                    **validators,
                )

    def count(self, name: str, by: int = 1) -> None:
        """Add to the stat ``newsclean/<name>``."""
        if by and self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"newsclean/{name}", by)


def _read(response: Response, kind: str) -> tuple[list[Entry], list[str]]:
    """Return the entries of a sitemap or feed and the sitemaps that it leads to."""
    if kind == "sitemap":
        sitemap = read_sitemap(response.body, response.url, limit_entries=_LIMIT_ENTRIES)
        if sitemap.kind != "none":
            newest_first = sorted(
                sitemap.sitemaps, key=lambda entry: entry.date_modified or "", reverse=True
            )
            return list(sitemap.entries), [entry.url for entry in newest_first]
    content_type = _text(response.headers.get("Content-Type"))
    return list(read_feed(response.body, response.url, content_type).entries), []


def conditional(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers that ask for a page only if it changed."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def _text(header: bytes | None) -> str | None:
    return header.decode("latin-1") if header is not None else None
