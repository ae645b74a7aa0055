"""An article and the JSON object of its feed line."""

import ast
from pathlib import Path

import orjson
import pytest

from newsclean import rejections
from newsclean.items import Article
from newsclean.spiders import failures
from tests.crawls.run import ROOT

SAMPLES = sorted((ROOT / "samples").glob("*/article.json"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_a_feed_line_and_back(path):
    record = orjson.loads(path.read_bytes())
    if record is None:
        return
    record = {"url": "https://bay.example/1", "metadata": {"schemaVersion": 1}} | record
    known = {name: value for name, value in record.items() if name in Article.__dataclass_fields__}
    assert Article.from_dict(known).to_dict() == known


def test_every_part():
    record = {
        "url": "https://bay.example/1",
        "authors": [{"name": "Una Marsh", "url": "https://bay.example/una"}],
        "publisher": {"name": "Bay News"},
        "images": [{"url": "https://bay.example/1.jpg", "caption": "The bay"}],
        "wordCount": 7,
        "isAccessibleForFree": False,
        "articleBodyRaw": {
            "html": "<p>…",
            "slots": {"IMG_0": {"type": "image", "url": "https://bay.example/2.jpg"}},
            "further": [{"url": "https://bay.example/1_2", "html": "<p>…"}],
        },
        "metadata": {
            "schemaVersion": 1,
            "fieldSources": {"headline": "json-ld"},
            "cleaning": {"unescape": {"json": 1}},
            "missingPages": [{"url": "https://bay.example/1_3", "reason": "http-404"}],
            "validationMessages": {"headline": ["the page has no headline"]},
        },
    }
    article = Article.from_dict(record)
    assert article.to_dict() == record
    assert article.articleBodyRaw.further[0].url == "https://bay.example/1_2"


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({}, "Article: field 'url' is missing"),
        ([], "Article: expected dict, got list"),
        ({"url": 7}, "Article.url: expected str, got int"),
        ({"url": "u", "title": "t"}, "Article: unknown field 'title'"),
        ({"url": "u", "wordCount": True}, "Article.wordCount: expected int, got bool"),
        (
            {"url": "u", "authors": [{"name": "Una"}, {"nam": "Una"}]},
            "Article.authors[1]: unknown field 'nam'",
        ),
        (
            {"url": "u", "metadata": {"cleaning": {"unescape": {"json": "1"}}}},
            "Article.metadata.cleaning.unescape.json: expected int, got str",
        ),
    ],
)
def test_what_is_no_feed_line(record, says):
    with pytest.raises(ValueError) as error:
        Article.from_dict(record)
    assert str(error.value) == says


def test_every_reason_that_the_code_gives_has_a_meaning():
    given = set()
    for path in Path(rejections.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            given |= set(reasons_in(node))
    given |= {reason for _, reason in failures._FAILURES}
    assert len(given) > 30
    assert given <= {*rejections.FAILURES, *rejections.NO_ARTICLE}


def reasons_in(node):
    """The reasons in *node*: of a rejection that is made, of an exception that says its own, of
    a tuple whose name says that it holds one."""
    found = []
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        found += [one.value for one in node.keywords if one.arg == "reason"]
        if called in {"of", "Rejection"}:
            found += node.args[1:2]
        if called == "meaning_of":
            found += node.args[:1]
    elif isinstance(node, ast.Assign):
        names = [ast.unparse(one) for one in node.targets]
        if names == ["reason"]:
            found.append(node.value)
        elif names == ["(reason, detail)"]:
            found += getattr(node.value, "elts", [])[:1]
    for value in found:
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
            yield value.value
