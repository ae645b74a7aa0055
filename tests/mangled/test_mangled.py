"""A seeded sample of the campaign (`python -m tests.mangled`) comes out whole."""

from collections import Counter

import pytest

from tests.mangled.check import clean_problems, read_problems
from tests.mangled.page import build, draw
from tests.mangled.prose import PROSE

SEED, COUNT = 20_261_125, 300
MIN_WHOLE = 0.99  # share of the sample


def failures(problems_of):
    found = []
    for number in range(COUNT):
        page = build(draw(SEED, number))
        if problems_of is read_problems or page.body is not None:
            problems = problems_of(page)
            if problems:
                found.append(f"{page.recipe}: {problems[0].kind}: {problems[0].text[:200]}")
    return found


@pytest.mark.parametrize("problems_of", [read_problems, clean_problems])
def test_mangled_pages_come_out_whole(problems_of):
    found = failures(problems_of)
    assert len(found) <= (1 - MIN_WHOLE) * COUNT, "\n".join(found)


def test_a_recipe_makes_the_same_page_again():
    assert build(draw(7, 318)) == build(draw(7, 318))
    assert build(draw(7, 318)).html != build(draw(8, 318)).html


def test_there_are_ten_languages_and_every_part_is_drawn():
    assert len(PROSE) >= 10
    recipes = [draw(SEED, number) for number in range(12_000)]
    for name in ("wrapping", "family", "template", "region", "tail", "markup", "language"):
        assert min(Counter(getattr(one, name) for one in recipes).values()) > 5
