"""The four fields are read on pages of many systems and languages, better than a peer does."""

import pytest

from tests.fields.layouts import FIELDS
from tests.fields.measure import by_field, measure
from tests.quality.readers import newsclean, trafilatura

# What three pages of each layout reached when the floor was last raised.
FLOOR = {"headline": 0.99, "authors": 0.99, "date": 1.0, "image": 1.0}


@pytest.fixture(scope="module")
def shares():
    return {reader: by_field(measure(reader)) for reader in (newsclean, trafilatura)}


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_is_under_its_floor(shares, field):
    assert shares[newsclean][field] >= FLOOR[field]


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_read_better_than_by_the_peer(shares, field):
    assert shares[newsclean][field] > shares[trafilatura][field]
