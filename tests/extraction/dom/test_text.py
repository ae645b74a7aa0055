"""A line is the whole text of an element, or none where that is longer than asked for."""

import pytest

from newsclean.cleaning.tree import parse_html
from newsclean.extraction.dom.text import line_of, text_of

TEXTS = {
    "short": "<b>Maud</b> <i>Tressick</i>",
    "blank": " <b>\n</b> ",
    "invisible": "\u200b" * 60 + "Maud\u200bTressick" + "\ufeff" * 60,
    "wide": "Maud" + " \n" * 60 + "Tressick",
    "long": "<b>Maud Tressick</b> " * 9,
    "cut": "<b> </b>" + "Maud" + " " * 30_000 + "Tressick" * 9,
}


@pytest.mark.parametrize("html", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("most", [3, 4, 12, 13, 40, 200])
def test_a_line_is_the_text_or_nothing(html, most):
    node = parse_html(f"<div>{html}</div>")
    text = text_of(node)
    assert line_of(node, most) == (text if len(text) <= most else "")
