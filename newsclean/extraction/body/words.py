"""The token weights of class names and ids, and of the words of short blocks."""

from __future__ import annotations

import re
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ASCII_LETTERS = re.compile(r"[a-z]{2,}")  # of a text in lower case, twice as fast
_MAX_LENGTH = 20_000  # characters of a text in which few words are looked for
_MAX_VOCABULARY = 200_000  # characters of a text whose words are collected: about 4 MB
FEW_WORDS = 25  # words; in a longer block, only the first word has a weight


class Weights(NamedTuple):
    """Tables from a word to its weight: positive in the article, negative elsewhere."""

    names: Mapping[str, float]
    phrases: Mapping[str, float]


def weigh_names(names: tuple[str, ...], weights: Mapping[str, float]) -> tuple[float, float] | None:
    """Return the lowest and the mean weight of *names* and of pairs of them joined by a hyphen, or
    None if none of them is known."""
    found = [weights[name] for name in names if name in weights]
    for pair in pairwise(names):
        joined = "-".join(pair)
        if joined in weights:
            found.append(weights[joined])
    return (min(found), sum(found) / len(found)) if found else None


def weigh_phrases(
    text: str, words: int, weights: Mapping[str, float]
) -> tuple[float, float, float]:
    """Return the weights of the words of *text*: the lowest, the mean, and that of the first word
    (as ``^word``). If there are many *words*, only the first is used."""
    first, others = _phrase_words(text, words)
    weighed = list(filter(None, map(weights.get, others)))  # no weight is 0
    if not weighed:
        return 0.0, 0.0, weights.get("^" + first, 0.0)
    return min(weighed), sum(weighed) / len(weighed), weights.get("^" + first, 0.0)


def phrase_words(text: str, words: int) -> list[str]:
    """Return the first word of *text* without punctuation and, if there are few, all its words. In
    scripts without spaces, a word is a pair of characters."""
    first, others = _phrase_words(text, words)
    return [first, *others]


def _phrase_words(text: str, words: int) -> tuple[str, Iterable[str]]:
    if text.isascii() or words * 2.5 < len(text):
        first = text[:60].partition(" ")[0].lower().strip(":：.,")
        if words > FEW_WORDS:
            return first, ()
        letters = _ASCII_LETTERS if text.isascii() else _LETTERS
        return first, letters.findall(text[:_MAX_LENGTH].lower())[:FEW_WORDS]
    text = text[:40].lower()
    return text[:2], map(add, text, text[1:]) if words <= FEW_WORDS else ()


def vocabulary(text: str) -> set[str]:
    """Return the set of words of *text* in lower case; in scripts without spaces, of characters.
    Only the beginning of a very long text is read.

    >>> sorted(vocabulary("Rain and rain"))
    ['and', 'rain']
    """
    text = text[:_MAX_VOCABULARY]
    if text.isascii() or text.count(" ") * 12 > len(text):
        return set(text.lower().split())
    return set(text)
