"""A parsed date is as exact as the text: a day, a time, an offset; never more."""

from datetime import UTC, datetime

import pytest

from newsclean.extraction.dates.day_order import date_language
from newsclean.extraction.dates.read import is_later, read_date

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


# At the same depth in each language: a day, a day with its time, a time before its day, one that
# is relative, one without its year.
LANGUAGES = [
    ("Saturday, April 18, 2026 at 9:30 a.m. EDT", "en", "2026-04-18T09:30:00-04:00"),
    ("18th of April 2026", "en-GB", "2026-04-18"),
    ("9:30 a.m. ET, April 18, 2026", "en", "2026-04-18T09:30:00"),
    ("Sat Apr 18 2026 09:30:00 GMT+0200", "en", "2026-04-18T09:30:00+02:00"),
    ("2026-04-18 09:30 UTC+3", None, "2026-04-18T09:30:00+03:00"),
    ("2026-04-18 09:30 GMT +8", None, "2026-04-18T09:30:00+08:00"),
    ("2026-04-18 09:30 UTC+5:30", None, "2026-04-18T09:30:00+05:30"),
    ("2026-04-18 09:30 UTC - 18 comments", None, "2026-04-18T09:30:00+00:00"),
    ("18 April 2026 09:30 GMT-99", "en", "2026-04-18T09:30:00"),  # there is no such zone
    ("2.5 hours ago", "en", None),
    ("Sat Apr 18 09:30:00 KST 2026", "en", "2026-04-18T09:30:00+09:00"),
    ("yesterday at 9:30", "en", "2026-11-19T09:30:00"),
    ("an hour ago", "en", "2026-11-20T11:00:00+00:00"),
    ("Nov 12", "en", "2026-11-12"),
    ("Samstag, 18. April 2026, 9.30 Uhr", "de", "2026-04-18T09:30:00"),
    ("18.04.2026 um 09:30 Uhr", "de", "2026-04-18T09:30:00"),
    ("vor 3 Stunden", "de", "2026-11-20T09:00:00+00:00"),
    ("gestern, 9:30 Uhr", "de", "2026-11-19T09:30:00"),
    ("12. November, 9:30 Uhr", "de", "2026-11-12T09:30:00"),
    ("le 18 avril 2026 à 09h30", "fr", "2026-04-18T09:30:00"),
    ("1er mai 2026", "fr", "2026-05-01"),
    ("04/05/2026 à 09:30", "fr", "2026-05-04T09:30:00"),
    ("il y a 3 heures", "fr", "2026-11-20T09:00:00+00:00"),
    ("hier à 9h30", "fr", "2026-11-19T09:30:00"),
    ("18 de abril de 2026 a las 09:30", "es", "2026-04-18T09:30:00"),
    ("18 abr. 2026", "es", "2026-04-18"),
    ("hace 3 horas", "es", "2026-11-20T09:00:00+00:00"),
    ("ayer, 9:30", "es", "2026-11-19T09:30:00"),
    ("18 de abril de 2026 às 9h30", "pt", "2026-04-18T09:30:00"),
    ("há 3 horas", "pt", "2026-11-20T09:00:00+00:00"),
    ("ontem às 9h30", "pt", "2026-11-19T09:30:00"),
    ("18 апреля 2026 г., 09:30", "ru", "2026-04-18T09:30:00"),
    ("09:30, 18 апреля 2026", "ru", "2026-04-18T09:30:00"),
    ("18 апр. 2026", "ru", "2026-04-18"),
    ("3 часа назад", "ru", "2026-11-20T09:00:00+00:00"),
    ("вчера, 09:30", "ru", "2026-11-19T09:30:00"),
    ("12 ноября, 09:30", "ru", "2026-11-12T09:30:00"),
    ("2026年4月18日(土) 9時30分", "ja", "2026-04-18T09:30:00"),
    ("令和8年4月18日 9時30分", "ja", "2026-04-18T09:30:00"),
    ("令和元年5月1日", "ja", "2019-05-01"),
    ("3時間前", "ja", "2026-11-20T09:00:00+00:00"),
    ("昨日 9:30", "ja", "2026-11-19T09:30:00"),
    ("11月12日 9時30分", "ja", "2026-11-12T09:30:00"),
    ("2026년 4월 18일 (토) 오후 3:05", "ko", "2026-04-18T15:05:00"),
    ("2026.04.18 (토) 09:30", "ko", "2026-04-18T09:30:00"),
    ("3시간 전", "ko", "2026-11-20T09:00:00+00:00"),
    ("어제 9:30", "ko", "2026-11-19T09:30:00"),
    ("11월 12일 09:30", "ko", "2026-11-12T09:30:00"),
    ("民國115年4月18日", "zh-TW", "2026-04-18"),
    ("２０２６年４月１８日", "ja", "2026-04-18"),
    ("18 aprile 2026 alle 9.30", "it", "2026-04-18T09:30:00"),
    ("18.4.2026 klo 14.00", "fi", "2026-04-18T14:00:00"),
    ("18. april 2026 kl. 14.30", "da", "2026-04-18T14:30:00"),
    ("2026. április 18. 09:30", "hu", "2026-04-18T09:30:00"),
    ("2026 m. balandžio 18 d. 09:30", "lt", "2026-04-18"),
    ("2026. gada 18. aprīlī", "lv", "2026-04-18"),
    ("18 квітня 2026, 09:30", "uk", "2026-04-18T09:30:00"),
    ("18 април 2026", "bg", "2026-04-18"),
    ("18 Απριλίου 2026", "el", "2026-04-18"),
    ("18. travnja 2026.", "hr", "2026-04-18"),
    ("18 באפריל 2026", "he", "2026-04-18"),
    ("18 أبريل 2026", "ar", "2026-04-18"),
    ("١٨ أبريل ٢٠٢٦", "ar", "2026-04-18"),
    ("18 अप्रैल 2026", "hi", "2026-04-18"),
    ("18 เม.ย. 2569", "th", "2026-04-18"),
    ("ngày 18 tháng 4 năm 2026", "vi", "2026-04-18"),
    ("18 Agustus 2026", "id", "2026-08-18"),
    ("12 Aralık 2025 09:30", "tr", "2025-12-12T09:30:00"),
]
# What two numbers of 12 at most say: by who writes them, by the clock, by what is not yet.
ORDERS = [
    ("11/01/2025 12:43:42", "de", "2025-11-01T12:43:42"),
    ("11/01/2025", "de", "2025-01-11"),
    ("7/5/2025 9:23:57 PM", "zh", "2025-07-05T21:23:57"),
    ("7/5/2025 9:23 AM", "en-AU", "2025-05-07T09:23:00"),
    ("7/5/2025", "en", "2025-07-05"),
    ("7/5/2025", "es", "2025-05-07"),
    ("10/12/2026", "fr", "2026-10-12"),
    ("11/10/2026", "fr", "2026-10-11"),
    ("26 | 01 | 2026", "de", "2026-01-26"),
    ("20260418T00:38:07Z", None, "2026-04-18T00:38:07+00:00"),
]
# Words that are also names of days and months, numbers that are no dates.
NO_DATES = [
    ("Read the stories of today on our front page", "en"),
    ("Lesen Sie hier mehr von uns und anderen", "de"),
    ("It was 4 out of 5 people who said so to us", "en"),
    ("3 chapters 2026", "en"),
    ("in 20 countries", "en"),
]


