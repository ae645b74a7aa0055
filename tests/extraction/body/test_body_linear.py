"""Finding the body takes time in proportion to the page, whatever the page."""

import time

import pytest

from newsclean.cleaning.tree import parse_html
from newsclean.extraction.body import find_body

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


def seconds(root):
    start = time.process_time()
    find_body(root)
    return time.process_time() - start


@pytest.mark.parametrize("name", ATTACKS)
def test_time_is_linear(name):
    piece = ATTACKS[name]
    small, large = (parse_html(piece * (size // len(piece))) for size in (300_000, 1_200_000))
    for _ in range(3):  # a busy machine may spoil one measurement
        short, long = seconds(small), seconds(large)
        if long < 8 * short + 0.2:
            return
    pytest.fail(f"{name}: {short:.2f} s, at four times the size {long:.2f} s")


def test_one_endless_class_costs_little():
    root = parse_html(
        f"<div class='{'a-b ' * 500_000}' style='{'display ' * 200_000}'><p>{PROSE * 9}"
    )
    assert seconds(root) < 1
