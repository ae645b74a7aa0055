"""JSON and XML: formats with a head before the items and a foot after them."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

from newsclean.export.formats import FORMATS
from newsclean.export.formats.base import Exporter, end_of
from newsclean.export.formats.jsonl import line_of

# Characters that are not allowed in XML 1.0, even as a character reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")


class EnclosedExporter(Exporter):
    """The base for formats with a ``head``, one item per line, and a ``foot``.

    The foot is written at each checkpoint and cut off before the next item, so that the file is
    valid after each checkpoint. `newsclean.export.repair` cuts off the foot before a file is
    appended to.
    """

    head: bytes
    foot: bytes

    def start_exporting(self) -> None:
        """Write the head into an empty file."""
        self.file.seek(0, 2)
        self.empty = self.file.tell() in (0, len(self.head))
        self._foot_at: int | None = None
        if self.file.tell() == 0:
            self.file.write(self.head)

    def export_item(self, item: Any) -> None:
        """Write *item* after the last one."""
        if self._foot_at is not None:
            self.file.flush()
            self.file.truncate(self._foot_at)
            self.file.seek(self._foot_at)
            self._foot_at = None
        self.file.write(self.item_bytes(self.record(item), first=self.empty))
        self.empty = False

    def item_bytes(self, record: dict[str, Any], *, first: bool) -> bytes:
        """Return *record* in this format. *first* is true if there is no item before it."""
        raise NotImplementedError

    def checkpoint(self) -> int:
        """Write the foot, so that the file is valid. Return the length in bytes without the
        foot."""
        if self._foot_at is None:
            self._foot_at = end_of(self.file)
            self.file.write(self.foot)
            self.file.flush()
        return self._foot_at

    def finish_exporting(self) -> None:
        """Write the foot."""
        if self._foot_at is None:
            self.file.write(self.foot)


class JsonExporter(EnclosedExporter):
    """Writes one JSON array with the same objects as JSON lines."""

    head, foot = FORMATS["json"].head, FORMATS["json"].foot

    def item_bytes(self, record: dict[str, Any], *, first: bool) -> bytes:
        """Return *record* as an object, after a comma if it is not the first."""
        return (b"\n" if first else b",\n") + line_of(record)[:-1]


class XmlExporter(EnclosedExporter):
    """Writes ``<items>`` with one ``<item>`` per item. A list has a ``<value>`` per element."""

    head, foot = FORMATS["xml"].head, FORMATS["xml"].foot

    def item_bytes(self, record: dict[str, Any], *, first: bool) -> bytes:
        """Return *record* as an element on a separate line."""
        parts = ["\n<item>"]
        _write_xml(parts, record)
        parts.append("</item>")
        return "".join(parts).encode("utf-8", "replace")


def _write_xml(parts: list[str], value: Any) -> None:
    if isinstance(value, dict):
        for name, part in value.items():
            if part is None:
                continue
            if _NAME.match(str(name)):
                begin, end = f"<{name}>", f"</{name}>"
            else:  # the name comes from a page and is not a valid element name
                begin, end = f'<entry name="{_xml_text(str(name))}">', "</entry>"
            parts.append(begin)
            _write_xml(parts, part)
            parts.append(end)
    elif isinstance(value, (list, tuple)):
        for part in value:
            parts.append("<value>")
            _write_xml(parts, part)
            parts.append("</value>")
    elif isinstance(value, bool):
        parts.append("true" if value else "false")
    elif value is not None:
        parts.append(_xml_text(str(value)))


def _xml_text(text: str) -> str:
    # Line ends become references: each item stays on one line, and parsers do not change them.
    return escape(_NOT_XML.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", '"': "&quot;"})
