"""Parquet: columns for data frames. All files have the schema `newsclean.schema.arrow_schema`."""

from __future__ import annotations

from typing import IO, Any

from newsclean.export.formats.base import Exporter
from newsclean.schema import arrow_schema, as_arrow_row

MAX_ROWS = 1_000  # rows of a row group: some 10 MB of articles, which a reader has in memory


class ParquetExporter(Exporter):
    """Writes articles as rows, compressed with zstd. The file is readable after it is finished."""

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:
        from pyarrow import parquet  # noqa: PLC0415  (an extra)

        super().__init__(file, **kwargs)
        self._schema = arrow_schema()
        self._parquet = parquet
        self._rows: list[dict[str, Any]] = []

    def start_exporting(self) -> None:
        """Begin the file."""
        self._writer = self._parquet.ParquetWriter(self.file, self._schema, compression="zstd")

    def export_item(self, item: Any) -> None:
        """Add *item* to the row group that is written next."""
        self._rows.append(as_arrow_row(self.record(item)))
        if len(self._rows) >= MAX_ROWS:
            self._write_group()

    def finish_exporting(self) -> None:
        """Write the last row group and the footer of the file."""
        self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        import pyarrow  # noqa: PLC0415

        if self._rows:
            self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows.clear()
