"""Which sites of a list a crawl reads if several crawls share the list.

Each crawl holds its shard while it works on it. A shard that nobody holds, because its machine
died or never began, is taken over by a crawl that is done with its own. Sites are held one by
one as well, so no host is asked by two crawls, whatever their lists are.
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


class Shards:
    """The shards of the list *sites*, as the crawl of *shard* sees them. With *take_over*, it
    works on others as well, when its own is done."""

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
        self._begun = ""  # when this crawl began, by the ledger's clock
        self._held: set[int] = set()
        self._done: set[str] = set()
        self._is_waiting = False

    @property
    def name(self) -> str:
        """How the runs of this shard are called in the ledger, and what holds its sites."""
        return f"shard {self.shard} of {self.digest}"

    def take(self, site: str, keeper: LedgerKeeper) -> bool:
        """Take *site* and return True; return False if another crawl holds it. Raise
        LedgerError."""
        ledger = _ledger_of(keeper)
        return ledger.locks.take(site_lock(site), holder=self.name, now=ledger.now())

    def done(self, site: str, keeper: LedgerKeeper) -> None:
        """Note that *site* has been read to its end: it is given back once all of it is stored."""
        self._done.add(site)
        keeper.finished[site_lock(site)] = site

    def next_sites(self, keeper: LedgerKeeper) -> list[str] | None:
        """Return the sites to read next; none if all are done, None if other crawls work on what
        is left, so that it is to be asked again later. Raise LedgerError.

        A shard that nobody holds is taken over once this crawl has run for the time of a lease:
        its own crawl may begin a little later than this one.
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
            ripe = now >= later(self._begun, lease)
            if (ripe or (is_own and is_first)) and self._take_shard(number, ledger, now):
                return todo
        if left and not self._is_waiting:
            logger.info("%s is done; other crawls work on what is left", self.name)
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
            logger.warning("Nobody works on shard %d: taking over its %d sites", number, count)
        return True

    def _let_go(self, number: int, keeper: LedgerKeeper) -> None:
        if number in self._held:
            self._held.discard(number)
            keeper.finished[self._key(number)] = None


def _ledger_of(keeper: LedgerKeeper) -> Ledger:
    assert keeper.ledger is not None
    return keeper.ledger
