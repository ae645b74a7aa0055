"""The text of a title: how two are compared, and where one may be cut."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = frozenset("|｜»«›‹_＿‖•·-–—:/~+")
_SEPARATOR = re.compile(
    r"(?<=\s)[|\-–—·•»«›‹:/~+]{1,2}(?=\s)|[|｜»_＿‖•·]|--+|——|:(?=\s)|(?<=\s)[-–—]|[-–—](?=\s)"
    # Chinese sites put their name behind a bare hyphen.
    r"|(?<=[\u3040-\u30ff\u3400-\u9fff”」）】？！])-(?=[A-Za-z\u3400-\u9fff])"
    r"|(?<=\w)-(?=\w{2,9}\s?[\u3400-\u9fff])"
)
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+")
_MAX_CUTS = 7


def words_of(text: str) -> list[str]:
    """Return the words of *text* as they are compared: width and case folded."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def key_of(text: str) -> str:
    """Return *text* as it is compared: its letters and digits, folded."""
    return "".join(words_of(text))


def tokens_of(words: Sequence[str]) -> set[str]:
    """Return *words* as a set; of what writes no spaces, its pairs of letters."""
    text = " ".join(words)
    if not CJK.search(text):
        return set(words)
    letters = "".join(CJK.findall(text))
    return set(CJK.sub(" ", text).split()) | {
        letters[at : at + 2] for at in range(len(letters) - 1)
    }


def length_of(text: str) -> float:
    """Return the number of words in *text*; two letters are one where no spaces are written."""
    return len(text) / 2 if CJK.search(text) else len(_WORD.findall(text))


def cuts_of(text: str) -> list[tuple[str, str, str]]:
    """Return the parts before and behind each separator in *text*, with the separator between
    them; of many separators only the first and last few."""
    if _MARKS.isdisjoint(text):
        return []
    found = list(_SEPARATOR.finditer(text))
    if len(found) > _MAX_CUTS:
        found = found[:4] + found[-3:]
    cuts = [(text[: one.start()].strip(), one.group(), text[one.end() :].strip()) for one in found]
    return [cut for cut in cuts if cut[0] and cut[2]]


def strip_name(text: str) -> str:
    """Return *text* without the names behind its dashes: parts of up to four words that are
    at most half as long as what stands before them."""
    while True:
        cuts = cuts_of(text)
        if not cuts:
            return text.strip()
        before, _, behind = cuts[-1]
        if length_of(behind) > 4 or 2 * len(behind) > len(before):
            return text.strip()
        text = before


def is_site(key: str, site: Sequence[str]) -> bool:
    """Return True if *key* is much the same as one of the names in *site* (`key_of` each)."""
    size = len(key)
    for name in site:
        if key == name or (size > 3 and key in name):
            return bool(key)
        if 3 < len(name) < size < 2.5 * len(name) and name in key:
            return True
    return False


@dataclass(slots=True)
class Title:
    """A text that may be the headline: its forms as they stand on the page with the source of
    each, its words, and the marks that speak for or against it."""

    forms: list[tuple[str, str]] = field(default_factory=list)
    marks: dict[str, float] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def mark(self, name: str, value: float = 1.0) -> None:
        """Set the mark *name*, unless it is set higher."""
        if value > self.marks.get(name, 0.0):
            self.marks[name] = float(value)

    @property
    def text(self) -> str:
        """The form whose words most sources write so; of equals that of fewest words, since a
        heading's markup splits words; not in capitals if another is not."""
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
