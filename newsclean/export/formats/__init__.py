"""The formats of a feed: which exporter writes each, and whether a file of it can grow."""

from __future__ import annotations

from dataclasses import dataclass

_HERE = "newsclean.export.formats"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of ours. ``exporter`` is its class. A file that is ``appendable`` is whole after
    each checkpoint, so a crawl can go on with it; another is made at once when it is complete.
    ``folder`` says that the feed is a folder with a file for each article."""

    exporter: str
    appendable: bool = True
    folder: bool = False
    head: bytes = b""
    foot: bytes = b""


JSON_LINES = ("jsonlines", "jsonl", "jl")
# Name, as after the colon of ``-o PATH:NAME`` or the suffix of the path → format.
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
