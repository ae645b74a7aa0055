"""First names that many people have, by which a guess can tell a person from a heading.

A name that is not here says nothing: whoever asks needs another sign then. Lower case, without
accents, as `plain_letters` writes them. Words that begin headings as often (Mark, Will, Grace)
count too, since the whole must have the form of a name; places (Sydney, Georgia) do not.
"""

from __future__ import annotations

from functools import cache

from newsclean.extraction.dom.text import without_accents
from newsclean.models import read_list


@cache
def _names() -> frozenset[str]:
    return frozenset(read_list("first_names/names.txt"))


def is_first_name(word: str) -> bool:
    """Return True if *word* is a first name of the table, or two of them with a hyphen."""
    plain, names = plain_letters(word), _names()
    return plain in names or ("-" in plain and any(part in names for part in plain.split("-")))


def plain_letters(word: str) -> str:
    """Return *word* in lower case without accents and the marks around a name: ``Søren,`` is
    ``soren``."""
    return without_accents(word).strip(".,'’")
