"""Refuse requests to a site that has used up its budget, until the next run."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import IgnoreRequest

from newsclean.discovery.budget import SiteBudgets
from newsclean.urls import site_of

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)


class SiteBudgetError(IgnoreRequest):
    """The site has used up a budget of this run."""

    reason = "site-budget"


class SiteBudgetMiddleware:
    """Counts the use of each site, and refuses requests to a site that has used up a budget.

    Spiders call `spend` and `is_exhausted`, and stop requesting pages of such a site. Pages that
    are refused here are rejected with the reason ``site-budget``, and are fetched in a later run.
    """

    def __init__(self, crawler: Crawler, budgets: SiteBudgets) -> None:
        self.crawler = crawler
        self.budgets = budgets
        crawler.signals.connect(self.bytes_received, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware for *crawler*. Raise ValueError for a wrong budget."""
        return cls(crawler, SiteBudgets(crawler.settings.getdict("NEWSCLEAN_SITE_BUDGET")))

    def process_request(self, request: Request) -> None:
        """Count *request*. Raise SiteBudgetError if its site has used up a budget."""
        site = site_of(request.url)
        self.spend(site, "requests")
        if site in self.budgets.exhausted:
            raise SiteBudgetError(self.budgets.describe(site))

    def process_response(self, request: Request, response: Response) -> Response:
        """Return *response*. Note that its site has responded."""
        self.budgets.answered(site_of(request.url))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a request without a response."""
        if not isinstance(exception, IgnoreRequest):
            self.spend(site_of(request.url), "failures")

    def bytes_received(self, data: bytes, request: Request, spider: Spider) -> None:
        """Count the bytes from the network, also of incomplete responses."""
        self.spend(site_of(request.url), "bytes", len(data))

    def is_exhausted(self, site: str) -> bool:
        """Return True if *site*, a registrable domain, has used up a budget."""
        return site in self.budgets.exhausted

    def spend(self, site: str, name: str, amount: float = 1) -> None:
        """Count *amount* of the budget *name* of *site*. If that uses it up, write it to the log
        and the stats."""
        if self.budgets.spend(site, name, amount):
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value(f"newsclean/budgets/{name}")
            logger.warning(
                "%s: %s; the site is skipped in this run", site, self.budgets.describe(site)
            )
