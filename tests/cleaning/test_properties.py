"""Properties of cleaning for any input."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.cleaning import clean_body
from newsclean.cleaning.layers import DECODERS

PIECES = [
    "<p>", "</p>", "<b>", "</b>", "<br>", "<div class='a'>", "</div>", "<ul><li>", "</li></ul>",
    "<table><tr><td>", "</td></tr></table>", "<pre>", "</pre>", "<style>.a{display:none}</style>",
    "<style>", "<script>", "<!--NO_AD_0-->", "<!--SECURE_LINK_BEGIN_0-->", "<!--IMG_0-->", "<!--",
    "-->", "<!--noindex-->", "<!--/noindex-->", "\\u003cp\\u003e", "\\u003c/p\\u003e", '\\"',
    "\\x3cp\\x3e", "&lt;p&gt;", "&lt;/p&gt;", "&amp;amp;lt;p&amp;amp;gt;", "%3Cp%3E", "%3C/p%3E",
    "\\ud83d", "\\u4f60\\u597d", "{$vo.title}", "{{ x }}", "【大中小】", "[b]", "[/b]", "[br]",
    "#p#x#e#", "<figure><img src='a.jpg'><figcaption>", "</figcaption></figure>", "<a href='b'>",
    "</a>", "<h2>", "</h2>", "<blockquote>", "<dl><dt>", "<td>", "<tr>", "<li>", "<caption>",
    "\n", " ", "\u00a0", "\ud800", "\x00", "船", "ferry", "quay", "undefined", "&", "<", ">", '"',
]  # fmt: skip
# A page can hold any text, but is mostly made of what is in pages.
bodies = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)


@settings(max_examples=600, deadline=None)
@given(bodies)
def test_never_raises(raw):
    cleaned = clean_body(raw, base_url="https://news.example/a")
    (cleaned.text + cleaned.html).encode()


@settings(max_examples=400, deadline=None)
@given(bodies)
def test_text_is_tidy(raw):
    text = clean_body(raw).text
    assert text == text.strip("\n")
    assert "\n\n\n" not in text or "<pre" in raw


# Plain words in sound markup: nothing here may be taken for a leak.
WORDS = st.sampled_from("The ferry sails at noon 渡口 停航 三天 and comes back".split())
sentences = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
INLINE = st.sampled_from(
    ["{}", "<b>{}</b>", "<a href='/x'>{}</a>", "<span>{}</span>", "<!-- c -->{}"]
)
BLOCKS = st.sampled_from(
    ["<p>{}</p>", "<div>{}</div>", "<h2>{}</h2>", "<ul><li>{}</li></ul>", "{}<br><br>",
     "<blockquote>{}</blockquote>", "<div><div>{}</div></div>",
     "<table><tr><td>{}</td><td>x</td></tr></table>"]
)  # fmt: skip
documents = st.lists(
    st.tuples(BLOCKS, st.lists(st.tuples(INLINE, sentences), min_size=1, max_size=3)), max_size=8
)


def build(document):
    return "".join(
        block.format("".join(inline.format(text) for inline, text in parts))
        for block, parts in document
    )


def words(text):
    return re.findall(r"[A-Za-z]+|[\u4e00-\u9fff]", text)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_no_text_that_a_reader_sees_is_lost(document):
    html = build(document)
    seen = re.sub(r"<!--.*?-->|</?(?:b|a|span)\b[^<>]*>", "", html)
    seen = re.sub(r"<[^<>]*>", " ", seen)
    assert words(clean_body(html).text) == words(seen)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_cleaning_twice_changes_nothing_more(document):
    once = clean_body(build(document))
    again = clean_body(once.html)
    assert (again.text, again.html, again.changes) == (once.text, once.html, {})


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(DECODERS)), st.text())
def test_decoders_never_raise(layer, text):
    DECODERS[layer](text).encode()


def escape_json(text):
    return (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
    )


@settings(max_examples=200, deadline=None)
@given(documents.filter(lambda document: len(document) > 1))
def test_an_escaped_body_is_the_body(document):
    html = f"<div><p>First of all.</p>{build(document)}</div>"
    assert clean_body(escape_json(html)).text == clean_body(html).text
