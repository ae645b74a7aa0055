"""Words of every script."""

import pytest

from newsclean.words import count_words, counts_characters


def test_words_are_counted_in_every_script():
    assert count_words("It's a well-known fact.") == 4
    assert count_words("今天有雨。OK") == 5
    assert count_words("") == 0
    assert count_words("3.14 is not 3,14; snake_case, e.g. – “it’s”.") == 11


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", False),
        ("The ferry sails again.", False),
        ("渡口的老船工说，水位今早又涨了一尺。", True),
        ("夜間フェリーの存続を決めた。", True),
        ("สภาท่าเรือลงมติ", True),
        ("나루터의 늙은 사공이 말했다", False),  # Korean writes spaces
        ("صوّت مجلس الميناء", False),
        ("The sign reads 渡口, the ferry landing of the village.", False),
        ("A 渡口 " + "word " * 900 + "渡口" * 9_000, False),  # told by how it begins
    ],
)
def test_scripts_without_spaces_are_counted_in_characters(text, characters):
    assert counts_characters(text) is characters
