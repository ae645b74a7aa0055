r"""Remove the escape layers of a text that is escaped as a whole.

A republished body is often the content of another site's JSON, shown as text:
``\u003cp\u003e…``. An article *about* HTML looks much the same. The difference: an article about
HTML *mentions* tags, but an escaped body begins with a tag, ends with a tag, and its tags open
and close elements.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import CODE_ZONES, HTML_NAMES
from newsclean.cleaning.json_body import body_of_json
from newsclean.cleaning.layers import (
    DECODERS,
    balanced_pairs,
    cut_tail,
    decode_base64,
    decode_utf_7,
    escaped_tags,
    last_escaped_tag,
)

if TYPE_CHECKING:
    from newsclean.cleaning.layers import EscapedTag

MAX_LAYERS = 40  # layers; the deepest nesting of ``&amp;`` seen in published pages is 35
# The first 30 tags of a text decide, or the first 300 if those do not suffice.
_TAGS_READ = (30, 300)
# Letters that may be before the first tag and after the last one of an escaped body (a label, a
# bullet, the rest of a template), or this share of the text.
_HEAD, _TAIL, _SHARE_OF_EDGE = 24, 80, 0.1
_FEW_UNITS, _SHARE_OF_UNITS, _SHARE_IN_RUNS = 8, 0.3, 0.6
_PAIRS_OF_A_CUT_BODY = 2

REAL_TAG = re.compile(r"<[a-zA-Z/!]")
_UNIT = re.compile(r"\\u[0-9a-fA-F]{4}")
_ESCAPED_MARKUP = tuple(rf"\u{code}" for code in ("003c", "003e", "0026", "003C", "003E", "0022"))
_UNIT_RUN = re.compile(r"(?:\\u[0-9a-fA-F]{4}){2,}+")
_ESCAPED_CLOSER = re.compile(r"<\\+/[a-zA-Z]")
_NO_LETTERS = re.compile(
    r"""
    <[^<>]*+>                                   # a tag
  | \\u[0-9a-fA-F]{4} | \\x[0-9a-fA-F]{2}       # an escape of JSON or JavaScript
  | &(?:amp;)*+\#?\w{1,8};                      # a character reference, also escaped again
  | %(?:25)*+[0-9a-fA-F]{2}                     # a percent-encoded byte, also encoded again
  | [^\w] | _
    """,
    re.VERBOSE,
)
_CODE_TAG = re.compile(rf"<(?:{'|'.join(sorted(CODE_ZONES))})\b", re.IGNORECASE)
# A quote that was escaped for JSON and then as an entity. The entities were added last, so they
# are removed first.
_ENTITY_OUTSIDE = re.compile(r"\\&(?:amp;)*+(?:quot|#34|#x22);", re.IGNORECASE)
_MARKER = re.compile(r"[^a-zA-Z]{0,9}(?:u003[cC]|x3[cC]|3[cC]|lt;|60;)!--/?[A-Z][A-Z0-9_]{1,40}_\d")
# Layers without backslashes, and what every text has that they escape.
_SIGNS = {"slashless": re.compile("u003[cC]"), "wide": re.compile("＜")}
# The JSON of an object, ``%7B%22…``, whose percent signs may be encoded again.
_PERCENT_JSON = re.compile(r"\s*+(?:%(?:25)*+5[bB])?+%(?:25)*+7[bB]%(?:25)*+22\S*+\s*+")
# At least 60 bytes of base64: a ``<`` and a letter, ``!`` or ``/`` come first.
_BASE64 = re.compile(r"\s*+P[CE-H][A-Za-z0-9+/\s]{76,}+={0,2}\s*+\Z")
_TAG_PAIR = re.compile(r"\s*+<([a-zA-Z][a-zA-Z0-9]{0,15})\b")


def remove_layers(text: str, layers: Counter[str] | None = None) -> str:
    """Return *text* without the layers that escape it as a whole, and count them in *layers*."""
    for _ in range(MAX_LAYERS):
        for layer, decode in DECODERS.items():
            if not is_escaped(layer, text):
                continue
            decoded = decode(cut_tail(layer, text))
            if len(decoded) < len(text) or (layer == "wide" and decoded != text):
                if layers is not None:
                    layers[layer] += 1
                text = body_of_json(decoded, Counter() if layers is None else layers)
                break
        else:
            break
    return text


def is_escaped(layer: str, text: str) -> bool:
    """Return True if *layer* escapes *text* as a whole: it begins and ends with escaped markup
    that opens and closes elements, or most of its letters are escaped. Return False if it has
    real code elements."""
    if layer == "entity":
        if "&" not in text or REAL_TAG.search(text) is not None:
            return False
        if _ENTITY_OUTSIDE.search(text) is not None:
            return True
    elif layer == "percent":
        if "%" not in text or REAL_TAG.search(text) is not None:
            return False
        if _PERCENT_JSON.fullmatch(text) is not None:
            return True
    elif layer in _SIGNS:
        if _SIGNS[layer].search(text) is None:
            return False
    elif layer == "utf-7":
        return text.lstrip().startswith("+ADw") and _is_markup(decode_utf_7(text))
    elif layer == "base64":
        return _BASE64.match(text) is not None and _is_markup(decode_base64(text))
    elif "\\" not in text or _CODE_TAG.search(text) or _ENTITY_OUTSIDE.search(text):
        return False
    elif layer == "json" and (_closers_are_escaped(text) or letters_are_escaped(text)):
        return True
    return _is_made_of_tags(layer, text)


def _is_made_of_tags(layer: str, text: str) -> bool:
    for limit in _TAGS_READ:
        tags = escaped_tags(layer, text, limit)
        if balanced_pairs(tags) or any(has_marker(text, tag) for tag in tags):
            break
    else:
        return False
    edge = int(len(text) * _SHARE_OF_EDGE)
    # A text about markers mentions them as references; an escaped body begins with a marker.
    is_named = layer == "entity" and not balanced_pairs(tags)
    head = 0 if is_named else max(_HEAD, edge)
    if count_letters(text[: tags[0].start]) > head:
        return False
    last = last_escaped_tag(layer, text)
    if layer == "percent" and " " in text[tags[0].start : last]:
        return False
    if last < 0:
        return False
    # An incomplete copy ends in an open paragraph.
    ends_open = tags[-1].start == last and not tags[-1].closing
    if ends_open and balanced_pairs(tags) >= _PAIRS_OF_A_CUT_BODY:
        return True
    return count_letters(text[last:]) <= max(_TAIL, edge)


def has_marker(text: str, tag: EscapedTag) -> bool:
    """Return True if *tag* of *text* is a publisher's numbered marker, ``\\u003c!--NO_AD_0``."""
    return tag.name == "!--" and _MARKER.match(text, tag.start) is not None


