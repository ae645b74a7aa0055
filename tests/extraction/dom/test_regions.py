"""Places on a page: by the names of what is around a node, however long those are."""

import pytest
from lxml import etree

from newsclean.extraction.dom.page import Page
from newsclean.extraction.dom.regions import (
    BESIDE,
    CARDS,
    COMMENTS,
    DIALOGUE,
    FOOTER,
    MENU,
    TEASERS,
    named_region,
    names_of,
    place_of,
)
from newsclean.extraction.reader import read_page
from tests.linear import assert_linear

LONG = "x " * 50_000


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<div class='story'><p>a</p></div>", "article"),
        ("<div class='story related'><p>a</p></div>", "elsewhere"),
        ("<div id=sidebar><p>a</p></div>", "beside"),
        ("<aside><p>a</p></aside>", "beside"),
        ("<nav><p>a</p></nav>", "elsewhere"),
    ],
)
def test_a_place_is_told_by_what_is_around(html, wanted):
    assert place_of(next(Page(html, "").root.iter("p"))) == wanted


def test_names_are_cut():
    node = etree.Element("p", {"class": LONG, "id": "lead", "itemprop": LONG})
    assert names_of(node) == f"{LONG[:500]} lead"
    assert len(names_of(node, "itemprop")) == 1001


@pytest.mark.parametrize(
    ("start", "part", "size"),
    [
        (f"<div class='{LONG} comment'>", "<p>12 2026 12</p>", 2_500),
        (f"<div class='{LONG}'>", "<p class=date>12 2026 12</p>", 75),
        (f"<div class='{LONG}'>", "<p class=author>jane</p>", 75),
    ],
)
def test_a_long_name_around_many_nodes_is_read_in_linear_time(start, part, size):
    head = f"<title>The pier</title><h1>The pier reopens</h1>{start}"
    assert_linear(lambda html: read_page(Page(html, "")), lambda n: head + part * n, size, 0.5)


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ("comment-list ", COMMENTS),
        ("kommentare ", COMMENTS),
        ("tweet has-replies ", 0),
        ("related-posts ", TEASERS),
        ("postcard story", 0),
        ("teaser card", CARDS),
        ("navbar ", MENU),
        ("site-footer", FOOTER),
        ("page with-sidebar", 0),
        ("widget widget_text", BESIDE),
        ("elementor-widget-container ", 0),
        ("node-article node-promoted", 0),
        ("cookie-banner modal", DIALOGUE),
    ],
)
def test_names_of_regions(names, wanted):
    assert named_region(names) == wanted
