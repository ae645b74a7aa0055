"""The documents of block editors become HTML, and other JSON does not."""

import json

import pytest

from newsclean import read_article
from newsclean.cleaning import clean_body
from newsclean.cleaning.block_documents import is_document, write_document
from newsclean.cleaning.json_body import document_of_json
from tests import linear
from tests.mangled.editors import FORMATS

ONE = "The ferry left the bay a little after six, with three dogs and a crate of oysters on board."
TWO = "Nobody would say whose oysters they were, and the captain said he had not counted the dogs."
RUNS = [[(ONE[:9], False), (ONE[9:13], True), (ONE[13:], False)], [(TWO, False)]]
TEXT = f"{ONE}\n\n{TWO}"
ALL = sorted(set(FORMATS) - {"gutenberg"})  # that one is HTML in JSON, and no document


def text(runs):
    return {"type": "text", "text": runs}


RICH = {
    "type": "doc",
    "content": [
        {"type": "heading", "attrs": {"level": 3}, "content": [text("Crew & <b>")]},
        {
            "type": "paragraph",
            "content": [
                {"type": "link", "attrs": {"href": "/a?b=1&c"}, "content": [text("Nora")]},
                text(" said"),
                {"type": "hardBreak"},
                text("no."),
            ],
        },
        {
            "type": "bulletList",
            "content": [
                {"type": "listItem", "content": [{"type": "paragraph", "content": [text(one)]}]}
                for one in ("dog", "crate")
            ],
        },
        {"type": "image", "attrs": {"src": "https://img.example/7.jpg"}},
    ],
}


@pytest.mark.parametrize("name", ALL)
def test_the_text_is_whole(name):
    value = FORMATS[name](RUNS)
    assert is_document(value)
    assert clean_body(write_document(value)).text == TEXT
    assert clean_body(json.dumps(value)).text == TEXT


@pytest.mark.parametrize("name", ALL)
def test_a_page_that_shows_the_document_shows_the_article(name):
    shown = json.dumps(FORMATS[name](RUNS)).replace("&", "&amp;").replace("<", "&lt;")
    page = f"<title>Ferry</title><h1>Ferry</h1><div class='text'>{shown}</div><p>© Bay</p>"
    assert read_article(page, "https://bay.example/7").articleBody == TEXT


def test_headings_lists_links_and_images_are_kept():
    body = clean_body(write_document(RICH), base_url="https://a.example/")
    assert body.text == "Crew & <b>\n\nNora said\nno.\n\n- dog\n- crate"
    assert "<h3>Crew &amp; &lt;b&gt;</h3>" in body.html
    assert '<a href="https://a.example/a?b=1&amp;c">Nora</a>' in body.html
    assert [one.url for one in body.images] == ["https://img.example/7.jpg"]


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (
            {"blocks": [{"type": "header-two", "text": "Crew"}, {"type": "unstyled", "text": "A"}]},
            "<h2>Crew</h2><p>A</p>",
        ),
        (
            {"blocks": [{"type": "ordered-list-item", "text": one} for one in "ab"]},
            "<ol><li>a</li><li>b</li></ol>",
        ),
        (
            {"blocks": [{"type": "list", "data": {"style": "ordered", "items": ["a", "b"]}}]},
            "<ol><li>a</li><li>b</li></ol>",
        ),
        (
            {"blocks": [{"type": "list", "data": {"items": [{"content": "a", "items": ["b"]}]}}]},
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
        ),
        (
            {"blocks": [{"type": "table", "data": {"content": [["a", "b"]]}}]},
            "<table><tr><td>a</td><td>b</td></tr></table>",
        ),
        (
            {"blocks": [{"type": "code", "data": {"code": "a < b"}}]},
            "<pre>a &lt; b</pre>",
        ),
        (
            [{"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "Crew"}]}],
            "<h2>Crew</h2>",
        ),
        (
            [
                {"_type": "block", "listItem": "bullet", "children": [{"text": one}]}
                for one in ("a", "b")
            ],
            "<ul><li>a</li><li>b</li></ul>",
        ),
        (
            {"root": {"children": [{"type": "heading", "tag": "h3", "children": [text("Crew")]}]}},
            "<h3>Crew</h3>",
        ),
        (
            {"ops": [{"insert": "Crew"}, {"insert": "\n", "attributes": {"header": 2}}]},
            "<h2>Crew</h2>",
        ),
        (
            {"ops": [{"insert": "a\nb"}, {"insert": "\n", "attributes": {"list": "bullet"}}]},
            "<p>a</p><ul><li>b</li></ul>",
        ),
        (
            {"version": "0.3.1", "markups": [], "sections": [[3, "ul", [[[0, [], 0, "a"]]]]]},
            "<ul><li>a</li></ul>",
        ),
        ({"paragraphs": ["Rain & sun", "Wind"]}, "<p>Rain &amp; sun</p><p>Wind</p>"),
    ],
)
def test_what_blocks_become(value, html):
    if "root" in value:
        value["root"]["type"] = "root"
    assert write_document(value) == html


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "text",
        [],
        {},
        [1, 2],
        ["Rain", "Wind"],
        {"blocks": [{"id": 7}]},
        {"blocks": []},
        {"sections": [{"title": "Sport"}]},
        {"paragraphs": [7]},
        {"ops": [["insert"]]},
        {"root": {"root": {"root": {"root": {}}}}},
        [{"name": "Home", "url": "/"}],
        {"type": "doc"},
    ],
)
def test_other_json_is_no_document(value):
    assert not is_document(value)
    assert write_document(value) == ""


