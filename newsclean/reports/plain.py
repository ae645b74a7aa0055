"""Make text of a page safe to print in one line of a terminal or a log."""

from __future__ import annotations

import unicodedata

# Characters that could move the cursor or break the line: control characters, direction marks,
# invisible characters, line and paragraph separators, lone surrogates.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def plain(text: object, longest: int = 80) -> str:
    """Return *text* in one line of at most *longest* characters. Replace white space with a space
    and other unprintable characters with U+FFFD.

    >>> plain("Rain\\nat\\x1b last")
    'Rain at\\ufffd last'
    """
    value = str(text)
    cut = len(value) > longest
    line = "".join(_printable(character) for character in value[: longest - 1 if cut else longest])
    return f"{line}…" if cut else line


def _printable(character: str) -> str:
    if unicodedata.category(character) not in _UNPRINTABLE:
        return character
    return " " if character.isspace() else "\ufffd"
