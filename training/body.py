"""Train the model of the body (``newsclean/models/body``) on labelled pages.

    python -m training.body FOLDER [--check]

A label is the ``text`` of the body, or snippets that are in it (``with``) and not in it
(``without``); see `training.pages`. The script writes ``names.json``, ``phrases.json`` and
``trees.json``. ``--check`` writes no files. It scores each fold of the sites with a model that is
trained on the other four folds.
"""

import argparse
import math
import re
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

import lightgbm
import numpy

from newsclean.cleaning import clean_body
from newsclean.cleaning.tree import parse_html
from newsclean.extraction.authors.first_names import is_first_name
from newsclean.extraction.body.blocks import read_blocks
from newsclean.extraction.body.choose import choose_blocks
from newsclean.extraction.body.features import NAMES, Features
from newsclean.extraction.body.model import Model, compile_trees
from newsclean.extraction.body.page_head import page_summary, page_title
from newsclean.extraction.body.words import Weights, phrase_words
from newsclean.extraction.body.write import write_body
from newsclean.lexicon import read_months
from training.pages import FOLDS, fold_of, lines, print_scores
from training.tables import write_trees, write_weights

TREES = 250
# Most blocks are clear cases. (trees, log-odds, factor): after this number of trees, larger
# log-odds are certain, and the final value is about this factor higher.
STAGES = [
    {"trees": 15, "certain": 0.85, "factor": 4.7},
    {"trees": 30, "certain": 1.2, "factor": 2.75},
    {"trees": 80, "certain": 1.5, "factor": 1.46},
]
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 24,
    "min_data_in_leaf": 30,
    "min_sum_hessian_in_leaf": 0.02,
    "lambda_l2": 5,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 1,
    "num_threads": 1,
    "verbose": -1,
}
UNSPACED_WEIGHT = 4.0  # of pages in scripts without spaces, because there are few of them
SNIPPET_WEIGHT = 0.15  # of a snippet; the weights of the blocks of a whole article have the sum 1
# Share of the occurrences of a word that begin with a capital letter, if it is a name.
CAPITAL_SHARE = 0.8
LETTERS = re.compile(r"[^\W\d_]{2,}")
# A word is in a table if it is on this number of sites and has this absolute log-odds, which is
# rounded to steps.
NAME_SITES, PHRASE_SITES, LEAST, STEP = 6, 6, 0.5, 0.5

UNSPACED = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
SPACED_TOKEN = re.compile(r"\w+")
UNSPACED_TOKEN = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")


@dataclass
class Example:
    """A labelled page: for each block its share in the article and its weight."""

    set_name: str
    site: str
    labels: dict
    page: object
    title: str
    summary: str
    kept: list = field(default_factory=list)
    weights: list = field(default_factory=list)
    rows: object = None

    @property
    def fold(self):
        return fold_of(self.site)

    @property
    def partly(self):
        return not self.labels.get("text")


def examples(folder):
    for set_name, site, line in lines(folder):
        labels = line["labels"]
        if labels.get("text") or labels.get("with"):
            root = parse_html(line["html"])
            page = read_blocks(root)
            metas = list(root.iter("meta"))
            title, summary = page_title(root, metas), page_summary(metas)
            example = Example(set_name, site, labels, page, title, summary)
            (label_snippets if example.partly else label_text)(example)
            yield example


# --- labels ---------------------------------------------------------------------------------


def tokens_of(text):
    unspaced = len(re.findall(f"[{UNSPACED}]", text))
    return UNSPACED_TOKEN if unspaced > 0.2 * len(re.sub(r"\s+", "", text)) else SPACED_TOKEN


def shingles(text, tokens, size=4):
    found = tokens.findall(text)
    return Counter(tuple(found[at : at + size]) for at in range(max(1, len(found) - size + 1)))


