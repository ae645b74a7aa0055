"""The token weights of class names and ids, and of the words of short blocks."""

from __future__ import annotations

import re
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_LETTERS = re.compile(r"[^\W\d_]{2,}")
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
    found = phrase_words(text, words)
    first = weights.get("^" + found[0], 0.0)
    if len(found) == 1:
        return 0.0, 0.0, first
    weighed = [weights[word] for word in filter(weights.__contains__, found[1:])]
    if not weighed:
        return 0.0, 0.0, first
    return min(weighed), sum(weighed) / len(weighed), first


def phrase_words(text: str, words: int) -> list[str]:
    """Return the first word of *text* without punctuation and, if there are few, all its words. In
    scripts without spaces, a word is a pair of characters."""
    if text.isascii() or words * 2.5 < len(text):
        first, _, _ = text[:60].partition(" ")
        found = [first.lower().strip(":：.,")]
        if words <= FEW_WORDS:
            found += _LETTERS.findall(text.lower())[:FEW_WORDS]
        return found
    found = [text[:2].lower()]
    if words <= FEW_WORDS:
        text = text[:40].lower()
        found += map(add, text, text[1:])
    return found


def vocabulary(text: str) -> set[str]:
    """Return the set of words of *text* in lower case; in scripts without spaces, of characters.

    >>> sorted(vocabulary("Rain and rain"))
    ['and', 'rain']
    """
    if text.isascii() or text.count(" ") * 12 > len(text):
        return set(text.lower().split())
    return set(text)
