"""When a crawl takes over the shard of another one."""

from types import SimpleNamespace

import pytest

from newsclean.ledger import Ledger, Policy
from newsclean.ledger.clock import later
from newsclean.ledger.keys import Shard, shard_number
from newsclean.spiders.shards import LATE_START, Shards

BEGUN = "2026-04-18T09:30:00Z"
SITES = [f"paper-{number}.example" for number in range(12)]
OWN = [site for site in SITES if shard_number(site, 2) == 1]
OTHERS = [site for site in SITES if shard_number(site, 2) == 2]


class Crawl:
    """The crawl of shard *number* of two."""

    def __init__(self, path, number, clock, policy):
        self.ledger = Ledger.open(path, policy)
        self.ledger.now = lambda: clock.now
        self.clock = clock
        self.keeper = SimpleNamespace(ledger=self.ledger, policy=policy, finished={})
        self.shards = Shards(Shard(number, 2), SITES)

    def next_sites(self):
        return self.shards.next_sites(self.keeper)

    def read(self, sites):
        """Read *sites* to their end, as the spider and the ledger's extension do."""
        for site in sites:
            assert self.shards.take(site, self.keeper)
            self.shards.done(site, self.keeper)
        self.give_back()

    def give_back(self):
        given_back, self.keeper.finished = self.keeper.finished, {}
        sites = [site for site in given_back.values() if site is not None]
        self.ledger.locks.finish(sites, given_back, self.clock.now)


@pytest.fixture(params=[300, 20])
def policy(request):
    return Policy(lease_seconds=request.param)


@pytest.fixture
def clock():
    return SimpleNamespace(now=BEGUN)


def test_a_shard_that_nobody_begins_is_taken_over_after_a_minute_at_most(tmp_path, clock, policy):
    crawl = Crawl(tmp_path / "ledger.sqlite", 1, clock, policy)
    assert crawl.next_sites() == OWN
    crawl.read(OWN)
    wait = min(LATE_START, policy.lease_seconds)
    clock.now = later(BEGUN, wait - 1)
    assert crawl.next_sites() is None
    clock.now = later(BEGUN, wait)
    assert crawl.next_sites() == OTHERS
    crawl.read(OTHERS)
    assert crawl.next_sites() == []


def test_a_crawl_that_begins_late_does_not_ask_the_sites_that_another_one_reads(
    tmp_path, clock, policy
):
    path = tmp_path / "ledger.sqlite"
    crawl, late = (Crawl(path, number, clock, policy) for number in (1, 2))
    crawl.read(crawl.next_sites())
    clock.now = later(BEGUN, min(LATE_START, policy.lease_seconds))
    assert crawl.next_sites() == OTHERS
    assert late.next_sites() is None
    crawl.read(OTHERS)
    assert crawl.next_sites() == []
    crawl.give_back()
    assert late.next_sites() == []
