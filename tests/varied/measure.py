"""How much of the varied pages is read, and how much that is not theirs."""

import re
from statistics import fmean
from typing import NamedTuple

from tests.quality.readers import newsclean
from tests.quality.score import overlap
from tests.varied.pages import pages

# The numbers of ordered lists are written by the browser, and by us: they are in no label.
NUMBERS = re.compile(r"(?m)^\s*(?:\d+|[a-z])\.\s")


class Found(NamedTuple):
    """How well one page was read."""

    kind: str
    layout: str
    number: int
    precision: float
    recall: float

    @property
    def f1(self):
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def measure(count=6, reader=newsclean):
    """Return what *reader* found on *count* pages of each layout."""
    found = []
    for at, (kind, layout, html, text) in enumerate(pages(count)):
        got = NUMBERS.sub("", reader(html, "https://a.example/page").body)
        precision, recall = overlap(text, got)
        found.append(Found(kind, layout, at % count, precision or 0.0, recall or 0.0))
    return found


def mean_by(found, name):
    """Return kind or layout, as *name* says, → means of precision, recall and F1."""
    groups = dict.fromkeys(getattr(one, name) for one in found)
    return {
        group: tuple(
            fmean(getattr(one, number) for one in found if getattr(one, name) == group)
            for number in ("precision", "recall", "f1")
        )
        for group in groups
    }
