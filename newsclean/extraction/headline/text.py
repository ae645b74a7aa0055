"""Compare the texts of titles, and split them at separators."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATORS = frozenset("|｜»«›‹_＿‖•·-–—:/~+")
_SEPARATOR = re.compile(
    r"""
    (?<=\s)[|\-–—·•»«›‹:/~+]{1,2}(?=\s)                               # between spaces
  | [|｜»_＿‖]|--+|——|:(?=\s)|(?<=\s)[-–—]|[-–—](?=\s)
    # Chinese and Japanese sites put their name after a hyphen or an ASCII colon without spaces.
  | (?<=[\u3040-\u30ff\u3400-\u9fff”」）】？！])-(?=[A-Za-z\u3400-\u9fff])
  | (?<=\w)-(?=\w{2,9}\s?[\u3400-\u9fff])
  | (?<=[\u3040-\u30ff\u3400-\u9fff”」）】？！]):(?=\w)
  # In text that is written without spaces, a space is before the name of the site.
  | (?<=[\u3040-\u30ff\u3400-\u9fff”」）】？！])[ ](?=[\u3040-\u30ff\u3400-\u9fff])
    """,
    re.VERBOSE,
)
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD, _ASCII_WORD = re.compile(r"[^\W_]+"), re.compile("[a-z0-9]+")  # the second in lower case
_MAX_CUTS = 7  # separators of a title that are tried


def words_of(text: str) -> list[str]:
    """Return the words of *text* for comparisons, with width and case folded.

    >>> words_of("Rain AT last")
    ['rain', 'at', 'last']
    """
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def key_of(text: str) -> str:
    """Return the casefold key of *text*: its letters and digits.

    >>> key_of("Rain at last!")
    'rainatlast'
    """
    return "".join(words_of(text))


def tokens_of(words: Sequence[str]) -> set[str]:
    """Return *words* as a set; for scripts without spaces, the pairs of characters."""
    text = " ".join(words)
    if text.isascii() or not CJK.search(text):
        return set(words)
    letters = "".join(CJK.findall(text))
    return set(CJK.sub(" ", text).split()) | {
        letters[at : at + 2] for at in range(len(letters) - 1)
    }


def length_of(text: str) -> float:
    """Return the number of words in *text*. In scripts without spaces, two characters are a
    word."""
    if not text.isascii() and CJK.search(text):
        return len(text) / 2
    return len(_WORD.findall(text))


def cuts_of(text: str) -> list[tuple[str, str, str]]:
    """Return (before, separator, after) for each separator in *text*. If there are many, only the
    first and the last few are used."""
    if _SEPARATORS.isdisjoint(text) and (" " not in text or text.isascii() or not CJK.search(text)):
        return []
    found = list(_SEPARATOR.finditer(text))
    if len(found) > _MAX_CUTS:
        found = found[:4] + found[-3:]
    cuts = [(text[: one.start()].strip(), one.group(), text[one.end() :].strip()) for one in found]
    return [cut for cut in cuts if cut[0] and cut[2]]


def strip_name(text: str) -> str:
    """Return *text* without site names after its dashes. These are parts of up to four words that
    are at most half as long as the text before them.

    >>> strip_name("The old ferry runs again on Monday - Bay News")
    'The old ferry runs again on Monday'
    """
    while True:
        cuts = cuts_of(text)
        if not cuts:
            return text.strip()
        before, _, after = cuts[-1]
        if length_of(after) > 4 or 2 * len(after) > len(before):
            return text.strip()
        text = before


def is_site(key: str, site: Sequence[str]) -> bool:
    """Return True if *key* is very similar to one of the names in *site* (keys of `key_of`)."""
    size = len(key)
    for name in site:
        if key == name or (size > 3 and key in name):
            return bool(key)
        if 3 < len(name) < size < 2.5 * len(name) and name in key:
            return True
    return False


@dataclass(slots=True)
class Title:
    """A title candidate: its spellings on the page with their sources, its words, and its
    features."""

    forms: list[tuple[str, str]] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def set_feature(self, name: str, value: float = 1.0) -> None:
        """Set the feature *name* to *value*, unless it is already higher."""
        if value > self.features.get(name, 0.0):
            self.features[name] = float(value)

    @property
    def text(self) -> str:
        """The spelling that most sources have. If there are several, the one with the fewest words,
        because markup splits words. Not one in capitals if there is another."""
        if len(self.forms) == 1:
            return self.forms[0][0]
        counts = Counter(" ".join(words_of(text)) for text, _ in self.forms)
        return min(
            self.forms,
            key=lambda form: (
                form[0].isupper(),
                -counts[" ".join(words_of(form[0]))],
                len(words_of(form[0])),
            ),
        )[0]
