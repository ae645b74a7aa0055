"""Worker processes for pure functions of large or hostile input.

If a page crashes its process, hangs or takes too much memory, only that page is lost. `pool` is the
side of the crawl, `child` the program of a worker, `frames` the messages between them.
"""

from newsclean.workers.pool import Limits, PoolError, WorkerError, WorkerPool

__all__ = ["Limits", "PoolError", "WorkerError", "WorkerPool"]
