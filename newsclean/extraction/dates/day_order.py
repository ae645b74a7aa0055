"""Decide whether 04/05/2026 is in May or in April, by language and country."""

from __future__ import annotations

# Language tags with the month first; all others have the day first.
_MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "en-ca"})
_MONTH_FIRST_LANGUAGES = frozenset({"fil", "tl"})
# Languages with the year first, also in two digits: ``25. 1. 3.``
YEAR_FIRST = frozenset("ko ja zh hu lt eu ne mn".split())
# Top-level domains of countries where English has the day first. They have priority over a tag
# ``en-US``, which is the default of many publishing systems.
_DAY_FIRST_HOSTS = frozenset(
    "uk au nz ie za in pk lk bd sg my hk ng ke gh ug tz zm zw bw na ls mt cy jm tt eu de fr"
    " it es nl be ch at".split()
)
# Languages in which a slash between day and month is usual.
_SLASHED = frozenset("fr es pt it ca gl el vi ar he hi id ms th tl sw af bn ur fa en".split())
_ENGLISH_CLOCK = frozenset("zh ja ko".split())


def date_language(language: str, host: str) -> str:
    """Return the language tag in lower case that decides the order of dates on a page of *host*
    with the tag *language*. Return "" if nothing is known.

    >>> date_language("en-US", "news.co.uk")
    'en-gb'
    """
    language = language.lower()
    main = language.partition("-")[0]
    if main == "en" and host.rpartition(".")[2].lower() in _DAY_FIRST_HOSTS:
        return "en-gb"
    return language


def is_month_first(language: str, separator: str, *, is_machine: bool, has_half: bool) -> bool:
    """Return True if the first of two numbers, both at most 12, is the month in a date in
    *language* (a tag in lower case, "" if unknown).

    *is_machine* is True if the date has seconds and two digits for each number, as from a program
    without a language setting. *has_half* is True if it has AM or PM.

    >>> is_month_first("en-us", "/", is_machine=False, has_half=False)
    True
    """
    if separator != "/":
        return False
    main = language.partition("-")[0]
    if main == "en" or main in _MONTH_FIRST_LANGUAGES:
        return language in _MONTH_FIRST or main != "en"
    if has_half and (not main or main in _ENGLISH_CLOCK):
        return True
    return is_machine and bool(main) and main not in _SLASHED
