"""Edits of a source: the texts that replace its escaped regions, and the marks of these regions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newsclean.cleaning.outline import Piece, SourceOutline

# The attribute of decoded elements. Its value names the layers; it is "" if the element continues
# a region.
MARK = "data-unescaped"
_NAME = re.compile(r"<[a-zA-Z][a-zA-Z0-9-]*+")


class Edit(NamedTuple):
    """Replace the source from *start* to *end* with *text*."""

    start: int
    end: int
    text: str


class SourceEdits:
    """The edits of the source *html*, whose elements are in *outline*."""

    def __init__(self, html: str, outline: SourceOutline) -> None:
        self.html = html
        self.outline = outline
        self.edits: list[Edit] = []
        self.marks: dict[int, str] = {}  # start of the opening tag of a marked element → its mark

    def add(self, start: int, end: int, text: str) -> None:
        """Replace the source from *start* to *end* with *text*."""
        self.edits.append(Edit(start, end, text))

    def replace(self, piece: Piece, text: str, layers: str) -> None:
        """Replace *piece* with *text*. Mark the block around it if *layers* is not empty."""
        opener = self.outline.block(piece.node).opener
        if layers and opener is None:
            text = f'<span {MARK}="{layers}">{text}</span>'
        elif layers and opener is not None:
            self.marks.setdefault(opener.start, layers)
        self.edits.append(Edit(piece.start, piece.end, text))

    def apply(self) -> str:
        """Return the source with the edits and marks. If two edits overlap, the first is used."""
        self._write_marks()
        if not self.edits:
            return self.html
        written, at = [], 0
        for edit in sorted(self.edits):
            if edit.start >= at:
                written += [self.html[at : edit.start], edit.text]
                at = edit.end
        return "".join([*written, self.html[at:]])

    def _write_marks(self) -> None:
        """Write the marks into their tags, whether decoded or not."""
        edited = {edit.start: place for place, edit in enumerate(self.edits)}
        for start, layers in self.marks.items():
            end = self.html.find(">", start) + 1
            if start in edited:
                edit = self.edits[edited[start]]
            else:
                edit = Edit(start, end, self.html[start:end])
                edited[start] = len(self.edits)
                self.edits.append(edit)
            text = _NAME.sub(rf'\g<0> {MARK}="{layers}"', edit.text, count=1)
            self.edits[edited[start]] = edit._replace(text=text)
