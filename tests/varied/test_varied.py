"""Pages that are no news are read, too: at least as much of each kind as was reached."""

import pytest

from tests.quality.readers import trafilatura
from tests.varied.measure import mean_by, measure

# Mean precision and recall of each kind. Raise one when more is reached.
FLOORS = {
    "encyclopaedia": (0.95, 0.92),
    "documentation": (0.98, 0.96),
    "blog": (0.98, 0.98),
    "guide": (0.98, 0.97),
    "short": (0.98, 0.97),
}
LAYOUT_FLOOR = 0.85  # recall of each layout


@pytest.fixture(scope="module")
def found():
    return measure(4)


@pytest.fixture(scope="module")
def peer():
    return mean_by(measure(4, trafilatura), "kind")


@pytest.mark.parametrize("kind", FLOORS)
def test_a_kind_of_page_is_read(found, kind):
    precision, recall, _ = mean_by(found, "kind")[kind]
    assert precision >= FLOORS[kind][0]
    assert recall >= FLOORS[kind][1]


@pytest.mark.parametrize("kind", FLOORS)
def test_no_kind_is_read_worse_than_by_the_peer(found, peer, kind):
    _, recall, f1 = mean_by(found, "kind")[kind]
    assert recall >= peer[kind][1]
    assert f1 >= peer[kind][2]


def test_no_layout_keeps_less_than_most_of_its_text(found):
    layouts = mean_by(found, "layout")
    assert not {name for name, (_, recall, _) in layouts.items() if recall < LAYOUT_FLOOR}