@pytest.mark.parametrize(("text", "language", "wanted"), LANGUAGES + ORDERS)
def test_a_date_in_its_language(text, language, wanted):
    moment = read_date(text, downloaded=NOVEMBER, language=language)
    assert (moment.value if moment else None) == wanted


@pytest.mark.parametrize(("text", "language"), NO_DATES)
def test_words_that_are_no_date(text, language):
    assert read_date(text, downloaded=NOVEMBER, language=language) is None


@pytest.mark.parametrize(
    ("language", "host", "wanted"),
    [
        ("en", "news.example.uk", "en-gb"),
        ("en-US", "news.example.au", "en-gb"),
        ("en-US", "news.example", "en-us"),
        ("de-DE", "news.example", "de-de"),
        ("", "news.example.uk", ""),
    ],
)
def test_who_writes_a_date(language, host, wanted):
    assert date_language(language, host) == wanted


@pytest.mark.parametrize(("text", "language", "wanted"), DATES)
def test_a_date(text, language, wanted):
    moment = read_date(text, downloaded=NOVEMBER, language=language)
    assert (moment.value if moment else None) == wanted


def test_raw_is_what_was_read():
    assert read_date("At 9.30 Uhr, 18. April 2026", language="de").raw == "9.30 Uhr, 18. April 2026"
    assert read_date("en ٢٠٢٦-٠٤-١٨").raw == "٢٠٢٦-٠٤-١٨"
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


@pytest.mark.parametrize("downloaded", [datetime(1, 1, 1, tzinfo=UTC), datetime.max])
@pytest.mark.parametrize("text", ["3 days ago", "2 hours ago", "yesterday 9:30", "12. November"])
def test_no_download_is_of_another_age(text, downloaded):
    assert read_date(text, downloaded=downloaded) is None
    assert read_date("2026-04-18", downloaded=downloaded).value == "2026-04-18"
