"""A line of text that names its author, anywhere on a page: ``By …``, ``Text: …``, an e-mail
address after a name. Pages have many lines with these words, so the name must have the form of a
person's name."""

from __future__ import annotations

import re
from itertools import dropwhile

from newsclean.extraction.authors.names import is_chinese, is_job, is_person, is_personal
from newsclean.extraction.authors.other_work import is_credit
from newsclean.extraction.bylines.worded import read_worded_byline
from newsclean.lexicon import words

# ``da`` and ``di`` are before places, too, and between other words.
_BY_WORDS = frozenset({*words("byline", "by"), "przez", "بقلم"} - {"da", "di"})
_NOUNS = words("byline", "author")
_LABELS = _BY_WORDS.union(_NOUNS, words("byline", "author_label"))
# The name has the form of a person's name.
_NAME = r"[^\W\d_][\w.'’\-]{0,24}"
_NAMES = rf"{_NAME}(?:\s{_NAME}){{0,5}}"
# A line, or the end of one, with the author.
_BY = re.compile(
    rf"""
    ^(?:
        (?:[^\W\d_]{{2,14}}\s){{0,3}}                                 # "This post was written"
        (?P<by>{"|".join(map(re.escape, sorted(_BY_WORDS)))})
      | (?P<noun>{"|".join(map(re.escape, _NOUNS))})\s?:?
    )
    \s{{1,3}}
    (?P<names>{_NAMES}(?:\s?(?:,|&|and|und|et|y)\s{_NAMES}){{0,3}})
    \s?[|.,–—-]?\s*$                                                  # a separator after the names
    """,
    re.IGNORECASE | re.VERBOSE,
)
_POSTED = re.compile(
    rf"""
    \b(?:posted|published|written|gespeichert|eingestellt|erstellt|veröffentlicht|publiziert
        |gepostet|geschrieben|verfasst|beitrag|text)\b
    .{{0,40}}?                                                        # the date
    \b(?:by|von)\s
    (?P<names>[\w.\-]{{2,30}}(?:\s{_NAME}){{0,2}})                    # a user name or a name
    """,
    re.IGNORECASE | re.VERBOSE,
)
_COLON = re.compile(r"[^\W\d]\s?[:：]\s?[^\W\d]")
_MAILED = re.compile(
    r"""
    (?P<name>[^@\d(<:]{2,40}?)\s?
    [(<\[]?[\w.+\-]{1,40}@[\w.\-]{3,40}[)>\]]?                        # the e-mail address
    """,
    re.VERBOSE,
)
_HANGUL = re.compile(r"[\uac00-\ud7af]{2,4}")
_AND = re.compile(r"\s?,\s?|\s(?:&|and|und|et|y)\s")


def read_line(line: str) -> str | None:
    """Return the name in *line*, a line with its label, or None. *line* is bounded by the caller.

    >>> read_line("Text: Una Marsh"), read_line("Text Size")
    ('Una Marsh', None)
    """
    return _named(line) or _labelled(line) or _mailed(line)


def is_label(line: str) -> bool:
    """Return True if *line* is only a label, and the author comes after it.

    >>> is_label("Written by:"), is_label("Written by Una Marsh")
    (True, False)
    """
    return line.rstrip(" :：").casefold() in _LABELS


def is_name(line: str) -> bool:
    """Return True if *line* has the form of a name.

    >>> is_name("Una Marsh"), is_name("una Marsh")
    (True, False)
    """
    return (is_personal(line) and not line[:1].islower()) or is_chinese(line)


def _mailed(line: str) -> str | None:
    """Return the name in *line* if there is only an e-mail address after it."""
    match = _MAILED.fullmatch(line) if "@" in line else None
    if match is None:
        return None
    name = match["name"].strip()
    return name if is_person(name) or _HANGUL.fullmatch(name) or is_chinese(name) else None


def _named(line: str) -> str | None:
    """Return the name in *line*, or None. Many texts follow ``by``; only a text in the form of a
    name is an author."""
    lower = line.lower()
    name = _name_after_by(line, lower)
    return name if name and not is_credit(lower) else None


def _name_after_by(line: str, lower: str) -> str | None:
    if (match := _by(line, lower)) is not None:
        people = _AND.split(match["names"])
        # A noun also begins headings: Text Size, Author Archive. Two names are none.
        is_loose = not match["noun"] or ":" in line or len(people) > 1
        is_right = is_personal if is_loose else is_person
        rest = list(
            dropwhile(lambda one: is_right(one) and not (one[:1].islower() or is_job(one)), people)
        )
        if len(rest) < len(people) and (not rest or is_job(rest[0])):
            return match["names"]
    # A search for two plain words is much faster than the regex, which needs one of them.
    if ("by " in lower or "von " in lower) and (match := _POSTED.search(line)):
        name = match["names"]
        if " " not in name or (is_personal(name) and not name[:1].islower()):
            return name
    return None


def _labelled(line: str) -> str | None:
    """Return the name after a label in *line*, before which there may be other words: ``18.4.2026
    Autor: Jitka Havránková``, ``2026.04.18 한서율 기자``. Return None if there is none."""
    has_label = (":" in line or "：" in line) and _COLON.search(line) is not None
    if not has_label and (line.isascii() or "기자" not in line):
        return None
    names = read_worded_byline(line).authors
    return names[0] if names and all(map(_is_named, names)) else None


def _is_named(name: str) -> bool:
    return is_name(name) or (not name.isascii() and " " not in name)


def _by(line: str, lower: str) -> re.Match[str] | None:
    """Return the match of `_BY` in *line*. Only a line with one of its words can have one."""
    if _BY_WORDS.isdisjoint(lower.split(None, 4)[:4]) and not lower.startswith(_NOUNS):
        return None
    return _BY.match(line)
