"""The elements of a page that may hold its byline, in document order."""

import pytest
from lxml import etree

from newsclean.cleaning.tree import parse_html
from newsclean.extraction.dom.index import DomIndex


def places(html: str, kind: str) -> list[str]:
    return [
        f"{node.tag}:{''.join(node.itertext())}"
        for node in getattr(DomIndex(parse_html(html)), kind)
    ]


@pytest.mark.parametrize(
    ("kind", "html", "found"),
    [
        ("labelled", "<p>作者：李四</p>", ["p:作者：李四"]),
        ("labelled", "<p><b>雨</b>来源：港报</p>", ["p:雨来源：港报"]),
        ("labelled", "<script>作者：李四</script><p>雨</p>", []),
        ("dated", "<span>2026-04-18 雨</span>", ["span:2026-04-18 雨"]),
        ("dated", "<span>2026-04-18 rain</span>", []),
        ("named", '<p class="byline">Ann</p><i id="author-2">Bo</i>', ["p:Ann", "i:Bo"]),
        ("named", '<a href="/author/ann">Ann</a><a rel="author">Bo</a>', ["a:Ann", "a:Bo"]),
        ("named", '<style class="author">x</style><time class="author">1</time>', []),
        ("timed", '<time>1</time><span class="post-date">2</span>', ["time:1", "span:2"]),
        ("timed", '<article class="post-date">2</article>', []),
    ],
)
def test_places_are_found(kind, html, found):
    assert places(f"<html><body>{html}", kind) == found


def test_no_kind_grows_without_end():
    html = '<p class="author">作者：李四</p><time>1</time>' * 400
    index = DomIndex(parse_html(html))
    assert [len(index.labelled), len(index.named), len(index.timed)] == [300, 300, 300]
    assert index.dated == []


def test_what_is_in_a_long_list_is_left_out():
    """A list of more than 12 items is a menu or an archive; the walk goes on behind it."""
    items = '<li class="author"><a href="/author/x">X</a></li>' * 13
    html = f"<p>before</p><div><ul>{items}</ul>tail<p>after</p></div><ol>{items}</ol><i>last</i>"
    index = DomIndex(parse_html(html))
    assert [text for text, _, _ in index.texts] == ["before", "tail", "after", "last"]
    assert index.named == []
    short = DomIndex(parse_html(f"<ul>{'<li class=author>X</li>' * 12}</ul>"))
    assert len(short.named) == 12


def test_lists_in_lists_are_walked_in_linear_time():
    html = "<ul><li>a</li>" * 400 + "<ul>" + "<li>b</li>" * 20
    assert len(DomIndex(parse_html(html)).texts) < 500


def test_a_walk_is_made_once():
    root = etree.fromstring("<p><time>1</time></p>")
    index = DomIndex(root)
    first = index.timed
    root.append(etree.Element("time"))
    assert index.timed is first


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("postAuthor", "named"),
        ("By-Line", "named"),
        ("writer", "named"),
        ("writers", None),
        ("field--name-uid", "named"),
        ("name-uidx", None),
        ("pub", "timed"),
        ("public", None),
        ("entry-meta x", "timed"),
        ("plain", None),
    ],
)
def test_names_have_their_marks(names, kind):
    html = f'<html><body><p class="{names}">1</p><p id="other">2</p>'
    assert [one for one in ("named", "timed") if places(html, one)] == ([kind] if kind else [])


def test_elements_of_a_large_page_keep_their_order():
    # More elements with a class than are read together.
    html = '<i class="author">1</i>' + "<i class=x></i>" * 6_000 + '<i class="author">2</i>'
    assert places(f"<html><body>{html}", "named") == ["i:1", "i:2"]
