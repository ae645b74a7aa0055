"""Whether 04/05/2026 is a day in May or in April: by who writes it."""

from __future__ import annotations

# Tags of those that write the month first; all others write the day first.
_MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "en-ca"})
_MONTH_FIRST_LANGUAGES = frozenset({"fil", "tl"})
# Languages that write the year first, also with two digits: ``25. 1. 3.``
YEAR_FIRST = frozenset("ko ja zh hu lt eu ne mn".split())
# Where English is written with the day first, by the end of a host's name. A tag ``en-US`` says
# less: it is what content systems come with.
_DAY_FIRST_HOSTS = frozenset(
    "uk au nz ie za in pk lk bd sg my hk ng ke gh ug tz zm zw bw na ls mt cy jm tt eu de fr"
    " it es nl be ch at".split()
)
# Languages of news sites that write a slash between day and month themselves.
_SLASHED = frozenset("fr es pt it ca gl el vi ar he hi id ms th tl sw af bn ur fa en".split())
_ENGLISH_CLOCK = frozenset("zh ja ko".split())


def date_language(language: str, host: str) -> str:
    """Return the tag that decides the order of dates on a page of *host* that says it is in
    *language*: ``en-gb`` for an English one below ``.co.uk``. In lower case; empty where
    nothing is known."""
    language = language.lower()
    main = language.partition("-")[0]
    if main == "en" and host.rpartition(".")[2].lower() in _DAY_FIRST_HOSTS:
        return "en-gb"
    return language


def is_month_first(language: str, separator: str, *, is_machine: bool, has_half: bool) -> bool:
    """Return True if the first of two numbers is the month, both being 12 at most, in what is
    written in *language* (a tag in lower case, empty where unknown).

    *is_machine*: with seconds and two digits each, as programs write it that were not told a
    language; *has_half*: with AM or PM.
    """
    if separator != "/":
        return False
    main = language.partition("-")[0]
    if main == "en" or main in _MONTH_FIRST_LANGUAGES:
        return language in _MONTH_FIRST or main != "en"
    if has_half and (not main or main in _ENGLISH_CLOCK):
        return True
    return is_machine and bool(main) and main not in _SLASHED
