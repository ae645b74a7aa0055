"""The language of a text: by its script, and by its commonest words where scripts are shared."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAMPLE = 4_000
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.06),
    ("ko", re.compile("[\uac00-\ud7af]"), 0.2),
    ("zh", re.compile("[\u3400-\u9fff]"), 0.2),
    ("cyrillic", re.compile("[\u0400-\u04ff]"), 0.4),
    ("arabic", re.compile("[\u0600-\u06ff]"), 0.4),
    ("el", re.compile("[\u0370-\u03ff]"), 0.4),
    ("he", re.compile("[\u0590-\u05ff]"), 0.4),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.4),
    ("devanagari", re.compile("[\u0900-\u097f]"), 0.4),
)
# Which languages a script may be of, the most likely first: a tag that names one is believed.
_OF_SCRIPT = {
    "cyrillic": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"),
    "arabic": ("ar", "fa", "ur", "ps", "ckb"),
    "devanagari": ("hi", "mr", "ne"),
}
_UKRAINIAN = re.compile("[іїєґ]")
_COMMON = {
    "en": "the of and to in is that for was with on as by at from are",
    "de": "der die und das den nicht mit ist des im auf für eine dem zu von",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce à",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más fue ha",
    "ca": "de la i el que a els en un les per amb una del dels és al no més va ha han aquest són",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos ao foi à",
    "it": "di e il la che a in un è per una del della con non le da i al nel alla gli sono dei si",
    "nl": "het een van de dat niet zijn op met voor te aan ook er en is",
    "pl": "nie się że na jest do od przez dla jak po oraz w z i to",
    "sv": "och att det som på är av för med den till inte har en ett om",
    "da": "og at det er på af til som med den for ikke har en de der",
    "no": "og at det er på av til som med den for ikke har en et om",
    "fi": "ja on ei että se oli hän mutta ovat kun myös mukaan joka tai ole voi",
    "cs": "se na je že to v s z o do jsou ale jako pro by aby za",
    "hu": "a az és hogy nem is egy volt meg ez csak már el de van",
    "ro": "și în de la cu nu pe este din care mai au pentru să o a un al fi ca prin după fost lui",
    "tr": "ve bir bu için de da ile olarak çok daha olan gibi ne var en",
    "id": "yang dan di dengan untuk dari ini itu dalam pada tidak akan ke oleh",
    "vi": "của và là có không được trong cho người với các một những đã",
}
# Each common word → the languages that have it.
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in _COMMON.items():
    for _word in dict.fromkeys(_words.split()):
        _LANGUAGES.setdefault(_word, []).append(_language)
# Every language that `detect_language` can return.
_DETECTED = frozenset({*_COMMON, *(name for name, _, _ in _SCRIPTS)}).union(*_OF_SCRIPT.values())
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
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}|\d{3}))?\b")
_SURE = 0.08


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
    letters = sum(map(str.isalpha, sample))
    if letters < 20:
        return None
    other = "".join(_OTHER_SCRIPT.findall(sample))
    for name, pattern, share in _SCRIPTS:
        if len(other) >= share * letters and len(pattern.findall(other)) >= share * letters:
            if name == "cyrillic":
                return "uk" if len(_UKRAINIAN.findall(other)) > letters * 0.02 else "ru"
            return _OF_SCRIPT.get(name, (name,))[0]
    words = _WORD.findall(sample)
    ranked = _count_common(words).most_common(2)
    (best, most), (_, second) = ranked[0], ranked[1]
    return best if most >= _SURE * len(words) and most > second * 1.15 else None


def _count_common(words: Iterable[str]) -> Counter[str]:
    """Return for each language how many of *words* are common in it."""
    counts = Counter(dict.fromkeys(_COMMON, 0))
    for word in words:
        counts.update(_LANGUAGES.get(word, ()))
    return counts


def choose_language(tags: list[tuple[str, str]], text: str) -> tuple[str, str] | None:
    """Return the language of an article and its source.

    *tags* are (tag, source) as the page names it, *text* is what it says. The text decides the
    language, a tag that agrees adds the region; a tag is believed where the text is silent.
    """
    detected = detect_language(text)
    read = [(read_tag(tag), source) for tag, source in tags]
    for tag, source in read:
        if tag and (detected is None or _agrees(tag.partition("-")[0], detected)):
            return tag, source
    return (detected, "generic") if detected else None


def _agrees(tag: str, detected: str) -> bool:
    """Return True if the text may be in the language *tag*: it was detected, or it is one that
    the words do not know (Slovenian looks like Czech to them) in the same script."""
    if tag not in _DETECTED and detected in _COMMON:
        return True
    if (
        tag == detected
        or {tag, detected} <= {"no", "nb", "nn", "da"}
        or {tag, detected} <= {"id", "ms"}
    ):
        return True
    return any(tag in languages and detected in languages for languages in _OF_SCRIPT.values())
