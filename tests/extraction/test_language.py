"""The language is that of the text; what the page claims adds to it and decides close calls."""

import pytest

from newsclean import read_article
from newsclean.extraction.language import choose_language, detect_language, read_tag

TEXTS = {
    "en": "The police of the town arrested the woman at the exit of the bus station.",
    "de": "Die Polizei der Stadt nahm die Frau am Ausgang des Busbahnhofs fest, und sie schwieg.",
    "fr": "À l’issue de la réunion, le maire de la commune a fermé la piscine à partir de lundi.",
    "es": "Los vecinos piden que se abra el puente antes del verano, y el alcalde no lo descarta.",
    "ca": "La policia de la ciutat va detenir l’autora de l’estafa a la sortida de l’estació. Els"
    " veïns demanen que s’obri el pont abans de l’estiu.",
    "pt": "A polícia da cidade prendeu a autora do golpe na saída da estação de ônibus.",
    "it": "La polizia della città ha arrestato la donna all’uscita della stazione degli autobus.",
    "nl": "De politie van de stad hield de vrouw aan bij de uitgang van het busstation.",
    "ro": "Poliția din oraș a reținut femeia la ieșirea din autogară, iar ea nu a spus nimic.",
    "ja": "港の橋は昨夜から通れなくなり、町は臨時の船を出すと決めた。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_tells_its_language(language):
    assert detect_language(TEXTS[language]) == language


def test_the_text_goes_before_a_tag_and_the_tag_adds_the_region():
    assert choose_language([("en", "meta")], TEXTS["fr"]) == ("fr", "generic")
    assert choose_language([("fr_CA", "json-ld")], TEXTS["fr"]) == ("fr-CA", "json-ld")
    assert choose_language([("fr-BE", "meta")], "Pont fermé") == ("fr-BE", "meta")


def test_what_the_page_claims_is_in_the_record():
    html = f'<html lang="de-AT"><body><h1>Busbahnhof</h1><p>{TEXTS["de"] * 4}</p></body></html>'
    article = read_article(html, "https://news.example/7")
    assert article.inLanguage == "de-AT"
    assert article.metadata.fieldSources["inLanguage"] == "meta"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("sl", "Policija je danes na avtobusni postaji prijela žensko, ki je o tem le molčala."),
        ("gl", "A policía da cidade detivo a muller á saída da estación e non dixo nada máis."),
        ("af", "Die polisie van die dorp het die vrou by die uitgang van die stasie gevang."),
        (
            "et",
            "Linna politsei pidas naise kinni bussijaama juures ja ta ei öelnud sellest midagi.",
        ),
        ("hr", "Policija je na autobusnom kolodvoru zaustavila ženu koja o tome nije govorila."),
    ],
)
def test_a_tag_that_the_words_do_not_know_is_believed(tag, text):
    assert choose_language([(tag, "meta")], text) == (tag, "meta")


def test_a_tag_of_another_script_is_not_believed():
    assert choose_language([("sl", "meta")], TEXTS["ja"]) == ("ja", "generic")


def test_a_code_of_three_letters_is_written_with_two():
    assert [read_tag(tag) for tag in ("eng", "deu-AT", "fil")] == ["en", "de-AT", "fil"]
