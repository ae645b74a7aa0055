"""Trained tables are data: complete, documented, and read only when a page is."""

import subprocess
import sys
from importlib.resources import files

import pytest

from newsclean import models
from newsclean.extraction.body.features import NAMES
from newsclean.extraction.body.model import compile_trees, load_model
from newsclean.models import read_model

FOLDERS = sorted(one.name for one in files(models).iterdir() if one.is_dir() and one.name[0] != "_")


def walk(tree):
    if isinstance(tree, list):
        yield tree
        yield from walk(tree[2])
        yield from walk(tree[3])


def test_there_are_models():
    assert FOLDERS == ["body", "first_names", "headline"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_model_says_where_it_comes_from(folder):
    text = files(models).joinpath(folder, "MODEL.md").read_text("utf-8")
    for heading in ("## Sources", "## Date", "## Command", "## Scores"):
        assert heading in text, heading


def test_trees_split_by_features_that_exist():
    tables = read_model("body/trees.json")
    splits = [split for tree in tables["trees"] for split in walk(tree)]
    assert len(splits) > 1000
    assert {split[0] for split in splits} <= set(NAMES)


def test_a_clear_case_ends_after_its_stage():
    trees = [["words", 3, -1.0, 1.0], ["links", 0.5, 0.25, -0.25]]
    log_odds = compile_trees(
        {"trees": trees, "stages": [{"trees": 1, "certain": 0.9, "factor": 3}]}
    )
    rest = [0.0] * (len(NAMES) - 2)
    assert log_odds((5.0, 0.9, *rest)) == 3.0
    log_odds = compile_trees({"trees": trees, "stages": []})
    assert log_odds((5.0, 0.9, *rest)) == 0.75


def test_a_tree_with_an_unknown_feature_is_refused():
    with pytest.raises(ValueError, match="not in"):
        compile_trees({"trees": [["colour", 3, -1.0, 1.0]], "stages": []})


def test_importing_the_package_reads_no_model():
    code = "import sys, newsclean; print('json' in sys.modules, 'newsclean.models' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"False False\n"


def test_words_are_no_names_of_people_and_no_checksums():
    weights = load_model().weights
    assert len(weights.names) > 1000
    assert len(weights.phrases) > 1000
    for name in ("amanda", "james", "rebecca", "matthew"):
        assert name not in weights.phrases
        assert f"^{name}" not in weights.phrases
    for letters in ("afc", "bcb", "ddf", "ecc"):  # of hexadecimal numbers
        assert letters not in weights.names
