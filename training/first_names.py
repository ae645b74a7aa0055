"""Write ``newsclean/models/first_names/names.txt``: first names of all countries.

Run ``python -m training.first_names``. The names are those of the locales of Faker (MIT). newsclean
itself does not need Faker. Names that Faker does not have are in ``more.txt``, by hand.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import faker
import faker.providers

from newsclean.extraction.authors.first_names import plain_letters

FILE = Path(__file__).parent.parent / "newsclean" / "models" / "first_names" / "names.txt"
# Faker's other lists have the words that begin headings and names of organizations: Asia, Royal.
# Lists of cities and streets are left out, because many of these have the names of people.
WORDS = {
    "address": "countr",
    "color": "",
    "company": "",
    "currency": "",
    "date_time": "",
    "geo": "",
    "job": "",
    "lorem": "",
}
# A name that is also such a word is left out if fewer locales have it: Grace has 12, Jordan 9,
# Georgia 8, Israel 6, April 6, Paris 4.
MIN_LOCALES = 9  # locales
HEAD = f"""\
# Written by training/first_names.py from the locales of Faker {faker.VERSION} (MIT License,
# Copyright (c) 2012 Daniele Faraglia). Do not edit; add names to more.txt.
"""


def providers(kind: str) -> Iterator[type]:
    """Yield the providers of *kind* of all locales."""
    package = importlib.import_module(f"{faker.providers.__name__}.{kind}")
    yield package.Provider
    for module in pkgutil.iter_modules(package.__path__):
        if module.ispkg:
            yield importlib.import_module(f"{package.__name__}.{module.name}").Provider


def texts_in(value: object) -> Iterator[str]:
    """Yield the texts in *value*, in keys and values, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts_in([*value, *value.values()])
    elif isinstance(value, (list, tuple, set)):
        for one in value:
            yield from texts_in(one)


def own(provider: type, part: str) -> Iterator[str]:
    """Yield the texts in the lists of *provider* itself with *part* in their names."""
    for key, value in vars(provider).items():
        if part in key and not key.startswith("__") and not isinstance(value, str):
            yield from texts_in(value)


def names() -> list[str]:
    """Return the names in plain letters, sorted."""
    counts: Counter[str] = Counter()
    for provider in providers("person"):
        found = {plain_letters(name) for key in ("first_name", "first_romanized_name")
                 for name in own(provider, key)}  # fmt: skip
        counts.update(
            name for name in found if len(name) > 1 and re.search(r"[\s\d._-]", name) is None
        )
    words = {
        plain_letters(word)
        for kind, part in WORDS.items()
        for provider in providers(kind)
        for text in own(provider, part)
        for word in re.findall(r"[^\W\d_]+", text)
    }
    return sorted(
        name for name, count in counts.items() if count >= MIN_LOCALES or name not in words
    )


def main() -> None:
    found = names()
    lines = textwrap.fill(" ".join(found), 100, break_long_words=False, break_on_hyphens=False)
    FILE.write_text(f"{HEAD}{lines}\n", "utf-8")
    print(f"{len(found):,} names")


if __name__ == "__main__":
    main()
