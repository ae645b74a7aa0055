"""Parsing loses no text, even with broken quotes and attributes."""

import pytest

from newsclean.cleaning.tree import MAX_TAGS, cut, parse_html, visible_text

FILLING = "<p>It rained on the harbour all day, and nobody minded.</p>" * 2_000
END = "<p>The end of it.</p>"


@pytest.mark.parametrize(
    "tag",
    [
        '<a title="Five o"clock">',
        "<a title='it's late' href=/x>",
        '<p class=a"b>',
        '<div style="' + "color: red; " * 2_000 + '">',
        '<img srcset="' + "/a.jpg 1x, " * 2_000 + '">',
        "<div data-x='" + "word " * 3_000 + "' data-y=\"" + "word " * 3_000 + '">',
        '<a href="',
        "<a b=\"'\" c='\"'>",
        "<!-- it's -->",
        '<a ="x">',
        "<p>5 < 6 and it's so",
    ],
    ids=lambda tag: tag[:20],
)
def test_a_large_page_keeps_its_text(tag):
    page = f"<html><body>{FILLING}{tag}<p>Behind it.</p>{FILLING}{END}"
    text = visible_text(parse_html(page))
    if tag != '<a href="':  # the parser itself takes all up to the next quote for the address
        assert "Behind it." in text
    assert text.count("It rained") >= 2_000
    assert tag == '<a href="' or text.endswith("The end of it.")


@pytest.mark.parametrize("value", ['="1"', "=1", "", "='>'", '=">"'])
def test_a_tag_of_a_hundred_thousand_attributes_loses_them(value):
    attributes = "".join(f" a{number}{value}" for number in range(100_000))
    root = parse_html(f"<html><body><p{attributes}>Text.</p>{END}")
    assert len(next(root.iter("p")).attrib) < 2
    assert visible_text(root).endswith("The end of it.")


@pytest.mark.parametrize("end", ["</body></html>", "</html>", "</BODY></HTML>", "</html ></html>"])
def test_what_stands_behind_the_end_of_the_page_is_read(end):
    root = parse_html(f"<html><body><p>Before.</p>{end}<p>Behind.</p><!-- cached --></html>")
    assert [node.text for node in root.iter("p")] == ["Before.", "Behind."]


def test_a_page_with_a_large_script_is_read_whole():
    # Each space and equals sign of the script could be an attribute, if it were a tag.
    script = f"<script>{'x = 1 ; ' * 200_000}</script>"
    page = f"<html><body>{script}<p class=a>Behind it.</p></body></html>"
    assert cut(page) is page
    tags = "<p>" * MAX_TAGS
    assert cut(page + tags).endswith("<p>") and len(cut(page + tags)) < len(page + tags)
