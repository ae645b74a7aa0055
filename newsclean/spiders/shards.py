"""Choose the sites that a crawl reads if several crawls share a list of sites.

Each crawl holds its shard while it works on it. If no crawl holds a shard, because its machine
died or never began, a crawl that has finished its own shard takes it over. Each site is held
separately, too, so that two crawls never send requests to one host, even if their lists differ.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from newsclean.ledger.clock import later
from newsclean.ledger.keys import Shard, list_digest, shard_lock, shard_number, site_lock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsclean.extensions.ledger_keeper import LedgerKeeper
    from newsclean.ledger import Ledger

logger = logging.getLogger(__name__)

# Seconds that a shard is left to a crawl of its own which begins later, but no more than a lease.
# Politeness does not depend on it: a late crawl finds its shard locked and reads another one.
LATE_START = 60


class Shards:
    """The shards of the list *sites*, for the crawl of *shard*. With *take_over*, the crawl also
    works on other shards after its own."""

    def __init__(self, shard: Shard, sites: Iterable[str], *, take_over: bool = True) -> None:
        self.shard = shard
        sites = list(sites)
        self.sites: dict[int, list[str]] = {}
        for site in sites:
            self.sites.setdefault(shard_number(site, shard.count), []).append(site)
        self.digest = list_digest(sites)
        own, last = shard.number, shard.count
        order = [*range(own, last + 1), *range(1, own)] if take_over else [own]
        self._numbers = [number for number in order if number in self.sites]
        self._begun = ""  # the time at which this crawl began, by the clock of the ledger
        self._held: set[int] = set()
        self._done: set[str] = set()
        self._is_waiting = False

    @property
    def name(self) -> str:
        """The name of this shard in the ledger, for its runs and its locks."""
        return f"shard {self.shard} of {self.digest}"

    def take(self, site: str, keeper: LedgerKeeper) -> bool:
        """Lock *site*. Return False if another crawl holds it. Raise LedgerError."""
        ledger = _ledger_of(keeper)
        return ledger.locks.take(site_lock(site), holder=self.name, now=ledger.now())

    def done(self, site: str, keeper: LedgerKeeper) -> None:
        """Note that *site* is finished. Its lock is released after its last article is stored."""
        self._done.add(site)
        keeper.finished[site_lock(site)] = site

    def next_sites(self, keeper: LedgerKeeper) -> list[str] | None:
        """Return the sites to read next. Return an empty list if all sites are done, and None if
        other crawls work on the remaining sites, so that the caller calls it again later. Raise
        LedgerError.

        A shard without a holder is taken over after this crawl has run for `LATE_START`, because
        the crawl of that shard may begin a little later. If a crawl of it has died, its lease must
        have expired as well.
        """
        ledger = _ledger_of(keeper)
        now, lease = ledger.now(), keeper.policy.lease_seconds
        is_first = not self._begun
        self._begun = self._begun or now
        left = False
        busy = self._busy(ledger, now)
        for number in self._numbers:
            if number in busy:
                left = True
                continue
            is_own = number == self.shard.number
            todo = [site for site in self.sites[number] if site not in self._done]
            if not (is_own and is_first):
                todo = ledger.locks.unfinished(todo, later(self._begun, -lease))
            if not todo:
                self._let_go(number, keeper)
                continue
            if number in self._held:
                return todo
            left = True
            is_late = now >= later(self._begun, min(lease, LATE_START))
            if (is_late or (is_own and is_first)) and self._take_shard(number, ledger, now):
                return todo
        if left and not self._is_waiting:
            logger.info("%s is done; other crawls work on the remaining sites", self.name)
        self._is_waiting = left
        return None if left else []

    def _busy(self, ledger: Ledger, now: str) -> set[int]:
        """Return the numbers of the shards that other crawls hold."""
        keys = {self._key(number): number for number in self._numbers}
        return {keys[key] for key in ledger.locks.busy(keys, now)}

    def _key(self, number: int) -> str:
        return shard_lock(Shard(number, self.shard.count), self.digest)

    def _take_shard(self, number: int, ledger: Ledger, now: str) -> bool:
        if not ledger.locks.take(self._key(number), holder=self.name, now=now):
            return False
        self._held.add(number)
        if number != self.shard.number:
            count = len(self.sites[number])
            logger.warning("No crawl works on shard %d: taking over its %d sites", number, count)
        return True

    def _let_go(self, number: int, keeper: LedgerKeeper) -> None:
        if number in self._held:
            self._held.discard(number)
            keeper.finished[self._key(number)] = None


def _ledger_of(keeper: LedgerKeeper) -> Ledger:
    assert keeper.ledger is not None
    return keeper.ledger
