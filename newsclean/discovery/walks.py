"""Follow the listings of one site page by page.

The first walk of a listing continues until pages have nothing new. Later walks stop at the first
page without anything new. An interrupted walk continues at its last page.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsclean.discovery.learner import MAX_LINKS
from newsclean.discovery.listing_request import ListingRequest
from newsclean.discovery.memory import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsclean.discovery.site_links import SiteLinks

# Pages of a listing in a row without anything new that end its first walk. The latest titles of a
# section are often known from related links, older ones are not. Tags and authors repeat sections.
_QUIET_PAGES, _QUIET_PAGES_OF_SECTION = 2, 4


class Walks:
    """The walks through the listings of a site with *links*. A walk is identified by the URL of its
    first page, *top*. All methods may raise LedgerError."""

    def __init__(self, links: SiteLinks) -> None:
        self._links = links
        self._memory = links.memory
        self._gain: Counter[str] = Counter()  # walk → new titles
        self._quiet: Counter[str] = Counter()  # walk → pages in a row without a new title
        self._units: dict[str, str] = {}  # listing → template or family that it was a sample of
        self._namer: dict[str, str] = {}  # page → the listing that links to it, "" for several
        self._section: dict[str, str] = {}  # page → section that links to it, "" for several
        self._extra: set[str] = set()  # listings that were samples and had titles

    def begin(self, url: str, unit: str) -> None:
        """Note that the listing *url* was a sample of the template *unit*."""
        self._units[url] = unit

    def take(self, listing: ListingRequest, urls: Iterable[str], gain: int) -> int:
        """Note that the page *listing* links to *urls*, with *gain* new titles. Return how many of
        the articles were in no other listing before. The front page does not count, because all its
        links are in a section, too."""
        if listing.kind == "front":
            return 0
        top = listing.of or listing.url
        self._gain[top] += gain
        first_named = 0
        is_section = self._links.is_navigation(top)
        for url in urls:
            if is_section and (url in self._section or len(self._section) < MAX_LINKS):
                self._section[url] = top if self._section.get(url, top) == top else ""
            namer = self._namer.get(url)
            if namer is None:
                if len(self._namer) < MAX_LINKS:
                    self._namer[url] = top
                    first_named += self._links.may_be_article(url)
            elif namer != top:
                self._namer[url] = ""
        return first_named

    def is_below(self, url: str) -> bool:
        """Return True if exactly one section of the navigation links to *url*, as to its
        subsections. Tags and authors are in several."""
        return bool(self._section.get(url))

    def is_unfinished(self, url: str) -> bool:
        """Return True if the listing *url* was followed only to a day that is later than ``since``
        of this run."""
        walk = self._memory.walk(url)
        return walk is not None and self._is_shorter(walk)

    def needs_reading(self, listing: ListingRequest) -> bool:
        """Return True if *listing* must be read even if it has not changed."""
        walk = self._memory.walk(listing.of or listing.url)
        return listing.kind == "front" or walk is None or self._is_shorter(walk)

    def is_missing(self, listing: ListingRequest) -> bool:
        """Return True if *listing* is a usual path where nothing was found."""
        walk = self._memory.walk(listing.url) if listing.guess else None
        return walk is not None and walk.state == "missing"

    def miss(self, url: str) -> None:
        """Note that there is nothing at the usual path *url*."""
        self._memory.save_walk(url, Walk("missing"))

    def rest(self, listing: ListingRequest) -> ListingRequest | None:
        """Return the next page of the walk of *listing* if an earlier run did not finish it."""
        walk = self._memory.walk(listing.of or listing.url)
        if (
            listing.kind in {"feed", "sitemap"}
            or walk is None
            or walk.state != "walking"
            or not walk.next_url
        ):
            return None
        return ListingRequest(
            walk.next_url, "section", listing.depth, listing.of or listing.url, walk.number
        )

    def follow(
        self,
        listing: ListingRequest,
        following: str | None,
        *,
        new: int,
        first_named: int,
        is_old: bool,
    ) -> ListingRequest | None:
        """Return the next request after *listing*, a page of a section. It has *new* links and
        *first_named* articles that are in no other listing. *following* is the URL of the page
        after it. *is_old* is True if all its articles are older than wanted."""
        links = self._links
        top = listing.of or listing.url
        known = self._memory.walk(top)
        is_first_walk = known is None or known.state == "walking" or self._is_shorter(known)
        is_quiet = not new and not (is_first_walk and first_named)
        self._quiet[top] = self._quiet[top] + 1 if is_quiet else 0
        patience = _QUIET_PAGES_OF_SECTION if links.is_navigation(top) else _QUIET_PAGES
        enough = self._quiet[top] >= (patience if is_first_walk else 1)
        if following is not None and not enough and listing.number >= links.limits.listing_pages:
            links.dropped["listing pages"] += 1
            following = None
        if listing.kind == "front" and not is_first_walk and not new:
            following = None
        if following is None or enough or is_old:
            rest = self.rest(listing) if listing.number == 1 else None
            if rest is not None:
                self._quiet[top] = 0
                return rest
            until = links.wanted.since if is_old and following is not None else None
            if known is not None and known.until and not is_first_walk:
                until = known.until  # this walk ended at pages that an earlier one has read
            self.end(top, until)
            return None
        if is_first_walk:
            self._memory.save_walk(top, Walk("walking", following, listing.number + 1))
        return ListingRequest(following, "section", listing.depth, top, listing.number + 1)

    def end(self, top: str, until: str | None = None) -> None:
        """Note that the listing *top* was followed to its end, or to the day *until*."""
        self._memory.save_walk(top, Walk("walked", until=until))
        unit = self._units.pop(top, None)
        if unit is not None:
            # On a small site, the feed and the front page have all articles of its sections.
            is_useful = self._gain[top] > 0 or top in self._that_name_alone({top})
            self._links.learner.add_listing(top, is_useful=is_useful)
            self._extra.add(top)
            if not is_useful:
                self._memory.save_walk(top, Walk("useless"))

    def end_repetitions(self) -> None:
        """Exclude listings from later runs if all their articles are in other listings: tags and
        authors that were read before the sections."""
        learner = self._links.learner
        alone = self._that_name_alone(self._extra)
        for top in sorted(self._extra - alone):
            if not learner.is_navigation(top):
                self._memory.save_walk(top, Walk("useless"))
        self._extra.clear()

    def take_sitemap(self, urls: Iterable[str]) -> None:
        """Note that a sitemap has *urls*. It will also have future articles."""
        for url in urls:
            if url in self._namer or len(self._namer) < MAX_LINKS:
                self._namer[url] = ""

    def _that_name_alone(self, tops: set[str]) -> set[str]:
        """Return the *tops* that link to a possible article which no other listing links to."""
        may_lead = self._links.may_lead_to_article
        return {top for url, top in self._namer.items() if top in tops and may_lead(url)}

    def _is_shorter(self, walk: Walk) -> bool:
        """Return True if *walk* ended at a day, and this run wants older articles, too."""
        since = self._links.wanted.since
        return walk.until is not None and (since is None or since < walk.until)
