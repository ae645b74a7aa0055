"""How an article is written in each format of Scrapy's feeds."""

from __future__ import annotations

from typing import IO, Any

import orjson
from scrapy.exporters import BaseItemExporter, CsvItemExporter, JsonItemExporter

from newsclean.items import as_record


class JsonLinesExporter(BaseItemExporter):
    """One item a line, UTF-8, keys in the order of the dataclass, nothing for what is not
    known. Every line is flushed: what has been exported survives the process."""

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        super().__init__(dont_fail=True, **kwargs)
        self.file = file

    def export_item(self, item: Any) -> None:
        """Write *item*, one of ours or any that Scrapy takes; raise OSError where the disk is
        full, with nothing or a torn line written."""
        record = self.record(item)
        self.file.write(orjson.dumps(record, default=str) + b"\n")
        if hasattr(self.file, "flush"):
            self.file.flush()

    def record(self, item: Any) -> dict[str, Any]:
        """Return *item* as the object that is written."""
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


class JsonExporter(JsonItemExporter):
    """One JSON array, its objects as in JSON lines."""

    def export_item(self, item: Any) -> None:
        """Write *item*."""
        super().export_item(as_record(item) if hasattr(item, "__dataclass_fields__") else item)


class CsvExporter(CsvItemExporter):
    """A table: lists in one cell, the parts of a value by what names them."""

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """Return *value* as the text of one cell."""
        return super().serialize_field(field, name, _cell(value))


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(_cell(part)) for part in value)
    if hasattr(value, "__dataclass_fields__"):
        record = as_record(value)
        named = record.get("name") or record.get("url")
        return named or orjson.dumps(record).decode()
    return value