def test_an_incomplete_copy_is_read_to_its_end():
    whole = json.dumps(FORMATS["slate"](RUNS))
    half = whole.index("counted")
    assert (
        clean_body(document_of_json(whole[:half])).text == f"{ONE}\n\n{TWO[: TWO.index(' coun')]}"
    )
    # Between two nodes, the last complete one is the end.
    assert clean_body(document_of_json(whole[: whole.index(TWO) - 30])).text.startswith(ONE)


def test_a_document_as_a_string_in_json():
    value = {"post": {"body": json.dumps(FORMATS["draft"](RUNS))}}
    assert clean_body(json.dumps(value)).text == TEXT


@pytest.mark.parametrize(
    "page",
    [
        {**FORMATS["draft"]([[("Read our letter.", False)]]), "content": f"<p>{ONE}</p><p>{TWO}"},
        {
            **FORMATS["draft"]([[("Read our letter.", False)]]),
            "article": {"content": f"<p>{ONE}</p><p>{TWO}</p>"},
        },
        {"paragraphs": ["Read our letter."], "text": f"<p>{ONE}</p><p>{TWO}</p>"},
    ],
)
def test_a_body_beside_a_short_document_is_the_body(page):
    assert clean_body(json.dumps(page)).text == TEXT
    assert document_of_json(json.dumps(page)) == ""


def test_any_values_in_a_document_are_accepted():
    for junk in (None, 7, "x", [], {}, [[]], {"text": 7}, {"children": [{"children": None}]}):
        for make in FORMATS.values():
            value = make(RUNS)
            found = [one for one in lists(value) if one]
            for one in found:
                one.append(junk)
                one.insert(1, junk)
            write_document(value)


def lists(value):
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, list):
        yield value
    for part in list(parts):
        yield from lists(part)


LARGE = {
    "deep": lambda n: {"type": "doc", "content": nested(n)},
    "wrapped": lambda n: {"root": wrapped(n)},
    "leaves": lambda n: [{"type": "p", "children": [{"text": "a"}] * n}],
    "operations": lambda n: {"ops": [{"insert": "a"}] * n},
    "lines": lambda n: {"ops": [{"insert": "a\n" * n}]},
    "blocks": lambda n: {"blocks": [{"type": "unstyled", "text": "a"}] * n},
    "items": lambda n: {"blocks": [{"type": "bullet", "text": "a"}] * n},
    "strings": lambda n: ["<p>"] * n,
}


@pytest.mark.parametrize("name", LARGE)
def test_linear_time(name):
    def work(value):
        write_document(value)
        document_of_json(json.dumps(value)[:-9])

    linear.assert_linear(work, LARGE[name], 2_000, noise=0.05)


def nested(count):
    nodes = [text("a")]
    for _ in range(min(count // 20, 400)):  # more cannot be written as JSON
        nodes = [{"type": "blockquote", "content": nodes}]
    return nodes


def wrapped(count):
    value = {}
    for _ in range(min(count // 20, 400)):
        value = {"root": value}
    return value
