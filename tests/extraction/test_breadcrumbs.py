"""The breadcrumbs that lead to an article, from its data or from the page itself."""

import json

import pytest

from newsclean.extraction.dom.page import Page
from newsclean.extraction.reader import read_page
from newsclean.items import Breadcrumb
from tests.linear import assert_linear

URL = "https://news.example/bay/pier"


def _listed(*elements):
    data = {"@type": "BreadcrumbList", "itemListElement": elements}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (
            "<nav class=breadcrumbs><a href=/>Home</a><a href=/bay> Bay </a><a href=/x></a></nav>",
            [
                Breadcrumb("Home", "https://news.example/"),
                Breadcrumb("Bay", "https://news.example/bay"),
            ],
        ),
        (
            _listed({"name": "Bay", "item": "/bay"}),
            [Breadcrumb("Bay", "https://news.example/bay")],
        ),
        # What says neither a name nor an address is no step.
        (
            _listed({"item": "javascript:x"}, {"name": "Bay", "item": "javascript:x"}),
            [Breadcrumb("Bay", None)],
        ),
    ],
)
def test_breadcrumbs(html, wanted):
    assert read_page(Page(f"<h1>The pier reopens</h1>{html}", URL)).breadcrumbs == wanted


def test_nested_breadcrumbs_without_words_are_read_in_linear_time():
    def hostile(size):
        html = "<div class=breadcrumb>" * 390 + "<a href=/x> </a>" * size
        return f"<h1>The pier reopens</h1>{html}"

    assert_linear(lambda html: read_page(Page(html, URL)), hostile, 2_500, 0.5)
