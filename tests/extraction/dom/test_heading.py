"""The heading of an article, as distinguished from the name of the site and other headings."""

import pytest

from newsclean.extraction.dom.page import Page

PAGES = [
    ("<title>Pier reopens in spring - Example</title>", "<h1>Pier reopens in spring</h1>", "Pier"),
    (
        "<title>Pier reopens in spring - Example</title>",
        "<h1>Example</h1><h2>Pier reopens in spring</h2>",
        "Pier",
    ),
    (
        "<title>Pier reopens | The Example News</title>"
        "<meta property=og:site_name content='The Example News'>",
        "<h1>The Example News</h1><h3>Pier reopens</h3>",
        "Pier",
    ),
    ("<title>Pier reopens in spring</title>", "<h1>Something else</h1><h2>More</h2>", "Something"),
    ("", "<h1></h1><h1>Pier reopens in spring</h1>", "Pier"),
    ("<title></title>", "<h2>More of it</h2>", None),
    (
        "<meta property=og:title content='Pier reopens'>",
        "<h1>Live: Pier reopens today</h1>",
        "Live:",
    ),
]


@pytest.mark.parametrize(("head", "body", "wanted"), PAGES)
def test_a_page(head, body, wanted):
    heading = Page(f"<html><head>{head}</head><body>{body}", "https://news.example/").heading
    assert (heading is not None and heading.text.split()[0]) == (wanted or False)
