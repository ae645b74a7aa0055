"""The generic reader finds the article, and nothing else, in the layouts of news pages."""

import pytest
from lxml import etree

from newsclean.cleaning import clean_body
from newsclean.cleaning.tree import parse_html
from newsclean.extraction.body import find_body
from newsclean.extraction.body.blocks import read_blocks
from newsclean.extraction.body.choose import choose_blocks
from newsclean.extraction.body.features import NAMES
from newsclean.extraction.body.model import Model
from newsclean.extraction.body.words import Weights
from newsclean.extraction.dom.page import Page

ONE = "The river rose by two metres in the night, and nobody in the lower town had been warned."
TWO = "By noon the bridge was closed, said the mayor, and the school had become a shelter."
THREE = "Insurers expect the repairs to take a year; the town hopes to be open again by summer."
FOUR = "Farmers upstream had asked for higher dikes since the flood of ten years ago, in vain."
FIVE = "The minister, who visited on Tuesday, promised help and said that rules would change."
SIX = "For now volunteers cook for two hundred people a day, and nobody knows for how long."
OTHER = "Fifty recipes for a long winter evening, chosen by readers of this page, in one list."
EINS = "昨夜河水上涨两米，下城区的居民没有收到任何预警，许多人在睡梦中被邻居叫醒。"
ZWEI = "镇长表示，大桥已于中午关闭，学校改作临时避难所，保险公司预计修复需要一年时间。"
LINKS = "".join(
    f'<li><a href="/{n}">Another story number {n} of the day</a></li>' for n in range(9)
)
MORE = "".join(f"<p>{part}</p>" for part in (FOUR, FIVE, SIX))
SHORT = {
    "Ferry": "It runs again from Monday on.",
    "Pier": "The pier was painted by two people in three weeks.",
    "Lock": "It stays shut until the spring.",
}
FEW = LINKS[: LINKS.index("</li>") + 5]

CASES = {
    "paragraphs in a div": (
        f"<div class='menu'><ul>{LINKS}</ul></div><div class='story'><p>{ONE}</p><p>{TWO}</p>"
        f"<p>{THREE}</p></div><div class='footer'><p>Imprint and contact</p></div>",
        [ONE, TWO, THREE],
        ["Another story", "Imprint"],
    ),
    "a body of line breaks": (
        f"<table><tr><td><ul>{LINKS}</ul></td><td>{ONE}<br><br>{TWO}<br><br>{THREE}</td></tr></table>",
        [ONE, TWO, THREE],
        ["Another story"],
    ),
    "a body of sections": (
        f"<main><section>{ONE}</section><section>{TWO}</section><section>{THREE}</section>"
        f"<section>{FOUR}</section><section>{FIVE}</section><section>{SIX}</section></main>"
        f"<aside class='sidebar'><p>{OTHER}</p></aside>",
        [ONE, TWO, THREE],
        ["recipes"],
    ),
    "a body split over sibling boxes": (
        f"<div id='page'><div class='part'><p>{ONE}</p><p>{THREE}</p></div><div class='ad'>"
        f"<ul>{FEW}</ul></div><div class='part'><p>{TWO}</p>{MORE}</div></div>",
        [ONE, TWO, THREE],
        ["Another story"],
    ),
    "Chinese, which writes no spaces": (
        f"<div class='nav'>首页 新闻 财经</div><div class='content'><p>{EINS}</p><p>{ZWEI}</p>"
        f"<p>{EINS}</p></div><div class='related'><ul>{LINKS}</ul></div>",
        [EINS, ZWEI],
        ["首页", "Another story"],
    ),
    "related links inside of the body": (
        f"<article><p>{ONE}</p><div class='related'><h3>Read more</h3><ul>{FEW}</ul></div>"
        f"<p>{TWO}</p><p>{THREE}</p>{MORE}</article>",
        [ONE, TWO, THREE, SIX],
        ["Another story", "Read more"],
    ),
    "comments below the body": (
        f"<div class='story'><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div>"
        f"<div id='comments'><p>{OTHER}</p><p>{OTHER}</p><p>{OTHER}</p></div>",
        [ONE, TWO, THREE],
        ["recipes"],
    ),
    "a list, a heading and a quote in the body": (
        f"<div class='story'><p>{ONE}</p><h2>What is closed</h2><ul><li>the bridge</li>"
        f"<li>the station</li></ul><blockquote><p>{TWO}</p></blockquote><p>{THREE}</p></div>",
        [ONE, "What is closed", "the bridge", TWO, THREE],
        [],
    ),
    "a whole page in a form": (
        f"<form><div class='nav'><ul>{LINKS}</ul></div><div><p>{ONE}</p><p>{TWO}</p>"
        f"<p>{THREE}</p></div></form>",
        [ONE, TWO, THREE],
        ["Another story"],
    ),
}


