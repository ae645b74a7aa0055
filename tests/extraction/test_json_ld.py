"""JSON-LD as pages write it."""

import pytest

from newsclean.extraction.json_ld import load_json


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
