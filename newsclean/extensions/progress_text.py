"""Format the progress of a crawl: a table for a terminal, a line for a log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from newsclean.extensions.counts import KINDS
from newsclean.printable import printable
from newsclean.reports.summary import duration

if TYPE_CHECKING:
    from rich.console import RenderableType

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
    parts = [f"{kind} {now.totals.get(kind, 0)}" for kind in _kinds(now)]
    parts += [f"{now.rate:.1f} pages a second", f"queue {now.queue}"]
    parts.append(f"retries {now.retries}")
    waits = [f"{printable(host, 60)} {wait}" for host, wait in list(now.waits.items())[:3]]
    more = f" and {len(now.waits) - 3} more" if len(now.waits) > 3 else ""
    return ", ".join(parts) + (f"; waits for {'; '.join(waits)}{more}" if waits else "")


def progress_table(now: Snapshot) -> RenderableType:
    """Return *now* for a terminal of any width, in at most twelve lines. Text from pages has no
    markup and no control characters."""
    parts: list[RenderableType] = [_head(now), _totals(now)]
    if now.sites:
        parts.append(_sites(now))
    if now.more_sites:
        parts.append(_line(f"and {now.more_sites:,} more sites", "dim"))
    if now.waits:
        kinds = Counter(wait.what for wait in now.waits.values()).most_common()
        parts.append(_line("waits for " + ", ".join(f"{what} {count}" for what, count in kinds)))
    if now.latest:
        parts.append(_line(f"latest    {printable(now.latest, 200)}", "dim"))
    return Group(*parts)


def _head(now: Snapshot) -> Text:
    head = _line(printable(now.spider, 30), "bold")
    head.append(
        f"  {duration(now.seconds)}  {now.rate:.1f} pages a second"
        f"  queue {now.queue:,}  retries {now.retries:,}",
        "not bold",
    )
    return head


def _totals(now: Snapshot) -> Text:
    line = _line("")
    for kind in _kinds(now):
        line.append(f"{kind} ", "dim")
        line.append(f"{now.totals.get(kind, 0):,}  ", _style(kind))
    line.rstrip()
    return line


def _sites(now: Snapshot) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("site", no_wrap=True, overflow="ellipsis", max_width=40)
    kinds = KINDS[1:]
    for kind in kinds:
        table.add_column(kind, justify="right", no_wrap=True)
    table.add_column("waits for", no_wrap=True, overflow="ellipsis")
    for host, counts in now.sites.items():
        numbers = [Text(f"{counts.get(kind, 0):,}", _style(kind)) for kind in kinds]
        wait = now.waits.get(host)
        table.add_row(Text(printable(host, 60)), *numbers, Text(str(wait) if wait else ""))
    return table


def _kinds(now: Snapshot) -> tuple[str, ...]:
    """Return the kinds of counts to show. Pages of an archive are read, not found and fetched."""
    return ("read", *KINDS[2:]) if now.totals.get("read") else KINDS


def _style(kind: str) -> str:
    return {"exported": "green", "rejected": "yellow", "failed": "red"}.get(kind, "")


def _line(text: str, style: str = "") -> Text:
    return Text(text, style, no_wrap=True, overflow="ellipsis")
