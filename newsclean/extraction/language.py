"""Detect the language of a text by its frequent words and its script.

The words are those of ``[common]`` in each file of `newsclean.lexicon`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from newsclean.lexicon import languages

_SAMPLE = 4_000  # characters that are read
_MIN_LETTERS = 20  # letters; a shorter text gives no result
# (languages of a script, the most likely first; regex of the script; minimum share of the letters).
# If frequent words are known for several of the languages, the words decide.
_SCRIPTS = (
    (("ja",), re.compile("[\u3040-\u30ff]"), 0.06),
    (("ko",), re.compile("[\uac00-\ud7af]"), 0.2),
    (("zh",), re.compile("[\u3400-\u9fff]"), 0.2),
    (
        ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"),
        re.compile("[\u0400-\u04ff]"),
        0.4,
    ),
    (("ar", "fa", "ur", "ps", "ckb"), re.compile("[\u0600-\u06ff]"), 0.4),
    (("hi", "mr", "ne"), re.compile("[\u0900-\u097f]"), 0.4),
    (("el",), re.compile("[\u0370-\u03ff]"), 0.4),
    (("he",), re.compile("[\u0590-\u05ff]"), 0.4),
    (("hy",), re.compile("[\u0530-\u058f]"), 0.4),
    (("ka",), re.compile("[\u10a0-\u10ff]"), 0.4),
    (("am",), re.compile("[\u1200-\u137f]"), 0.4),
    (("bn", "as"), re.compile("[\u0980-\u09ff]"), 0.4),
    (("pa",), re.compile("[\u0a00-\u0a7f]"), 0.4),
    (("gu",), re.compile("[\u0a80-\u0aff]"), 0.4),
    (("or",), re.compile("[\u0b00-\u0b7f]"), 0.4),
    (("ta",), re.compile("[\u0b80-\u0bff]"), 0.4),
    (("te",), re.compile("[\u0c00-\u0c7f]"), 0.4),
    (("kn",), re.compile("[\u0c80-\u0cff]"), 0.4),
    (("ml",), re.compile("[\u0d00-\u0d7f]"), 0.4),
    (("si",), re.compile("[\u0d80-\u0dff]"), 0.4),
    (("th",), re.compile("[\u0e00-\u0e7f]"), 0.4),
    (("lo",), re.compile("[\u0e80-\u0eff]"), 0.4),
    (("my",), re.compile("[\u1000-\u109f]"), 0.4),
    (("km",), re.compile("[\u1780-\u17ff]"), 0.4),
)
# Languages with the same frequent words: the text cannot decide between them, but the tag can.
_ALIKE = tuple(
    frozenset(group.split()) for group in ("no nb nn da", "id ms", "hr bs sr sh", "cs sk")
)
# ISO 639-2 codes of languages with a two-letter code, which BCP 47 requires.
_TWO_LETTERS = dict(
    pair.split(":")
    for pair in """eng:en ger:de deu:de fre:fr fra:fr spa:es cat:ca por:pt ita:it dut:nl nld:nl
    pol:pl swe:sv dan:da nor:no fin:fi cze:cs ces:cs hun:hu rum:ro ron:ro tur:tr ind:id vie:vi
    rus:ru ukr:uk jpn:ja kor:ko chi:zh zho:zh ara:ar per:fa fas:fa gre:el ell:el heb:he tha:th
    hin:hi""".split()
)
# Characters that are not Latin.
_OTHER_SCRIPT = re.compile("[^\x00-\u036f]+")
# Letters, and the vowel signs of Devanagari, which are not letters for Python.
_WORD = re.compile(r"(?:[^\W\d_]++|[\u0900-\u0903\u093a-\u094f])+")
# The same for text in lower case without these signs, and with the letters of ASCII only.
_LATIN_WORD, _ASCII_WORD = re.compile(r"[^\W\d_]+"), re.compile("[a-z]+")
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}|\d{3}))?\b")
_MIN_SHARE = 0.08  # minimum share of frequent words of the language in all words
_MIN_LEAD = 1.15  # minimum ratio of its score to that of the next language


def read_tag(tag: str) -> str | None:
    """Return *tag* (``en_us``, ``de-DE``) in the spelling of BCP 47, or None if it is not a tag.

    >>> read_tag("en_us"), read_tag("eng"), read_tag("und")
    ('en-US', 'en', None)
    """
    match = _TAG.match(tag.strip())
    if match is None or match[1].lower() in {"un", "und", "xx", "mul"}:
        return None
    language = match[1].lower()
    language = _TWO_LETTERS.get(language, language)
    return f"{language}-{match[2].upper()}" if match[2] else language


def detect_language(text: str) -> str | None:
    """Return the language of *text* (``en``) by its first 4,000 characters, or None.

    >>> detect_language("Der Hafen ist zu, und die Brücke ist auch nicht offen.")
    'de'
    """
    sample = text[:_SAMPLE].lower()
    is_ascii = sample.isascii()
    # Punctuation after U+2000, such as quotes, belongs to no script.
    is_latin = is_ascii or not any(
        "\u036f" < char < "\u2000" or char >= "\u3000" for char in set(sample)
    )
    pattern = _ASCII_WORD if is_ascii else _LATIN_WORD if is_latin else _WORD
    words = pattern.findall(sample)
    letters = len("".join(words)) if is_latin else sum(map(str.isalpha, sample))
    if letters < _MIN_LETTERS:
        return None
    found: tuple[str, ...] = ()
    other = "" if is_latin else "".join(_OTHER_SCRIPT.findall(sample))
    for names, script, share in _SCRIPTS if other else ():
        if len(other) >= share * letters and len(script.findall(other)) >= share * letters:
            found = names
            break
    if len(found) == 1:
        return found[0]
    return _by_words(words) or next(iter(found), None)


def _by_words(words: list[str]) -> str | None:
    """Return the language of *words*. Return None if too few are known, or if two languages are
    equally likely. A word of several languages has a lower weight for each of them."""
    known = _common_words()
    scores: dict[str, float] = {}
    counts: dict[str, int] = {}
    for names, count in Counter(filter(None, map(known.get, words))).items():
        for name in names:
            scores[name] = scores.get(name, 0.0) + count / len(names)
            counts[name] = counts.get(name, 0) + count
    ranked = sorted(scores, key=lambda name: -scores[name])[:2]
    if not ranked or counts[ranked[0]] < _MIN_SHARE * len(words):
        return None
    is_ahead = len(ranked) == 1 or scores[ranked[0]] > _MIN_LEAD * scores[ranked[1]]
    return ranked[0] if is_ahead else None


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    """Return a mapping: frequent word → languages with that word."""
    known: dict[str, tuple[str, ...]] = {}
    for language, sections in languages().items():
        for word in sections.get("common", {}).get("words", ()):
            known[word] = (*known.get(word, ()), language)
    return known


@cache
def _detected() -> frozenset[str]:
    """Return every language that `detect_language` can return."""
    worded = {name for names in _common_words().values() for name in names}
    return frozenset(worded.union(*(names for names, _, _ in _SCRIPTS)))


def choose_language(tags: list[tuple[str, str]], text: str) -> tuple[str, str] | None:
    """Return the language of an article and its source.

    *tags* are (tag, source) of the page, *text* is its text. The text decides the language. A tag
    that agrees adds the region. If the text cannot decide, the tag is used.

    >>> choose_language([("de-AT", "meta")], "Der Hafen ist zu, und die Brücke auch.")
    ('de-AT', 'meta')
    """
    detected = detect_language(text)
    read = [(read_tag(tag), source) for tag, source in tags]
    for tag, source in read:
        if tag and (detected is None or _agrees(tag.partition("-")[0], detected)):
            return tag, source
    return (detected, "generic") if detected else None


def _agrees(tag: str, detected: str) -> bool:
    """Return True if the text may be in the language *tag*: it was detected, it has the same
    frequent words or the same script, or it has no frequent words in the lexicon."""
    if tag == detected or any(tag in group and detected in group for group in _ALIKE):
        return True
    script = next((names for names, _, _ in _SCRIPTS if detected in names), ())
    return tag in script or (tag not in _detected() and not script)