def label_text(example):
    """Label blocks by the text of the article. The share of a block is that of its runs of four
    words in the article. Its weight is its length relative to the article. Copies share a
    weight."""
    tokens = tokens_of(example.labels["text"])
    wanted = tokens.findall(example.labels["text"])
    known = {
        size: {tuple(wanted[at : at + size]) for at in range(len(wanted) - size + 1)}
        for size in (1, 2, 3, 4)
    }
    found = [tokens.findall(block.text) for block in example.page.blocks]
    for words in found:
        size = min(4, len(words))
        runs = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
        share = sum(run in known[size] for run in runs) / len(runs) if words else 0.0
        example.kept.append(share)
        example.weights.append(len(words) / len(wanted))
    long = [
        kept > 0.6 if len(words) > 7 else None
        for kept, words in zip(example.kept, found, strict=False)
    ]
    copies = defaultdict(list)
    for at, words in enumerate(found):
        if len(words) < 5:  # "Read more" may be anywhere; it counts only next to a paragraph
            around = (reversed(long[max(0, at - 11) : at]), long[at + 1 : at + 12])
            if not any(next((one for one in side if one is not None), False) for side in around):
                example.kept[at] = 0.0
        if len(words) > 5 and example.kept[at] > 0.5:
            copies[tuple(words)].append(at)
    for places in copies.values():
        for at in places:
            example.weights[at] /= len(places)


def label_snippets(example):
    """Label blocks by snippets. Other blocks than those with a snippet have no weight."""
    blocks = example.page.blocks
    example.kept, example.weights = [0.0] * len(blocks), [0.0] * len(blocks)
    for kept, snippets in ((0.0, example.labels["without"]), (1.0, example.labels["with"])):
        for snippet in (" ".join(one.split()) for one in snippets):
            hits = [at for at, block in enumerate(blocks) if snippet in block.text]
            if not hits and len(snippet) > 20:
                inside = (len(block.text) > 15 and block.text in snippet for block in blocks)
                hits = [at for at, hit in enumerate(inside) if hit]
            for at in hits:
                example.kept[at] = max(kept, example.kept[at])
                example.weights[at] += SNIPPET_WEIGHT / (len(hits) if kept else 1)


# --- tables of words ------------------------------------------------------------------------


def name_shares(example):
    """Return for each name, and pair of names, the share of article words in its boxes."""
    kept, all_words = [0.0], [0.0]
    for block, share, weight in zip(
        example.page.blocks, example.kept, example.weights, strict=False
    ):
        words = min(block.words, 60) * (1 if 2 * block.links < len(block.text) else 0.5)
        words *= not example.partly or weight > 0
        kept.append(kept[-1] + words * (share >= 0.5))
        all_words.append(all_words[-1] + words)
    sums = defaultdict(lambda: [0.0, 0.0])
    for box in example.page.boxes:
        words = all_words[box.end] - all_words[box.first]
        if words > 0:
            weight = min(1.0, words / 30)
            pairs = map("-".join, pairwise(box.names))
            for name in {name for name in (*box.names, *pairs) if len(name) > 2}:
                sums[name][0] += (kept[box.end] - kept[box.first]) / words * weight
                sums[name][1] += weight
    return sums


def phrase_shares(example):
    """Return for each word of short blocks, and each first word, the share of article blocks."""
    sums = defaultdict(lambda: [0.0, 0.0])
    for block, share, weight in zip(
        example.page.blocks, example.kept, example.weights, strict=False
    ):
        if not example.partly or weight > 0:
            first, *words = phrase_words(block.text, block.words)
            for word in {"^" + first, *words}:
                sums[word][0] += share >= 0.5
                sums[word][1] += 1
    return {word: (kept / count, 1.0) for word, (kept, count) in sums.items()}


def table(shares, sites_needed, prior_weight):
    """Return the log-odds of the mean over sites against the mean of all words, rounded."""
    by_site = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for site, sums in shares:
        for word, (kept, weight) in sums.items():
            by_site[site][word][0] += kept
            by_site[site][word][1] += weight
    totals = defaultdict(lambda: [0.0, 0.0, 0])
    for words in by_site.values():
        for word, (kept, weight) in words.items():
            total = totals[word]
            total[0] += kept / weight * min(1.0, weight)
            total[1] += min(1.0, weight)
            total[2] += 1
    prior = sum(one[0] for one in totals.values()) / sum(one[1] for one in totals.values())
    found = {}
    for word, (kept, weight, sites) in totals.items():
        odds = (kept + prior_weight * prior) / (weight - kept + prior_weight * (1 - prior))
        value = math.log(odds * (1 - prior) / prior)
        if sites >= sites_needed and abs(value) >= LEAST:
            found[word] = round(value / STEP) * STEP
    return found


