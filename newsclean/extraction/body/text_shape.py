"""The text shape of a block: its beginning and end, its sentences and capitals."""

from __future__ import annotations

from math import log2

_ENDS = frozenset(".!?。！？…\"”»’'」)）;；")
_QUOTES = frozenset("\"“„«「'‘")


def ending(text: str) -> float:
    """Return 1 if *text* ends like a sentence, 0.5 if it ends with a sign that more follows, else
    0."""
    return 1.0 if text[-1] in _ENDS else 0.5 if text[-1] in ":：" else 0.0


def beginning(text: str) -> int:
    """Return the kind of the first character of *text* as a number."""
    char = text[0]
    if char.islower():
        return 0
    if char.isupper():
        return 1
    if char.isdigit():
        return 2
    if char.isalpha():
        return 3
    return 4 if char in _QUOTES else 5


def sentences(text: str) -> float:
    """Return the logarithm of the approximate number of sentences in *text*."""
    count = text.count
    found = count(". ") + (text[-1] in ".!?…")
    if not text.isascii():
        found += count("。") + count("！") + count("？") + count(".”") + count("»")
    if "?" in text or "!" in text:
        found += count("? ") + count("! ")
    return log2(found + 1)


def capitals(text: str) -> float:
    """Return the share of the first words of *text* that begin with a capital letter."""
    words = text[:120].split(" ", 12)[:12]
    return sum(map(str.isupper, [word[:1] for word in words])) / len(words)
