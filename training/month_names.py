"""Write ``newsclean/lexicon/months.json``: the names of the months in each language.

Run ``python -m training.month_names``. The names are from the Unicode CLDR (Unicode License V3) in
Babel. newsclean itself does not need Babel.
"""

from __future__ import annotations

import json
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import babel
from babel.dates import get_month_names

FILE = Path(__file__).parent.parent / "newsclean" / "lexicon" / "months.json"
# Language → its CLDR locales; some languages have a second one for another script.
LOCALES = {language: (language,) for language in """
af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fo fr ga gl gu ha he hi hr hu hy id
ig is it ja jv ka kk km kn ko ky lb lo lt lv mk ml mn mr ms mt my ne nl or pa pl ps pt ro ru rw si
sk sl so sq sr sv sw ta te tg th ti tk tr uk ur uz vi yo zh zu
""".split()} | {
    "bs": ("bs", "bs_Cyrl"),
    "no": ("nb", "nn"),
    "sr": ("sr", "sr_Latn"),
    "uz": ("uz", "uz_Cyrl"),
    "az": ("az", "az_Cyrl"),
}  # fmt: skip
# Endings of the names in dates: Basque ``urtarrilaren 3a``, Hungarian ``márciusa``.
ENDINGS = {"eu": ("ren", "k"), "hu": ("a", "e")}


def names_of(language: str) -> list[list[str]]:
    """Return for each month its names in *language*, in the form for
    `newsclean.extraction.dates.months`."""
    months: list[list[str]] = []
    for month in range(1, 13):
        found: dict[str, None] = {}
        for locale in LOCALES[language]:
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    name = get_month_names(width, context, locale)[month]
                    for form in (name, *(name + end for end in ENDINGS.get(language, ()))):
                        key = unicodedata.normalize("NFC", form).casefold().rstrip(".")
                        if len(key) > 1 and not any(char.isdigit() or char == " " for char in key):
                            found[key] = None
        months.append(list(found))
    return months


def main() -> None:
    languages = sorted(LOCALES)
    # One process for each language: Babel 2.18 writes names of a locale (Azerbaijani) into the root
    # locale, and so into every locale that inherits from it.
    with ProcessPoolExecutor(2, get_context("spawn"), max_tasks_per_child=1) as pool:
        table = dict(zip(languages, pool.map(names_of, languages), strict=True))
    # Languages that number their months (Chinese, Vietnamese) have no names.
    table = {language: months for language, months in table.items() if all(months)}
    tables = [f'"{language}": [\n{_lines(months)}\n]' for language, months in table.items()]
    version = f"Unicode CLDR of Babel {babel.__version__}"
    source = f"{version}, Unicode License V3, training/month_names.py"
    head = f'{{"source": {json.dumps(source)},\n"months": {{\n'
    FILE.write_text(head + ",\n".join(tables) + "\n}}\n", encoding="utf-8")


def _lines(months: list[list[str]]) -> str:
    """Return *months* as JSON with one line for each month."""
    return ",\n".join(json.dumps(names, ensure_ascii=False) for names in months)


if __name__ == "__main__":
    main()
