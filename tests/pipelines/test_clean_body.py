"""Every kind of item with a body is cleaned: item in, item and stats out."""

import logging
from dataclasses import dataclass

import attrs
import pydantic
import pytest
import scrapy
from itemadapter import ItemAdapter
from zyte_common_items import Article as ZyteArticle

from newsclean.items import Article, RawBody
from newsclean.pipelines.clean_body import CleanBodyPipeline
from newsclean.pipelines.item_fields import ItemFields
from tests.units import make

RAW = (
    r"\u003cp\u003eThe harbour was calm, \u003c!--SECURE_LINK_BEGIN_0--\u003eUna"
    r"\u003c!--SECURE_LINK_END_0--\u003e said "
    r"\u003ca href=\"/7\"\u003ehere\u003c/a\u003e.\u003c/p\u003e"
)
TEXT = "The harbour was calm, Una said here."
HTML = '<p>The harbour was calm, Una said <a href="https://bay.example/7">here</a>.</p>'
URL = "https://bay.example/1"
ROLES = {"content": "text", "content_html": "html"}


@dataclass
class Data:
    url: str = URL
    content: str | None = None
    content_html: str | None = None


@dataclass
class Longer(Data):
    score: int = 0


@dataclass(frozen=True)
class Frozen:
    content: str | None = None


@attrs.define
class Attrs:
    url: str = URL
    content: str | None = None
    content_html: str | None = None


class Model(pydantic.BaseModel):
    url: str = URL
    content: str | None = None
    content_html: str | None = None


class Stock(scrapy.Item):
    url = scrapy.Field()
    content = scrapy.Field()
    content_html = scrapy.Field()


def stock(**values):
    return Stock(url=URL, **values)


def plain(**values):
    return {"url": URL, **values}


def clean(item, fields=None):
    pipeline, stats = make(CleanBodyPipeline, NEWSCLEAN_FIELDS=fields or {})
    assert pipeline.process_item(item) is item
    return stats()


CHANGES = {"clean/unescape/json": 1, "clean/drop_markers/SECURE_LINK": 2}


@pytest.mark.parametrize("kind", [Data, Attrs, Model, stock, plain])
@pytest.mark.parametrize("given", ["content", "content_html"])
def test_an_item_of_any_kind(kind, given):
    item = kind(**{given: RAW})
    assert clean(item, {"*": ROLES}) == CHANGES | {"cleaned_items": 1}
    assert ItemAdapter(item).asdict() == {"url": URL, "content": TEXT, "content_html": HTML}


@pytest.mark.parametrize(
    ("fields", "item", "after"),
    [
        pytest.param(
            {"dict": {"body": "raw", "text": "text"}},
            {"body": RAW, "text": "old"},
            {"body": RAW, "text": TEXT},
            id="the raw field stays",
        ),
        pytest.param(
            {"dict": {"body": "html"}},
            {"body": [r"\u003cp\u003eOne.\u003c/p\u003e", r"\u003cp\u003eTwo.\u003c/p\u003e"]},
            {"body": "<p>One.</p><p>Two.</p>"},
            id="a list of strings, as item loaders give",
        ),
        pytest.param(
            {"dict": {"page": "url", "body": "html"}},
            {"page": "https://a.example/b/", "body": '<p><a href="c">c</a></p>'},
            {
                "page": "https://a.example/b/",
                "body": '<p><a href="https://a.example/b/c">c</a></p>',
            },
            id="another field holds the URL",
        ),
        pytest.param(
            {"*": {"body": "text"}, "dict": {"content": "text"}},
            {"body": RAW, "content": RAW},
            {"body": RAW, "content": TEXT},
            id="the class goes before *",
        ),
    ],
)
def test_roles_of_fields(fields, item, after):
    clean(item, fields)
    assert item == after


def test_a_subclass_is_cleaned_as_its_base_class():
    item = Longer(content=RAW, score=3)
    clean(item, {f"{__name__}.Data": ROLES})
    assert (item.content, item.content_html, item.score) == (TEXT, HTML, 3)


def test_fields_for_every_class_are_those_that_it_has():
    item = Stock(content=RAW)
    assert clean(item, {"*": {"content": "text", "markup": "html"}})["cleaned_items"] == 1
    assert dict(item) == {"content": TEXT}


@pytest.mark.parametrize("given", ["articleBody", "articleBodyHtml"])
def test_zyte_articles_need_no_setting(given):
    item = ZyteArticle(url=URL, headline="Calm", **{given: RAW})
    assert clean(item)["cleaned_items"] == 1
    assert (item.articleBody, item.articleBodyHtml, item.headline) == (TEXT, HTML, "Calm")


@pytest.mark.parametrize(
    "body", [{"articleBody": RAW}, {"articleBodyHtml": RAW}, {"articleBodyRaw": RawBody(RAW)}]
)
def test_an_article_of_ours_with_its_body_in_any_field(body):
    item = Article(url=URL, **body)
    assert clean(item) == CHANGES
    assert (item.articleBody, item.articleBodyHtml) == (TEXT, HTML)
    assert item.metadata.contentHash
    assert item.articleBodyRaw == RawBody(RAW)


def test_an_article_that_was_cleaned_stays_as_it_is():
    text = "He wrote <p> where \\u003cp\\u003e was meant."
    first = Article(url=URL, articleBody=f"<p>{text.replace('<', '&lt;')}</p>")
    clean(first)
    again = Article.from_dict(first.to_dict() | {"articleBodyRaw": {"html": ""}})
    again.articleBodyRaw = None
    clean(again)
    assert again.articleBody == first.articleBody == text


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (Article(url=URL), "articleBodyRaw, articleBodyHtml and articleBody are empty"),
        ({"price": 3}, "no text in content_html, content"),
        ({"content": 7}, "no text in content_html, content"),
        (Stock(), "NEWSCLEAN_FIELDS has no fields of this class"),
        (Frozen(content=RAW), "cannot be changed (FrozenInstanceError: cannot assign"),
    ],
)
def test_what_cannot_be_cleaned_is_said_once(item, why, caplog):
    fields = {"dict": ROLES, f"{__name__}.Frozen": {"content": "text"}}
    pipeline, stats = make(CleanBodyPipeline, NEWSCLEAN_FIELDS=fields)
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            assert pipeline.process_item(item) is item
    (line,) = [record.getMessage() for record in caplog.records if "Not clean" in record.msg]
    assert why in line and type(item).__qualname__ in line
    assert stats()["nothing_to_clean"] == 3


def test_what_is_no_item_passes():
    assert clean(value := [1, 2]) == {}
    assert value == [1, 2]


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"no.such.Item": ROLES}, "'no.such.Item' cannot be imported"),
        ({"logging.getLogger": ROLES}, "'logging.getLogger' is not a class"),
        ({f"{__name__}.Frozen": ROLES}, "has no field 'content_html', only content"),
        ({"*": {"content": "body"}}, "'content' has the role 'body', expected raw, text, html"),
        ({"*": {"a": "text", "b": "text"}}, "'a' and 'b' have the role 'text'"),
        ({"*": {"content": "raw"}}, "no field has the role text or html"),
        ({"*": "content"}, "expected {field: role}"),
        (["content"], "expected {class: {field: role}}"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line(setting, says):
    with pytest.raises(ValueError, match=r"^NEWSCLEAN_FIELDS: ") as error:
        ItemFields.parse(setting)
    assert says in str(error.value)
    assert "\n" not in str(error.value)
