"""Lines at the start of a body that are separate fields: headline, byline, date."""

import pytest

from newsclean import read_article

PARAGRAPHS = "".join(
    f"<p>The harbour of Kestrel Bay was calm on day {number}, and nobody who had come to see the"
    " ferry leave was surprised by that, for the wind had gone in the night before.</p>"
    for number in range(4)
)


def body_of(head):
    page = f"<html><body><article><h1>The ferry runs</h1>{head}{PARAGRAPHS}</article></body></html>"
    return read_article(page, "https://news.example/7").articleBody


@pytest.mark.parametrize(
    "head",
    [
        "<p class=byline><a href=/author/7>Storm Morning</a></p>",
        "<p>– <a href=/desk/7>Harbour desk</a></p>",
        "<p><time datetime=2026-11-29>2026-11-29</time></p>",
        "<p class=byline><a href=/author/7>Storm Morning</a></p><p><time>29 November</time></p>",
    ],
)
def test_a_name_or_a_time_heads_no_body(head):
    assert body_of(head).startswith("The harbour")


@pytest.mark.parametrize(
    "head",
    [
        "<p>On <time datetime=2026-11-29>29 November</time> the ferry left at noon, as it always"
        " had, with forty people and a dog on board.</p>",
        "<p><a href=/6>The ferry that nobody in Kestrel Bay had wanted to see again left at noon"
        " today</a>, with forty people and a dog on board.</p>",
        "<h2>29 November 2026</h2>",  # a section of a diary
    ],
)
def test_a_sentence_stays(head):
    assert not body_of(head).startswith("The harbour")
