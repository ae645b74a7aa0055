"""The schema is the record's, and lines load into the classes that others use."""

import json
from pathlib import Path

import attrs
import jsonschema
import pytest
import zyte_common_items

from newsclean import schema
from newsclean.items import Article, Metadata
from newsclean.serialization import as_record
from tests.samples.test_reader import read

SAMPLES = sorted(Path(__file__).parent.parent.joinpath("samples").glob("*/"))


@pytest.mark.parametrize("name", schema.ITEMS)
def test_the_shipped_schema_is_the_generated_one(name):
    assert schema.load_schema(name) == json.loads(json.dumps(schema.build_schema(name)))


def test_it_refuses_what_is_no_line():
    check = jsonschema.Draft202012Validator(schema.load_schema("article"))
    check.validate({"url": "http://a.example/"})
    for wrong in ({}, {"url": 1}, {"url": "x", "headline": None}, {"url": "x", "titel": "y"}):
        assert not check.is_valid(wrong)
    assert not check.is_valid({"url": "x", "metadata": {"unknown": 1}})


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_every_sample_is_valid_and_loads_elsewhere(folder):
    article = read(folder)
    article.articleBodyRaw = None
    record = as_record(article)
    jsonschema.validate(record, schema.load_schema("article"))
    loaded = zyte_common_items.Article.from_dict(shared(record, zyte_common_items.Article))
    assert loaded.headline == article.headline
    assert loaded.articleBody == article.articleBody


def shared(value, kind):
    """*value* without what is ours: what zyte-common-items' classes have no name for."""
    inner = {
        "authors": zyte_common_items.Author,
        "breadcrumbs": zyte_common_items.Breadcrumb,
        "mainImage": zyte_common_items.Image,
        "images": zyte_common_items.Image,
        "videos": zyte_common_items.Video,
        "audios": zyte_common_items.Audio,
        "metadata": zyte_common_items.ArticleMetadata,
    }
    kept = {}
    for field in attrs.fields(kind):
        if field.name not in value:
            continue
        part = value[field.name]
        if field.name in inner:
            of = inner[field.name]
            part = [shared(one, of) for one in part] if isinstance(part, list) else shared(part, of)
        kept[field.name] = part
    return kept


def test_fields_keep_zytes_names():
    ours = set(Article.__dataclass_fields__)
    assert {field.name for field in attrs.fields(zyte_common_items.Article)} <= ours
    theirs = {field.name for field in attrs.fields(zyte_common_items.ArticleMetadata)}
    assert theirs - set(Metadata.__dataclass_fields__) == {"probability"}
