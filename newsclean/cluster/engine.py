"""The engine that reads the shards: Dask, in processes of this machine or on a cluster.

Several engines were tried. Dask restarts a worker that was killed and repeats its work. It needs no
service beside the program, and 40 MB of memory.
"""

from __future__ import annotations

import logging
import os
import shutil
import warnings
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from newsclean.cluster.shard import read_shard
from newsclean.extras import extra_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCAL = "local"
_SCHEMES = ("tcp://", "tls://", "ucx://", "ws://", "wss://")
_CONNECT = 10  # seconds for a scheduler to answer
_STARTS = 3  # attempts to start the workers
_CHECK = 20_000  # milliseconds between two checks that all workers are there
_LOST = 60  # seconds after which a worker that does not come back is given up
_AHEAD = 2  # orders that wait at each worker
# After this many killed workers, their shard is given up.
_MAX_KILLED = 3


def engine_problem(engine: str) -> str | None:
    """Return, in one line, why *engine* cannot be used; None if it can.

    >>> engine_problem("spark")
    "--engine: 'spark' is neither local nor the address of a Dask scheduler (tcp://HOST:8786)"
    """
    if engine != LOCAL and not engine.startswith(_SCHEMES):
        return (
            f"--engine: {engine[:100]!r} is neither {LOCAL} nor the address of a Dask scheduler"
            " (tcp://HOST:8786)"
        )
    return extra_problem("cluster")


@contextmanager
def connected(engine: str, workers: int | None, folder: Path) -> Iterator[Any]:
    """Yield a client of *engine*. For ``local``, start a cluster of *workers* processes, which ends
    with the block; None means one process for each core. They have their files in *folder*,
    which is deleted at the end. Raise OSError if no scheduler answers."""
    import dask  # noqa: PLC0415
    import distributed  # noqa: PLC0415

    engines: Any = distributed  # it has no types

    for name in ("distributed", "distributed.nanny", "distributed.worker", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    options = {
        "distributed.scheduler.allowed-failures": _MAX_KILLED,
        "distributed.comm.timeouts.connect": f"{_CONNECT}s",
        "distributed.deploy.lost-worker-timeout": f"{_LOST}s",
        "distributed.admin.log-format": "%(message)s",
        "temporary-directory": str(folder),  # also of the scheduler
    }
    with dask.config.set(options):
        if engine != LOCAL:
            with engines.Client(engine, timeout=_CONNECT, set_as_default=False) as client:
                yield client
            return
        try:
            with (
                _start_local(workers or os.cpu_count() or 1, str(folder)) as cluster,
                engines.Client(cluster, set_as_default=False) as client,
            ):
                yield client
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _start_local(workers: int, folder: str) -> Any:
    """Return a cluster of *workers* processes on this machine, with its files in *folder*. A worker
    that ends is replaced. Raise OSError if the workers do not start."""
    import distributed  # noqa: PLC0415
    from tornado.ioloop import PeriodicCallback  # noqa: PLC0415 - of Dask

    engines: Any = distributed
    why = ""
    for _ in range(_STARTS):
        try:
            with warnings.catch_warnings():
                # It warns that a port is taken. Any other port is as good: no dashboard is shown.
                warnings.simplefilter("ignore", UserWarning)
                cluster = engines.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address=None,
                    memory_limit=0,
                    local_directory=folder,
                    silence_logs=logging.CRITICAL,
                )
        except (RuntimeError, TimeoutError) as error:  # a worker died while it started
            why = str(error.__cause__ or error)
            continue
        # Dask restarts a worker that was killed, but forgets one that dies while it starts.
        check = PeriodicCallback(partial(cluster.scale, workers), _CHECK)
        cluster.loop.add_callback(check.start)
        return cluster
    raise OSError(f"--engine {LOCAL}: {why}")


def read_shards(client: Any, orders: list[dict[str, Any]]) -> Iterator[tuple[int, str | None]]:
    """Give the *orders* to *client*. As each is done, yield the number of its shard, and why it
    failed or None."""
    import distributed  # noqa: PLC0415

    waiting = iter(orders)
    done: Any = distributed.as_completed(loop=client.loop)  # type: ignore[no-untyped-call]
    numbers: dict[str, int] = {}

    def submit(count: int) -> None:
        for order in islice(waiting, count):
            future = client.submit(read_shard, order, pure=False)
            numbers[future.key] = order["shard"]["number"]
            done.add(future)

    workers = max(1, len(client.scheduler_info()["workers"]))
    submit(workers * (1 + _AHEAD))
    for future in done:
        number = numbers.pop(future.key)
        try:
            why = future.result()
        except Exception as error:  # whatever the engine or the worker raised
            why = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        yield number, why
        submit(1)
