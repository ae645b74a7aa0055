"""Finding the body takes linear time for any page."""

import pytest
from lxml.html import document_fromstring

from newsclean.cleaning.tree import parse_html
from newsclean.extraction.body import find_body
from tests.linear import assert_linear

PROSE = "A long day, with no end in sight for anyone in the town. "
ATTACKS = {
    "divs": "<div>",
    "paragraphs": f"<p>{PROSE}",
    "nested prose": f"<div>{PROSE}",
    "links": f"<a href=x>{PROSE}",
    "bold": f"<b>{PROSE}",
    "breaks": f"{PROSE}<br>",
    "lists": f"<ul><li>{PROSE}",
    "cells": f"<table><tr><td>{PROSE}",
    "spaces": " ",
    "classes": "<p class='a b-c articleBody'>x</p>",
    "hidden": "<div hidden style='display:none'>",
    "escaped": "\\u003cp\\u003e",
    "closed": f"<div><p>{PROSE}</p></div>",
    "ideographs": "河水上涨，",
    "scripts": "<script></script>",
    "images": "<div><img src=x></div>",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_time_is_linear(name):
    piece = ATTACKS[name]
    assert_linear(find_body, lambda size: parse_html(piece * (size // len(piece))), 300_000, 0.3)


@pytest.mark.parametrize(
    "piece",
    [
        "<ul><li><a href=x>Another article of today</a></ul>",
        "<p>a</p>",
        "<h2>a</h2>",
        "<div data-unescaped=json>The harbour was calm</div>",
        "<div class=a><p data-unescaped=json>a</div>",
        "<div><p data-unescaped=json>The harbour was calm<p>It rained</div>",
    ],
)
def test_what_follows_an_article_is_read_in_linear_time(piece):
    def hostile(size):  # without the limit of `parse_html`, so that what is quadratic shows
        return document_fromstring(f"<div>{f'<p>{PROSE * 4}</p>' * 4}{piece * size}</div>")

    assert_linear(find_body, hostile, 15_000, 0.3)


def test_one_endless_class_is_read_in_linear_time():
    def hostile(size):
        names, style = "a-b " * size, "display " * size
        return parse_html(f"<div class='{names}' style='{style}'><p>{PROSE * 9}")

    assert_linear(find_body, hostile, 100_000, 0.2)
