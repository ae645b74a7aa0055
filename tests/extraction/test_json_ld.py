"""JSON-LD as pages write it."""

import pytest

from newsclean.extraction.dom.page import Page
from newsclean.extraction.json_ld import load_json
from newsclean.extraction.reader import read_page


@pytest.mark.parametrize(
    "source",
    [
        '{"name": "Rain"}',
        '\n {"name": "Rain"};\n',
        '<!-- {"name": "Rain"} -->',
        '//<![CDATA[\n{"name": "Rain"}\n//]]>',
        '/* <![CDATA[ */ {"name": "Rain",} ]]>',
        '<!--\n{"name": "Rain", }\n-->',
    ],
)
def test_what_is_around_the_json_is_left_out(source):
    assert load_json(source) == {"name": "Rain"}


@pytest.mark.parametrize("source", ["", "{", "<!-- -->", "name: Rain", "[" * 100_000])
def test_what_is_no_json_is_none(source):
    assert load_json(source) is None


def test_what_looks_like_the_wrapping_within_a_text_stays():
    assert load_json('["-->", "//]]>"]') == ["-->", "//]]>"]


def test_a_list_in_the_list_of_authors_is_read_too():
    nested = '[[{"@type": "Person", "name": "Maud Tressick"}], ["Orrin Falke"]]'
    article = read_page(
        Page(
            f"""<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Rain",
            "author": {nested}}}</script><h1>Rain</h1>""",
            "https://news.example/a",
        )
    )
    assert [author.name for author in article.authors] == ["Maud Tressick", "Orrin Falke"]
