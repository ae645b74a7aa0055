"""Each format: the written file, and its repair after a kill at any byte."""

import csv
import io
import json
from pathlib import Path

import pytest
from lxml import etree
from scrapy.utils.misc import load_object

from newsclean.export.formats import FORMATS
from newsclean.export.formats.jsonl import line_of
from newsclean.export.formats.markdown import as_markdown, file_name
from newsclean.export.repair import repair
from newsclean.export.tail import UnknownFileError
from newsclean.items import Article, Author, Image
from newsclean.schema import arrow_schema, as_arrow_row
from tests.export.read_back import urls_in

SUFFIX = {"jsonl": "jsonl", "gz": "jsonl.gz", "zst": "jsonl.zst"}
GROWING = ["jsonl", "gz", "zst", "csv", "json", "xml"]


def article(number=1, **said):
    body = 'He said: "So it was."\n\n- And\r\nso on \u2028 \x0b "'
    said = {"headline": f"Report {number}", "articleBody": body} | said
    return Article(url=f"https://news.example/{number}", **said)


def write(path, name, items, *, finish=True):
    """Append *items* to *path*; return the length to which each checkpoint would cut it."""
    ends = []
    with path.open("ab") as file:
        exporter = load_object(FORMATS[name].exporter)(file, encoding="utf-8")
        exporter.start_exporting()
        for item in items:
            exporter.export_item(item)
            ends.append(exporter.checkpoint())
        if finish:
            exporter.finish_exporting()
    return ends


@pytest.fixture(params=GROWING)
def name(request):
    return request.param


@pytest.fixture
def path(tmp_path, name):
    return tmp_path / f"a.{SUFFIX.get(name, name)}"


def urls(*numbers):
    return [f"https://news.example/{number}" for number in numbers]


def test_a_file_is_written_and_appended_to(path, name):
    write(path, name, [article(1), article(2)])
    assert urls_in(path) == urls(1, 2)
    repair(path, name)
    write(path, name, [article(3)])
    assert urls_in(path) == urls(1, 2, 3)
    repair(path, name)
    write(path, name, [])
    assert urls_in(path) == urls(1, 2, 3)


def test_a_file_is_whole_after_each_checkpoint(path, name):
    write(path, name, [article(1), article(2)], finish=False)
    assert urls_in(path) == urls(1, 2)


