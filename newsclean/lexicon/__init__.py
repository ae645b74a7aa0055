"""The words of languages for authors, dates and page numbers, in one file for each language.

``de.toml`` is German, and so on (ISO 639-1). To add a language, write its file, and a text in
``tests/lexicon/texts.toml``. All words are plain text in lower case. The language of a page is
often unknown or wrong, so readers mostly use the words of all languages together (`words`).

``[byline]``
    ``by``: before a name (*by* Jane Doe). ``author``: the same word, also without a colon.
    ``author_label``, ``source``, ``date_label``, ``modified_label``: only before a colon.
    ``published``, ``modified``: before a date.
``[common]``
    ``words``: about 20 of the most frequent words, by which the language of a text is detected.
    Prefer words that similar languages (such as Czech and Slovak) do not have.
``[label]``
    Labels in a line such as ``作者:… 来源:… 浏览:…``, by the kind of value after them.
``[months]``
    Names of months (``"01"`` to ``"12"``) that are not in the Unicode CLDR: older and regional
    names, spellings without accents. The names in the CLDR are in ``months.json``, which is written
    by `training/month_names.py`.
``[pagination]``
    ``next``, ``previous``, ``whole``: the text of links to the next or previous page of an article,
    or to one page with all of it. ``older``: to the issue of a newspaper before this one.
    ``page``: the word next to a page number.
``[relative]``
    ``seconds`` to ``years``: the beginning of the names of a unit. ``one``: the number 1 in words.
    ``ago`` comes after number and unit, ``before`` comes before them, ``glued`` comes after them
    without a space. ``today``, ``yesterday``, ``two_days_ago``, ``just_now``. ``at``: the word
    before a time of day.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def languages() -> dict[str, dict[str, Any]]:
    """Return a mapping: language (ISO 639-1) → section → key → words.

    >>> languages()["sk"]["relative"]["yesterday"]
    ['včera']
    """
    folder = files(__name__)
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): tomllib.loads(folder.joinpath(name).read_text("utf-8"))
        for name in names
    }


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """Return the words of *key* in *section* of all languages, each once, the longest first.

    >>> words("relative", "yesterday")[0], "gestern" in words("relative", "yesterday")
    ('yesterday', True)
    """
    found = {
        word: None
        for sections in languages().values()
        for word in sections.get(section, {}).get(key, ())
    }
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def all_words(section: str) -> frozenset[str]:
    """Return the words of all keys in *section* of all languages.

    >>> {"par", "publié"} <= all_words("byline")
    True
    """
    return frozenset(
        word
        for sections in languages().values()
        for words_of_key in sections.get(section, {}).values()
        for word in words_of_key
    )


def alternatives(section: str, key: str) -> str:
    r"""Return `words` as the alternatives of a regular expression, which may be VERBOSE.

    >>> re.search(alternatives("byline", "date_label"), "fecha: 18.04.2026")[0]
    'fecha'
    """
    return "|".join(map(re.escape, words(section, key)))


def read_months() -> dict[str, list[list[str]]]:
    """Return a mapping: language → list of 12 months → names of the month, those of the CLDR first.

    >>> read_months()["sk"][0][:2]
    ['januára', 'jan']
    """
    text = files(__name__).joinpath("months.json").read_text("utf-8")
    tables: dict[str, list[list[str]]] = json.loads(text)["months"]
    for language, sections in languages().items():
        for month, names in sections.get("months", {}).items():
            table = tables.setdefault(language, [[] for _ in range(12)])
            table[int(month) - 1] += names
    return tables