def people(some):
    """Return the first names in *some*, which are written with a capital letter.

    Their weights would be valid only for the articles of one person. Months and other words
    (*said*, *else*, *April*) are also in the list of first names, but stay.
    """
    months = {name for table in read_months().values() for names in table for name in names}
    capital, every = Counter(), Counter()
    for one in some:
        for block in one.page.blocks:
            for word in LETTERS.findall(block.text):
                every[word.lower()] += 1
                capital[word.lower()] += word[0].isupper()
    return {
        word
        for word, count in every.items()
        if is_first_name(word) and word not in months and capital[word] >= CAPITAL_SHARE * count
    }


def word_tables(some):
    names = table([(one.site, name_shares(one)) for one in some], NAME_SITES, 1.5)
    phrases = table([(one.site, phrase_shares(one)) for one in some], PHRASE_SITES, 3)
    left_out = people(some)
    phrases = {word: weight for word, weight in phrases.items() if word.lstrip("^") not in left_out}
    return Weights(names, phrases)


# --- trees ----------------------------------------------------------------------------------


def encode(every):
    """Compute the rows of each page with word weights from the sites of the other folds. Weights
    from the page itself would look better than they are."""
    tables = [word_tables([one for one in every if one.fold != fold]) for fold in range(FOLDS)]
    for one in every:
        features = Features(one.page, tables[one.fold], one.title, one.summary)
        rows = [features.row(at) for at in range(len(one.page.blocks))]
        one.rows = numpy.array(rows, dtype=float).reshape(-1, len(NAMES))
    return tables


def fit(some):
    weights = numpy.concatenate([row_weights(one) for one in some])
    kept = numpy.concatenate([numpy.array(one.kept) >= 0.5 for one in some])
    data = lightgbm.Dataset(
        numpy.concatenate([one.rows for one in some]), kept, weight=weights / weights.mean()
    )
    return lightgbm.train(PARAMETERS, data, TREES)


def row_weights(one):
    weights = numpy.array(one.weights)
    if not one.partly:
        weights = numpy.minimum(weights, 1.0) + 0.001
        if tokens_of(one.labels["text"]) is UNSPACED_TOKEN:
            weights *= UNSPACED_WEIGHT
    return weights


def trees_of(model):
    return [branch(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


def branch(node):
    """Return a tree in the form for `newsclean.extraction.body.model.compile_trees`."""
    if "leaf_value" in node:
        return float(f"{node['leaf_value']:.3f}")
    threshold = float(f"{node['threshold']:.4g}")
    feature = NAMES[node["split_feature"]]
    return [feature, threshold, branch(node["left_child"]), branch(node["right_child"])]


def write(every):
    encode(every)
    weights = word_tables(every)
    write_weights("body/names.json", weights.names)
    write_weights("body/phrases.json", weights.phrases)
    write_trees(trees_of(fit(every)), STAGES)


# --- check ----------------------------------------------------------------------------------


def check(every):
    """Score each fold with a model that is trained without its sites."""
    tables = encode(every)
    scores = defaultdict(list)
    for fold in range(FOLDS):
        trees = trees_of(fit([one for one in every if one.fold != fold]))
        model = Model(tables[fold], compile_trees({"trees": trees, "stages": STAGES}))
        for one in every:
            if one.fold == fold:
                chosen = choose_blocks(one.page, one.title, one.summary, model)
                text = clean_body(write_body(one.page, chosen)).text
                scores[one.set_name].append((one.site, score(one.labels, text)))
    print_scores(scores, f1)


def score(labels, text):
    if not labels.get("text"):
        text = " ".join(text.split())
        hit = sum(" ".join(one.split()) in text for one in labels["with"])
        extra = sum(" ".join(one.split()) in text for one in labels["without"])
        return hit, extra, len(labels["with"]) - hit, True
    tokens = tokens_of(labels["text"])
    wanted, got = shingles(labels["text"], tokens), shingles(text, tokens) if text else Counter()
    return (wanted & got).total(), (got - wanted).total(), (wanted - got).total(), False


def f1(found):
    if found[0][3]:
        hit, extra, missed, _ = map(sum, zip(*found, strict=False))
        return 2 * hit / (2 * hit + extra + missed)
    precision = statistics.mean(hit / (hit + extra) for hit, extra, *_ in found if hit + extra)
    recall = statistics.mean(hit / (hit + missed) for hit, _, missed, _ in found if hit + missed)
    return 2 * precision * recall / (precision + recall)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    every = list(examples(args.folder))
    (check if args.check else write)(every)


if __name__ == "__main__":
    main()
