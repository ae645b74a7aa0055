"""Read the values in the scripts of a page: JSON, and object literals that are almost JSON.

No script is executed. The JSON decoder reads from the opening bracket to the closing one, so a
``};`` in a string does not end the value.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from newsclean.cleaning.layers import decode_entity, decode_js
from newsclean.cleaning.tree import join_surrogates
from newsclean.extraction.embedded.devalue import is_flat, unflatten
from newsclean.extraction.embedded.literals import read_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECODER = json.JSONDecoder(strict=False)
# ``window.DATA = {``, ``var x = {``, ``artiContent({``, ``self.__next_f.push([``.
# The beginning of JSON, which is rare in program code.
_OPENING = re.compile(
    r"""
    (?:=|\(|return|\breplaceWith\(|parse\()\s{0,20}
    (?=\{\s{0,40}"|\[\s{0,40}[{\["])             # {"…  [{…  [[…  ["…
    """,
    re.VERBOSE,
)
# ``JSON.parse("{\\"a\\":…")`` and ``JSON.parse(decodeURIComponent("%7B…"))``.
_PARSED = re.compile(r"JSON\.parse\(\s{0,5}(?P<percent>decodeURIComponent\(\s{0,5})?(?=[\"'`])")
# ``key: 'value'`` and ``key: JsDecode('value')`` in a literal that is not JSON.
_PROPERTY = re.compile(
    r"""
    \b(?P<key>[A-Za-z_]\w{1,40})\s{0,10}[:=]\s{0,10}
    (?:JsDecode\(|htmlDecode\()?\s{0,10}         # functions that decode the string
    (?: '(?P<single>(?:[^'\\\n]|\\.)*+)'
      | "(?P<double>(?:[^"\\\n]|\\.)*+)"
    )
    """,
    re.VERBOSE,
)
_NUXT = re.compile(r"\b__NUXT__\s{0,5}=(?!=)\s{0,5}")
_FLIGHT = re.compile(r"self\.__next_f\.push\(\s{0,5}(?=\[)")
_ROW = re.compile(r"(?:^|\n)(?P<id>[0-9a-f]{1,6}):(?P<kind>T(?P<length>[0-9a-f]{1,8}),)?")
_MAX_VALUES = 40  # values of the scripts
_MAX_LENGTH = 5_000_000  # characters of the scripts
_MAX_PROPERTIES = 2_000  # properties of a script; rows of the flight data
# Values that are not JSON: to report the position of an error, the decoder reads all text before
# that position.
_MAX_FAILURES = 500
_MAX_STATES = 5  # calls of ``JSON.parse`` in a script, or values of ``__NUXT__``
_MIN_LENGTH = 200  # characters; a shorter value does not hold an article


def values(scripts: list[str]) -> Iterator[Any]:
    """Yield the JSON values in *scripts* that are large enough to hold an article."""
    count = failures = total = 0
    for script in scripts:
        total += len(script)
        if len(script) < _MIN_LENGTH or total > _MAX_LENGTH:
            continue
        text = script.strip()
        if text.startswith(("%7B", "%5B")):
            text = unquote(text)
        if text[:1] in "{[":
            value = _decoded(text, 0)[0]
            if value is not None:
                yield unflatten(value) if is_flat(value) else value
                continue
        if "__NUXT__" in script:
            yield from _nuxt(script)
        if "JSON.parse(" in script:
            yield from _parsed(script)
        at = 0
        while count < _MAX_VALUES and failures < _MAX_FAILURES:
            match = _OPENING.search(script, at)
            if match is None:
                break
            value, end = _decoded(script, match.end())
            failures += end == match.end()
            if value is not None and end - match.end() >= _MIN_LENGTH:
                count += 1
                yield value
            # Continue after the value, because its content is part of it.
            at = max(end, match.end() + 1)


def _nuxt(script: str) -> Iterator[Any]:
    """Yield the data of a Nuxt 2 page, which are JavaScript and not JSON."""
    for match in islice(_NUXT.finditer(script), _MAX_STATES):
        value, _ = read_literal(script, match.end())
        if value is not None:
            yield value


def _parsed(script: str) -> Iterator[Any]:
    """Yield the JSON in strings of *script*."""
    for match in islice(_PARSED.finditer(script), _MAX_STATES):
        text, _ = read_literal(script, match.end())
        if isinstance(text, str) and len(text) >= _MIN_LENGTH:
            value, _ = _decoded(unquote(text) if match["percent"] else text, 0)
            if value is not None:
                yield value


def _decoded(text: str, start: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start


def properties(script: str) -> dict[str, str]:
    """Return the string properties of the object literals in *script*, the first one of each name.
    They are decoded once as JavaScript, and once as HTML if quotes are still entities."""
    found: dict[str, str] = {}
    for count, match in enumerate(_PROPERTY.finditer(script)):
        if count == _MAX_PROPERTIES:
            break
        single = match["single"]
        text = single if single is not None else match["double"]
        if text and match["key"] not in found:
            found[match["key"]] = _property_text(text)
    return found


def _property_text(text: str) -> str:
    """Return *text* decoded. Toutiao has a JSON string in entities in a JavaScript string, and
    removes the quotes with ``slice(6, -6)``. Entities are decoded first, because ``\\\\&quot;`` is
    not a JavaScript escape."""
    if text.startswith("&quot;") and text.endswith("&quot;"):
        text = decode_entity(text)[1:-1]
    return join_surrogates(decode_js(text))


def flight(scripts: list[str]) -> str:
    """Return the rows of Next.js' flight data. The chunks of all pushes are joined, because a row
    may begin in one and end in the next."""
    chunks = []
    for script in scripts:
        if "__next_f" not in script:
            continue
        for match in _FLIGHT.finditer(script):
            value, _ = _decoded(script, match.end())
            if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
                chunks.append(value[1])
    return "".join(chunks)


def flight_rows(rows: str) -> Iterator[Any]:
    """Yield the values in the *rows* of `flight`: JSON, and texts (``T`` with the length in UTF-8
    bytes, hexadecimal)."""
    at, count = 0, 0
    while at < len(rows) and count < _MAX_PROPERTIES:
        match = _ROW.search(rows, at)
        if match is None:
            return
        count += 1
        if match["length"]:
            size = int(match["length"], 16)
            # A character has at least one byte, so the slice is long enough.
            piece = rows[match.end() : match.end() + size].encode("utf-8", "replace")[:size]
            text = piece.decode("utf-8", "ignore")
            yield text
            at = match.end() + len(text)
            continue
        end = rows.find("\n", match.end())
        end = len(rows) if end < 0 else end
        line = rows[match.end() : end]
        if line[:1] in {"{", "["}:
            value, _ = _decoded(line, 0)
            if value is not None:
                yield value
        at = end
