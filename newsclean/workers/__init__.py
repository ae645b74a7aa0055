"""Worker processes: pure functions of large or hostile input run there, so that a page which kills
its process, hangs or eats memory costs that page only.

`pool` is the side of the crawl, `child` what a worker runs, `frames` what goes between them.
"""

from newsclean.workers.pool import Limits, PoolError, WorkerError, WorkerPool

__all__ = ["Limits", "PoolError", "WorkerError", "WorkerPool"]
