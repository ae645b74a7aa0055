"""Dates keep what is written: a day, a time, an offset; never more."""

from datetime import UTC, datetime

import pytest

from newsclean.extraction.dates import is_later, read_date

NOVEMBER = datetime(2026, 11, 20, 12, tzinfo=UTC)
DATES = [
    ("2026-04-18", None, "2026-04-18"),
    ("2026-04-18T09:30:00Z", None, "2026-04-18T09:30:00+00:00"),
    ("2026-04-18T09:30:00.123+0800", None, "2026-04-18T09:30:00+08:00"),
    ("2026-04-18 09:30", None, "2026-04-18T09:30:00"),
    ("20260418", None, "2026-04-18"),
    ("2026年4月18日 下午3:05", None, "2026-04-18T15:05:00"),
    ("2026. 4. 18. 오후 3:05", None, "2026-04-18T15:05:00"),
    ("Sat, 18 Apr 2026 09:30:00 GMT", "en", "2026-04-18T09:30:00+00:00"),
    ("April 18, 2026 9:30 p.m.", "en-US", "2026-04-18T21:30:00"),
    ("04/05/2026", "en-US", "2026-04-05"),
    ("04/05/2026", "en-GB", "2026-05-04"),
    ("04.05.2026", "de", "2026-05-04"),
    ("25/12/2025", "en-US", "2025-12-25"),
    ("18. März 2026", "de", "2026-03-18"),
    ("3 de março de 2026 às 10h15", "pt", "2026-03-03T10:15:00"),
    ("18 kwietnia 2026", "pl", "2026-04-18"),
    ("18 апреля 2026, 09:30", "ru", "2026-04-18T09:30:00"),
    ("昨天 12:30", "zh", "2026-11-19T12:30:00"),
    ("2 hours ago", "en", "2026-11-20T10:00:00+00:00"),
    ("3天前", "zh", "2026-11-17"),
    ("12月24日", "zh", "2025-12-24"),
    ("20 septembrie 2026, 16:20", "ro", "2026-09-20T16:20:00"),
    ("4 Mayıs 2026", "tr", "2026-05-04"),
    ("den 3 januari 2026", "sv", "2026-01-03"),
    ("Sept. 3rd, 2026", "en", "2026-09-03"),
    ("31.10.25", "de", "2025-10-31"),
    ("Published on 01/25/26", "en", "2026-01-25"),
    ("version 1.2.10.4", None, None),
    ("2026-02-31", None, None),
    ("2027-02-01", None, None),
    ("1776-07-04", None, None),
    ("version 20260418123", None, None),
    ("nothing", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "language", "wanted"), DATES)
def test_a_date(text, language, wanted):
    moment = read_date(text, downloaded=NOVEMBER, language=language)
    assert (moment.value if moment else None) == wanted


def test_raw_is_what_was_read():
    assert read_date("Published: 2026-04-18 09:30 by us").raw == "2026-04-18 09:30"


@pytest.mark.parametrize(
    ("one", "other", "later"),
    [
        ("2026-04-19", "2026-04-18T23:00:00", True),
        ("2026-04-18", "2026-04-18T23:00:00", False),
        ("2026-04-18T10:00:00+08:00", "2026-04-18T09:00:00+00:00", False),
        ("2026-04-18T10:00:00", "2026-04-18T09:00:00+00:00", True),
    ],
)
def test_which_is_later(one, other, later):
    assert is_later(one, other) is later
