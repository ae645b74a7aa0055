"""CSV: a table with one header and fixed columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

import orjson
from itemadapter import ItemAdapter

from newsclean.export.formats.base import Exporter
from newsclean.items import Article
from newsclean.serialization import as_record

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# Spreadsheets execute a cell that begins with one of these as a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class CsvExporter(Exporter):
    """Writes one item per row. A list is in one cell; objects in it are written as their name or
    URL.

    The columns are those of the header if the file has one, else the ``fields`` of the feed, else
    the fields of the first item. *neutralise* puts an apostrophe before a cell that a spreadsheet
    would execute.
    """

    def __init__(self, file: IO[bytes], *, neutralise: bool = True, **kwargs: Any) -> None:
        super().__init__(file, **kwargs)
        self.neutralise = neutralise
        self.columns: list[str] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: IO[bytes], **kwargs: Any) -> Self:
        """Return the exporter, configured by ``NEWSCLEAN_CSV_NEUTRALISE``."""
        neutralise = crawler.settings.getbool("NEWSCLEAN_CSV_NEUTRALISE", True)
        return cls(file, neutralise=neutralise, **kwargs)

    def start_exporting(self) -> None:
        """Use the columns of the header, if the file has one."""
        if self.file.tell() > 0:
            self.columns = header_of(Path(self.file.name))

    def export_item(self, item: Any) -> None:
        """Write *item* as a row. Before the first row of a file, write the header."""
        if self.columns is None:
            self.columns = self._columns_of(item)
            self._write(self.columns)
        values = self._values_of(item)
        self._write([self._cell(values.get(name)) for name in self.columns])

    def _columns_of(self, item: Any) -> list[str]:
        wanted = self.fields_to_export
        if isinstance(wanted, dict):
            return list(wanted.values())
        if wanted is not None:
            return list(wanted)
        return list(ItemAdapter(item).field_names()) or list(ItemAdapter(item))

    def _values_of(self, item: Any) -> dict[str, Any]:
        if isinstance(item, Article) and self.fields_to_export is None:
            return {name: getattr(item, name) for name in item.__dataclass_fields__}
        return dict(self.get_serialized_fields(item))

    def _cell(self, value: Any) -> Any:
        text = _plain(value)
        if self.neutralise and isinstance(text, str) and text.startswith(_FORMULA_STARTS):
            return f"'{text}"
        return text

    def _write(self, cells: list[Any]) -> None:
        row = io.StringIO()
        csv.writer(row).writerow(cells)
        self.file.write(row.getvalue().encode(self.encoding or "utf-8", "replace"))


def header_of(path: Path) -> list[str] | None:
    """Return the cells of the first row of the file *path*. None if the file is empty."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file), None)


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return "; ".join(str(_plain(part)) for part in value)
    if hasattr(value, "__dataclass_fields__"):
        value = as_record(value)
        return value.get("name") or value.get("url") or orjson.dumps(value).decode()
    if isinstance(value, dict):
        return orjson.dumps(value, default=str).decode()
    return value
