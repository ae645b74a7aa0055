"""Write the text and the HTML of a body side by side.

A *run* is a line of text between two blocks. Blocks and inline tags are written only when text
follows in them, so empty ones never appear. At the end of a run, its inline tags are closed; they
are opened again in the next run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import HEADINGS
from newsclean.cleaning.tree import escape_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Blocks that hold a line of text directly. In any other block, the line gets a paragraph.
_HOLD_TEXT = HEADINGS | {"li", "dt", "dd", "td", "th", "caption", "pre", "figcaption"}
# Blocks in which ``<br>`` separates lines. In the others, the lines become paragraphs.
_HOLD_LINES = HEADINGS | {"dt", "caption", "pre", "figcaption"}
_MAX_INDENT_DEPTH = 8

_IDEOGRAPHS = "\u2e80-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
# A line end of the source is not a space in scripts without spaces.
_SOURCE_LINE = re.compile(rf"(?<=[{_IDEOGRAPHS}])[ \t\r\f]*+\n\s*+(?=[{_IDEOGRAPHS}])")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
# Zero-width spaces, word joiners, soft hyphens, byte order marks, controls.
_UNSEEN = re.compile("[\u200b\u2060\u00ad\ufeff\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")


class Container:
    """An open block: its tag, whether it is written yet, and the prefix of its lines."""

    __slots__ = ("attributes", "context", "depth", "lines", "marker", "number", "tag", "written")

    def __init__(
        self, tag: str, outer: Container | None = None, attributes: str = "", number: int = 1
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.written = False
        self.lines = 0
        self.number = number  # of the next item of an ordered list
        self.marker = ""  # prefix of the first line of a list item
        self.depth: int = outer.depth if outer else 0  # nesting of lists
        # The outermost list or table. There is no blank line between its lines.
        self.context: Container | None = outer.context if outer else None


class Writer:
    """Builds the text and the HTML of a body from calls in document order."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._html: list[str] = []
        self._run: list[str] = []
        self._run_html: list[str] = []
        self._paragraph = False
        self._root = Container("")
        self._containers = [self._root]
        self._inline: list[tuple[str, str]] = []  # (tag, its opening tag as HTML)
        self._opened = 0  # how many of them are already written
        self._space = ""  # written if more text follows: " ", or "\n" for a line end of the source
        self._breaks = 0
        self._silent = 0
        self._verbatim = 0
        self._last: Container | None = None
        self._caption: list[str] | None = None
        self._captions: list[str] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None

    @property
    def innermost(self) -> str:
        """The tag of the innermost open block, ``""`` if there is none."""
        return self._containers[-1].tag

    def finish(self) -> tuple[str, str]:
        """Return the text and the HTML."""
        self.end_run()
        while len(self._containers) > 1:
            self.close_block()
        return "".join(self._lines), "".join(self._html)

    # --- text -------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Add *text* as it is in the source."""
        if self._silent:
            return
        # Line ends are the only such characters of most texts.
        if not (text.isprintable() or text.replace("\n", "").isprintable()):
            text = _UNSEEN.sub("", text)
        if self._verbatim:
            if text:
                self._add(text)
            return
        if "\n" in text and not text.isascii():
            text = _SOURCE_LINE.sub("", text)
        words = text.split()
        if not words:
            if self._run and text and not self._space:
                self._space = "\n" if "\n" in text else " "
            return
        first = text[0]
        if first.isspace() and not self._space:
            lead = text[: text.index(words[0][0])]
            self._space = "\n" if "\n" in lead else " "
        self._add(words[0] if len(words) == 1 else " ".join(words))
        if text[-1].isspace():
            self._space = "\n" if "\n" in text[text.rindex(words[-1][-1]) :] else " "

    def _add(self, text: str) -> None:
        if self._breaks:
            self._write_breaks()
        if not self._run_html:
            self._begin_run()
        elif self._space and self._run and self._parts(text):
            self._run.append(" ")
            self._run_html.append(" ")
        self._space = ""
        if self._opened < len(self._inline):
            self._open_inlines()
        self._run.append(text)
        if "&" in text or "<" in text or ">" in text:
            text = escape_text(text)
        self._run_html.append(text)

    def _parts(self, text: str) -> bool:
        """Return True if the pending white space before *text* is a space."""
        if self._space != "\n":
            return True
        return not (_IDEOGRAPH.match(self._run[-1][-1]) and _IDEOGRAPH.match(text[0]))

    def add_break(self) -> None:
        """Add a line break; two of them end the paragraph."""
        if self._silent:
            return
        if self._verbatim:
            self._add("\n")
        elif self._run_html:
            self._breaks += 1

    def _write_breaks(self) -> None:
        breaks, self._breaks, self._space = self._breaks, 0, ""
        if not self._run_html:
            return
        if breaks > 1:
            self.end_run()
        else:
            self._run_html.append("<br>")
            if self._run:
                self._run.append("\n")

    def add_void(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Add a void element, such as an image."""
        if self._breaks:
            self._write_breaks()
        if not self._run_html:
            self._begin_run()
        elif self._space and self._run:
            self._run_html.append(" ")
            self._run.append(" ")
        self._space = ""
        self._open_inlines()
        end = f"</{tag}>" if tag in {"video", "audio"} else ""
        self._run_html.append(f"<{tag}{_attributes(attributes)}>{end}")

    def silence(self) -> Callable[[], None]:
        """Ignore text until the returned function is called."""
        self._silent += 1
        return self._speak

    def _speak(self) -> None:
        self._silent -= 1

    # --- runs -------------------------------------------------------------------------

    def _begin_run(self) -> None:
        containers = self._containers
        first = len(containers)
        while not containers[first - 1].written and first > 1:
            first -= 1
        for container in containers[first:]:
            container.written = True
            self._html.append(f"<{container.tag}{container.attributes}>")
        container = containers[-1]
        container.lines += 1
        self._paragraph = False
        if container.tag not in _HOLD_TEXT or (
            container.lines > 1 and container.tag not in _HOLD_LINES
        ):
            self._paragraph = True
            self._run_html.append("<p>")
        elif container.lines > 1:
            self._run_html.append("<br>")
        else:
            self._run_html.append("")

    def end_run(self) -> None:
        """End the line of text, if there is one."""
        self._space, self._breaks = "", 0
        if not self._run_html:
            return
        for tag, _ in reversed(self._inline[: self._opened]):
            if tag:
                self._run_html.append(f"</{tag}>")
        self._opened = 0
        if self._paragraph:
            self._run_html.append("</p>")
        self._html += self._run_html
        self._run_html = []
        if self._run:
            text = "".join(self._run)
            self._run = []
            self._put_line(text.strip("\n") if self._verbatim else text.rstrip())

    def _put_line(self, text: str) -> None:
        if not text:
            return
        if self._caption is not None:
            self._caption.append(text)
        elif self._cell is not None:
            self._cell.append(text)
        else:
            container = self._containers[-1]
            if self._lines:
                close = container.context is not None and container.context is self._last
                self._lines.append("\n" if close else "\n\n")
            self._last = container.context
            if container.depth:
                indent = "  " * (min(container.depth, _MAX_INDENT_DEPTH) - 1)
                self._lines.append(indent + (self._take_marker() or "  "))
            self._lines.append(text)

    def _take_marker(self) -> str:
        """Return the bullet or number of the list item if this is its first line, else ``""``."""
        for container in reversed(self._containers):
            if container.tag == "li":
                marker, container.marker = container.marker, ""
                return marker
        return ""

    # --- inline elements --------------------------------------------------------------

    def open_inline(self, tag: str, attributes: Mapping[str, str] = {}) -> None:
        """Open an inline element. It is not written if *tag* is ``""`` or if the same element is
        open already, so the number of open elements is limited."""
        if self._inline and tag in [outer for outer, _ in self._inline]:
            tag = ""
        self._inline.append((tag, f"<{tag}{_attributes(attributes)}>" if tag else ""))

    def close_inline(self) -> None:
        """Close the innermost inline element."""
        tag, _ = self._inline.pop()
        if self._opened > len(self._inline):
            self._opened = len(self._inline)
            if tag:
                self._run_html.append(f"</{tag}>")

    def _open_inlines(self) -> None:
        self._run_html += [tag for _, tag in self._inline[self._opened :] if tag]
        self._opened = len(self._inline)

    # --- blocks -----------------------------------------------------------------------

    def open_block(self, tag: str, attributes: Mapping[str, str] = {}) -> Container:
        """Open a block, and end the run before it."""
        self.end_run()
        container = Container(tag, self._containers[-1], _attributes(attributes))
        self._containers.append(container)
        if tag == "dl" and container.context is None:
            container.context = container
        return container

    def close_block(self) -> None:
        """Close the innermost block."""
        self.end_run()
        container = self._containers.pop()
        if container.written:
            self._html.append(f"</{container.tag}>")
        if container.tag == "figcaption" and self._caption is not None:
            self._captions += self._caption
            self._caption = None

    def open_list(self, tag: str, start: int) -> None:
        """Open a list whose first item has the number *start*."""
        attributes = {"start": str(start)} if tag == "ol" and start != 1 else {}
        container = self.open_block(tag, attributes)
        container.number = start
        container.depth += 1
        if container.context is None:
            container.context = container

    def open_item(self) -> None:
        """Open an item of the innermost list."""
        outer = self._containers[-1]
        item = self.open_block("li")
        item.marker = f"{outer.number}. " if outer.tag == "ol" else "- "
        outer.number += 1

    def open_verbatim(self) -> None:
        """Open a block that keeps its white space."""
        self.open_block("pre")
        self._verbatim += 1

    def close_verbatim(self) -> None:
        """Close it."""
        self.end_run()
        self._verbatim -= 1
        self.close_block()

    def open_caption(self) -> None:
        """Open the caption of a figure; its text goes to the figure's media."""
        self.open_block("figcaption")
        self._caption = []

    def take_caption(self) -> str:
        """Return the captions since the last call, as one line."""
        text = " ".join(" ".join(self._captions).split())
        self._captions = []
        return text

    # --- tables -----------------------------------------------------------------------

    def open_table(self) -> None:
        """Open a data table. Each row is a line with bars between its cells."""
        container = self.open_block("table")
        if container.context is None:
            container.context = container

    def close_table(self) -> None:
        """Close it."""
        self.close_block()
        if self._containers[-1].tag == "table":  # the closed block was its tbody
            self.close_block()

    def open_row(self) -> None:
        """Open a row of the innermost table."""
        if self._containers[-1].tag == "table":
            self.open_block("tbody")
        self.open_block("tr")
        self._row = []

    def close_row(self) -> None:
        """Close it, and write its line."""
        self.close_block()
        row, self._row = self._row or [], None
        if any(row):
            self._put_line(" | ".join(row).rstrip())

    def open_cell(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open a cell of the innermost row. Empty cells are kept, because they hold a column."""
        self.open_block(tag, attributes)
        self._cell = []

    def close_cell(self) -> None:
        """Close it."""
        self.end_run()
        if not self._containers[-1].written and self._row is not None:
            self._begin_run()
            self.end_run()
        self.close_block()
        if self._row is not None:
            self._row.append(" ".join(" ".join(self._cell or ()).split()))
        self._cell = None


def _attributes(attributes: Mapping[str, str]) -> str:
    if not attributes:
        return ""
    return "".join(
        [
            f' {name}="{escape_text(value).replace(chr(34), "&quot;")}"'
            for name, value in attributes.items()
        ]
    )
