"""Fuzz one reader: no exception, no input over five seconds of CPU."""

import time
from contextlib import suppress

from hypothesis import HealthCheck, given, seed, settings

from tests.fuzz.inputs import CHARSETS, damaged
from tests.fuzz.readers import READERS

MAX_SECONDS = 5.0  # CPU for one input


class TooSlowError(AssertionError):
    """An input took longer than `MAX_SECONDS`."""


def fuzz(name, number, examples):
    """Call the reader *name* with *examples* inputs that the seed *number* decides; return how
    many there were and the longest time. What it raises, Hypothesis has made small."""
    call, bases, allowed = READERS[name]
    count, longest = 0, 0.0

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(damaged(bases), CHARSETS)
    def run(body, charset):
        nonlocal count, longest
        count += 1
        start = time.process_time()
        with suppress(*allowed):
            call(body, charset)
        taken = time.process_time() - start
        longest = max(longest, taken)
        if taken > MAX_SECONDS:
            raise TooSlowError(f"{taken:.1f} s for {len(body)} bytes")

    run()
    return count, longest
