"""The base class of the exporters: records, and checkpoints to which a file can be truncated."""

from __future__ import annotations

from typing import IO, Any

from scrapy.exporters import BaseItemExporter

from newsclean.serialization import as_record


class Exporter(BaseItemExporter):
    """The base of newsclean's exporters.

    If the file already has items, `start_exporting` continues after them. `checkpoint` makes all
    exported items durable, so that the ledger can record them.
    """

    #: The number of bytes that were exported since the last checkpoint and are still in memory.
    waiting = 0
    #: True if each checkpoint makes compression worse, so that there should be few checkpoints.
    groups = False

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        super().__init__(dont_fail=True, **kwargs)
        self.file = file

    def record(self, item: Any) -> dict[str, Any]:
        """Return the object that is written for *item*, a newsclean item or any Scrapy item. It has
        only the fields of the feed, without fields that have no value."""
        if not hasattr(item, "__dataclass_fields__"):
            return dict(self.get_serialized_fields(item))
        record = as_record(item)
        if self.fields_to_export is None:
            return record
        if isinstance(self.fields_to_export, dict):
            return {
                new: record[name] for name, new in self.fields_to_export.items() if name in record
            }
        return {name: record[name] for name in self.fields_to_export if name in record}

    def checkpoint(self) -> int:
        """Write and flush all exported items. Return the length in bytes to which the file is
        truncated if the crawl is killed later. Raise OSError if the disk is full."""
        self.file.flush()
        return end_of(self.file)


def end_of(file: IO[bytes]) -> int:
    """Return the length of *file* in bytes. The operating system is asked, not the buffer, because
    another program may have truncated the file (copytruncate)."""
    file.flush()
    position = file.tell()
    end = file.seek(0, 2)
    if position != end:
        file.seek(end)
    return end
