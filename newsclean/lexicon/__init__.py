"""The words of languages: what pages call an author, a date, a next page, in one file a language.

``de.toml`` is German, and so on (ISO 639-1). To add a language, write its file, and a case in
``tests/lexicon``. All words are lower case and plain text. A page's language is often unknown or
wrong, so a reader mostly asks for a word in all languages at once (`words`).

``[byline]``
    ``by``: before a name (*by* Jane Doe). ``author``: the same word, also without a colon.
    ``author_label``, ``source``, ``date_label``, ``modified_label``: only before a colon.
    ``published``, ``modified``: before a date.
``[common]``
    ``words``: the 20 or so that its texts have most of, by which a text tells its language. Prefer
    words that its neighbours (Czech and Slovak, say) do not have.
``[label]``
    Labels of a line such as ``作者:… 来源:… 浏览:…``, by what follows them.
``[months]``
    Names of months (``"01"`` to ``"12"``) that the Unicode CLDR does not list: older and regional
    names, spellings without accents. Those of the CLDR are in ``months.json``, which
    `training/month_names.py` writes.
``[pagination]``
    ``next``, ``previous``, ``whole``: what links to other pages of an article, or to one page with
    all of it, say. ``page``: the word beside a number.
``[relative]``
    ``seconds`` to ``years``: how the names of a unit begin. ``one``: a number in words.
    ``ago`` comes after number and unit, ``before`` comes before, ``glued`` after, without a space.
    ``today``, ``yesterday``, ``two_days_ago``, ``just_now``. ``at``: before a time of the day.
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
    """Return language (ISO 639-1) → section → key → words."""
    folder = files(__name__)
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): tomllib.loads(folder.joinpath(name).read_text("utf-8"))
        for name in names
    }


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """Return the words under *key* of *section* in all languages, each once, the longest first.

    >>> [word for word in words("relative", "yesterday") if word.isascii()]
    ['yesterday', 'gisteren', 'gestern', 'wczoraj', 'ontem', 'ayer', 'hier', 'ieri']
    """
    found = {
        word: None
        for sections in languages().values()
        for word in sections.get(section, {}).get(key, ())
    }
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def alternatives(section: str, key: str) -> str:
    r"""Return `words` as alternatives of a regular expression.

    >>> alternatives("byline", "date_label")
    'tanggal|datum|dátum|fecha|tarih|data|date|ngày|дата'
    """
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in words(section, key))


def read_months() -> dict[str, list[list[str]]]:
    """Return language → for each month, January first, its names in the CLDR and beside it.

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
