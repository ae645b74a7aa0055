"""What every exporter of ours has in common: records, and a file that can be cut back."""

from __future__ import annotations

from typing import IO, Any

from scrapy.exporters import BaseItemExporter

from newsclean.items import as_record


class Exporter(BaseItemExporter):
    """Base of our exporters.

    A file may hold items already: `start_exporting` then goes on after them. `checkpoint` makes
    everything that was exported durable, so that the crawl may count it.
    """

    #: Bytes exported since the last checkpoint that are still in memory.
    waiting = 0
    #: True if each checkpoint costs compression, so that there should be few of them.
    groups = False

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        super().__init__(dont_fail=True, **kwargs)
        self.file = file

    def record(self, item: Any) -> dict[str, Any]:
        """Return *item*, one of ours or any that Scrapy takes, as the object that is written:
        only the fields that the feed wants, and nothing for a value that is not known."""
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
        """Write what is waiting and flush it. Return the length in bytes to which the file is
        cut back if the crawl is killed later; raise OSError if the disk is full."""
        self.file.flush()
        return end_of(self.file)


def end_of(file: IO[bytes]) -> int:
    """Return the length of *file* in bytes. Other programs may have cut it since (copytruncate),
    so the operating system is asked and not the buffer."""
    file.flush()
    position = file.tell()
    end = file.seek(0, 2)
    if position != end:
        file.seek(end)
    return end
