"""Limits for one site in one run, so that no site takes the time of the others. Pure.

The limits are far above the needs of an ordinary site: a daily crawl of a large newspaper makes a
few thousand requests. They stop endless listings, slow servers and pages that are made to be slow.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Limits for one site in one run. 0 means no limit.
DEFAULT_LIMITS: dict[str, float] = {
    # Requests, with robots.txt and retries. At one request a second, more than two days.
    "requests": 200_000,
    # Bytes of response bodies on the network: 200,000 pages of 100 kB.
    "bytes": 20_000_000_000,
    # Seconds of CPU time for reading pages and listings: 200,000 pages of 20 ms.
    "cpu_seconds": 4_000,
    # Sitemaps, feeds, sections and their pages. Articles are still crawled after that.
    "listings": 1_000,
    # Requests in a row without a response. With a DOWNLOAD_TIMEOUT of 30 s, 25 minutes.
    "failures": 50,
}


class SiteBudgets:
    """Counts the use of each site. *limits* replace those in `DEFAULT_LIMITS`. Raises ValueError
    for an unknown name, and for a value that is not a number of 0 or more."""

    def __init__(self, limits: Mapping[str, float] | None = None) -> None:
        self.limits = dict(DEFAULT_LIMITS)
        for name, value in (limits or {}).items():
            if name not in DEFAULT_LIMITS:
                known = ", ".join(DEFAULT_LIMITS)
                raise ValueError(
                    f"NEWSCLEAN_SITE_BUDGET: unknown budget {name!r}, expected one of: {known}"
                )
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise ValueError(
                    f"NEWSCLEAN_SITE_BUDGET: {name} is {value!r}, expected a number, 0 for no limit"
                )
            self.limits[name] = value
        self.exhausted: dict[str, str] = {}
        self._spent: dict[str, Counter[str]] = {}

    def spend(self, site: str, name: str, amount: float = 1) -> bool:
        """Count *amount* of the budget *name* of *site*. Return True if that used it up. This
        happens once for each site; then the site is in ``exhausted`` with the name of the budget.

        >>> budgets = SiteBudgets({"requests": 2})
        >>> [budgets.spend("a.example", "requests") for _ in range(4)]
        [False, False, True, False]
        >>> budgets.exhausted
        {'a.example': 'requests'}
        """
        spent = self._spent.setdefault(site, Counter())
        spent[name] += amount  # type: ignore[assignment]  # a Counter counts fractions as well
        limit = self.limits[name]
        if not limit or spent[name] <= limit or site in self.exhausted:
            return False
        self.exhausted[site] = name
        return True

    def answered(self, site: str) -> None:
        """Note that *site* responded, and reset its number of failures in a row."""
        if site in self._spent:
            self._spent[site]["failures"] = 0

    def describe(self, site: str) -> str:
        """Return a description of the budget that *site* used up, or ``""``.

        >>> budgets = SiteBudgets({"bytes": 1000})
        >>> _ = budgets.spend("a.example", "bytes", 1001)
        >>> budgets.describe("a.example")
        'more than 1,000 bytes from one site in one run (NEWSCLEAN_SITE_BUDGET)'
        """
        name = self.exhausted.get(site)
        if name is None:
            return ""
        limit = f"{self.limits[name]:,g}" if self.limits[name] % 1 else f"{self.limits[name]:,.0f}"
        what = {
            "requests": "requests to one site in one run",
            "bytes": "bytes from one site in one run",
            "cpu_seconds": "seconds of CPU for one site in one run",
            "listings": "listings of one site in one run",
            "failures": "failed requests in a row",
        }[name]
        return f"more than {limit} {what} (NEWSCLEAN_SITE_BUDGET)"
