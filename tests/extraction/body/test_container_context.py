"""The container context of a box, and the text shape of a block."""

import pytest

from newsclean.cleaning.tree import parse_html
from newsclean.extraction.body.blocks import read_blocks
from newsclean.extraction.body.container_context import ARTICLE, LIST, TALK, ContainerContexts
from newsclean.extraction.body.text_shape import beginning, capitals, ending, sentences
from newsclean.extraction.body.words import vocabulary, weigh_names, weigh_phrases

NAMES = {"story": 2.0, "side": -3.0, "story-text": 1.0}
PHRASES = {"reply": -2.0, "^reply": -1.0}
PAGE = """<body><article class="story"><p>A long first line of the article that says at least twelve
words of it.</p><ul><li>one short line</li></ul></article><div class="side comments"><p>Reply</p>
<p>to him</p></div></body>"""


@pytest.fixture
def page():
    return read_blocks(parse_html(PAGE))


@pytest.fixture
def contexts(page):
    phrases = [weigh_phrases(one.text, one.words, PHRASES)[1] for one in page.blocks]
    return ContainerContexts(page.blocks, [0.0] * len(page.blocks), phrases, NAMES)


def test_a_box_sums_its_blocks_up(page, contexts):
    article = next(box for box in page.boxes if box.tag == "article")
    standing = contexts.of(article)
    assert (standing.blocks, standing.good) == (2, 1)
    assert standing.words == sum(one.words for one in page.blocks[:2])
    assert standing.flags == ARTICLE


def test_a_box_inherits_what_stands_around_it(page, contexts):
    item = next(box for box in page.boxes if box.tag == "li")
    standing = contexts.of(item)
    assert standing.flags == ARTICLE | LIST
    assert (standing.near, standing.least, standing.path) == (2.0, 0.0, 2.0)


def test_names_of_talk_and_words_of_talk_are_noted(page, contexts):
    talk = next(box for box in page.boxes if box.names == ("side", "comments"))
    standing = contexts.of(talk)
    assert standing.flags == TALK
    assert standing.least == -3.0
    assert standing.phrase == -1.0  # of two short blocks, one weighs -2
    assert contexts.phrase(0, 0) == 0.0


def test_names_weigh_alone_and_in_pairs():
    assert weigh_names(("story", "text"), NAMES) == (1.0, 1.5)
    assert weigh_names(("unknown",), NAMES) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The bridge, the bridge", {"the", "bridge,", "bridge"}),
        ("Brücke zu", {"brücke", "zu"}),
        ("大桥大", {"大", "桥"}),
    ],
)
def test_a_vocabulary_is_words_or_characters(text, words):
    assert vocabulary(text) == words


def test_only_the_beginning_of_a_very_long_text_has_words():
    text = " ".join(map(str, range(500_000)))
    words = vocabulary(text)
    assert {"0", "9999"} <= words
    assert len(words) < 50_000


def test_what_a_text_looks_like():
    assert [ending(one) for one in ("Done.", "As follows:", "Headline", "完了。")] == [1, 0.5, 0, 1]
    assert [beginning(one) for one in ("a", "A", "7", "大", "“", "-")] == [0, 1, 2, 3, 4, 5]
    assert sentences("One. Two. Three.") == 2.0
    assert sentences("一。二。三。") == 2.0
    assert capitals("The New Town hall") == 0.75


def test_letters_of_a_checksum_are_no_names():
    names = "css-1q8x2f-storyBody a1b2 col-md-4 h2 ArticleText__x9y8z7"
    page = read_blocks(parse_html(f'<div class="{names}"><p>The pier.</p></div>'))
    (box,) = [box for box in page.boxes if box.tag == "div"]
    assert box.names == ("css", "story", "body", "col", "md", "h", "article", "text")
