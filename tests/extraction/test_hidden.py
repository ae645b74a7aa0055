"""An article that a page holds where it does not show it is found, and nothing else is."""

import base64
import html
import json
from urllib.parse import quote

import pytest

from newsclean import read_article
from newsclean.extraction.dom.page import Page
from newsclean.extraction.hidden import read_hidden
from tests.cleaning.test_linear import assert_linear

PARAGRAPHS = [
    "The old pier of Northbay opened on Saturday, eleven years after the storm that closed it.",
    'Nobody on the quay could say who had painted it – "blue, of all colours", said the mayor.',
    "Tickets cost two pounds, and whoever lives on the island crosses for nothing until summer.",
    "The harbour fund paid half of the repairs; the rest came from a tin that stood in the café.",
]
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
PAGE = (
    "<html><head><title>The pier of Northbay opens again</title></head><body><nav><a href='/'>Home"
    "</a></nav><h1>The pier of Northbay opens again</h1>{}<footer>Ours.</footer></body></html>"
)


def unescaped_by_script(text):
    """What JavaScript's ``escape`` makes of *text*."""
    return "".join(
        char if char.isalnum() and char.isascii() else f"%{ord(char):02X}" if ord(char) < 256
        else f"%u{ord(char):04X}" for char in text
    )  # fmt: skip


def pushed(text):
    value = json.dumps({"article": {"content": text}})
    parts = [value[start : start + 150] for start in range(0, len(value), 150)]
    return "".join(f"<script>self.__d.push([1,{json.dumps(part)}])</script>" for part in parts)


HOLDERS = {
    "data-html": f'<div data-content="{html.escape(BODY)}"></div>',
    "data-json": f'<div data-a="{html.escape(json.dumps({"id": 7, "content": BODY}))}"></div>',
    "data-percent": f'<div data-html="{quote(BODY, safe="")}"></div>',
    "value": f'<input type="hidden" value="{html.escape(BODY)}">',
    "srcdoc": f'<iframe srcdoc="{html.escape(BODY)}"></iframe>',
    "textarea": f"<textarea hidden>{html.escape(BODY)}</textarea>",
    "noscript": f"<noscript>{BODY}</noscript>",
    "template": f"<template>{BODY}</template>",
    "xmp": f"<xmp>{BODY}</xmp>",
    "script-html": f'<script type="text/html">{BODY}</script>',
    "atob": f'<script>var a = atob("{base64.b64encode(BODY.encode()).decode()}");</script>',
    "unescape": f'<script>document.write(unescape("{unescaped_by_script(BODY)}"))</script>',
    "write": f"<script>document.write({json.dumps(BODY)})</script>",
    "single-quotes": "<script>var a = '" + BODY.replace("'", "\\'") + "';</script>",
    "jsonp": f"<script>show({json.dumps({'id': 7, 'content': BODY})});</script>",
    "push": pushed(BODY),
}


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS)
def test_a_hidden_article_is_found(holder):
    article = read_article(PAGE.format(holder))
    assert article.articleBody.split("\n\n") == PARAGRAPHS
    # To libxml2 an <xmp> is shown, as it is in browsers.
    assert article.metadata.fieldSources["articleBody"] in {"embedded", "generic"}


DIALOGUE = "".join(
    f"<p>We and our {number} partners store cookies on your device to show you what you like.</p>"
    for number in range(3, 12)
)
NONE = {
    "cookies": f"<script>show({json.dumps(DIALOGUE)})</script>",
    "short": f"<template><p>{PARAGRAPHS[0]}</p></template>",
    "style": "<script>add('" + ".a{margin:0;padding:0}" * 60 + "')</script>",
    "image": f'<div data-image="data:image/png;base64,{"iVBORw0K" * 60}"></div>',
    "icons": "<template>" + "<svg><path d='M0 0h4v4'></path></svg>" * 40 + "</template>",
}


@pytest.mark.parametrize("holder", NONE.values(), ids=NONE)
def test_what_is_no_article_is_none(holder):
    assert read_hidden(Page(PAGE.format(holder), "http://bay.example/1")) is None


def test_an_article_that_is_shown_goes_first():
    shown = BODY.replace("Saturday", "Sunday") * 2
    article = read_article(PAGE.format(f"<article>{shown}</article>" + HOLDERS["template"]))
    assert "Sunday" in article.articleBody and "Saturday" not in article.articleBody


@pytest.mark.parametrize("unit", ["'a\\", "x.push([1,'aa'", "`${", "atob('PHA+", '"<p>a</p>"'])
def test_strings_of_scripts_are_read_in_linear_time(unit):
    assert_linear(
        lambda text: read_hidden(Page(f"<script>{text}</script>", "http://bay.example/1")), unit
    )
