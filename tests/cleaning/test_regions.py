r"""Escaped regions of a source are decoded, and nothing else changes.

Each case is the content of an article's container; ``{}`` of `PAGE` is where it stands.
"""

import json

import pytest

from newsclean import read_article
from newsclean.cleaning import clean_body
from newsclean.cleaning.regions import unescape_regions
from tests.cleaning.test_linear import assert_linear

ONE = 'The pier café opened at noon, and "nobody" on the quay could say who had painted it.'
TWO = "It won’t close before the rain stops – so the harbour master told the Bay Daily on Monday."
THREE = "Three boats were lost in the storm, among them the oldest ferry that still sailed."
FOUR = "Repairs will cost two million, half of which the island has to pay until next summer."
PARAGRAPHS = [ONE, TWO, THREE, FOUR]

PAGE = (
    "<html><head><title>Pier</title><script>var a = '\\u003cp\\u003e<\\/p>';</script></head><body>"
    '<div class="nav"><a href="/">Home</a> <a href="/sport">Sport</a></div><h1>A pier reopens</h1>'
    '<div class="content">{}</div><ul><li><a href="/2">Another headline of today</a></li></ul>'
    "<footer>All rights of this page are ours.</footer></body></html>"
)


def real(*paragraphs):
    return "".join(f'<p style="margin:0">{text}</p>' for text in paragraphs)


def go(*paragraphs):
    return json.dumps(real(*paragraphs), ensure_ascii=False)[1:-1].replace("<", "\\u003c")


def php(*paragraphs):
    return json.dumps(real(*paragraphs))[1:-1].replace("/", "\\/")


def entity(*paragraphs):
    return real(*paragraphs).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def letters(*paragraphs):
    return "".join(char if char < "\x80" else json.dumps(char)[1:-1] for char in real(*paragraphs))


def quotes(*paragraphs):
    return real(*paragraphs).replace('"', '\\"')


def slashes_twice(*paragraphs):
    return json.dumps(php(*paragraphs))[1:-1]


MIXTURES = {
    "php": php(*PARAGRAPHS),
    "php-first": php(ONE, TWO) + real(THREE, FOUR),
    "php-last": real(ONE, TWO) + php(THREE, FOUR),
    "php-around-a-real-image": php(ONE) + '<img src="/a.jpg">' + php(TWO, THREE, FOUR),
    "go-first": go(ONE, TWO) + real(THREE, FOUR),
    "go-last": real(ONE, TWO) + go(THREE, FOUR),
    "go-middle": real(ONE) + go(TWO, THREE) + real(FOUR),
    "entity-in-the-middle": real(ONE) + entity(TWO, THREE) + real(FOUR),
    "two-layers": go(ONE, TWO) + entity(THREE, FOUR),
    "three-layers": go(ONE) + php(TWO) + entity(THREE) + real(FOUR),
    "siblings": f"<div>{go(ONE, TWO)}</div><div>{entity(THREE)}</div><div>{real(FOUR)}</div>",
    "each-in-a-real-paragraph": "".join(f"<p>{go(text)}</p>" for text in PARAGRAPHS),
    "letters": letters(*PARAGRAPHS),
    "quotes": quotes(*PARAGRAPHS),
    "slashes-twice": slashes_twice(*PARAGRAPHS),
    "slashes-twice-first": slashes_twice(ONE, TWO) + real(THREE, FOUR),
    "cdata": f"<![CDATA[{real(*PARAGRAPHS)}]]>",
    "bare-json": '{"id":7,"content":"' + go(*PARAGRAPHS) + '"}',
    "quoted": f'"{go(*PARAGRAPHS)}"',
    "real-breaks": go(ONE, TWO) + "<br/>" + go(THREE, FOUR),
    "too-many-closers": php(ONE, TWO, THREE) + "<\\/div><\\/div>" + real(FOUR),
    "zero-width-in-a-tag": go(*PARAGRAPHS).replace("\\u003c/p", "\\u003c\u200b/p"),
}
TRUNCATED = {
    "escape": php(*PARAGRAPHS) + "<p style=\\\"margin:0\\\">And \\u00",
    "tag": go(*PARAGRAPHS) + "\\u003cp style=",
    "php-tag": php(*PARAGRAPHS) + "<p style=\\",
    "style": go(*PARAGRAPHS) + "\\u003cstyle\\u003e.a{margin:0",
    "php-style": php(*PARAGRAPHS) + "<style>.a{margin:0",
    "surrogate": go(*PARAGRAPHS) + "\\ud83d",
    "entity": entity(*PARAGRAPHS) + "&lt;p&gt",
    "less-than": real(*PARAGRAPHS) + "<",
}  # fmt: skip


