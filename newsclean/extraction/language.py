"""The language of a text: by its commonest words, and by its script where that is of one.

The words are those of ``[common]`` in each file of `newsclean.lexicon`.
"""

from __future__ import annotations

import re
from functools import cache

from newsclean.lexicon import languages

_SAMPLE = 4_000  # characters
# Script → the languages that may be meant by it, the likeliest first. Where common words are known
# for several of them, the words decide. A text is in a script if so much of its letters are.
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
# Languages whose common words are the same: the text does not tell them apart, the tag does.
_ALIKE = tuple(
    frozenset(group.split()) for group in ("no nb nn da", "id ms", "hr bs sr sh", "cs sk")
)
# ISO 639-2 codes that pages write for languages that have a code of two letters (BCP 47 wants it).
_TWO_LETTERS = dict(
    pair.split(":")
    for pair in """eng:en ger:de deu:de fre:fr fra:fr spa:es cat:ca por:pt ita:it dut:nl nld:nl
    pol:pl swe:sv dan:da nor:no fin:fi cze:cs ces:cs hun:hu rum:ro ron:ro tur:tr ind:id vie:vi
    rus:ru ukr:uk jpn:ja kor:ko chi:zh zho:zh ara:ar per:fa fas:fa gre:el ell:el heb:he tha:th
    hin:hi""".split()
)
# What no Latin script has.
_OTHER_SCRIPT = re.compile("[^\x00-\u036f]+")
# Letters and the vowel signs of Devanagari, which are no letters to Python.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f])+")
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}|\d{3}))?\b")
_SURE = 0.08  # share of the words that must be common words of the language
_AHEAD = 1.15  # times as much must speak for it as for the next one


def read_tag(tag: str) -> str | None:
    """Return the language tag in *tag* (``en_us``, ``de-DE``) as BCP 47 writes it, None where
    it is none."""
    match = _TAG.match(tag.strip())
    if match is None or match[1].lower() in {"un", "und", "xx", "mul"}:
        return None
    language = match[1].lower()
    language = _TWO_LETTERS.get(language, language)
    return f"{language}-{match[2].upper()}" if match[2] else language


def detect_language(text: str) -> str | None:
    """Return the language of *text* (``en``), None where that cannot be told from 4,000
    characters of it."""
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    is_ascii = sample.isascii()
    letters = len("".join(words)) if is_ascii else sum(map(str.isalpha, sample))
    if letters < 20:
        return None
    found: tuple[str, ...] = ()
    other = "" if is_ascii else "".join(_OTHER_SCRIPT.findall(sample))
    for names, pattern, share in _SCRIPTS if other else ():
        if len(other) >= share * letters and len(pattern.findall(other)) >= share * letters:
            found = names
            break
    if len(found) == 1:
        return found[0]
    return _by_words(words) or next(iter(found), None)


def _by_words(words: list[str]) -> str | None:
    """Return the language that *words* are of, None where too few are known or two languages are
    equally likely. A word that several languages have speaks less for each of them."""
    known = _common_words()
    scores: dict[str, float] = {}
    counts: dict[str, int] = {}
    for word in words:
        names = known.get(word)
        if names is not None:
            worth = 1 / len(names)
            for name in names:
                scores[name] = scores.get(name, 0.0) + worth
                counts[name] = counts.get(name, 0) + 1
    ranked = sorted(scores, key=lambda name: -scores[name])[:2]
    if not ranked or counts[ranked[0]] < _SURE * len(words):
        return None
    is_ahead = len(ranked) == 1 or scores[ranked[0]] > _AHEAD * scores[ranked[1]]
    return ranked[0] if is_ahead else None


@cache
def _common_words() -> dict[str, list[str]]:
    """Return each common word → the languages that have it."""
    known: dict[str, list[str]] = {}
    for language, sections in languages().items():
        for word in sections.get("common", {}).get("words", ()):
            known.setdefault(word, []).append(language)
    return known


@cache
def _detected() -> frozenset[str]:
    """Return every language that `detect_language` can return."""
    worded = {name for names in _common_words().values() for name in names}
    return frozenset(worded.union(*(names for names, _, _ in _SCRIPTS)))


def choose_language(tags: list[tuple[str, str]], text: str) -> tuple[str, str] | None:
    """Return the language of an article and its source.

    *tags* are (tag, source) as the page names it, *text* is what it says. The text decides the
    language, a tag that agrees adds the region; a tag is believed where the text is silent.

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
    """Return True if the text may be in the language *tag*: it was detected, or it is one that
    the words do not know, in the same script, or one of the same words or script."""
    if tag == detected or any(tag in group and detected in group for group in _ALIKE):
        return True
    script = next((names for names, _, _ in _SCRIPTS if detected in names), ())
    return tag in script or (tag not in _detected() and not script)
