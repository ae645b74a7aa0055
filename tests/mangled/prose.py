"""The texts of generated pages, by language: ``prose/*.txt``.

A file begins with lines ``name: value`` for what stands around an article (lists parted by
``|``); then come the article's paragraphs, apart by blank lines.
"""

from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "prose"


class Prose(NamedTuple):
    """A page's texts in one language."""

    language: str
    headline: str
    nav: list[str]
    byline: str
    side: list[str]
    footer: str
    paragraphs: list[str]


def _read(path):
    head, *paragraphs = path.read_text("utf8").strip().split("\n\n")
    values = dict(line.split(": ", 1) for line in head.splitlines())
    lists = {name: values[name].split(" | ") for name in ("nav", "side")}
    return Prose(path.stem, **{**values, **lists}, paragraphs=[one.strip() for one in paragraphs])


PROSE = {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.txt"))}
