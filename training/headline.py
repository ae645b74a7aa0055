"""Train what the marks of a title are worth (``newsclean/models/headline``) on labelled pages.

    python -m training.headline FOLDER [--check]

The label is the page's ``title``; see `training.pages`. The weights are those of a conditional
logit: of all titles of a page, the likelihood of the right one. Writes ``weights.json``;
``--check`` writes nothing but scores each fifth of the sites with weights trained on the other
four.
"""

import argparse
from collections import defaultdict
from dataclasses import dataclass

import numpy
from scipy.optimize import minimize

from newsclean.extraction.candidates import Candidates
from newsclean.extraction.dom.page import Page
from newsclean.extraction.headline.choose import site_names
from newsclean.extraction.headline.text import words_of
from newsclean.extraction.headline.titles import read_titles
from newsclean.extraction.reader import SOURCES, headline_sources
from training.pages import FOLDS, fold_of, lines, print_scores
from training.tables import write_weights

PENALTY = 0.0015
# Sets of few pages, whose sites are others than those of the larger ones, count for more.
SET_WEIGHTS = {"fundus": 2.0, "gne": 2.0, "postlight": 2.0}


@dataclass
class Example:
    """A labelled page: the marks of its titles, and which of them are right."""

    set_name: str
    site: str
    marks: list
    right: numpy.ndarray

    @property
    def fold(self):
        return fold_of(self.site)

    @property
    def weight(self):
        return SET_WEIGHTS.get(self.set_name, 1.0)


def examples(folder):
    for set_name, site, line in lines(folder):
        if line["labels"].get("title"):
            yield example(set_name, site, line)


def example(set_name, site, line):
    page = Page(line["html"], line["url"] or "")
    candidates = Candidates()
    for source, fields in SOURCES:
        if not fields:
            candidates.add(source(page))
    named, news = headline_sources(candidates)
    titles = read_titles(page, named, site_names(page), news=news)
    wanted = words_of(line["labels"]["title"])
    right = numpy.array([words_of(title.text) == wanted for title in titles], dtype=float)
    return Example(set_name, site, [title.marks for title in titles], right)


def fit(some):
    """Return the weights by mark."""
    some = [one for one in some if one.right.any()]
    names = sorted({name for one in some for marks in one.marks for name in marks})
    rows = numpy.array(
        [[marks.get(name, 0.0) for name in names] for one in some for marks in one.marks]
    )
    sizes = [len(one.marks) for one in some]
    starts = numpy.cumsum([0, *sizes])[:-1]
    pages = numpy.repeat(numpy.arange(len(some)), sizes)
    right = numpy.concatenate([one.right for one in some])
    weights = numpy.array([one.weight for one in some])
    weights /= weights.sum()

    def loss(worths):
        scores = rows @ worths
        odds = numpy.exp(scores - numpy.maximum.reduceat(scores, starts)[pages])
        every, good = (numpy.add.reduceat(one, starts) for one in (odds, odds * right))
        slope = (odds / every[pages] - odds * right / good[pages]) * weights[pages]
        return (
            weights @ numpy.log(every / good) + PENALTY / 2 * worths @ worths,
            rows.T @ slope + PENALTY * worths,
        )

    found = minimize(loss, numpy.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {
        name: round(float(value), 2)
        for name, value in zip(names, found, strict=True)
        if abs(value) >= 0.02
    }


def score(weights, one):
    worths = [
        sum(weights.get(name, 0.0) * value for name, value in marks.items()) for marks in one.marks
    ]
    return one.right[int(numpy.argmax(worths))] if worths else 0.0


def check(every):
    scores = defaultdict(list)
    for fold in range(FOLDS):
        weights = fit([one for one in every if one.fold != fold])
        for one in every:
            if one.fold == fold:
                scores[one.set_name].append((one.site, score(weights, one)))
    print_scores(scores, lambda found: sum(found) / len(found))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    every = list(examples(arguments.folder))
    if arguments.check:
        check(every)
    else:
        write_weights("headline/weights.json", fit(every))


if __name__ == "__main__":
    main()