@pytest.mark.parametrize("body", MIXTURES.values(), ids=MIXTURES)
def test_every_paragraph_comes_out_of_a_body_and_of_a_page(body):
    assert clean_body(body).text.split("\n\n") == PARAGRAPHS
    assert read_article(PAGE.format(body)).articleBody.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize("tail", TRUNCATED.values(), ids=TRUNCATED)
def test_a_copy_that_was_cut_off_keeps_what_it_has(tail):
    article = read_article(PAGE.format(tail)).articleBody
    assert article.split("\n\n")[:4] == PARAGRAPHS
    assert article.removeprefix("\n\n".join(PARAGRAPHS)).strip() in {"", "And"}


def test_what_was_peeled_is_recorded_for_each_region():
    body = go(ONE) + real(TWO) + entity(THREE) + php(FOUR)
    article = read_article(PAGE.format(body))
    assert article.metadata.cleaning["unescape"] == {"json": 2, "entity": 1}
    assert clean_body(body).changes["unescape"] == {"json": 2, "entity": 1}


UNTOUCHED = {
    "lesson": "<p>A paragraph is written as &lt;p&gt;text&lt;/p&gt; in HTML.</p>",
    "long-lesson": f"<p>So a paragraph looks in HTML:</p><p>&lt;p&gt;{ONE}&lt;/p&gt;</p>",
    "code": f"<p>Type this.</p><pre>{entity(*PARAGRAPHS)}</pre>",
    "path": "<p>Open C:\\new\\users and C:\\u00e9t\\u00e9.</p>",
    "pattern": r"<p>The pattern [\u4e00-\u9fa5] finds them, [\u3040-\u30ff] the others.</p>",
    "script": "<p>Rain.</p><script>document.write('<p style=\\'a\\'>\\u6587<\\/p>')</script>",
    "handler": """<p onclick="show('<\\/b>')">Rain.</p>""",
    "attribute": '<p data-html="&lt;p&gt;Rain&lt;/p&gt;">Rain.</p>',
    "comment": '<p>Rain.</p><!-- &lt;p&gt;a&lt;/p&gt;<p style=\\"b\\"><\\/p> -->',
    "wide-less-than": "<p>If a &lt; b and &lt;b&gt; is not closed</p>",
}


@pytest.mark.parametrize("source", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_is_no_leak_stays_to_the_character(source):
    assert unescape_regions(source) == source


# What may follow an escaped region; long enough that the outline of the page ends before it.
LIST = "<ul>" + '<li><a href="/2">Another headline of today</a></li>' * 200 + "</ul>"
SHEET = "<style>p { color: red }</style>"


@pytest.mark.parametrize(
    "source", {**MIXTURES, **UNTOUCHED}.values(), ids={**MIXTURES, **UNTOUCHED}
)
@pytest.mark.parametrize("after", [LIST, LIST + SHEET + LIST, f"{LIST}<p>{FOUR}</p>"])
def test_what_follows_a_region_does_not_change_it(source, after):
    begun = f"<html><body><div class=content>{source}</div><p>Two more:</p>"
    assert unescape_regions(begun + after) == unescape_regions(begun) + after


def test_a_style_sheet_far_behind_a_string_is_closed_where_it_was_cut_off():
    page = f"<div>{php(*PARAGRAPHS)}</div>{LIST}<div><style>p {{ color: red }}</div><p>On"
    assert "red }</style></div><p>On" in unescape_regions(page)


ATTACKS = {
    "slashed-value": '<p a=\\"b\\">',
    "slashed-closer": "<\\/p>",
    "crossed": "<b><\\/i>",
    "entity-blocks": "&lt;p&gt;a&lt;/p&gt;<p>",
    "opened": "\\u003cp\\u003e",
    "letters": "<p>\\u6587",
    "style": "<style>",
    "cdata": "<![CDATA[",
    "breaks": "<p>&lt;br&gt;",
    "comment": "<!--\\u003cp",
    "two-layers": "\\u003cp\\u003e&lt;p&gt;",
    "quote": '<a b="',
    "equals": '=\\\\"',
    "percent": "%3Cp%3E<br>",
}


@pytest.mark.parametrize("unit", ATTACKS.values(), ids=ATTACKS)
def test_regions_are_found_in_linear_time(unit):
    assert_linear(unescape_regions, unit)
