"""Frequent first names, to distinguish a person from a heading.

A name that is not in the list proves nothing. Names are in lower case and without accents, as
`plain_letters` returns them. A name that is a word without its accents has them: ``lê``. The list
has frequent names that are also words (Mark, Will, Grace), because the whole text must have the
form of a name. It does not have places (Sydney, Georgia).
"""

from __future__ import annotations

from functools import cache

from newsclean.extraction.dom.text import without_accents
from newsclean.models import read_list

_AROUND = ".,'’"  # signs around a word


@cache
def _names() -> frozenset[str]:
    return frozenset((*read_list("first_names/names.txt"), *read_list("first_names/more.txt")))


def is_first_name(word: str) -> bool:
    """Return True if *word* is a first name in the list, or two of them with a hyphen.

    >>> is_first_name("Anna-Maria"), is_first_name("harbour")
    (True, False)
    """
    plain, names = plain_letters(word), _names()
    if not word.isascii() and word.casefold().strip(_AROUND) in names:
        return True
    return plain in names or ("-" in plain and any(part in names for part in plain.split("-")))


def plain_letters(word: str) -> str:
    """Return *word* in lower case, without accents and without punctuation around it.

    >>> plain_letters("Søren,")
    'soren'
    """
    return without_accents(word).strip(_AROUND)
