"""Train the body reader's tables (names, phrases, trees) on labelled pages.

    python bench/train_body.py FOLDER [--check]

FOLDER holds ``SET.jsonl.xz`` with a line ``{"id", "url", "html", "labels"}`` for each page;
labels are the body's ``text``, or snippets that are in it (``with``) and not (``without``).
Writes `names.py`, `phrases.py` and `trees.py` of `newsclean.extraction.body`. ``--check``
writes nothing but scores each fifth of the sites with tables trained on the other four.
Needs lightgbm and numpy, which newsclean itself does not.
"""

import argparse
import json
import lzma
import math
import re
import statistics
import textwrap
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import lightgbm
import numpy

from newsclean.cleaning import clean_body
from newsclean.cleaning.tree import parse_html
from newsclean.extraction.body import choose
from newsclean.extraction.body.blocks import read_blocks
from newsclean.extraction.body.features import NAMES, Features
from newsclean.extraction.body.hints import page_summary, page_title
from newsclean.extraction.body.words import Weights, phrase_words
from newsclean.extraction.body.write import write_body

PACKAGE = Path(choose.__file__).parent
FOLDS = 5
TREES = 250
# Most blocks are plain cases. After so many trees, log-odds of so much are as good as certain,
# and come out as about so many times that in the end.
STAGES = ((15, 0.85, 4.7), (30, 1.2, 2.75), (80, 1.5, 1.46))
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
# Pages in scripts without spaces are few, and are to be read as well as the others.
UNSPACED_WEIGHT = 4.0
SNIPPET_WEIGHT = 0.15
# A word is in a table if it is met on so many sites, and says so much.
NAME_SITES, PHRASE_SITES, LEAST, STEP = 4, 6, 0.5, 0.5

UNSPACED = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
SPACED_TOKEN = re.compile(r"\w+")
UNSPACED_TOKEN = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")


@dataclass
class Example:
    """A labelled page: for each block how much of it is the article's and what it matters."""

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
        return zlib.crc32(self.site.encode()) % FOLDS

    @property
    def partly(self):
        return not self.labels.get("text")


