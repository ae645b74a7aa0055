"""Load the trained model for blocks of the article (``newsclean/models/body``)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from newsclean.extraction.body.features import NAMES
from newsclean.extraction.body.words import Weights
from newsclean.models import read_model

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    LogOdds = Callable[[tuple[float, ...]], float]


class Model(NamedTuple):
    """Weights of words, and the function from the features of a block (`NAMES`) to the log-odds
    that it belongs to the article."""

    weights: Weights
    log_odds: LogOdds


@cache
def load_model() -> Model:
    """Return the model of ``newsclean/models/body``. Only the first call reads it (0.07 s)."""
    weights = Weights(read_model("body/names.json"), read_model("body/phrases.json"))
    return Model(weights, compile_trees(read_model("body/trees.json")))


def compile_trees(tables: Mapping[str, Any]) -> LogOdds:
    """Return the sum of the trees of *tables* as a function.

    ``trees`` are leaves (a number) and splits ``[feature, threshold, below, above]``. A feature
    that is at most the threshold goes to ``below``. After the first ``trees`` of a stage, a sum
    that is not between -``certain`` and ``certain`` is returned times ``factor``, without the other
    trees. Each stage is compiled to one expression, which takes a fifth of the time of a walk over
    lists.

    >>> log_odds = compile_trees({"trees": [["words", 3, -1.5, 2.0]], "stages": []})
    >>> log_odds((4.0, *[0.0] * (len(NAMES) - 1)))
    2.0
    """
    trees = [_source(tree) for tree in tables["trees"]]
    ends = [*tables["stages"], {"trees": len(trees)}]
    start, body = 0, [f"({', '.join(NAMES)},) = row", "odds = 0.0"]
    for stage in ends:
        body.append(f"odds += 0.0 + {' + '.join(trees[start : stage['trees']])}")
        start = stage["trees"]
        if start < len(trees):
            certain, factor = float(stage["certain"]), float(stage["factor"])
            body += [f"if not {-certain} < odds < {certain}:", f"    return {factor} * odds"]
    source = "\n    ".join(["def log_odds(row):", *body, "return odds"])
    names: dict[str, LogOdds] = {}
    exec(source, names)  # noqa: S102 - nothing but numbers and the names of features
    return names["log_odds"]


def _source(tree: Any) -> str:
    """Return *tree* as a conditional expression."""
    if isinstance(tree, list):
        feature, threshold, below, above = tree
        name = NAMES[NAMES.index(feature)]
        return f"({_source(below)} if {name} <= {float(threshold)!r} else {_source(above)})"
    return repr(float(tree))
