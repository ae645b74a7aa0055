"""Dates say what the listing says, and no more."""

import pytest

from newsclean.discovery.dates import read_date

CASES = [
    ("2026-04-18", "2026-04-18"),
    (" 2026-04-18T09:30Z ", "2026-04-18T09:30:00Z"),
    ("2026-04-18T09:30:00.123+08:00", "2026-04-18T09:30:00+08:00"),
    ("2026-04-18T09:30:00+0800", "2026-04-18T09:30:00+08:00"),
    ("2026-04-18 09:30:00", "2026-04-18T09:30:00"),
    ("Sat, 18 Apr 2026 09:30:00 +0800", "2026-04-18T09:30:00+08:00"),
    ("Sat, 18 Apr 2026 09:30:00 GMT", "2026-04-18T09:30:00Z"),
    ("18 Apr 2026 09:30:00 -0000", "2026-04-18T09:30:00"),
    ("Sat, 18 Apr 2026 09:30:00 CST", "2026-04-18T09:30:00"),
    ("Sat, 18 Apr 2026 09:30:00", "2026-04-18T09:30:00"),
    ("2026-04", None),
    ("2026", None),
    ("2026-02-30", None),
    ("2026-04-18T25:00:00Z", None),
    ("yesterday", None),
    ("", None),
    (None, None),
    ("Sat, 99999999999999999999 Apr 2026 09:30:00", None),
    ("2026-04-18T09:30:00+99:00", None),
    ("1" * 10_000, None),
]


@pytest.mark.parametrize(("text", "date"), CASES)
def test_dates(text, date):
    assert read_date(text) == date
