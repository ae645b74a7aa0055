"""The URLs in published files, as the standard tool of each format reads them."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

from lxml import etree


def urls_in(path):
    """The URLs of the articles in the file *path*, in their order."""
    name = path.name
    if name.endswith(".gz"):
        subprocess.run(["gzip", "-t", path], check=True)
        return of_lines(gzip.decompress(path.read_bytes()))
    if name.endswith(".zst"):
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        return of_lines(zstd.decompress(path.read_bytes()))
    if name.endswith(".csv"):
        with path.open(newline="", encoding="utf8") as file:
            rows = list(csv.DictReader(file, strict=True))
        assert all(None not in row and None not in row.values() for row in rows), "a torn row"
        return [row["url"] for row in rows]
    if name.endswith(".json"):
        return [one["url"] for one in json.loads(path.read_bytes())]
    if name.endswith(".xml"):
        return [one.findtext("url") for one in etree.parse(str(path)).getroot()]
    if name.endswith(".parquet"):
        from pyarrow import parquet

        return parquet.read_table(path).column("url").to_pylist()
    if name.endswith(".md"):
        (line,) = (one for one in path.read_text("utf8").splitlines() if one.startswith("url: "))
        return [json.loads(line.removeprefix("url: "))]
    return of_lines(path.read_bytes())


def of_lines(data):
    assert not data or data.endswith(b"\n"), "the last line is torn"
    return [json.loads(line)["url"] for line in data.split(b"\n")[:-1]]


def urls_under(folder, pattern):
    """The URLs of all files under *folder* that *pattern* matches."""
    return [
        url
        for path in sorted(Path(folder).glob(pattern))
        if not path.name.startswith(".") and "manifest" not in path.name
        for url in urls_in(path)
    ]
