"""One site within a crawl of many: its frontier, and what of it is on its way."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request

    from newsclean.discovery.ask import Ask
    from newsclean.discovery.frontier import SiteFrontier

# Pages of a site that are taken from the ledger at once: enough to keep its host busy, few enough
# that thousands of sites do not fill the memory with requests.
MAX_PAGES_OUT = 40


class SiteCrawl:
    """The state of *site* while it is crawled. ``listings`` and ``pages`` hold what was asked for
    and has not been answered; ``held`` are pages that wait until nothing else is out; ``read`` are
    listings whose validators are noted at the end, when all that they lead to was read."""

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
        """How many more pages may be asked for now; zero until half of the last were answered."""
        room = MAX_PAGES_OUT - len(self.pages)
        return room if room >= MAX_PAGES_OUT // 2 else 0

    @property
    def is_learning(self) -> bool:
        """True while listings or samples are on their way, so that nothing is decided yet."""
        return bool(self.listings or self.samples)

    @property
    def is_idle(self) -> bool:
        """True if nothing is on its way."""
        return not (self.listings or self.pages or self.held)

    def lost_listing(self, ask: Ask, *, missing: bool) -> None:
        """Note that the listing *ask* could not be had or read; *missing*: the server says that
        nothing is there."""
        self.listings.discard(ask.url)
        # What a sitemap index names may come back while the index stays as it is.
        of_index = ask.kind == "sitemap" and ask.depth > 1
        self.failed_listings += (not missing or of_index) and not ask.guess
        self.frontier.failed(ask, missing=missing)
