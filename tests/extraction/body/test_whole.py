"""Parts of an article that are no paragraphs, or stand at its ends, stay with it."""

import json

import pytest

from newsclean import read_article
from newsclean.cleaning import clean_body
from newsclean.cleaning.tree import parse_html
from newsclean.extraction.body import find_body
from tests.extraction.body.test_body import FIVE, FOUR, LINKS, ONE, SIX, THREE, TWO

STORY = [ONE, TWO, THREE, FOUR, FIVE, SIX]
PAIRS = [("Old pier", "Ferries"), ("Lock", "Barges"), ("North bank", "Sand"), ("Mill", "Flour")]


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def text_of(article):
    body = find_body(
        parse_html(
            f"<html><body><nav><ul>{LINKS}</ul></nav><main><h1>The flood</h1>{article}</main>"
            f"<aside><h3>Most read</h3><ul>{LINKS}</ul></aside></body></html>"
        )
    )
    return "" if body is None else clean_body(body.html).text


def test_short_lines_at_both_ends_are_read():
    lines = ["Dear readers,", *STORY, "Yours sincerely,", "The crew"]
    assert text_of(paragraphs(*lines)) == "\n\n".join(lines)


def test_short_lines_before_the_first_break_are_read():
    assert text_of(f"<div>It rained.<br>All night.<br>{ONE}<br>{TWO}</div>").startswith("It rained")


@pytest.mark.parametrize("count", [2, 5])
def test_a_paragraph_that_is_repeated_is_read_each_time(count):
    assert text_of(paragraphs(*STORY, *[ONE] * count)).count(ONE) == count + 1


def test_a_passage_that_is_repeated_is_read_each_time():
    rest = [f"On day {n} {text}" for n in range(4) for text in STORY]
    assert text_of(paragraphs(ONE, TWO, THREE, *rest, ONE, TWO, THREE)).count(TWO) == 6


def test_a_second_form_of_the_article_is_not():
    story = paragraphs(*STORY)
    for second in ("<div class='print'>", "<div hidden>", "<div style='display:none'>"):
        assert text_of(f"<div>{story}</div>{second}{story}</div>").count(ONE) == 1
        assert text_of(f"{second}{story}</div><div>{story}</div>").count(ONE) == 1


def test_a_hidden_teaser_of_the_article_is_not():
    teaser = f"<div aria-hidden='true'>{paragraphs(ONE, TWO)}</div>"
    assert text_of(f"{teaser}<div>{paragraphs(*STORY)}</div>").count(ONE) == 1


def test_a_table_between_paragraphs_is_read_though_it_is_full_of_links():
    rows = "".join(
        f"<tr><td><a href='/{place}'>{place}</a></td><td>{what}</td><td>{year}</td></tr>"
        for year, (place, what) in enumerate(PAIRS * 5, 1901)
    )
    text = text_of(f"<p>{ONE}</p><table>{rows}</table><p>{TWO}</p>")
    assert text.startswith(ONE)
    assert text.endswith(TWO)
    assert "Mill | Flour | 1920" in text


def test_a_heading_that_is_a_button_is_read():
    sections = "".join(
        f"<div><h3><button aria-expanded='false'>Question {n}?</button></h3><div><p>{text}</p>"
        "</div></div>"
        for n, text in enumerate(STORY)
    )
    text = text_of(sections)
    assert all(f"Question {n}?" in text for n in range(len(STORY)))
    assert "Menu" not in text_of(f"<button>Menu</button>{paragraphs(*STORY)}")


def slashed(html):
    return json.dumps(html)[1:-1].replace("<", "\\u003c").replace(">", "\\u003e")


def referenced(html):
    return html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


REGIONS = {
    "first half": range(3),
    "second half": range(3, 6),
    "middle": range(2, 4),
    "one": range(2, 3),
    "first": range(1),
    "last": range(5, 6),
    "every other": range(0, 6, 2),
}


@pytest.mark.parametrize("tag", ["div", "article", "section", "custom-element"])
@pytest.mark.parametrize("escape", [slashed, referenced, lambda html: referenced(referenced(html))])
@pytest.mark.parametrize("region", REGIONS)
def test_a_body_of_which_a_part_is_escaped_loses_nothing(region, escape, tag):
    parts = [
        escape(f"<p>{text}</p>") if n in REGIONS[region] else f"<p>{text}</p>"
        for n, text in enumerate(STORY)
    ]
    page = f"<title>Flood</title><ul>{LINKS}</ul><h1>Flood</h1><{tag}>{''.join(parts)}</{tag}>"
    article = read_article(page, "https://bay.example/flood")
    assert article.articleBody == "\n\n".join(STORY)


@pytest.mark.parametrize("escape", [slashed, referenced])
def test_short_paragraphs_beside_an_escaped_region_are_read(escape):
    rest = ["It rained.", "Again.", "The lock is shut.", "Nobody knows why."]
    page = f"<title>Flood</title><div>{escape(paragraphs(ONE, TWO))}{paragraphs(*rest)}</div>"
    article = read_article(f"{page}<ul>{LINKS}</ul>", "https://bay.example/flood")
    assert article.articleBody == "\n\n".join([ONE, TWO, *rest])


