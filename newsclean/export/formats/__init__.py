"""The formats of feeds: their exporters, and whether files of each format can be appended to."""

from __future__ import annotations

from dataclasses import dataclass

_HERE = "newsclean.export.formats"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of newsclean.

    ``exporter`` is the import path of its class. If it is ``appendable``, a file is valid after
    each checkpoint, so a crawl can continue it. Otherwise the file is written at once when all its
    articles are known. If ``folder`` is true, the feed is a folder with a file for each article.
    ``head`` and ``foot`` are the bytes before and after the items.
    """

    exporter: str
    appendable: bool = True
    folder: bool = False
    head: bytes = b""
    foot: bytes = b""


JSON_LINES = ("jsonlines", "jsonl", "jl")
# The name of a format (in ``-o PATH:NAME``, or the suffix of the path) → the format.
FORMATS: dict[str, Format] = {
    **dict.fromkeys(JSON_LINES, Format(f"{_HERE}.jsonl.JsonLinesExporter")),
    "gz": Format(f"{_HERE}.jsonl.GzipLinesExporter"),
    "zst": Format(f"{_HERE}.jsonl.ZstdLinesExporter"),
    "csv": Format(f"{_HERE}.csv.CsvExporter"),
    "json": Format(f"{_HERE}.enclosed.JsonExporter", head=b"[", foot=b"\n]\n"),
    "xml": Format(
        f"{_HERE}.enclosed.XmlExporter",
        head=b'<?xml version="1.0" encoding="utf-8"?>\n<items>',
        foot=b"\n</items>\n",
    ),
    "parquet": Format(f"{_HERE}.parquet.ParquetExporter", appendable=False),
    "markdown": Format(f"{_HERE}.markdown.MarkdownExporter", folder=True),
}
EXPORTERS = {name: one.exporter for name, one in FORMATS.items()}
