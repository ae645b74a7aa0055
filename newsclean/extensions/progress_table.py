"""The progress of a crawl as a table for a terminal. It is imported only when it is shown, because
rich takes a tenth of a CPU second."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from newsclean.extensions.counts import KINDS
from newsclean.extensions.progress_text import kinds_of
from newsclean.printable import printable
from newsclean.reports.summary import duration

if TYPE_CHECKING:
    from rich.console import RenderableType

    from newsclean.extensions.progress_text import Snapshot


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
    for kind in kinds_of(now):
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


def _style(kind: str) -> str:
    return {"exported": "green", "rejected": "yellow", "failed": "red"}.get(kind, "")


def _line(text: str, style: str = "") -> Text:
    return Text(text, style, no_wrap=True, overflow="ellipsis")
