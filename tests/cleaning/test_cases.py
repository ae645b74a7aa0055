"""The cases in tests/cases give the expected text."""

import json
from pathlib import Path

import nh3
import pytest

from newsclean.cleaning import STEPS, clean_body

CASES = Path(__file__).parent.parent / "cases"


def load(*names):
    return [
        pytest.param(case, id=f"{name}-{case['label']}")
        for name in names
        for case in json.loads((CASES / f"{name}.json").read_text("utf8"))
    ]


STEP_FILES = [path.stem for path in sorted(CASES.glob("*.json"))]
SPECIAL = {"negative", "known_failures"}
# Our HTML has no attribute that the sanitiser would not let pass.
ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "video": {"src", "controls"},
    "audio": {"src", "controls"},
    "ol": {"start"},
}


@pytest.mark.parametrize("case", load(*(name for name in STEP_FILES if name != "known_failures")))
def test_case(case):
    assert clean_body(case["original"]).text == case["cleaned"]


@pytest.mark.parametrize("case", load("known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failure(case):
    assert clean_body(case["original"]).text == case["cleaned"]


@pytest.mark.parametrize("case", load("negative"))
def test_what_is_no_leak_is_not_touched(case):
    assert clean_body(case["original"]).changes == {}


@pytest.mark.parametrize("case", load(*STEP_FILES))
def test_cleaning_its_html_again_changes_nothing(case):
    once = clean_body(case["original"])
    again = clean_body(once.html)
    assert again.html == once.html


@pytest.mark.parametrize("case", load(*STEP_FILES))
def test_a_sanitiser_finds_nothing_to_do(case):
    html = clean_body(case["original"]).html
    tags = nh3.ALLOWED_TAGS | {"video", "audio"}
    assert nh3.clean(html, tags=tags, attributes=ATTRIBUTES, link_rel=None) == html


def test_there_is_a_file_of_cases_for_every_step():
    steps = {step.__name__.removeprefix("drop_").removeprefix("fill_") for step in STEPS}
    assert steps | {"unescape", "render"} | SPECIAL == set(STEP_FILES)
