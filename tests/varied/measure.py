"""How much of the varied pages is read, and how much that is not theirs."""

from collections import Counter
from statistics import fmean

from newsclean import read_article
from tests.quality.score import overlap
from tests.varied.pages import pages


def measure(count=10):
    """Return (kind, number, precision, recall) of each of *count* pages of each kind."""
    found, numbers = [], Counter()
    for kind, html, text in pages(count):
        article = read_article(html, "https://a.example/page")
        precision, recall = overlap(text, article.articleBody or "")
        found.append((kind, numbers[kind], precision or 0.0, recall or 0.0))
        numbers[kind] += 1
    return found


def by_kind(found):
    """Return kind → mean precision and mean recall."""
    kinds = dict.fromkeys(one[0] for one in found)
    return {
        kind: tuple(fmean(one[at] for one in found if one[0] == kind) for at in (2, 3))
        for kind in kinds
    }
