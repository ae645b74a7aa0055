"""What each host of a crawl waits for, by the state of Scrapy's downloader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.core.downloader import Downloader, Slot


@dataclass(frozen=True, slots=True)
class Wait:
    """What the next page of a host waits for.

    ``what`` is ``robots.txt``, ``rest`` (Retry-After), ``crawl delay`` (of robots.txt), ``delay``
    (the configured delay) or ``answer``. ``seconds`` is the remaining time, None if it is unknown.
    ``retry`` is true if a page is being tried again.
    """

    what: str
    seconds: float | None = None
    retry: bool = False

    def __str__(self) -> str:
        seconds = "" if self.seconds is None else f" {self.seconds:.1f} s"
        return f"{self.what}{seconds}{', retry' if self.retry else ''}"


# The slots of the downloader are no public API of Scrapy 2.19, which has none for waiting requests.
def waits_of(downloader: Downloader, our_delay: float, now: float) -> dict[str, Wait]:
    """Return what each host with a request waits for at *now* (monotonic clock). *our_delay* is the
    configured delay in seconds."""
    return {
        host: _wait(slot, our_delay, now) for host, slot in downloader.slots.items() if slot.active
    }


def _wait(slot: Slot, our_delay: float, now: float) -> Wait:
    retry = any(request.meta.get("retry_times") for request in slot.active)
    if any(request.url.endswith("/robots.txt") for request in slot.active):
        return Wait("robots.txt", retry=retry)
    # `RetryAfterMiddleware` moves the time of the last request into the future.
    if slot.queue and slot.lastseen > now:
        return Wait("rest", slot.lastseen - now, retry)
    left = slot.lastseen + slot.delay - now
    # With jitter, the wait may be longer than the delay.
    delayed = left > 0 or slot.latercall is not None
    if slot.queue and delayed and not slot.transferring:
        return Wait("crawl delay" if slot.delay > our_delay else "delay", max(left, 0.0), retry)
    return Wait("answer", retry=retry)


def queue_length(downloader: Downloader, scheduler: object) -> int:
    """Return the number of requests that wait in *downloader*, and in *scheduler* if it has a
    length."""
    waiting = len(scheduler) if hasattr(scheduler, "__len__") else 0
    return waiting + sum(len(slot.queue) for slot in downloader.slots.values())
