"""A live display at the bottom of a terminal. The log is printed above it."""

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

# A colour sequence, which a log may have, or another control character, which is replaced.
_CONTROLS = re.compile(r"(\x1b\[[0-9;]{0,30}m)|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Terminal:
    """A terminal on standard error with a live display at its bottom.

    While the display is open, Scrapy's log is written above it, in Scrapy's format. `close` removes
    the display and restores the log, at the latest when the process ends.
    """

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
            # A handler for a log file has another stream.
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
                self._log.append((handler, handler.stream))
                handler.setStream(_AboveDisplay(self.console))
        self._live = Live(
            shown,
            console=self.console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=sys.stdout.isatty(),  # a redirect to a file or pipe must not change
        )
        self._live.start(refresh=True)
        # Rich hides the cursor. A crawl that is killed could not show it again.
        self.console.show_cursor(True)
        atexit.register(self.close)

    def show(self, shown: RenderableType) -> None:
        """Display *shown* instead. Do nothing before `open` and after `close`."""
        if self._live is not None:
            self._live.update(shown, refresh=True)

    def close(self) -> None:
        """Remove the display and restore the streams of the log."""
        live, self._live = self._live, None
        if live is None:
            return
        live.stop()
        while self._log:
            handler, stream = self._log.pop()
            handler.setStream(stream)
        atexit.unregister(self.close)


class _AboveDisplay:
    """The stream of the log handler while a display is open."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def write(self, text: str) -> None:
        """Print *text* without wrapping lines. Control characters are replaced."""
        text = _CONTROLS.sub(lambda found: found[1] or "\ufffd", text)
        self.console.print(Text.from_ansi(text.removesuffix("\n")), soft_wrap=True)

    def flush(self) -> None:
        """Do nothing: `write` does not buffer."""
