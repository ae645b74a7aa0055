"""Count events over time, in a limited number of steps for a run of any length."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

# Steps; enough for a smooth line across a screen.
MAX_TIME_STEPS = 600


@dataclass(slots=True)
class TimeStep:
    """The counts of a time step of *seconds* seconds. It begins *second* seconds after the start of
    the run.

    ``fetched`` is None if it is unknown: a feed alone does not have it.
    """

    second: int
    seconds: int
    fetched: int | None = None
    exported: int = 0
    unchanged: int = 0
    rejected: int = 0
    failed: int = 0


class Timeline:
    """Counts events by time. If there are too many steps, each becomes twice as long."""

    def __init__(self) -> None:
        self.seconds = 1
        self._steps: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._first = self._last = 0

    def add(self, second: float, what: str, count: int = 1) -> None:
        """Add *count* to *what*, a field of `TimeStep`, at *second* of any clock."""
        step = int(second // self.seconds)
        if not self._steps:
            self._first = self._last = step
        first, last = min(self._first, step), max(self._last, step)
        while last - first >= MAX_TIME_STEPS:
            self._halve()
            step, first, last = step // 2, first // 2, last // 2
        self._first, self._last = first, last
        self._steps[step][what] += count

    def moments(self, started: float | None = None) -> list[TimeStep]:
        """Return all steps from the first to the last, including empty ones. *started* is the start
        of the run on the clock of `add`, by default the time of the first event."""
        if not self._steps:
            return []
        zero = self._first * self.seconds if started is None else int(started)
        fetched = any("fetched" in counts for counts in self._steps.values())
        moments = []
        for step in range(self._first, self._last + 1):
            counts = self._steps.get(step, Counter())
            moments.append(
                TimeStep(
                    second=max(0, step * self.seconds - zero),
                    seconds=self.seconds,
                    fetched=counts["fetched"] if fetched else None,
                    exported=counts["exported"],
                    unchanged=counts["unchanged"],
                    rejected=counts["rejected"],
                    failed=counts["failed"],
                )
            )
        return moments

    def _halve(self) -> None:
        self.seconds *= 2
        steps: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for step, counts in self._steps.items():
            steps[step // 2].update(counts)
        self._steps = steps
