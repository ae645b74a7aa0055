"""The names of months in the languages of news sites, from `newsclean.lexicon`.

With them, most dates in words are parsed without dateparser, which has all languages but takes a
thousand times as long.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from newsclean.lexicon import read_months

# Names with two meanings, and the meaning if the language is unknown: ``listopad`` is October in
# Croatian, but November in Polish and Czech, which have more pages.
_UNKNOWN_LANGUAGE = {"listopad": 11, "listopada": 11, "lis": 11, "lip": 7, "srp": 8}
_PREFIXES = "בו"  # Hebrew prefixes, written as one word with the month
_SAME = {"nb": "no", "nn": "no", "tl": "fil", "iw": "he", "in": "id"}  # tag → language of the table


def read_month(word: str, language: str = "") -> int | None:
    """Return the month (1 to 12) with the name *word* in *language* (a tag such as ``hr`` or
    ``en-gb``), or in any other language, or None. Case and the dot of an abbreviation do not
    matter.

    >>> read_month("listopada", "hr"), read_month("listopada", "pl"), read_month("Sept.")
    (10, 11, 9)
    """
    name = _key(word)
    own = _tables().get(_main(language), {})
    for key in (name, name[1:] if name[:1] in _PREFIXES else ""):
        month = own.get(key) or _all_names().get(key)
        if month is not None:
            return month
    return None


def has_months(language: str) -> bool:
    """Return True if the table has all months of *language* (a tag).

    >>> has_months("de-AT"), has_months("xx")
    (True, False)
    """
    return _main(language) in _tables()


def _main(language: str) -> str:
    main = language.partition("-")[0].lower()
    return _SAME.get(main, main)


@cache
def _tables() -> dict[str, dict[str, int]]:
    """Return language → name → month."""
    return {
        language: {_key(name): at for at, names in enumerate(months, 1) for name in names}
        for language, months in read_months().items()
    }


@cache
def _all_names() -> dict[str, int]:
    """Return name → month over all languages."""
    names = {name: at for table in _tables().values() for name, at in table.items()}
    return names | _UNKNOWN_LANGUAGE


def _key(name: str) -> str:
    """Return *name* for comparisons: normalised, casefolded, without the dot of an abbreviation."""
    return unicodedata.normalize("NFC", name).casefold().rstrip(".,׳॰")
