"""The text of a title: how two are compared, and where one may be cut."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEPARATOR = re.compile(
    r"\s+[|\-–—·•»«›‹:/~+]{1,2}\s+|\s*[|｜»_＿‖•·]\s*|\s*--+\s*|——|\s+::\s+|:\s+|\s[-–—]|[-–—]\s"
    # Chinese sites put their name behind a bare hyphen.
    r"|(?<=[\u3040-\u30ff\u3400-\u9fff”」）】？！])-(?=[A-Za-z\u3400-\u9fff])"
    r"|(?<=\w)-(?=\w{2,9}\s?[\u3400-\u9fff])"
)
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+")
_MOST_CUTS = 7


def words_of(text: str) -> list[str]:
    """Return the words of *text* as they are compared: width and case folded."""
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


def cuts_of(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the parts before and behind each separator in *text*, with the separator between
    them; of many separators only the first and last few."""
    found = list(SEPARATOR.finditer(text))
    if len(found) > _MOST_CUTS:
        found = found[:4] + found[-3:]
    for one in found:
        before, behind = text[: one.start()].strip(), text[one.end() :].strip()
        if before and behind:
            yield before, one.group().strip(), behind


def strip_name(text: str) -> str:
    """Return *text* without the names behind its dashes: parts of up to four words that are
    at most half as long as what stands before them."""
    while True:
        parts = [(before, behind) for before, _, behind in cuts_of(text)][-1:]
        if not parts or length_of(parts[0][1]) > 4 or 2 * len(parts[0][1]) > len(parts[0][0]):
            return text.strip()
        text = parts[0][0]


def is_site(text: str, site: Sequence[str]) -> bool:
    """Tell whether *text* is much the same as one of the names in *site* (`key_of` each)."""
    key = key_of(text)
    return bool(key) and any(
        key == name
        or (len(name) > 3 and name in key and 2 * len(key) < 5 * len(name))
        or (len(key) > 3 and key in name)
        for name in site
    )


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