def examples(folder):
    for path in sorted(Path(folder).glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for line in map(json.loads, lines):
                labels = line["labels"]
                if labels.get("text") or labels.get("with"):
                    root = parse_html(line["html"])
                    page = read_blocks(root)
                    site = labels.get("site") or line["id"]
                    example = Example(
                        path.name.split(".")[0],
                        site,
                        labels,
                        page,
                        page_title(root),
                        page_summary(root),
                    )
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
    """A block is the article's as far as its runs of four words are; it matters as much as it
    is long in relation to the article. Copies share what they matter."""
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
        if len(words) < 5:  # "Read more" may be anywhere: only beside a paragraph is it the one
            around = (reversed(long[max(0, at - 11) : at]), long[at + 1 : at + 12])
            if not any(next((one for one in side if one is not None), False) for side in around):
                example.kept[at] = 0.0
        if len(words) > 5 and example.kept[at] > 0.5:
            copies[tuple(words)].append(at)
    for places in copies.values():
        for at in places:
            example.weights[at] /= len(places)


def label_snippets(example):
    """Only blocks with a snippet in them, or in a snippet, matter."""
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
    """For each name, and pair of names, the share of the words in its boxes that is kept."""
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
    """For each word of short blocks, and each first word, the share of its blocks that is kept."""
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
    """Log-odds of the mean over sites against the mean of all words, in steps."""
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


def word_tables(some):
    names = table([(one.site, name_shares(one)) for one in some], NAME_SITES, 1.5)
    phrases = table([(one.site, phrase_shares(one)) for one in some], PHRASE_SITES, 3)
    return Weights(names, phrases)


# --- trees ----------------------------------------------------------------------------------


def encode(every):
    """Give each page its rows, with words weighed by the sites of the other folds only: a
    table that knew a page's own words would look better than it is."""
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


def stages_of(model):
    """The trees as sums, with a way out behind each but the last."""
    trees = [branch(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]
    start, lines = 0, ["    odds = 0.0"]
    for end, certain, factor in (*STAGES, (len(trees), None, None)):
        lines += ["    odds += (", "        0.0"]
        lines += [f"        + {tree}" for tree in trees[start:end]]
        lines += ["    )"]
        if certain:
            lines += [
                f"    if not -{certain} < odds < {certain}:",
                f"        return {factor} * odds",
            ]
        start = end
    return "\n".join([*lines, "    return odds"])


def branch(node):
    if "leaf_value" in node:
        return f"{node['leaf_value']:.3f}"
    threshold = float(f"{node['threshold']:.4g}")
    left, right = branch(node["left_child"]), branch(node["right_child"])
    return f"({left} if {NAMES[node['split_feature']]} <= {threshold:g} else {right})"


TREES_HEAD = '''"""How likely a block is the article's: trees trained by `bench/train_body.py`.

Each line is a tree over the features of `newsclean.extraction.body.features`; their sum is
the log-odds. Plain cases are told by the first of them. Written by the script; not to be
changed by hand.
"""
# fmt: off
# ruff: noqa: E501

from __future__ import annotations


def log_odds(row: tuple[float, ...]) -> float:
    """Return the log-odds that the block with the features *row* is the article's."""
    (
{unpacked}
    ) = row
{stages}
'''


def trees_source(model):
    gains = zip(NAMES, model.feature_importance(), strict=True)
    unpacked = textwrap.fill(
        ", ".join(name if splits else "_" for name, splits in gains) + ",",
        92,
        initial_indent=" " * 8,
        subsequent_indent=" " * 8,
    )
    return TREES_HEAD.format(unpacked=unpacked, stages=stages_of(model))


def table_source(docstring, constant, values):
    grouped = defaultdict(list)
    for word, value in values.items():
        if not set('"\\ ') & set(word):
            grouped[value].append(word)
    lines = [f'"""{docstring}\n\nTrained by `bench/train_body.py`; not to be changed by hand.\n"""']
    lines += ["# fmt: off\n# ruff: noqa: E501\n\nfrom __future__ import annotations\n"]
    lines += ["_WORDS = {"]
    for value in sorted(grouped):
        words = textwrap.fill(
            " ".join(sorted(grouped[value])), 4000, break_long_words=False, break_on_hyphens=False
        )
        lines += [f'    {value}: """{words}""",']
    lines += ["}", f"{constant}: dict[str, float] = {{"]
    lines += ["    word: weight for weight, words in _WORDS.items() for word in words.split()", "}"]
    return "\n".join(lines) + "\n"


NAMES_ABOUT = """What the words of class names and ids weigh, and pairs of them: above 0 where the
article is, below 0 where it is not, in log-odds."""
PHRASES_ABOUT = """What the words of short blocks weigh, ``^`` before the first word of any block:
above 0 where the article is, below 0 where it is not, in log-odds."""


def write(every):
    encode(every)
    weights = word_tables(every)
    (PACKAGE / "names.py").write_text(table_source(NAMES_ABOUT, "NAMES", weights.names), "utf8")
    text = table_source(PHRASES_ABOUT, "PHRASES", weights.phrases)
    (PACKAGE / "phrases.py").write_text(text, "utf8")
    (PACKAGE / "trees.py").write_text(trees_source(fit(every)), "utf8")


# --- check ----------------------------------------------------------------------------------


def check(every):
    """Score each fold by tables that have seen none of its sites."""
    tables = encode(every)
    scores = defaultdict(list)
    for fold in range(FOLDS):
        code = {}
        exec(trees_source(fit([one for one in every if one.fold != fold])), code)
        choose.WEIGHTS, choose.log_odds = tables[fold], code["log_odds"]
        for one in every:
            if one.fold == fold:
                chosen = choose.choose_blocks(one.page, one.title, one.summary)
                text = clean_body(write_body(one.page, chosen)).text
                scores[one.set_name].append(score(one.labels, text))
    for set_name, found in scores.items():
        print(f"{set_name:10} {len(found):5} {f1(set_name, found):.4f}", flush=True)
    return scores


def score(labels, text):
    if not labels.get("text"):
        text = " ".join(text.split())
        hit = sum(" ".join(one.split()) in text for one in labels["with"])
        extra = sum(" ".join(one.split()) in text for one in labels["without"])
        return hit, extra, len(labels["with"]) - hit, True
    tokens = tokens_of(labels["text"])
    wanted, got = shingles(labels["text"], tokens), shingles(text, tokens) if text else Counter()
    return (wanted & got).total(), (got - wanted).total(), (wanted - got).total(), False


def f1(set_name, found):
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
