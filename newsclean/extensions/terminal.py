"""A display at the foot of a terminal, above which the log goes on as it always did."""

from __future__ import annotations

import atexit
import logging
import re
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.live import Live
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import RenderableType

# A colour, which a log may have, or a control character, which the terminal would obey.
_CONTROLS = re.compile(r"(\x1b\[[0-9;]{0,30}m)|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Terminal:
    """Standard error as a terminal, with what `show` was given last at its foot. While it is
    open, Scrapy's log is written above it, in Scrapy's format; `close` takes the display away
    and gives the log back, at the latest when the process ends."""

    def __init__(self, *, force: bool = False) -> None:
        self.console = Console(
            stderr=True,
            force_terminal=True if force else None,
            highlight=False,
            markup=False,
            emoji=False,
        )
        self._live: Live | None = None
        self._log: list[tuple[logging.StreamHandler[Any], Any]] = []

    def open(self, shown: RenderableType) -> None:
        """Begin to display *shown*."""
        if self._live is not None:
            return
        for handler in logging.root.handlers:
            # A log file's stream is its own.
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
                self._log.append((handler, handler.stream))
                handler.setStream(_AboveDisplay(self.console))
        self._live = Live(
            shown,
            console=self.console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=sys.stdout.isatty(),  # else it goes to a file, and stays there
        )
        self._live.start(refresh=True)
        # Rich hides it; a crawl that is killed could not give it back.
        self.console.show_cursor(True)
        atexit.register(self.close)

    def show(self, shown: RenderableType) -> None:
        """Display *shown* instead; nothing before `open` and after `close`."""
        if self._live is not None:
            self._live.update(shown, refresh=True)

    def close(self) -> None:
        """Take the display away; the log goes where it went before."""
        live, self._live = self._live, None
        if live is None:
            return
        live.stop()
        while self._log:
            handler, stream = self._log.pop()
            handler.setStream(stream)
        atexit.unregister(self.close)


class _AboveDisplay:
    """What the log's handler writes to while a display is there."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def write(self, text: str) -> None:
        """Print *text*, lines as long as they are, without what a terminal would obey."""
        text = _CONTROLS.sub(lambda found: found[1] or "\ufffd", text)
        self.console.print(Text.from_ansi(text.removesuffix("\n")), soft_wrap=True)

    def flush(self) -> None:
        """Everything has been written."""
