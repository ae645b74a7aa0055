"""A page in each of 69 locales: its language and its date are read, whatever the form of the date.

The texts are in ``texts.toml``; the dates are those of Unicode CLDR, long, medium and short, in
``tests/extraction/dates/cldr_dates.json``. A page names its language, as nearly all do.
"""

import json
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from newsclean import read_article
from newsclean.extraction.language import detect_language

HERE = Path(__file__).parent
TEXTS = tomllib.loads(HERE.joinpath("texts.toml").read_text("utf-8"))
for told in TEXTS.values():
    told["text"] = " ".join(told["text"].split())
DATES = json.loads(
    HERE.parent.joinpath("extraction", "dates", "cldr_dates.json").read_text("utf-8")
)
DOWNLOADED = datetime(2026, 11, 20, 12, tzinfo=UTC)
RIGHT = 0.98  # of the pages
# What the texts are too alike for: Indonesian and Malay, Bosnian, Croatian and Serbian.
ALIKE = ({"id", "ms"}, {"bs", "hr", "sr"})
MENU = "<nav><ul><li><a href=/>1</a></li><li><a href=/b>2</a></li></ul></nav>"


def page(locale, date):
    told = TEXTS[locale]
    body = f"<p class=date>{date}</p>" + f"<p>{told['text']}</p>" * 3
    return (
        f"<html lang={locale}><head><title>{told['headline']}</title></head><body>{MENU}"
        f"<article><h1>{told['headline']}</h1>{body}</article></body></html>"
    )


@cache
def articles():
    """Return (locale, day of the page, article read) for each date of each locale."""
    return [
        (
            locale,
            day,
            read_article(page(locale, date), "https://a.example/1", downloaded=DOWNLOADED),
        )
        for locale, date, day in DATES
        if locale in TEXTS
    ]


def assert_right(wrong):
    share = 1 - len(wrong) / len(articles())
    assert share >= RIGHT, f"{share:.3f}: {wrong}"


def test_there_are_many_locales():
    assert len({locale for locale, _, _ in articles()}) >= 58


def test_the_date_is_right():
    assert_right(
        [
            (locale, day, article.datePublished)
            for locale, day, article in articles()
            if (article.datePublished or "")[:10] != day
        ]
    )


def test_the_language_is_right():
    assert_right(
        [
            (locale, article.inLanguage)
            for locale, _, article in articles()
            if article.inLanguage is None
            or article.inLanguage.partition("-")[0] != locale.partition("-")[0]
        ]
    )


@pytest.mark.parametrize("locale", TEXTS)
def test_a_text_alone_tells_its_language_or_none(locale):
    found = detect_language(TEXTS[locale]["text"])
    wanted = {"nb": "no"}.get(locale, locale.partition("-")[0])
    alike = next((group for group in ALIKE if wanted in group), {wanted})
    assert found in alike or (found is None and len(alike) > 1)
