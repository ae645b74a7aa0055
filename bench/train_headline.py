"""Train what the marks of a title are worth, `newsclean.extraction.headline.weights`.

    python bench/train_headline.py FOLDER [--check]

FOLDER holds ``SET.jsonl.xz`` with a line ``{"id", "url", "html", "labels"}`` for each page;
the label is its ``title``. The weights are those of a conditional logit: of all titles of a
page, the likelihood of the right one. Writes the table; ``--check`` writes nothing but scores
each fifth of the sites with weights trained on the other four. Needs numpy and scipy, which
newsclean itself does not.
"""

import argparse
import json
import lzma
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy
from scipy.optimize import minimize

from newsclean.extraction.candidates import Candidates
from newsclean.extraction.headline import choose
from newsclean.extraction.headline.choose import site_names
from newsclean.extraction.headline.text import words_of
from newsclean.extraction.headline.titles import read_titles
from newsclean.extraction.page import Page
from newsclean.extraction.reader import SOURCES, headline_sources

TABLE = Path(choose.__file__).with_name("weights.py")
FOLDS = 5
PENALTY = 0.003
# Sets of few pages, whose sites are others than those of the larger ones, count for more.
SET_WEIGHTS = {"fundus": 3.0, "gne": 3.0, "postlight": 2.0}
HEAD = '''"""What the marks of a title are worth (`titles`, `marks`), in log-odds.

Trained by `bench/train_headline.py`; not to be changed by hand.
"""

from __future__ import annotations

WEIGHTS: dict[str, float] = {
'''


@dataclass
class Example:
    """A labelled page: the marks of its titles, and which of them are right."""

    set_name: str
    site: str
    marks: list
    right: numpy.ndarray

    @property
    def fold(self):
        return zlib.crc32(self.site.encode()) // 7 % FOLDS

    @property
    def weight(self):
        return SET_WEIGHTS.get(self.set_name, 1.0)


def examples(folder):
    for path in sorted(Path(folder).glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for line in map(json.loads, lines):
                if line["labels"].get("title"):
                    yield example(path.name.split(".")[0], line)


def example(set_name, line):
    page = Page(line["html"], line["url"] or "")
    candidates = Candidates()
    for source, fields in SOURCES:
        if not fields:
            candidates.add(source(page))
    named, news = headline_sources(candidates)
    titles = read_titles(page, named, site_names(page), news=news)
    wanted = words_of(line["labels"]["title"])
    right = numpy.array([words_of(title.text) == wanted for title in titles], dtype=float)
    site = page.host.removeprefix("www.") or line["id"].rsplit("/", 1)[0]
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
                scores[one.set_name].append(score(weights, one))
    for set_name, found in scores.items():
        print(f"{set_name:10} {len(found):5} {sum(found) / len(found):.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    every = list(examples(arguments.folder))
    if arguments.check:
        check(every)
    else:
        lines = [f'    "{name}": {value},\n' for name, value in fit(every).items()]
        TABLE.write_text("".join([HEAD, *lines, "}\n"]), "utf8")


if __name__ == "__main__":
    main()
