"""Linear time, measured: four times the input must not take more than nine times as long.

Linear work takes four times as long, quadratic sixteen. The limit lies between.
"""

import gc
import time


def seconds(work, *arguments):
    """CPU time of ``work(*arguments)``, without that of a garbage collection, which walks all
    that other tests left."""
    gc.disable()
    try:
        start = time.process_time()
        work(*arguments)
        return time.process_time() - start
    finally:
        gc.enable()


def assert_linear(work, make, size, noise):
    """Hold ``work(make(size))`` against ``work(make(4 * size))``.

    Below *noise* seconds the clock and the allocator decide, not the algorithm: there the
    smaller input is not measured. What is quadratic is so in each of three tries.
    """
    small, large = make(size), make(4 * size)
    for _ in range(3):
        taken = seconds(work, large)
        if taken < noise:
            return
        limit = 9 * seconds(work, small)
        if taken < limit:
            return
    raise AssertionError(f"{taken:.3f} s, more than {limit:.3f} s")
