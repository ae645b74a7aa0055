"""newsclean republished: feeds of every format, and what is printed."""

import gzip
import io
import json

import pytest
from scrapy.utils.misc import load_object

from newsclean.cli.main import cli, run_command
from newsclean.export.formats import FORMATS
from newsclean.items import Article, Metadata

GROWING = [name for name, one in FORMATS.items() if one.appendable and not one.folder]
BODY = "The harbour council voted on Tuesday to keep the evening ferry across the bay."
ARTICLES = [
    Article(
        url="https://copy.example/9",
        headline="Ferry\x1b[31m kept",
        datePublished="2026-04-18T12:00:00Z",
        canonicalUrl="https://first.example/1",
        articleBody=f"{BODY} It was a close vote.",
        metadata=Metadata(contentHash="b"),
    ),
    Article(
        url="https://first.example/1",
        headline="Evening ferry, kept",
        datePublished="2026-04-18T09:30:00Z",
        source="The Bay",
        articleBody=f"{BODY}\n\nIt was a close vote!",
        metadata=Metadata(contentHash="a"),
    ),
    Article(url="https://other.example/1", articleBody="Rain fell for three days and nights."),
]
TOLD = """\
2 articles on 2 sites: Evening ferry, kept
  2026-04-18 09:30  first  https://first.example/1
  2026-04-18 12:00   100%  https://copy.example/9
                           names https://first.example/1
"""


def feed(path, format_name="jsonl", articles=ARTICLES):
    with path.open("wb+") as file:
        exporter = load_object(FORMATS[format_name].exporter)(file)
        exporter.start_exporting()
        for one in articles:
            exporter.export_item(one)
        exporter.finish_exporting()
    return path


@pytest.fixture
def republished(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*arguments, stdin=b""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run_command(cli, ["republished", *map(str, arguments)], "newsclean")
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


@pytest.mark.parametrize("format_name", GROWING)
def test_every_growing_format_is_read_whatever_its_name(republished, tmp_path, format_name):
    path = feed(tmp_path / "feed", format_name)
    assert republished(path) == (0, TOLD, "1 group with 2 articles among 3\n")
    assert republished("-", stdin=path.read_bytes())[1] == TOLD
    if format_name not in {"gz", "zst"}:
        assert republished("-", stdin=gzip.compress(path.read_bytes()))[1] == TOLD


def test_several_feeds_are_compared_with_one_another(republished, tmp_path):
    one = feed(tmp_path / "one.csv", "csv", ARTICLES[:1])
    two = feed(tmp_path / "two.jsonl.gz", "gz", ARTICLES[1:])
    assert republished(one)[1] == ""
    assert republished(one, two) == (0, TOLD, "1 group with 2 articles among 3\n")


def test_a_line_an_article(republished, tmp_path):
    code, out, _ = republished(feed(tmp_path / "feed.jsonl"), "-f", "jsonl")
    first, second = map(json.loads, out.splitlines())
    assert code == 0
    assert first == {
        "group": 1,
        "articles": 2,
        "sites": 2,
        "url": "https://first.example/1",
        "site": "first.example",
        "datePublished": "2026-04-18T09:30:00Z",
        "similarity": 1.0,
        "headline": "Evening ferry, kept",
        "source": "The Bay",
    }
    assert second["canonicalUrl"] == "https://first.example/1"


def test_nothing_of_a_feed_moves_the_cursor(republished, tmp_path):
    evil = "\x1b[2J\r\u202e\u2028"
    twice = [
        Article(
            url=f"https://{host}.example/{evil}",
            headline=evil,
            articleBody=BODY,
            canonicalUrl=f"https://else.example/{evil}",
            datePublished=evil,
        )
        for host in "ab"
    ]
    _, out, _ = republished(feed(tmp_path / "feed.jsonl", articles=twice))
    assert all(character.isprintable() for line in out.split("\n") for character in line)


def test_what_is_left_out_is_told(republished, tmp_path):
    path = feed(tmp_path / "feed.jsonl")
    with path.open("ab") as file:
        file.write(b'{"url": "https://a.example/", "reason": "no-body"}\n{"url": "https://torn')
    code, out, err = republished(path)
    assert (code, out) == (0, TOLD)
    assert err.splitlines() == [
        f"newsclean republished: {path}: 1 line skipped: not JSON",
        "1 group with 2 articles among 3, 1 line without text",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no record has a url and an articleBody"),
        (b"{}\n", "no record has a url and an articleBody"),
        (b"SQLite format 3\0\r\x01", "not JSON lines, JSON, XML, or CSV with a column url"),
        (b"name,age\nUna,7\n", "not JSON lines, JSON, XML, or CSV with a column url"),
        (b"PAR1\x15\x04", "not JSON lines"),
        (b"<items><item></url></item>", "damaged: "),
        pytest.param(
            gzip.compress(b'{"url": "https://a.example/"}\n' * 99)[:60], "damaged: ", id="torn"
        ),
        (b"\x28\xb5\x2f\xfd\x00\x01", "damaged: "),
    ],
)
def test_a_feed_that_cannot_be_read_is_one_line(republished, tmp_path, content, says):
    (tmp_path / "feed").write_bytes(content)
    code, out, err = republished("feed")
    assert (code, out) == (2, "")
    assert says in err and err.startswith("newsclean") and err.count("\n") == 1
