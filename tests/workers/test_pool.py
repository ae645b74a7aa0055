"""A worker that is killed, hangs or uses too much memory loses its job and no other."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
import uvloop

from newsclean.error_place import place_of
from newsclean.workers import Limits, PoolError, WorkerError, WorkerPool
from tests.workers import jobs

LIMITS = Limits(60, 400_000_000)


def with_pool(test, most=1, limits=LIMITS):
    """What the coroutine function *test* returns for a pool, which has no process left then."""

    async def main():
        pool = WorkerPool(most, limits)
        try:
            return await test(pool)
        finally:
            await pool.close()
            assert not pool._workers

    return uvloop.run(main())  # the loop of a crawl


async def result(pool, *job):
    return (await pool.run(*job))[0]


@pytest.mark.parametrize(
    ("job", "reason", "detail"),
    [
        ((jobs.die,), "worker-killed", "signal SIGKILL"),
        ((jobs.die, signal.SIGSEGV), "worker-killed", "signal SIGSEGV"),
        ((jobs.leave, 3), "worker-killed", "exit code 3"),
        ((jobs.hoard,), "too-much-memory", "more than 400 MB"),
    ],
)
def test_a_worker_that_ends_costs_its_job_only(job, reason, detail):
    async def test(pool):
        other = asyncio.ensure_future(result(pool, jobs.sleep, 2))
        with pytest.raises(WorkerError) as caught:
            await pool.run(*job)
        assert caught.value.reason == reason and detail in caught.value.detail
        assert await other == 2
        assert await result(pool, jobs.double, 4) == 8

    with_pool(test, most=2)


@pytest.mark.parametrize("job", [(jobs.sleep, 1000), (jobs.stop,)])
def test_a_worker_that_hangs_is_killed(job):
    async def test(pool):
        await pool.run(jobs.double, 1)  # it has started
        with pytest.raises(WorkerError) as caught:
            await pool.run(*job)
        assert caught.value.reason == "too-slow"
        assert await result(pool, jobs.double, 4) == 8
        assert (pool.started, pool.lost) == (2, 1)

    with_pool(test, limits=Limits(3, 0))


def test_a_worker_that_is_killed_while_it_is_idle_costs_nothing():
    async def test(pool):
        first = await result(pool, jobs.process_id)
        os.kill(first, signal.SIGKILL)
        await asyncio.sleep(0.5)  # the end of its socket is seen
        assert await result(pool, jobs.process_id) != first
        assert pool.lost == 0

    with_pool(test)


def test_what_a_job_raises_is_raised_here_and_says_where():
    async def test(pool):
        with pytest.raises(LookupError, match="secret") as caught:
            await pool.run(jobs.say, "secret")
        assert place_of(caught.value).startswith("LookupError at ")
        assert "in say\n" in str(caught.value.__cause__)
        with pytest.raises(RuntimeError, match="Unpicklable"):
            await pool.run(jobs.say_unpicklable)
        with pytest.raises((AttributeError, RuntimeError)):
            await pool.run(jobs.function)  # what it returns cannot be sent
        assert pool.started == 1

    with_pool(test)


def test_the_owner_of_a_method_is_sent_once_to_each_worker():
    async def test(pool):
        owner = jobs.Owner("Una")
        said = [await result(pool, owner.greet, "Ben") for _ in range(3)]
        assert said[0].startswith("Una greets Ben") and len(set(said)) == 1
        with pytest.raises(WorkerError):
            await pool.run(jobs.die)
        assert await result(pool, owner.greet, "Ben") != said[0]
        assert jobs.Owner.pickled == 1

    with_pool(test)


def test_jobs_wait_for_their_turn_and_workers_for_need(tmp_path):
    async def test(pool):
        for _ in range(3):
            await pool.run(jobs.double, 1)
        assert pool.started == 1  # one was enough
        jobs_of_all = [result(pool, jobs.count_running, tmp_path) for _ in range(9)]
        assert max(await asyncio.gather(*jobs_of_all)) <= 3
        assert pool.started == 3

    with_pool(test, most=3)


def test_a_worker_that_has_grown_makes_room():
    async def test(pool):
        first = await result(pool, jobs.process_id)
        assert len(await result(pool, jobs.grow, 250)) == 250_000_000
        assert await result(pool, jobs.process_id) != first
        assert (pool.started, pool.lost) == (2, 0)

    with_pool(test, limits=Limits(60, 0))


def test_a_cancelled_job_leaves_a_pool_that_works():
    async def test(pool):
        running = asyncio.ensure_future(pool.run(jobs.sleep, 1000))
        waiting = asyncio.ensure_future(pool.run(jobs.sleep, 1000))
        await asyncio.sleep(2)
        for one in (running, waiting):
            one.cancel()
            with pytest.raises(asyncio.CancelledError):
                await one
        assert await result(pool, jobs.double, 4) == 8

    with_pool(test)


def test_a_pool_that_is_closed_leaves_nobody_waiting():
    async def test(pool):
        waiting = [asyncio.ensure_future(pool.run(jobs.sleep, 1000)) for _ in range(4)]
        await asyncio.sleep(3)
        await pool.close()
        found = await asyncio.gather(*waiting, return_exceptions=True)
        assert {type(one) for one in found} <= {PoolError, WorkerError}
        with pytest.raises(PoolError):
            await pool.run(jobs.double, 1)

    with_pool(test, most=2)


def test_workers_that_cannot_be_started(monkeypatch):
    monkeypatch.setattr(sys, "executable", str(Path(__file__).with_name("nowhere")))

    async def test(pool):
        with pytest.raises(PoolError, match="nowhere"):
            await pool.run(jobs.double, 1)

    with_pool(test)


def test_random_kills_cost_one_job_each():
    async def test(pool):
        ended = 0

        async def work():
            nonlocal ended
            for _ in range(40):
                try:
                    assert await result(pool, jobs.grow, 1) == b"x" * 1_000_000
                except WorkerError as error:
                    assert error.reason == "worker-killed"
                    ended += 1

        async def kill():
            kills = 0
            while kills < 6:
                await asyncio.sleep(0.2)
                for worker in list(pool._workers)[:1]:
                    worker.process.kill()
                    kills += 1

        killing = asyncio.ensure_future(kill())
        await asyncio.gather(*(work() for _ in range(4)))
        killing.cancel()
        assert ended <= 6

    with_pool(test, most=2)
