"""One crawl a site at a time, and no lock that outlives its process."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import update

from newsclean.ledger import Batch, Export, Ledger, LockedError, Policy
from newsclean.ledger.clock import later
from newsclean.ledger.keys import site_lock
from newsclean.ledger.schema import lock

NOW = "2026-04-18T12:00:00Z"
CHILD = """
import sys
from newsclean.ledger import Ledger
ledger = Ledger.open(sys.argv[1])
ledger.locks.acquire(["news.example"], holder="the nightly crawl", now=sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def child(where):
    """Another process that holds the lock of news.example."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(where), NOW],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def change(ledger, **values):
    with ledger._database.write() as connection:
        connection.execute(update(lock).values(**values))


def test_a_second_crawl_is_told_who_holds_it(ledger, child):
    with pytest.raises(LockedError) as caught:
        ledger.locks.acquire(["news.example"], holder="me", now=later(NOW, 10**6))
    assert "the nightly crawl" in str(caught.value)
    assert str(child.pid) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_killed_process_holds_nothing(ledger, child):
    child.kill()
    child.wait()
    ledger.locks.acquire(["news.example"], holder="me", now=NOW)
    assert ledger.locks.heartbeat(NOW) == 1


def test_a_number_given_to_another_process_holds_nothing(ledger, child):
    change(ledger, process_started="another boot:1")
    ledger.locks.acquire(["news.example"], holder="me", now=NOW)


def test_all_locks_or_none(ledger, child):
    with pytest.raises(LockedError):
        ledger.locks.acquire(["a.example", "news.example", "z.example"], holder="me", now=NOW)
    assert ledger.locks.heartbeat(NOW) == 0


def test_another_machine_is_believed_while_its_heart_beats(where, child):
    with Ledger.open(where, Policy(lease_seconds=900)) as ledger:
        change(ledger, host="elsewhere.example", heartbeat=NOW)
        with pytest.raises(LockedError, match=r"elsewhere\.example"):
            ledger.locks.acquire(["news.example"], holder="me", now=later(NOW, 900))
        ledger.locks.acquire(["news.example"], holder="me", now=later(NOW, 901))


def test_who_was_taken_over_learns_it_from_the_heartbeat(where):
    with Ledger.open(where) as one, Ledger.open(where) as other:
        one.locks.acquire(["a.example", "b.example"], holder="one", now=NOW)
        assert one.locks.heartbeat(NOW) == 2
        change(one, host="elsewhere.example")
        other.locks.acquire(["a.example"], holder="other", now=later(NOW, 10**6))
        assert one.locks.heartbeat(NOW) == 1


def test_a_lock_is_given_back(where):
    with Ledger.open(where) as one, Ledger.open(where) as other:
        one.locks.acquire(["news.example"], holder="one", now=NOW)
        one.locks.acquire(["news.example"], holder="one", now=NOW)
        with pytest.raises(LockedError, match="held by one"):
            other.locks.acquire(["news.example"], holder="other", now=NOW)
        one.locks.release()
        other.locks.acquire(["news.example"], holder="other", now=NOW)


def test_the_lock_of_a_zombie_is_taken_over(ledger, where):
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(where), NOW],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "held\n"
        process.kill()
        # It has ended, and nobody has waited for it.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        ledger.locks.acquire(["news.example"], holder="a crawl", now=NOW)
    finally:
        process.wait()


def test_a_lock_of_another_machine_whose_clock_was_ahead_is_taken_over(ledger, where):
    with Ledger.open(where) as other:
        other.locks.acquire(["news.example"], holder="a crawl", now=NOW)
        change(ledger, host="elsewhere", heartbeat=later(NOW, 365 * 86_400))
        ledger.locks.acquire(["news.example"], holder="a crawl", now=NOW)


def test_another_container_of_the_same_name_is_another_machine(ledger, child):
    change(ledger, machine="another boot", process_started="another boot:1", heartbeat=NOW)
    if ledger.is_shared:
        with pytest.raises(LockedError):
            ledger.locks.acquire(["news.example"], holder="me", now=NOW)
    assert ledger.locks.take("news.example", holder="me", now=later(NOW, 301))


def test_take_says_whether_it_is_held(where):
    with Ledger.open(where) as one, Ledger.open(where) as other:
        assert one.locks.take("site a.example", holder="one", now=NOW)
        assert not other.locks.take("site a.example", holder="other", now=NOW)
        assert other.locks.busy(["site a.example", "site b.example"], NOW) == {"site a.example"}
        assert one.locks.busy(["site a.example"], NOW) == set()


def test_a_finished_site_is_given_back_and_remembered(where):
    with Ledger.open(where) as one, Ledger.open(where) as other:
        sites = ["a.example", "b.example"]
        one.locks.acquire(map(site_lock, sites), holder="one", now=NOW)
        one.locks.finish(["a.example"], [site_lock("a.example")], NOW)
        assert one.locks.held == {"site b.example"}
        assert other.locks.unfinished(sites, NOW) == ["b.example"]
        assert other.locks.unfinished(sites, later(NOW, 1)) == sites
        assert other.locks.take("site a.example", holder="other", now=NOW)


def test_articles_of_a_site_that_was_taken_over_are_not_counted(where):
    export = Export("https://a.example/1", "a.example", "https://a.example/1", "h", 1, NOW)
    with Ledger.open(where) as one, Ledger.open(where) as other:
        if not one.is_shared:
            pytest.skip("on one machine nothing is taken over")
        one.locks.acquire(["site a.example"], holder="one", now=NOW)
        change(one, host="elsewhere.example")
        other.locks.acquire(["site a.example"], holder="other", now=later(NOW, 10**6))
        with pytest.raises(LockedError, match=r"site a\.example was taken over"):
            one.confirm(Batch([(export, None, None, True)]))
        one.flush()
        assert one.pages.look_up(export.canonical) is None
        other.confirm(Batch([(export, None, None, True)]))
        assert other.pages.look_up(export.canonical).version == 1
