"""Lists of links in JSON."""

import json

import pytest

from newsclean.discovery.records import (
    MAX_RECORDS,
    Record,
    read_json,
    read_records,
    script_values,
)
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ({"data": {"list": [{"id": 7, "title": "Rain", "url": "/7"}]}}, [("/7", "Rain", "")]),
        ([{"headline": "Rain", "detail_url": "/7"}], [("/7", "Rain", "")]),
        ([{"name": "<b>Rain</b> &amp; fog", "articleLink": "/7", "pubDate": "2026-04-18"}],
         [("/7", "Rain & fog", "2026-04-18")]),
        # Pictures, authors and buttons have URLs, too.
        ([{"title": "Rain", "imageUrl": "/7.jpg", "author_url": "/jo", "shareUrl": "/s"}], []),
        ([{"title": "Rain"}, {"url": "/7"}, {"title": 7, "url": "/7"}], []),
        ({"a": [{"title": "A", "url": "/1"}], "b": [{"title": "B", "url": "/2"}]},
         [("/1", "A", ""), ("/2", "B", "")]),
    ],
)  # fmt: skip
def test_items(value, items):
    assert read_records(value).items == [Record(*one) for one in items]


def test_what_a_list_says_about_its_next_part():
    assert read_records({"list": [], "next": "/l?p=3", "hasMore": True}).next_url == "/l?p=3"
    assert read_records({"next": None}).next_url is None
    assert read_records({"list": [], "has_more": False}).is_end
    assert not read_records({"list": [], "has_more": True}).is_end


def test_markup_in_strings():
    found = read_records({"ok": True, "html": "<li><a href=/7>Rain</a></li>", "note": "a < b"})
    assert found.markup == ["<li><a href=/7>Rain</a></li>"]


def test_values_of_scripts():
    assert script_values('{"a": 1}') == [{"a": 1}]
    assert script_values('window.A = {"a": 1};\nvar b = [{"c": "};"}]; if (a == {}) {}') == [
        {"a": 1},
        [{"c": "};"}],
    ]
    assert script_values("var a = {'a': 1}; b = {c: 2}") == []


def test_it_is_bounded():
    many = [{"title": "Rain", "url": f"/{number}"} for number in range(MAX_RECORDS + 9)]
    assert len(read_records(many).items) == MAX_RECORDS
    assert read_json("[" * 100_000) is None
    large = f"<a href=/7>{'Rain ' * 100_000}</a>"
    markup = read_records([large] * 9).markup
    assert sum(map(len, markup)) == 2_000_000  # the limit of all strings together


@pytest.mark.parametrize("piece", ['= {"', '={"a":1};', "=[{", "= " * 20, '{"a":'])
def test_scripts_are_read_in_linear_time(piece):
    assert_linear(script_values, lambda size: piece * (size // len(piece)), 100_000, 0.5)


@pytest.mark.parametrize("item", [{"a": "b"}, [[]], "<a href=/7>", {"title": "a", "url": "/b"}])
def test_values_are_read_in_linear_time(item):
    text = json.dumps(item)
    assert_linear(
        read_records, lambda size: json.loads(f"[{','.join([text] * (size // len(text)))}]"),
        500_000, 0.9,
    )  # fmt: skip
