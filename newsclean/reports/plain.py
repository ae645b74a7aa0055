"""Text of a page made safe to print in one line of a terminal or a log."""

from __future__ import annotations

import unicodedata

# Controls, marks that turn the direction of writing or cannot be seen, line and paragraph
# separators, lone surrogates: whatever could move the cursor or break the line.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def plain(text: object, longest: int = 80) -> str:
    """Return *text* in one line of at most *longest* characters, every character that is not
    for reading replaced: a space for white space, else U+FFFD."""
    value = str(text)
    cut = len(value) > longest
    line = "".join(_printable(character) for character in value[: longest - 1 if cut else longest])
    return f"{line}…" if cut else line


def _printable(character: str) -> str:
    if unicodedata.category(character) not in _UNPRINTABLE:
        return character
    return " " if character.isspace() else "\ufffd"
