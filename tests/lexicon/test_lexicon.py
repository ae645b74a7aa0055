"""One test over every language file: each word is found where its key says."""

import unicodedata
from datetime import UTC, datetime

import pytest
from lxml import html

from newsclean.extraction.bylines.labelled import read_byline
from newsclean.extraction.bylines.worded import read_worded_byline
from newsclean.extraction.dates.months import read_month
from newsclean.extraction.dates.relative import read_relative
from newsclean.lexicon import languages, words
from newsclean.pager_labels import read_label

NOW = datetime(2026, 4, 18, 12, 0, tzinfo=UTC)
KEYS = {
    "byline": "by author author_label published date_label modified modified_label source",
    "common": "words",
    "label": "source author editor published modified counter other",
    "months": "01 02 03 04 05 06 07 08 09 10 11 12",
    "pagination": "next previous older whole page",
    "relative": "seconds minutes hours days weeks months years one ago before glued today yesterday"
    " two_days_ago just_now at",
}


def every(section, key):
    return [
        pytest.param(language, word, id=f"{language}-{word}")
        for language, sections in languages().items()
        for word in sections.get(section, {}).get(key, ())
    ]


@pytest.mark.parametrize("language", languages())
def test_a_file_has_the_known_keys_and_plain_words(language):
    sections = languages()[language]
    assert sections
    for section, keys in sections.items():
        for key, found in keys.items():
            assert key in KEYS[section].split(), f"[{section}] {key}"
            assert found == list(dict.fromkeys(found)), f"[{section}] {key} has a word twice"
            for word in found:
                assert word == unicodedata.normalize("NFC", word).casefold().strip() != ""


@pytest.mark.parametrize(("language", "word"), every("byline", "published"))
def test_published(language, word):
    byline = read_worded_byline(f"{word} 2026-04-18")
    assert byline.published is not None
    assert byline.modified is None


@pytest.mark.parametrize(("language", "word"), every("byline", "modified"))
def test_modified(language, word):
    byline = read_worded_byline(f"{word} 2026-04-18", downloaded=NOW)
    assert byline.modified is not None
    assert byline.published is None


@pytest.mark.parametrize(("language", "word"), every("byline", "by"))
def test_by(language, word):
    assert read_worded_byline(f"{word} Una Marsh").authors == ["Una Marsh"]


@pytest.mark.parametrize(("language", "word"), every("byline", "author_label"))
def test_author_label(language, word):
    assert read_worded_byline(f"{word}: Una Marsh").authors == ["Una Marsh"]


@pytest.mark.parametrize(("language", "word"), every("label", "source"))
def test_source_label(language, word):
    byline = read_byline(f"{word}：海港晚报 发布时间：2026-04-18")
    assert byline.source == "海港晚报"


@pytest.mark.parametrize("key", ["next", "previous", "older", "whole"])
def test_pagination(key):
    for word in words("pagination", key):
        link = html.fromstring(f"<a href=/2>{word}</a>")
        assert read_label(link) == ("all" if key == "whole" else key), word


@pytest.mark.parametrize("month", range(1, 13))
def test_months(month):
    for language, sections in languages().items():
        for name in sections.get("months", {}).get(f"{month:02}", ()):
            assert read_month(name, language) == month, name


@pytest.mark.parametrize(
    ("key", "day"), [("today", "18"), ("yesterday", "17"), ("two_days_ago", "16")]
)
def test_named_days(key, day):
    for word in words("relative", key):
        found = read_relative(f"{word} 09:30", NOW)
        assert found is not None, word
        assert found[0].startswith(f"2026-04-{day}T09:30"), word


def test_ago():
    for language, sections in languages().items():
        said = sections.get("relative", {})
        for unit in said.get("hours", ()):
            forms = [f"3 {unit} {after}" for after in said.get("ago", ())]
            forms += [f"{before} 3 {unit}" for before in said.get("before", ())]
            forms += [f"3{unit}{after}" for after in said.get("glued", ())]
            for form in forms:
                found = read_relative(form, NOW)
                assert found is not None, f"{language}: {form}"
                assert found[0].startswith("2026-04-18T09:00"), f"{language}: {form}"


def test_a_unit_means_the_same_in_every_language():
    units = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
    found = {}
    for unit in units:
        for word in words("relative", unit):
            assert found.setdefault(word, unit) == unit, word
