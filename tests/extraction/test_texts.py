"""The lesser texts: what a system writes there for itself is no reader's."""

import json

import pytest

from newsclean.extraction.dom.page import Page
from newsclean.extraction.reader import read_page

URL = "https://news.example/a/7"


def read(head):
    return read_page(Page(f"<html><head>{head}</head><body><h1>Rain</h1></body></html>", URL))


@pytest.mark.parametrize(
    ("content", "keywords"),
    [
        ("rain, harbour", ["rain", "harbour"]),
        ("Category: Weather, rain, #flood", ["Weather", "rain", "flood"]),
        ("rain, 5f0c9a52-1c5d-4d0e-9d1a-0a6f0f3b2c11, 8841277", ["rain"]),
        ("2026, 1. FC Hafen", ["2026", "1. FC Hafen"]),
        ("暴雨;港口", ["暴雨", "港口"]),
    ],
)
def test_keywords(content, keywords):
    assert read(f'<meta name="keywords" content="{content}">').keywords == keywords


@pytest.mark.parametrize(
    ("content", "section"),
    [
        ("Weather", "Weather"),
        ("World,Weather", "World"),
        ("Food, Drink &amp; Travel", "Food, Drink & Travel"),
    ],
)
def test_section(content, section):
    assert read(f'<meta property="article:section" content="{content}">').articleSection == section


def trail(*steps):
    items = [
        {"@type": "ListItem", "position": at, "item": {"@id": url, "name": name}}
        for at, (name, url) in enumerate(steps, 1)
    ]
    data = {"@type": "BreadcrumbList", "itemListElement": items}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_a_trail_leads_through_the_site():
    crumbs = read(trail(("Home", "https://news.example/"), ("Rain", "https://news.example/rain")))
    assert [one.name for one in crumbs.breadcrumbs] == ["Home", "Rain"]


def test_a_trail_to_the_front_page_alone_is_none():
    article = read(trail(("Home", "https://news.example/")))
    assert article.breadcrumbs is None
    assert "breadcrumbs" not in article.metadata.fieldSources
