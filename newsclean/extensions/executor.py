"""Run CPU-intensive work outside the event loop, in worker processes or in a thread."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

from scrapy import signals

from newsclean.workers import Limits, PoolError, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

_P = ParamSpec("_P")
_T = TypeVar("_T")

logger = logging.getLogger(__name__)

# Without workers, a smaller page is read in the event loop, which takes less than a fifth of a
# second. That is less than the response time of a server. A larger page is read in a thread.
MIN_BYTES = 100_000
# With "auto", workers are started after this number of pages. Starting two workers takes as much
# CPU time as reading a hundred pages, and a crawl of a few pages does not need them.
FREE_PAGES = 50
# The modules of the jobs. Workers import them at their start, so that no page waits for an import.
_MODULES = ("newsclean.fetched", "newsclean.spiders.site_pages")


class Executor:
    """Runs pure functions of pages outside the event loop.

    With ``NEWSCLEAN_WORKERS``, they run in worker processes. With ``auto``, they do so after
    `FREE_PAGES` pages, when the first worker has started. Without workers, a function with a small
    input runs in the event loop, and a function with a large input in a thread. Only one thread
    runs at a time, because each may need 270 MB of memory.
    """

    def __init__(
        self,
        pool: WorkerPool | None = None,
        *,
        free_pages: int = 0,
        stats: StatsCollector | None = None,
    ) -> None:
        self.pool = pool
        self._free_pages = free_pages
        self._stats = stats
        self._turn = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension for *crawler*. Its workers end with the crawl."""
        settings = crawler.settings
        wanted = settings.get("NEWSCLEAN_WORKERS", 0)
        most = free_cores() if wanted == "auto" else int(wanted)
        if most == 0 or (wanted == "auto" and most == 1) or sys.platform == "win32":
            return cls()
        limits = Limits(
            settings.getfloat("NEWSCLEAN_WORKER_TIMEOUT"),
            settings.getint("NEWSCLEAN_WORKER_MEMORY"),
            _MODULES,
        )
        free_pages = FREE_PAGES if wanted == "auto" else 0
        executor = cls(WorkerPool(most, limits), free_pages=free_pages, stats=crawler.stats)
        crawler.signals.connect(executor.close, signals.spider_closed)
        return executor

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return the extension of *crawler*, or a new one without workers if it has none."""
        # A crawler that is not running, as in a unit test, has no extensions.
        return (crawler.get_extension(cls) if crawler.extensions else None) or cls()

    @property
    def room(self) -> int:
        """The number of concurrent jobs for which no worker is idle. 0 without workers."""
        return 2 * self.pool.most if self.pool is not None and self._has_workers() else 0

    def start(self) -> None:
        """Start all workers now, for a crawl whose first pages are ready before them. Do nothing
        without workers, and with ``auto``, which waits for some pages."""
        if self.pool is not None and self._free_pages == 0:
            for _ in range(self.pool.most):
                self.pool.start_one()

    async def close(self) -> None:
        """End the workers."""
        if self.pool is None:
            return
        if self._stats is not None and self.pool.started:
            self._stats.set_value("newsclean/workers/started", self.pool.started)
            self._stats.set_value("newsclean/workers/lost", self.pool.lost)
        await self.pool.close()

    async def run(
        self,
        size: int,
        spend: Callable[[float], None] | None,
        call: Callable[_P, _T],
        *args: _P.args,
        **kwargs: _P.kwargs,
    ) -> _T:
        """Return the result of *call* for *args*, or raise its exception.

        *size* is the size of its input in bytes. *spend* is called with the CPU seconds that it
        took. Raise `newsclean.workers.WorkerError` if a worker ended or exceeded a limit.
        """
        start = time.perf_counter()
        seconds: float | None = None
        try:
            if self._has_workers() and self.pool is not None:
                try:
                    result, seconds = await self.pool.run(call, *args, **kwargs)
                    return result
                except PoolError as error:
                    if self.pool is not None:  # only the first waiting page logs this
                        logger.error("Pages are now read without workers: %s", error)
                    self.pool = None
            self._count_free()
            if size < MIN_BYTES:
                result, seconds = _timed(call, *args, **kwargs)
                return result
            async with self._turn:
                result, seconds = await asyncio.to_thread(_timed, call, *args, **kwargs)
                return result
        finally:
            if spend is not None:
                spend(time.perf_counter() - start if seconds is None else seconds)

    def _has_workers(self) -> bool:
        """Return True if workers will read the next page."""
        return self.pool is not None and (self.pool.is_ready or self._free_pages == 0)

    def _count_free(self) -> None:
        """Count a page that is read without workers. Start the first worker after `FREE_PAGES`."""
        if self.pool is not None:
            self._free_pages = max(1, self._free_pages - 1)
            if self._free_pages == 1:
                self.pool.start_one()


def free_cores() -> int:
    """Return the number of cores that this process may use, by its affinity and the limit of its
    container. At least 1."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # no limit: there are no cgroups, or the quota is "max"
        quota, period = map(int, Path("/sys/fs/cgroup/cpu.max").read_text("ascii").split())
        cores = min(cores, quota // period)
    return max(1, cores)


def _timed(call: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, float]:
    """Return the result of *call* and the CPU seconds that this thread took for it."""
    start = time.thread_time()
    result = call(*args, **kwargs)
    return result, time.thread_time() - start