def count_letters(text: str) -> int:
    """Return the number of letters of *text* without its tags and escapes."""
    return len(_NO_LETTERS.sub("", text))


def letters_are_escaped(text: str) -> bool:
    """Return True if every letter that is not ASCII is written ``\\\\uXXXX``, as PHP's json_encode
    does. A text has several such escapes in a row; a list of code points has single ones."""
    if text.count("\\u") - sum(map(text.count, _ESCAPED_MARKUP)) < _FEW_UNITS:
        return False
    units = len(_UNIT.findall(text))
    if units < _FEW_UNITS or units < _SHARE_OF_UNITS * (units + count_letters(text)):
        return False
    in_runs = sum(len(run) // 6 for run in _UNIT_RUN.findall(text))
    return in_runs >= _SHARE_IN_RUNS * units


def _closers_are_escaped(text: str) -> bool:
    """Return True if only the slash of closing tags is escaped, as PHP's json_encode does:
    ``<p>…<\\/p>``."""
    if "<\\" not in text or "</" in text or not text.lstrip(' \t\r\n"').startswith("<"):
        return False
    return _ESCAPED_CLOSER.search(text) is not None


def _is_markup(text: str) -> bool:
    """Return True if *text* begins with an HTML element and closes one."""
    match = _TAG_PAIR.match(text)
    if match is None:
        return False
    return match[1].lower() in HTML_NAMES and "</" in text
