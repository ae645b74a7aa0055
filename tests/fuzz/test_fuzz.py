"""A few inputs for each reader; ``make fuzz`` tries many more."""

import pytest

from tests.fuzz.fuzz import fuzz
from tests.fuzz.readers import READERS


@pytest.mark.parametrize("name", READERS)
def test_no_exception_and_no_slow_input(name):
    count, longest = fuzz(name, 20260418, 40)
    assert count >= 40 and longest < 5
