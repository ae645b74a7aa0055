"""The state of one site in a crawl of many sites: its frontier and its pending requests."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request

    from newsclean.discovery.frontier import SiteFrontier
    from newsclean.discovery.listing_request import ListingRequest

# Pages of a site that are taken from the ledger at once. They keep its host busy, and do not fill
# the memory if there are thousands of sites.
MAX_PAGES_OUT = 40


class SiteCrawl:
    """The state of *site* while it is crawled.

    ``listings`` and ``pages`` are pending requests. ``held`` are requests that wait until no
    others are pending. ``read`` are listings whose validators (ETag, digest) are stored at the end,
    after all pages that they link to have been read.
    """

    def __init__(self, site: str, frontier: SiteFrontier) -> None:
        self.site = site
        self.frontier = frontier
        self.listings: set[str] = set()
        self.pages: set[str] = set()
        self.samples: set[str] = set()
        self.held: deque[Request] = deque()
        self.read: dict[str, dict[str, str | None]] = {}
        self.failed_listings = 0

    @property
    def room(self) -> int:
        """The number of pages that may be requested now. Zero until half of the last are done."""
        room = MAX_PAGES_OUT - len(self.pages)
        return room if room >= MAX_PAGES_OUT // 2 else 0

    @property
    def is_learning(self) -> bool:
        """True while listings or samples are pending, because templates cannot be judged yet."""
        return bool(self.listings or self.samples)

    @property
    def is_idle(self) -> bool:
        """True if no request is pending."""
        return not (self.listings or self.pages or self.held)

    def lost_listing(self, listing: ListingRequest, *, missing: bool) -> None:
        """Note that *listing* could not be fetched or read. *missing* is true if the server has no
        such listing."""
        self.listings.discard(listing.url)
        # A sitemap of an index may exist again later, although the index does not change.
        of_index = listing.kind == "sitemap" and listing.depth > 1
        self.failed_listings += (not missing or of_index) and not listing.guess
        self.frontier.failed(listing, missing=missing)