def test_a_file_cut_at_any_byte_is_repaired(path, name):
    ends = write(path, name, [article(1), article(2)])
    whole = path.read_bytes()
    for size in range(0, len(whole), max(1, len(whole) // 150)):
        path.write_bytes(whole[:size])
        repair(path, name)
        write(path, name, [article(3)])
        found = urls_in(path)
        kept = [number for number, end in zip((1, 2), ends, strict=True) if end <= size]
        assert found[-1:] == urls(3)
        # What was whole is kept; the last one may lack no more than the end of its line.
        assert found[:-1] in (urls(*kept), urls(*kept, len(kept) + 1)), size


def test_a_file_of_another_format_is_left_alone(path, name):
    if name == "csv":
        pytest.skip("any text is CSV")
    content = b"\x00\x01 no feed at all, without a line end"
    path.write_bytes(content)
    if name == "jsonl":
        path.write_bytes(content := b"no feed at all, without a line end")
    with pytest.raises(UnknownFileError, match="move it away"):
        repair(path, name)
    assert path.read_bytes() == content


def test_nothing_is_written_for_what_is_not_known(path, name):
    write(path, name, [article(1)])
    if name in {"gz", "zst"}:
        return  # the bytes are those of jsonl
    assert b"None" not in path.read_bytes()
    assert b"null" not in path.read_bytes()


def test_line_ends_that_are_none_in_json_are_escaped():
    line = line_of({"headline": "a\u2028b\u2029c\u0085d"})
    assert len(line.decode().splitlines()) == 1
    assert json.loads(line) == {"headline": "a\u2028b\u2029c\u0085d"}


@pytest.mark.parametrize("neutralise", [True, False])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run(tmp_path, start, neutralise):
    from newsclean.export.formats.csv import CsvExporter

    path = tmp_path / "a.csv"
    with path.open("ab") as file:
        exporter = CsvExporter(file, neutralise=neutralise)
        exporter.start_exporting()
        exporter.export_item(article(headline=f"{start}1+1", wordCount=-1))
    with path.open(newline="", encoding="utf8") as file:
        (row,) = csv.DictReader(file)
    assert row["headline"] == ("'" if neutralise else "") + f"{start}1+1"
    assert row["wordCount"] == "-1"


def test_csv_columns_are_those_of_the_header_that_is_there(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("headline,url\r\n")
    write(path, "csv", [article(1)])
    assert path.read_text().splitlines() == ["headline,url", "Report 1,https://news.example/1"]


def test_a_csv_row_of_parts(tmp_path):
    path = tmp_path / "a.csv"
    write(path, "csv", [article(authors=[Author("Una"), Author("Bo")], mainImage=Image("u:1"))])
    (row,) = csv.DictReader(io.StringIO(path.read_text()))
    assert (row["authors"], row["mainImage"], row["description"]) == ("Una; Bo", "u:1", "")


def test_xml_holds_what_xml_can(tmp_path):
    path = tmp_path / "a.xml"
    text = "a\nb\r\x00c <&> \ud83d"
    write(path, "xml", [article(headline=text, articleBody=None), {"no name!": [1, None, True]}])
    first, second = etree.parse(str(path)).getroot()
    assert first.findtext("headline") == "a\nb\r\ufffdc <&> \ufffd"
    assert first.find("articleBody") is None
    assert second[0].get("name") == "no name!"


def test_an_array_of_another_program_is_continued(tmp_path):
    path = tmp_path / "a.json"
    for content in ("[]", "[ ]\n", '[{"url": "https://news.example/0"}]', '[\n{"url": "u"}\n]'):
        path.write_text(content)
        before = [one["url"] for one in json.loads(content)]
        repair(path, "json")
        write(path, "json", [article(1)])
        assert urls_in(path) == [*before, *urls(1)]


def test_compressed_groups_are_smaller_than_lines_of_their_own(tmp_path):
    many = [
        article(number, articleBody=f"The boat {number} came in. " * 30) for number in range(50)
    ]
    path = tmp_path / "a.jsonl.gz"
    with path.open("ab") as file:
        exporter = load_object(FORMATS["gz"].exporter)(file)
        for item in many:
            exporter.export_item(item)
        assert path.stat().st_size == 0
        exporter.finish_exporting()
    lines = sum(len(line_of(item.to_dict())) for item in many)
    assert path.stat().st_size < lines / 5


def test_markdown_is_a_file_an_article_that_its_next_version_replaces(tmp_path):
    lock = tmp_path / ".lock"
    lock.touch()
    for headline in ("Rain: at last", "Rain at last!", "../../etc/passwd"):
        with lock.open("ab") as file:
            load_object(FORMATS["markdown"].exporter)(file).export_item(article(headline=headline))
    (written,) = tmp_path.glob("*.md")
    assert written.parent == tmp_path
    assert written.name.startswith("etc-passwd-")


@pytest.mark.parametrize("headline", ["", "...", "a" * 999, "风" * 999, "\x00\n/", "CON", "-rf"])
def test_a_safe_file_name(headline):
    name = file_name({"headline": headline, "datePublished": "../../x"}, "0f" * 6)
    assert Path(name).name == name
    assert len(name.encode()) < 200
    assert name.isprintable() and not name.startswith((".", "-"))


def test_markdown_shows_the_text_as_it_is():
    text = as_markdown({"headline": "a*b", "articleBody": "# no heading\n1. no list\n<b>&_x_"})
    assert text.startswith('---\nheadline: "a*b"\n---\n\n# a\\*b\n\n')
    assert text.endswith("\\# no heading\n1\\. no list\n\\<b\\>&\\_x\\_\n")


def test_parquet_has_one_schema_whatever_is_known(tmp_path):
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    for number, said in enumerate([{}, {"authors": [Author("Una")], "wordCount": 3}]):
        path = tmp_path / f"{number}.parquet"
        with path.open("wb") as file:
            exporter = load_object(FORMATS["parquet"].exporter)(file)
            exporter.start_exporting()
            for at in range(2_100):
                exporter.export_item(article(at, **said))
            exporter.finish_exporting()
        assert parquet.read_schema(path).equals(arrow_schema())
        assert parquet.ParquetFile(path).num_row_groups == 3
        assert urls_in(path)[:2] == urls(0, 1)


def test_an_arrow_row_of_a_feed_line():
    item = article(authors=[Author("Una")])
    item.metadata.fieldSources = {"headline": "meta"}
    row = as_arrow_row(item.to_dict() | {"unknown": 1})
    assert row["metadata"]["fieldSources"] == [{"key": "headline", "value": "meta"}]
    assert row["authors"] == [{"name": "Una"}] and "unknown" not in row
