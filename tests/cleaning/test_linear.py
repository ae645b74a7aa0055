"""Cleaning takes linear time for any input.

Each attack is run at one size and at four times that size (`tests.linear`).
"""

import pytest

from newsclean.cleaning import clean_body
from newsclean.cleaning.escaped_text import is_escaped
from newsclean.cleaning.layers import DECODERS
from tests import linear

ATTACKS = {
    "less-than": "<",
    "ampersand": "&amp;",
    "lt": "&lt;",
    "amp-lt": "&amp;lt;p&amp;gt;",
    "comment": "<!--",
    "comment-end": "-->",
    "marker": "<!--NO_AD_0",
    "closed-comments": "<!--a-->",
    "style": "<style>",
    "closed-styles": "<style></style>",
    "script": "<script>",
    "json": "\\u003c",
    "json-tag": "\\u003cp\\u003e",
    "backslash": "\\",
    "hex": "\\x3cp",
    "percent": "%3Cp",
    "percent-25": "%25",
    "units": "\\u4f60",
    "lost-units": "u4f60",
    "lost-tag": "u003cp",
    "lost-accent": "u00e9 ",
    "octal": "\\074p\\076",
    "line-ends": ".\\n\\n",
    "full-width": "＜p＞",
    "form": "%3Cp%3Ea+b",
    "percent-json": "%7B%22a",
    "json-document": '{"type":"p","children":[{"text":"a"},',
    "json-lists": '[{"a":1},',
    "json-strings": '["<p>","',
    "feed": "&lt;item&gt;a",
    "icon": '<i class="icon">a</i>x',
    "brace": "{",
    "braces": "{{",
    "template": "{$vo.title}",
    "rules": ".a{b:c}",
    "bracket": "[",
    "bbcode": "[b]",
    "shortcode": "[caption a=",
    "widget": "【大中",
    "widget-word": "字号",
    "space": " ",
    "newline": "\n",
    "nbsp": "\u00a0",
    "signs": "» ",
    "paragraph": "<p>",
    "bold": "<b>",
    "bold-id": "<p><b id=i>",
    "div": "<div>",
    "table": "<table>",
    "cell": "<table><tr><td>",
    "list": "<ul><li>",
    "br": "<br>",
    "closer": "</p>",
    "bare-closer": "</ ",
    "attribute": '<a b="',
    "entity-number": "&#1",
    "cdata": "<![CDATA[",
    "excluded": "<!--noindex-->a",
    "pair": "<!--noindex-->a<!--/noindex-->",
    "pre": "<pre>",
    "code": "<code>a",
    "quote": '"',
    "marks": "<a href=#a>[1]</a>",
    "open-marks": "<b><a href=#a>1",
    "raised-marks": "<sup><a href=#a>1</a>",
    "notes": "<ol><li><a href=#a>^</a>",
    "permalinks": "<h2>a<i></i><a href=#a>#</a>",
    "edits": "<h2>a<i>[<a href='?action=edit'>",
    "figure": "<figure><img src=a.jpg><figcaption>b",
    "hidden": "<p hidden>a",
    "hidden-style": "<p style='font-size:0'>a",
    "mixed-escapes": "&lt;p\\u003e%3C",
    "json-object": '{"content":',
    "json-list": "[",
    "double-newline": "a\n\n",
    "ideographs": "船\n",
    "caption": "<caption>a",
    "noscript": "<noscript>a",
    "slot": "[[IMG:0",
    "slots": "[[IMG:0]]",
    "split-slots": "[[<b>IMG</b>:0]]",
    "spoken-slots": "a [[IMG:0]] b ",
    "drupal": '[[{"fid":"1"',
    "drupal-end": '[[{"fid":"1"}}]]}}]]',
    "attributes": '[ab c="d" ',
    "joomla": "{youtube}",
    "escaped-comment": "&lt;!--IMG_0--&gt;",
    "zero-width": "[[\u200bIMG\ufeff:0]]",
    "underscores": "__IMG_0_",
    "share": "分享到 ",
    "share-lines": "分享到：微信<br>",
    "controls": "A- A A+ ",
}  # fmt: skip
SIZE = 30_000  # characters
NOISE = 0.3  # seconds of a busy machine; what is quadratic takes more at 120,000 characters


def assert_linear(work, unit, wrap="{}"):
    """As `tests.linear`, for the input *wrap* around as many of *unit* as fit."""
    linear.assert_linear(
        work, lambda size: wrap.replace("{}", unit * (size // len(unit))), SIZE, NOISE
    )


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("wrap", ["{}", "<p>a</p>{}<p>b</p>"], ids=["bare", "within"])
def test_clean_body_is_linear(attack, wrap):
    assert_linear(clean_body, ATTACKS[attack], wrap)


@pytest.mark.parametrize(
    "mark", ["<a href=#a>^</a>", "<a href=#a></a>", "<a href=?action=edit></a>"]
)
@pytest.mark.parametrize("start", ["<ol><li>", "<p><span>", "<h2>a <span>"])
def test_marks_after_many_elements_are_linear(mark, start):
    def page(size):
        return start + "<br>" * (size // 10) + mark * (size // 10)

    linear.assert_linear(clean_body, page, SIZE, NOISE)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_escaped_attack_is_linear(attack):
    wrap = "\\u003cp\\u003e{}\\u003c/p\\u003e"
    assert_linear(clean_body, ATTACKS[attack].replace("<", "\\u003c").replace('"', '\\"'), wrap)


@pytest.mark.parametrize("layer", DECODERS)
@pytest.mark.parametrize("attack", ["json", "hex", "lt", "percent", "backslash", "percent-25"])
def test_decoders_are_linear(layer, attack):
    assert_linear(DECODERS[layer], ATTACKS[attack])
    assert_linear(lambda text: is_escaped(layer, text), ATTACKS[attack])


def test_many_attributes():
    attributes = " ".join(f"a{n}=b" for n in range(100_000))
    cleaned = clean_body(f"<p {attributes}>seen</p>")
    assert cleaned.text == "seen"


def test_a_long_number_is_no_error():
    assert clean_body("<p>a&#" + "1" * 5000 + ";b</p>").text.startswith("a")


@pytest.mark.parametrize("tag", ["div", "b", "span", "p", "ul", "blockquote", "font"])
def test_text_below_any_depth_is_kept(tag):
    deep = f"<{tag}>" * 100_000
    assert "at the bottom" in clean_body(f"<p>top</p>{deep}at the bottom").text
