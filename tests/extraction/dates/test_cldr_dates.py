"""Dates in the formats of Unicode CLDR, long, medium and short, in the locales of news sites.

``cldr_dates.json`` holds (locale, date as the locale writes it, ISO 8601), written with Babel.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsclean.extraction.dates.months import has_months, read_month
from newsclean.extraction.dates.read import read_date

CASES = json.loads(Path(__file__).with_name("cldr_dates.json").read_text("utf-8"))
DOWNLOADED = datetime(2026, 11, 20, 12, tzinfo=UTC)
# Two words for a month, a single letter for one, a two-digit year with hyphens, the month first
# in a country whose other pages write the day first.
UNREAD = {
    ("ga", "Meán Fómhair"), ("ga", "Deireadh Fómhair"), ("my", "ဧ"), ("my", "ဩ"), ("te", "-25"),
    ("zu", "/25"),
}  # fmt: skip


@pytest.mark.parametrize("locale", sorted({locale for locale, _, _ in CASES}))
def test_the_dates_of_a_locale_are_read(locale):
    for _, text, day in [case for case in CASES if case[0] == locale]:
        if any(locale == other and part in text for other, part in UNREAD):
            continue
        found = read_date(text, downloaded=DOWNLOADED, language=locale.lower())
        assert found is not None, (locale, text)
        assert found.day == day, (locale, text)


def test_a_name_of_two_months_is_read_in_its_language():
    """``listopada`` is October in Croatian and November in Polish; unknown, it is November."""
    assert read_date("15. listopada 2025.", language="hr").day == "2025-10-15"
    assert read_date("15 listopada 2025", language="pl").day == "2025-11-15"
    assert read_date("15 listopada 2025").day == "2025-11-15"
    assert [read_month("srp", tag) for tag in ("hr", "cs", "")] == [7, 8, 8]


def test_every_language_of_the_table_has_twelve_months():
    assert has_months("sk") and has_months("nb-NO") and not has_months("xx")
    assert read_date("3. januára 2025", language="sk").day == "2025-01-03"
    assert read_date("3. októbra 2025", language="sk").day == "2025-10-03"
