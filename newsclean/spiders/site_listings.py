"""The part of the site spider that reads listings: sitemaps, feeds, sections and front pages."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from scrapy import Request

from newsclean.discovery.outline import links_digest
from newsclean.discovery.xml import HostileXml
from newsclean.extensions.ledger_keeper import LedgerKeeper, header_text
from newsclean.extensions.run_report import RunReport
from newsclean.ledger import LedgerError, utc_now
from newsclean.spiders.failures import ERROR, explain_error
from newsclean.spiders.page import PageSpider
from newsclean.spiders.site_pages import read_entries, read_section
from newsclean.urls import absolute_url, host_of, site_of
from newsclean.workers import WorkerError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator

    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser
    from twisted.python.failure import Failure

    from newsclean.discovery.listing_request import ListingRequest
    from newsclean.ledger import Ledger
    from newsclean.rejections import Rejection
    from newsclean.spiders.site_crawl import SiteCrawl
    from newsclean.spiders.site_pages import SectionPage

_T = TypeVar("_T")
_Args = TypeVarTuple("_Args")

_MAX_ROBOTS_SITEMAPS = 100  # sitemaps in robots.txt
_CHUNK = 500  # entries that are written to the ledger before the event loop continues
_LISTING_PRIORITY = 10  # of a request; listings come before pages


class ListingSpider(PageSpider):
    """Fetches the listings that the frontier of each site chooses, and gives it their entries.

    ``crawls`` are the sites that are being crawled.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawls: dict[str, SiteCrawl] = {}
        self.sitemaps: dict[str, list[str]] = {}  # host → the sitemaps in its robots.txt
        self.known_sites: set[str] = set()

    @property
    def keeper(self) -> LedgerKeeper:
        """The ledger extension."""
        keeper = self.crawler.get_extension(LedgerKeeper)
        assert keeper is not None, "the site spider needs newsclean's LedgerKeeper in EXTENSIONS"
        return keeper

    @property
    def ledger(self) -> Ledger:
        """The open ledger."""
        ledger = self.keeper.ledger
        assert ledger is not None
        return ledger

    def go_on(self, crawl: SiteCrawl) -> Iterator[Request]:
        """Yield the next requests of *crawl*."""
        raise NotImplementedError

    def guarded(self, requests: Iterator[Request]) -> Iterator[Request]:
        """Yield *requests*. End the crawl if the ledger fails meanwhile."""
        try:
            yield from requests
        except LedgerError as error:
            self.keeper.give_up(error)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Store the sitemaps that robots.txt names."""
        rules = getattr(robotparser, "rp", None)  # Protego's object; Scrapy's API lacks sitemaps
        named = [absolute_url(str(url), request.url) for url in getattr(rules, "sitemaps", [])]
        found = [url for url in named if url is not None]
        self.sitemaps.setdefault(host_of(request.url), []).extend(found[:_MAX_ROBOTS_SITEMAPS])

    def listing_requests(
        self, crawl: SiteCrawl, listings: Iterable[ListingRequest]
    ) -> Iterator[Request]:
        """Yield the requests for the *listings* that are due. A request is conditional if the
        ledger has an ETag or a date of the listing."""
        listings = list(listings)
        quiet = self.ledger.listings.quiet(
            crawl.site, [listing.url for listing in listings], utc_now()
        )
        for listing in listings:
            must_read = crawl.frontier.walks.is_unfinished(listing.url)
            if listing.url in quiet and listing.kind != "front" and not must_read:
                self.count("quiet_listings")
                self.note_known(crawl)
                continue
            known = self.ledger.listings.look_up(crawl.site, listing.url)
            headers = {}
            if known and not must_read:
                headers = conditional(known.etag, known.last_modified)
            crawl.listings.add(listing.url)
            yield Request(
                listing.url,
                callback=self.parse_listing,
                errback=self.listing_failed,
                headers=headers,
                priority=_LISTING_PRIORITY,
                dont_filter=True,
                meta={
                    "newsclean_site": crawl.site,
                    "newsclean_listing": listing,
                    "handle_httpstatus_list": [304],
                },
            )

    async def parse_listing(self, response: Response) -> AsyncIterator[Any]:
        """Read a listing, then yield the requests that follow from it."""
        crawl = self.crawls.get(response.meta["newsclean_site"])
        if crawl is None:
            return
        listing: ListingRequest = response.meta["newsclean_listing"]
        try:
            listings = await self.read_listing(crawl, listing, response)
            crawl.listings.discard(listing.url)
            for request in self.listing_requests(crawl, listings):
                yield request
            for request in self.go_on(crawl):
                yield request
        except LedgerError as error:
            self.keeper.give_up(error)
        except WorkerError as lost:
            assert response.request is not None
            for found in self.listing_lost(response.request, lost):
                yield found
        finally:
            crawl.listings.discard(listing.url)

    async def read_listing(
        self, crawl: SiteCrawl, listing: ListingRequest, response: Response
    ) -> list[ListingRequest]:
        """Read *listing* and return the listings to fetch next."""
        known = self.ledger.listings.look_up(crawl.site, listing.url)
        has_body = response.status != 304
        page: SectionPage | None = None
        if listing.kind in {"feed", "sitemap"}:
            digest = hashlib.sha256(response.body).hexdigest()
        elif has_body:
            page = await self.read(response, read_section, crawl.site)
            digest = links_digest(page.outline)
        same = not has_body or (known is not None and known.content_hash == digest)
        if same:
            self.count("unchanged_listings")
            self.note_known(crawl)
        listings: list[ListingRequest] = []
        if listing.kind in {"feed", "sitemap"}:
            listings = [] if same else await self.take_entries(crawl, listing, response)
        elif page is not None and (not same or crawl.frontier.walks.needs_reading(listing)):
            listings = self.take_links(crawl, listing, page, response.url)
        else:
            listings = crawl.frontier.unchanged(listing)
        if listing.of or crawl.frontier.walks.is_missing(listing):
            return listings  # a further page of a section is not a listing of its own
        validators = {
            "etag": header_text(response.headers.get("ETag")),
            "last_modified": header_text(response.headers.get("Last-Modified")),
            "content_hash": digest if has_body else None,
        }
        if not same and (listing.kind == "front" or any(not one.of for one in listings)):
            # Until the listings that it links to have been read, it counts as never read.
            # Otherwise, after a kill, the next crawl would find it unchanged and skip them.
            crawl.read[listing.url] = validators
            validators = {}
        kind = "section" if listing.kind == "front" else listing.kind
        self.ledger.listings.fetched(
            listing.url, site=crawl.site, kind=kind, changed=not same, now=utc_now(), **validators
        )
        return listings

    async def take_entries(
        self, crawl: SiteCrawl, listing: ListingRequest, response: Response
    ) -> list[ListingRequest]:
        """Read a feed or a sitemap and return the sitemaps that it names."""
        try:
            listed = await self.read(response, read_entries, listing.kind)
        except HostileXml as error:
            self.count("hostile_listings")
            self.logger.warning("Listing rejected: %s: %s", response.url, error)
            return []
        if listed.truncated:
            self.count("truncated_listings")
            self.logger.warning(
                "Listing read in part: %s exceeds a limit or is damaged, %d entries were read",
                response.url, len(listed.entries),
            )  # fmt: skip
        entries = [entry for entry in listed.entries if site_of(entry.url) == crawl.site]
        self.count("entries_of_other_sites", len(listed.entries) - len(entries))
        listings = crawl.frontier.read_entries(listing, entries[:_CHUNK], listed.sitemaps)
        for start in range(_CHUNK, len(entries), _CHUNK):
            await asyncio.sleep(0)  # let the event loop continue with downloads
            crawl.frontier.read_entries(listing, entries[start : start + _CHUNK])
        return listings

    async def read(
        self,
        response: Response,
        read: Callable[[bytes, str, str | None, *_Args], _T],
        *args: *_Args,
    ) -> _T:
        """Call *read* with the body, URL and content type of *response* and return its result.

        A large body is read in a thread or a worker process. The CPU time counts for the budget of
        the site.
        """
        content_type = header_text(response.headers.get("Content-Type"))
        body, url, spend = response.body, response.url, self.spending(response.url)
        return await self.executor.run(len(body), spend, read, body, url, content_type, *args)

    def take_links(
        self, crawl: SiteCrawl, listing: ListingRequest, page: SectionPage, url: str
    ) -> list[ListingRequest]:
        """Read the links of the page *url* and return the listings to fetch next."""
        listings = []
        if listing.kind == "front":
            crawl.frontier.sitemaps = self.sitemaps.get(host_of(url), [])
            listings = crawl.frontier.front_read(url, page.feeds)
        return listings + crawl.frontier.read_section(listing, page.outline, page.feeds)

    def listing_failed(self, failure: Failure) -> Iterator[Request | Rejection]:
        """Handle a listing whose request failed, as `listing_lost`."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        return self.listing_lost(request, failure.value)

    def listing_lost(self, request: Request, error: BaseException) -> Iterator[Request | Rejection]:
        """Count a listing that failed with *error*; the next run requests it again. Yield the next
        requests, and a rejection of the listing if a component raised an exception."""
        crawl = self.crawls.get(request.meta["newsclean_site"])
        listing: ListingRequest = request.meta["newsclean_listing"]
        reason, detail, status = explain_error(error)
        missing = status in {404, 410}
        if missing:
            self.count("missing_listings")
        elif not listing.guess:
            self.count("failed_listings")
            self.logger.warning("Listing failed: %s: %s (%s)", request.url, reason, detail)
        if reason == ERROR:
            yield self.explain(request, error)
        if crawl is None:
            return
        report = self.crawler.get_extension(RunReport)
        if listing.kind == "front" and report is not None:
            report.fronts.failed(request, reason)
        crawl.lost_listing(listing, missing=missing)
        yield from self.guarded(self.go_on(crawl))

    def spider_error(self, response: Response | Failure) -> None:
        """Handle an exception in the callback of a listing. Nothing of this listing is in the
        ledger, so the next run must read the listing that links to it again."""
        meta = getattr(getattr(response, "request", None), "meta", {})
        listing: ListingRequest | None = meta.get("newsclean_listing")
        crawl = self.crawls.get(meta.get("newsclean_site", ""))
        if listing is not None and crawl is not None:
            crawl.lost_listing(listing, missing=False)

    def note_known(self, crawl: SiteCrawl) -> None:
        """Count a sign that a site has not changed. If an earlier run exported an article of the
        site, a run without new articles is then not a failure."""
        if crawl.frontier.links.has_articles:
            self.count("known")
            self.known_sites.add(crawl.site)

    def note_section(self, crawl: SiteCrawl, url: str) -> None:
        """Store the section *url*, so that later runs fetch it again."""
        self.ledger.listings.fetched(
            url, site=crawl.site, kind="section", changed=True, now=utc_now()
        )


def conditional(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers of a conditional request, which has a body only if the page changed."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}
