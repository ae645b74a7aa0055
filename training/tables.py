"""Write tables into ``newsclean/models`` with one entry per line, for readable diffs."""

import json
import textwrap
from pathlib import Path

MODELS = Path(__file__).parent.parent / "newsclean" / "models"


def write_weights(path, weights):
    """Write a table of words and weights, sorted by word."""
    lines = [f"{json.dumps(word, ensure_ascii=False)}: {weights[word]}" for word in sorted(weights)]
    MODELS.joinpath(path).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf8")


def write_trees(trees, stages):
    """Write *trees*, and the *stages* after which a clear case ends.

    A tree is a leaf (log-odds) or a split ``[feature, threshold, below, above]``. The tree *below*
    is used if the feature is at most *threshold*.
    """
    lines = [textwrap.fill(json.dumps(tree), 100, break_on_hyphens=False) for tree in trees]
    ends = ",\n".join(json.dumps(stage) for stage in stages)
    text = f'{{\n"stages": [\n{ends}\n],\n"trees": [\n' + ",\n".join(lines) + "\n]\n}\n"
    MODELS.joinpath("body/trees.json").write_text(text, "utf8")