def text_of(html):
    body = find_body(parse_html(html))
    return "" if body is None else clean_body(body.html).text


@pytest.mark.parametrize("name", CASES)
def test_body_is_found(name):
    html, wanted, unwanted = CASES[name]
    text = text_of(f"<html><body>{html}</body></html>")
    for part in wanted:
        assert part in text
    for part in unwanted:
        assert part not in text


@pytest.mark.parametrize(
    "html",
    [
        "<p><a>North</a> <a>Linden</a></p>",
        "<p>North<b> <i>Linden</i></b></p>",
        "<p>North<a> </a>Linden</p>",
    ],
)
def test_words_between_which_only_a_space_stands_stay_apart(html):
    (block,) = read_blocks(parse_html(html)).blocks
    assert block.text == "North Linden"


def test_a_page_of_a_heading_and_a_list_has_that_list():
    items = "".join(f"<li>{item}</li>" for item in ("Ferry", "Pier", "Old mill", "The lock"))
    assert "Old mill" in text_of(f"<h1>What to see</h1><ul>{items}</ul>")


def test_paragraphs_too_short_to_be_one_are_read_with_their_headings():
    parts = "".join(f"<h3>{head}</h3><p>{text}</p>" for head, text in SHORT.items())
    text = text_of(f"<div class='box'><h1>Notes</h1>{parts}</div><ul>{LINKS}</ul>")
    assert text == "\n\n".join(f"{head}\n\n{line}" for head, line in SHORT.items())


def test_headings_of_nothing_that_is_chosen_are_no_body():
    page = read_blocks(parse_html(f"<div><h2>What to read after this one</h2><p>{ONE}</p></div>"))
    heading = Model(Weights({}, {}), lambda row: 1.0 if row[NAMES.index("tag")] > 4 else -5.0)
    assert not any(choose_blocks(page, model=heading))


def test_a_byline_heads_no_body():
    text = text_of(f"<div><h1>Flood</h1><p>By Una Marsh</p><p>{ONE}</p><p>{TWO}</p>{MORE}</div>")
    assert text.startswith(ONE)


def test_media_between_the_paragraphs_stay():
    html = (
        f"<div class='story'><p>{ONE}</p><figure><img src='/flood.jpg'><figcaption>The bridge"
        f"</figcaption></figure><p>{TWO}</p><!--IMG_0--><p>{THREE}</p></div>"
    )
    body = find_body(parse_html(html)).html
    assert "/flood.jpg" in body
    assert "<!--IMG_0-->" in body


@pytest.mark.parametrize("brackets", [("\\u003c", "\\u003e"), ("&lt;", "&gt;")])
def test_a_decoded_body_is_given_with_its_mark(brackets):
    paragraphs = "".join(f"<p>{part}</p>" for part in (ONE, TWO, THREE))
    escaped = paragraphs.replace("<", brackets[0]).replace(">", brackets[1])
    page = Page(f"<h1>Flood</h1><div>{escaped}</div><ul>{LINKS}</ul>", "http://bay.example/1")
    body = clean_body(find_body(page.root).html)
    assert body.text == f"{ONE}\n\n{TWO}\n\n{THREE}"
    assert sum(body.changes["unescape"].values()) == 1


def test_the_page_stays_as_it_is():
    root = parse_html(CASES["related links inside of the body"][0])
    before = etree.tostring(root)
    find_body(root)
    assert etree.tostring(root) == before


def test_words_for_search_engines_are_no_article():
    spam = "cheap flights " * 3000
    assert "flights" not in text_of(f"<div class='story'><p>{ONE}</p>{MORE}</div><div>{spam}</div>")


def test_a_dropped_line_between_breaks_leaves_its_neighbours():
    lines = "<br><br>".join((EINS, ZWEI, EINS[::-1], ZWEI[::-1], "（责任编辑：某某）"))
    text = text_of(f"<div class='content'>{lines}</div>")
    assert ZWEI in text
    assert "责任编辑" not in text


@pytest.mark.parametrize("html", ["", "<p>", f"<ul>{LINKS}</ul>", "<!--a-->", "<frameset>", "\x00"])
def test_no_article_is_none(html):
    assert find_body(parse_html(html)) is None