CAPTION = "The bridge at noon on Tuesday, when it was closed."
CAPTIONS = {
    "wordpress": f"<div class='wp-caption'><img src='/a.jpg'><p class='wp-caption-text'>{CAPTION}",
    "image beside": f"<div><div><img src='/a.jpg'></div><div class='image-caption'>{CAPTION}",
    "nested": f"<div><img src='/a.jpg'><div class='caption'><p>{CAPTION}</p>",
    "list": f"<dl><dt><img src='/a.jpg'></dt><dd class='caption'>{CAPTION}</dd></dl><div><div>",
}


@pytest.mark.parametrize("name", CAPTIONS)
def test_a_caption_belongs_to_its_image_and_not_to_the_text(name):
    story = f"<p>{ONE}</p>{CAPTIONS[name]}</div></div>{paragraphs(TWO, THREE, FOUR)}"
    body = clean_body(find_body(parse_html(f"<main>{story}</main>")).html)
    assert body.text == "\n\n".join([ONE, TWO, THREE, FOUR])
    assert f"<figcaption>{CAPTION}</figcaption>" in body.html
    assert [image.caption for image in body.images] == [CAPTION]


def test_a_long_text_in_an_element_of_captions_is_text():
    long = " ".join(STORY[:4] * 2)
    caption = f"<div><img src='/a.jpg'><p class='caption'>{long}</p></div>"
    assert long in text_of(f"{paragraphs(*STORY * 6)}{caption}<p>{ONE}</p>")


def test_the_captions_of_a_gallery_are_its_text():
    slides = "".join(
        f"<div class='slide'><img src='/{n}.jpg'><p class='caption'>{text}</p></div>"
        for n, text in enumerate(STORY)
    )
    assert text_of(slides) == "\n\n".join(STORY)


def test_a_section_like_others_is_read_though_it_is_full_of_links():
    links = "".join(f"<li><p><a href='/{n}'>Patch {n} of the lock</a></p></li>" for n in range(15))
    sections = [
        f"<div class='sect1'><h2>Part {n}</h2><div class='sectionbody'><div class='paragraph'>"
        f"<p>{text}</p></div>{f'<ul>{links}</ul>' if n in (2, 3) else ''}</div></div>"
        for n, text in enumerate(STORY)
    ]
    text = text_of(f"<div class='content'>{''.join(sections)}</div>")
    assert all(one in text for one in STORY)


@pytest.mark.parametrize("tag", ["td", "li", "div"])
def test_the_last_line_after_a_break_is_read(tag):
    lines = "<br><br>".join([*STORY, "The boats are said to be back on Monday, if the lock holds."])
    rows = f"<form><table><tr><{tag}><span>{lines}</span></{tag}></tr></table></form>"
    assert text_of(rows).endswith("if the lock holds.")


@pytest.mark.parametrize(
    "line",
    [
        "2026-4-18 09:30",
        "2026年4月18日 09:30",
        "Elif Karadere, 18 Nisan 2026 09:30",
        "18 April 2026",
        "1024",
    ],
)
def test_a_day_a_byline_and_a_number_before_the_text_are_not_of_it(line):
    assert text_of(f"<div><p>{line}</p>{paragraphs(*STORY)}</div>") == "\n\n".join(STORY)


@pytest.mark.parametrize("line", ["On 18 April 2026 at 09:30 it rained.", "April 2026 was wet:"])
def test_a_sentence_with_a_day_is_of_the_text(line):
    assert text_of(f"<div><p>{line}</p>{paragraphs(*STORY)}</div>").startswith(line)


COPIES = {
    "escaped first": lambda escape: (escape(paragraphs(*STORY)), paragraphs(*STORY)),
    "escaped last": lambda escape: (paragraphs(*STORY), escape(paragraphs(*STORY))),
    "cut first": lambda escape: (
        escape(f"{paragraphs(ONE, TWO)}<p>{THREE[:20]}"),
        paragraphs(*STORY),
    ),
    "cut last": lambda escape: (
        paragraphs(*STORY),
        escape(f"{paragraphs(ONE, TWO)}<p>{THREE[:20]}"),
    ),
    "teaser": lambda escape: (f"<p>{ONE[:70]}…</p>", escape(paragraphs(*STORY))),
}


@pytest.mark.parametrize("escape", [slashed, referenced])
@pytest.mark.parametrize("name", COPIES)
def test_a_second_copy_and_an_excerpt_of_an_escaped_body_are_dropped(name, escape):
    first, second = COPIES[name](escape)
    page = f"<title>Flood</title><h1>Flood</h1><div class='a'>{first}</div><div class='b'>{second}"
    article = read_article(f"{page}</div><ul>{LINKS}</ul>", "https://bay.example/flood")
    assert article.articleBody == "\n\n".join(STORY)


def test_a_subtitle_that_begins_a_paragraph_is_read():
    assert text_of(f"<p>{ONE[:75]}</p>{paragraphs(*STORY)}").startswith(ONE[:75] + "\n")


def test_rows_of_links_in_the_container_of_escaped_texts_are_not_its_text():
    lines = "\\n\\n".join(STORY)
    tags = "".join(f"<a href='/tag/{n}'>Topic {n}</a> " for n in range(6))
    near = "<a href='/6'>The old pier</a> <a href='/8'>North bank</a>"
    rows = f"<div class='tags'>{tags}</div><div class='near'>{near}</div>"
    box = f"<div class='text'>{lines}{rows}</div>"
    page = f"<title>Flood</title><div class='top'>{tags}</div><h1>Flood</h1>{box}<p>© Bay</p>"
    assert "North bank" not in read_article(page, "https://bay.example/flood").articleBody
