"""Write tables into ``newsclean/models``: one entry a line, so that a diff shows what changed."""

import json
import textwrap
from pathlib import Path

MODELS = Path(__file__).parent.parent / "newsclean" / "models"


def write_weights(path, weights):
    """Write word → weight, ordered by word."""
    lines = [f"{json.dumps(word, ensure_ascii=False)}: {weights[word]}" for word in sorted(weights)]
    MODELS.joinpath(path).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf8")


def write_trees(trees, stages):
    """Write *trees* and the *stages* after which a clear case ends.

    A tree is a leaf, which is a number of log-odds, or a split ``[feature, threshold, below,
    above]``: the tree *below* decides where the feature is at most *threshold*.
    """
    lines = [textwrap.fill(json.dumps(tree), 100, break_on_hyphens=False) for tree in trees]
    ends = ",\n".join(json.dumps(stage) for stage in stages)
    text = f'{{\n"stages": [\n{ends}\n],\n"trees": [\n' + ",\n".join(lines) + "\n]\n}\n"
    MODELS.joinpath("body/trees.json").write_text(text, "utf8")
