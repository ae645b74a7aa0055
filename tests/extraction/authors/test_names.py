"""The names of persons are recognised by their form and their first name."""

import pytest

from newsclean.extraction.authors.first_names import is_first_name, plain_letters
from newsclean.extraction.authors.names import is_job, is_person, is_personal, read_name


def test_the_form_of_a_name():
    assert is_personal("Maud van Tressick")
    assert not is_personal("Tressick")
    assert not is_personal("Harbour Bank")


@pytest.mark.parametrize("name", ["Hannah Tressick", "Søren Olfen", "Anne-Kathrin Birkmoor"])
def test_a_person(name):
    assert is_person(name)


@pytest.mark.parametrize("text", ["Harbour Views", "Key Takeaways", "Hannah", "Real Estate"])
def test_a_heading_is_no_person(text):
    assert not is_person(text)


@pytest.mark.parametrize("part", ["Head of Harbours", "MD", "Ph.D. MBA", "WCI Columnist"])
def test_a_job(part):
    assert is_job(part)


@pytest.mark.parametrize("part", ["dpa", "Maud Tressick", "AFP", "Orrin Day"])
def test_no_job(part):
    assert not is_job(part)


@pytest.mark.parametrize(
    "name", ["Deepak", "Oksana", "Guillem", "Nneka", "राहुल", "नरेंद्र", "Анна", "Mark"]
)
def test_first_names_of_all_countries(name):
    assert is_first_name(name)


@pytest.mark.parametrize("word", ["Royal", "Asia", "Georgia", "Tiny", "Summer"])
def test_a_word_that_is_a_rare_name_is_none(word):
    assert not is_first_name(word)


def test_a_name_that_is_a_word_without_its_accents():
    assert is_person("Lê Phương")
    assert not is_first_name("le")
    assert not is_person("शिक्षा विभाग")  # the department of education


def test_letters_without_accents():
    assert plain_letters("Jürgen") == "jurgen"
    assert is_first_name("Łukasz")


def test_what_is_marked_as_a_person_may_have_any_handle():
    assert read_name("tressick_77") is None
    assert read_name("Sign in") is None


@pytest.mark.parametrize(
    ("shouted", "name"),
    [
        ("MAUD TRESSICK", "Maud Tressick"),
        ("ANNE-LISE O’DOYLE", "Anne-Lise O’Doyle"),
        ("IAN MCBRIDEY", "Ian McBridey"),
    ],
)
def test_a_shouted_name_is_written_as_a_name(shouted, name):
    assert read_name(shouted) == name
