"""How well a reader did on labelled pages, told as numbers from 0 to 1.

The body is scored as the public article-extraction benchmark does: a text is the multiset of its
runs of four tokens; precision and recall are averaged over the pages, and F1 is made of the two
averages. Where a language writes no spaces, each character is a token.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean
from urllib.parse import urlsplit

RUN = 4
WITHOUT_SPACES = "぀-ヿ㐀-䶿一-鿿豈-﫿฀-໿"
CHARACTERS = re.compile(rf"[{WITHOUT_SPACES}]|[^\W{WITHOUT_SPACES}]+")
WORDS = re.compile(r"\w+")


@dataclass
class Reading:
    """What a reader, or a label, says of one page; None or empty where it says nothing."""

    body: str = ""
    headline: str | None = None
    authors: list[str] = field(default_factory=list)
    date: str | None = None
    image: str | None = None


def tokens(text: str, like: str) -> list[str]:
    """The tokens of *text*: characters, if *like* is mostly in a script that has no spaces."""
    letters = sum(not one.isspace() for one in like)
    unspaced = len(re.findall(f"[{WITHOUT_SPACES}]", like))
    return (CHARACTERS if unspaced * 5 > letters else WORDS).findall(text)


def runs(text: str, like: str) -> Counter[tuple[str, ...]]:
    """How often each run of four tokens stands in *text*; a shorter text is one run."""
    found = tokens(text, like)
    if not found:
        return Counter()
    return Counter(tuple(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)))


def overlap(wanted: str, got: str) -> tuple[float | None, float | None]:
    """Precision and recall of *got*; None where there is nothing to divide by."""
    label, answer = runs(wanted, wanted), runs(got, wanted)
    common = (label & answer).total()
    return (
        common / answer.total() if answer else None,
        common / label.total() if label else None,
    )


def f1(pairs: list[tuple[float | None, float | None]]) -> float:
    """F1 of the mean precision and the mean recall of *pairs*."""
    precisions = [one for one, _ in pairs if one is not None]
    recalls = [one for _, one in pairs if one is not None]
    if not precisions or not recalls:
        return 0.0
    precision, recall = fmean(precisions), fmean(recalls)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def plain(text: str | None) -> str:
    """*text* without case, punctuation and the difference between half and full width."""
    return " ".join(CHARACTERS.findall(unicodedata.normalize("NFKC", text or "").casefold()))


def file_name(url: str | None) -> str:
    """The last part of the path of *url*, which is what tells one picture from another."""
    return urlsplit(url or "").path.rsplit("/", 1)[-1].lower()


def score(pairs: list[tuple[Reading, Reading]]) -> dict[str, float]:
    """Each field's score over *pairs* of label and answer; one without labels is left out."""
    out = {}
    if labelled := [(label, got) for label, got in pairs if label.body]:
        out["body"] = f1([overlap(label.body, got.body) for label, got in labelled])
    if labelled := [(label, got) for label, got in pairs if label.headline]:
        out["headline"] = fmean(plain(a.headline) == plain(b.headline) for a, b in labelled)
    if labelled := [(label, got) for label, got in pairs if label.authors]:
        out["authors"] = fmean(
            2 * len(wanted & found) / (len(wanted) + len(found))
            for wanted, found in (
                ({plain(one) for one in a.authors}, {plain(one) for one in b.authors})
                for a, b in labelled
            )
        )
    if labelled := [(label, got) for label, got in pairs if label.date]:
        out["date"] = fmean((a.date or "")[:10] == (b.date or "")[:10] for a, b in labelled)
    if labelled := [(label, got) for label, got in pairs if label.image]:
        out["image"] = fmean(file_name(a.image) == file_name(b.image) for a, b in labelled)
    return out
