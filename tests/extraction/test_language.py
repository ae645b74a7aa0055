"""The language is that of the text; what the page claims adds to it and decides close calls."""

import pytest

from newsclean import read_article
from newsclean.extraction.language import choose_language, detect_language

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
