"""The progress of a crawl at one moment, and its line in the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.extensions.counts import KINDS
from newsclean.printable import printable

if TYPE_CHECKING:
    from newsclean.extensions.waits import Wait

MAX_SITES = 6  # sites in the table; more do not fit on a screen


@dataclass(slots=True)
class Snapshot:
    """The state of a crawl at one moment.

    *totals* and *sites* count pages by kind (`KINDS`). *rate* is in pages per second, *seconds* the
    time since the start. *queue* is the number of waiting requests. *waits* is what each host waits
    for. *latest* is the headline of the last exported article.
    """

    spider: str
    seconds: float = 0.0
    totals: dict[str, int] = field(default_factory=dict)
    rate: float = 0.0
    queue: int = 0
    retries: int = 0
    sites: dict[str, dict[str, int]] = field(default_factory=dict)
    more_sites: int = 0
    waits: dict[str, Wait] = field(default_factory=dict)
    latest: str | None = None


def progress_line(now: Snapshot) -> str:
    """Return *now* in one line. It is ASCII except for host names."""
    parts = [f"{kind} {now.totals.get(kind, 0)}" for kind in kinds_of(now)]
    parts += [f"{now.rate:.1f} pages a second", f"queue {now.queue}"]
    parts.append(f"retries {now.retries}")
    waits = [f"{printable(host, 60)} {wait}" for host, wait in list(now.waits.items())[:3]]
    more = f" and {len(now.waits) - 3} more" if len(now.waits) > 3 else ""
    return ", ".join(parts) + (f"; waits for {'; '.join(waits)}{more}" if waits else "")


def kinds_of(now: Snapshot) -> tuple[str, ...]:
    """Return the kinds of counts to show. Pages of an archive are read, not found and fetched."""
    return ("read", *KINDS[2:]) if now.totals.get("read") else KINDS
