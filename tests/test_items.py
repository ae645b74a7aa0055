"""An article and the JSON object of its feed line."""

import orjson
import pytest

from newsclean.items import Article
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
            "validationMessages": {"headline": ["the page names no headline"]},
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
