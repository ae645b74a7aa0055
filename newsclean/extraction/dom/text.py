"""Normalise text for fields and comparisons: one line, casefolded, without accents."""

from __future__ import annotations

import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_LENGTH = 20_000  # characters of one value; no headline, name or summary is so long
_MAX_PIECES = 5_000  # texts of one element
# Letters with a stroke, which Unicode does not decompose.
_STROKES = str.maketrans("øłđ", "old")


def squeeze(text: str | None) -> str:
    """Return *text* on one line: white space collapsed, without unprintable characters, at most
    20,000 characters.

    >>> squeeze("  The pier\\n \\u200b reopens\\u200b ")
    'The pier reopens'
    """
    if not text:
        return ""
    line = " ".join(text[:_MAX_LENGTH].split())
    if line.isprintable():
        return line
    return " ".join("".join(filter(str.isprintable, line)).split())


def text_of(node: _Element) -> str:
    """Return the text of *node* on one line, from at most 5,000 text nodes."""
    pieces = islice(node.itertext("*"), _MAX_PIECES)
    return squeeze(" ".join([part for part in pieces if not part.isspace()]))


def line_of(node: _Element, most: int) -> str:
    """Return the result of `text_of`, or "" if it has more than *most* characters. Then the rest of
    *node* is not read."""
    pieces: list[str] = []
    length = read = 0  # what the line has at least; what was read
    for piece in islice(node.itertext("*"), _MAX_PIECES):
        if piece.isspace():
            continue
        pieces.append(piece)
        text = " ".join(piece.split())
        length += len(text) if text.isprintable() else 0
        read += len(piece) + 1
        if most < length and read <= _MAX_LENGTH:
            return ""
    line = squeeze(" ".join(pieces))
    return line if len(line) <= most else ""


def fold(text: str) -> str:
    """Return the letters and digits of *text* in one form, so that two spellings compare equal.

    >>> fold("The Pier – re-opens!") == fold("ＴＨＥ PIER reopens")
    True
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded))


def lower_case(text: str) -> str:
    """Return *text* in lower case. Each character keeps its position.

    >>> lower_case("İzmir, MÄRZ") == "izmir, märz"
    True
    """
    return text.replace("İ", "i").lower()  # the one character that Python makes two of


def without_accents(text: str) -> str:
    """Return *text* in lower case without accents, as URLs and tables of names are written.

    >>> without_accents("Søren Jürgen Łukasz")
    'soren jurgen lukasz'
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(char for char in parts if not unicodedata.combining(char))
