"""Train the weights of the features of titles (``newsclean/models/headline``) on labelled pages.

    python -m training.headline FOLDER [--check]

The label of a page is its ``title``; see `training.pages`. The model is a conditional logit: it
maximises the likelihood of the right title among all titles of a page. The script writes
``weights.json``. ``--check`` writes no file. It scores each fold of the sites with weights that are
trained on the other four folds.
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

PENALTY = 0.0015  # of the squared weights (L2 regularisation)
MIN_WEIGHT = 0.02  # absolute value; features with a smaller weight are left out
# Small sets with sites that the large sets do not have get a higher weight.
SET_WEIGHTS = {"fundus": 2.0, "gne": 2.0, "postlight": 2.0}


@dataclass
class Example:
    """A labelled page: the features of each of its titles, and 1 for each title that is right."""

    set_name: str
    site: str
    features: list
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
    return Example(set_name, site, [title.features for title in titles], right)


def fit(some):
    """Return feature → weight."""
    some = [one for one in some if one.right.any()]
    titles = [features for one in some for features in one.features]
    names = sorted({name for features in titles for name in features})
    rows = numpy.array([[features.get(name, 0.0) for name in names] for features in titles])
    sizes = [len(one.features) for one in some]
    starts = numpy.cumsum([0, *sizes])[:-1]
    pages = numpy.repeat(numpy.arange(len(some)), sizes)
    right = numpy.concatenate([one.right for one in some])
    page_weights = numpy.array([one.weight for one in some])
    page_weights /= page_weights.sum()

    def loss(weights):
        scores = rows @ weights
        odds = numpy.exp(scores - numpy.maximum.reduceat(scores, starts)[pages])
        every, good = (numpy.add.reduceat(one, starts) for one in (odds, odds * right))
        slope = (odds / every[pages] - odds * right / good[pages]) * page_weights[pages]
        return (
            page_weights @ numpy.log(every / good) + PENALTY / 2 * weights @ weights,
            rows.T @ slope + PENALTY * weights,
        )

    found = minimize(loss, numpy.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return {
        name: round(float(value), 2)
        for name, value in zip(names, found, strict=True)
        if abs(value) >= MIN_WEIGHT
    }


def score(weights, one):
    """Return 1 if the title of the page *one* with the highest score is right, else 0."""
    scores = [
        sum(weights.get(name, 0.0) * value for name, value in features.items())
        for features in one.features
    ]
    return one.right[int(numpy.argmax(scores))] if scores else 0.0


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
