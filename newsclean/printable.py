"""Make text of a page or a server safe to print in one line of a terminal or a log."""

from __future__ import annotations

import unicodedata

_MAX_LENGTH = 300  # characters
# Characters that could move the cursor or break the line: control characters, direction marks,
# invisible characters, line and paragraph separators, lone surrogates.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: object, longest: int = _MAX_LENGTH) -> str:
    r"""Return *text* in one line of at most *longest* characters. Replace white space with a space
    and other unprintable characters with U+FFFD.

    >>> printable("Rain\nat\x1b last")
    'Rain at\ufffd last'
    >>> printable("Rain at last", 5)
    'Rain…'
    """
    value = str(text)
    cut = len(value) > longest
    line = "".join(map(_printable, value[: longest - 1] if cut else value))
    return f"{line}…" if cut else line


def _printable(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) not in _UNPRINTABLE:
        return character
    return " " if character.isspace() else "\ufffd"
