"""The estimated similarity of two texts, and the search for similar texts."""

import random

import pytest

from newsclean.fingerprint import MAX_LENGTH, bands, fingerprint, similarity

VOCABULARY = [f"word{number}" for number in range(9_000)]
CHARACTERS = [chr(0x4E00 + number) for number in range(3_000)]


def text_of(chance, length=300, words=VOCABULARY, space=" "):
    return space.join(chance.choices(words, k=length))


def shingles(text, size=4):
    words = text.split()
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def edited(text, chance, share):
    words = text.split()
    for at in chance.sample(range(len(words)), int(share * len(words))):
        words[at] = chance.choice(VOCABULARY)
    return " ".join(words)


def test_case_space_and_punctuation_do_not_matter():
    one = fingerprint("The ferry, at last, sails again – says the harbour.")
    assert one == fingerprint("the FERRY at last\n\nsails again (says the harbour)")
    assert similarity(one, fingerprint("A different text about another thing altogether")) == 0


@pytest.mark.parametrize("share", [0.01, 0.03, 0.05, 0.1])
def test_the_estimate_is_near_the_share_of_common_shingles(share):
    chance = random.Random(7)
    for _ in range(20):
        text = text_of(chance)
        other = edited(text, chance, share)
        one, two = shingles(text), shingles(other)
        exact = len(one & two) / len(one | two)
        assert similarity(fingerprint(text), fingerprint(other)) == pytest.approx(exact, abs=0.18)


def test_texts_that_share_most_have_a_band_in_common():
    chance = random.Random(8)
    found = 0
    for _ in range(200):
        text = text_of(chance)
        two = fingerprint(edited(text, chance, 0.06))  # some 65 % of the shingles are left
        found += bool({*bands(fingerprint(text))} & {*bands(two)})
    assert found >= 198


def test_other_texts_have_none():
    chance = random.Random(9)
    seen = [value for _ in range(500) for value in bands(fingerprint(text_of(chance)))]
    assert len(seen) == len(set(seen)) > 499 * 32


def test_scripts_without_spaces_are_compared_by_characters():
    chance = random.Random(10)
    text = text_of(chance, 600, CHARACTERS, "")
    longer = f"{text}{text_of(chance, 60, CHARACTERS, '')}"
    assert similarity(fingerprint(text), fingerprint(longer)) > 0.8
    other = fingerprint(text_of(chance, 600, CHARACTERS, ""))
    assert similarity(fingerprint(text), other) < 0.05


def test_a_short_text_is_like_itself_alone():
    rain, snow = fingerprint("Rain at last."), fingerprint("Snow at last.")
    assert (similarity(rain, rain), similarity(rain, snow)) == (1, 0)
    assert bands(rain) == bands(fingerprint("rain at last")) != []


@pytest.mark.parametrize("text", ["", " \n", "?!…", "\ud800", "\x00"])
def test_a_text_without_words_has_none(text):
    assert fingerprint(text) is None


@pytest.mark.parametrize(
    "text", ["a" * 9, "a " * 999_999, "渡" * 999_999, "a-" * 999_999, "\ud800a b"]
)
def test_any_text_has_a_fingerprint_of_one_size(text):
    assert len(fingerprint(text)) == 96
    assert fingerprint(text[:MAX_LENGTH]) == fingerprint(text)
