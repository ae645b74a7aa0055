"""What a crawl waits for, host by host, as Scrapy's downloader has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.core.downloader import Downloader, Slot


@dataclass(frozen=True, slots=True)
class Wait:
    """What a host's next page waits for: ``robots.txt``, ``rest`` (Retry-After),
    ``crawl delay`` (of robots.txt), ``delay`` (ours) or ``answer``; for how many seconds, None
    where nobody knows; whether a page is asked for again (``retry``)."""

    what: str
    seconds: float | None = None
    retry: bool = False

    def __str__(self) -> str:
        seconds = "" if self.seconds is None else f" {self.seconds:.1f} s"
        return f"{self.what}{seconds}{', retry' if self.retry else ''}"


def waits_of(downloader: Downloader, our_delay: float, now: float) -> dict[str, Wait]:
    """Return what each host waits for at *now* (the monotonic clock), hosts without a request
    left out; *our_delay* is ours in seconds."""
    return {
        host: _wait(slot, our_delay, now) for host, slot in downloader.slots.items() if slot.active
    }


def _wait(slot: Slot, our_delay: float, now: float) -> Wait:
    retry = any(request.meta.get("retry_times") for request in slot.active)
    if any(request.url.endswith("/robots.txt") for request in slot.active):
        return Wait("robots.txt", retry=retry)
    # Retry-After moves the last request into the future.
    if slot.queue and slot.lastseen > now:
        return Wait("rest", slot.lastseen - now, retry)
    left = slot.lastseen + slot.delay - now
    # The jitter may make it longer than the delay says.
    delayed = left > 0 or slot.latercall is not None
    if slot.queue and delayed and not slot.transferring:
        return Wait("crawl delay" if slot.delay > our_delay else "delay", max(left, 0.0), retry)
    return Wait("answer", retry=retry)


def queue_length(downloader: Downloader, scheduler: object) -> int:
    """Return how many requests wait in *scheduler* (where it can say) and *downloader*."""
    waiting = len(scheduler) if hasattr(scheduler, "__len__") else 0
    return waiting + sum(len(slot.queue) for slot in downloader.slots.values())
