"""A month of daily files loads as one table, as the how-to says."""

import json
import re

import pytest

from newsclean.items import Article, Author, Metadata
from newsclean.schema import arrow_schema, read_table
from tests.docs.blocks import ROOT, blocks
from tests.export.test_formats import write

pytest.importorskip("pyarrow")
DAYS = 30
HOW_TO = ROOT / "docs" / "howto" / "data-frames.md"
BLOCKS = [
    one.text for one in blocks(HOW_TO) if one.note == ("run by", "tests/export/test_frames.py")
]


@pytest.fixture(scope="module")
def feeds(tmp_path_factory):
    """Files of days that know different fields."""
    folder = tmp_path_factory.mktemp("feeds")
    for day in range(1, DAYS + 1):
        article = Article(url=f"https://news.example/{day}", headline=f"Day {day}")
        if day % 2:
            article.authors = [Author("Una Marsh")]
            article.metadata = Metadata(fieldSources={"headline": "meta"}, optOut=["noai"])
        if day % 3 == 0:
            article.metadata.cleaning = {"unescape": {"json": day}}
        write(folder / f"2026-04-{day:02}.jsonl", "jsonl", [article])
        with (folder / f"2026-04-{day:02}.parquet").open("wb") as file:
            from newsclean.export.formats.parquet import ParquetExporter

            exporter = ParquetExporter(file)
            exporter.start_exporting()
            exporter.export_item(article)
            exporter.finish_exporting()
    return folder


def test_there_are_blocks():
    assert len(BLOCKS) == 6


@pytest.mark.parametrize("block", BLOCKS)
def test_the_how_to(block, feeds, monkeypatch):
    for module in re.findall(r"^(?:import|from) (\w+)", block, re.MULTILINE):
        pytest.importorskip(module)
    if "to_pandas" in block:
        pytest.importorskip("pandas")
    monkeypatch.chdir(feeds.parent)
    (feeds.parent / "feeds").unlink(missing_ok=True)
    (feeds.parent / "feeds").symlink_to(feeds)
    names = {}
    exec(block, names)
    for name in ("articles", "table"):
        found = names[name]
        assert len(found) == DAYS
    headlines = names["headlines"]
    assert sorted(map(str, headlines)) == sorted(f"Day {day}" for day in range(1, DAYS + 1))


def test_lines_of_every_file_have_the_same_columns(feeds):
    table = read_table(sorted(feeds.glob("*.jsonl")))
    assert table.schema.equals(arrow_schema())
    first = table.to_pylist()[2]
    line = json.loads((feeds / "2026-04-03.jsonl").read_bytes())
    assert first["headline"] == line["headline"]
    assert first["metadata"]["cleaning"] == [
        {"key": "unescape", "value": [{"key": "json", "value": 3}]}
    ]
