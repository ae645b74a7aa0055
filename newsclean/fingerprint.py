"""Estimate the similarity of two texts from a few hundred bytes of each: one-permutation MinHash.

A text is the set of its shingles, runs of a few words. The similarity of two texts is the share of
common shingles (Jaccard similarity). Their fingerprints estimate it with a standard error of at
most 0.05. An index of `bands` (locality-sensitive hashing) finds similar texts among millions
without comparing all pairs.
"""

from __future__ import annotations

from array import array
from hashlib import blake2b

from newsclean.words import counts_characters, split_words

MAX_LENGTH = 300_000  # characters of a text that are read
# Words of a shingle. Unrelated texts rarely share one, and a changed word changes only a few.
_WORDS, _CHARACTERS = 4, 8
# Two texts have a common band with a probability of 0.986 if they share half of their shingles,
# 0.99999 if they share 70 %, and 0.004 if they share 5 %.
_BANDS, _ROWS = 32, 3
_BINS = _BANDS * _ROWS
_NOTHING = 2**32 - 1  # the value of a bin without a shingle

Fingerprint = array  # of 96 numbers of 32 bits: the least hash of each bin of shingles


def fingerprint(text: str) -> Fingerprint[int] | None:
    """Return the fingerprint of *text*, or None if it has no word. Case, punctuation and white
    space do not matter.

    >>> fingerprint("Rain at last!") == fingerprint("rain at\\nlast")
    True
    """
    text = text[:MAX_LENGTH]
    words = split_words(text.casefold())
    if not words:
        return None
    size = _CHARACTERS if counts_characters(text) else _WORDS
    runs = {" ".join(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}
    least = array("I", [_NOTHING]) * _BINS
    for run in runs:
        digest = blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(digest, "big")
        place, value = number % _BINS, number >> 32
        least[place] = min(least[place], value)
    return least


def similarity(one: Fingerprint[int], other: Fingerprint[int]) -> float:
    """Return the estimated share of common shingles of two texts, from 0 to 1.

    >>> rain = fingerprint("At last it rained in the valley, for three days and three nights.")
    >>> similarity(rain, rain)
    1.0
    """
    used = same = 0
    for left, right in zip(one, other, strict=True):
        if left == right == _NOTHING:
            continue
        used += 1
        same += left == right
    return same / used if used else 0.0


def bands(one: Fingerprint[int]) -> list[int]:
    """Return the bands of a fingerprint as 64-bit numbers. Similar texts have at least one in
    common; other texts rarely do.

    >>> rain = fingerprint("At last it rained in the valley, for three days and three nights.")
    >>> bands(rain) == bands(rain)
    True
    """
    found = []
    for band in range(_BANDS):
        rows = one[band * _ROWS : (band + 1) * _ROWS]
        if any(value != _NOTHING for value in rows):
            found.append(hash((band, *rows)))
    return found
