"""The escape layers of a body, and a decoder for each.

Each decoder is a pure function ``str -> str``. It removes one layer of its kind and does not
change text without that layer:

* ``json``     the inside of a JSON string: ``\\u003cp\\u003e``, ``<\\/p>``, ``\\"``
* ``js``       the inside of a JavaScript string: the same and ``\\x3c``, ``\\074``, ``\\u{3c}``
* ``entity``   character references: ``&lt;p&gt;``, ``&amp;lt;``
* ``percent``  ``%3Cp%3E``, with spaces as ``+`` or ``%20``, and JavaScript's ``%u4f60``
* ``slashless`` the inside of a JSON string that lost its backslashes: ``u003cpu003e``
* ``wide``     full-width brackets, which a filter put in place of ``<`` and ``>``: ``＜p＞``
* ``utf-7``    ``+ADw-p+AD4-``
* ``base64``   ``PHA+…``

A decoder does not decide whether the text *was* escaped; `newsclean.cleaning.unescape` does.
"""

from __future__ import annotations

import binascii
import codecs
import json
import re
from collections import Counter
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from newsclean.cleaning.elements import HTML_NAMES
from newsclean.cleaning.tree import join_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable

# What follows an escaped ``<``: the name of an opening or closing tag, or a comment.
_TAG = (
    r"(\\*+/|%(?:25)*+2[fF]|\\++u002[fF]|\\++x2[fF]|&(?:amp;)*+#(?:x2[fF]|47);)?+"
    r"([a-zA-Z][a-zA-Z0-9]{0,15}+|!--)"
)
# An escaped ``<``, by its outermost layer. Each further layer of the same kind adds backslashes or
# ``amp;`` before it.
_SHORT_NAME = r"(/|u002[fF])?+([a-zA-Z](?:(?!u00[023])[a-zA-Z0-9]){0,15}+|!--)"
_OPENERS: dict[str, re.Pattern[str]] = {
    "json": re.compile(rf"(?<!\\)\\++(?:u003[cC]|u0026(?:amp;)*+(?:lt|#60);){_TAG}"),
    "js": re.compile(rf"(?<!\\)\\++(?:x3[cC]|u\{{0*+3[cC]\}}|074|x26(?:amp;)*+(?:lt|#60);){_TAG}"),
    "entity": re.compile(rf"&(?:amp;)*+(?:lt|LT|#0*+60|#[xX]0*+3[cC]);{_TAG}"),
    "percent": re.compile(rf"%(?:25)*+(?:3[cC]|u003[cC]){_TAG}"),
    # A letter may be before it, and after the name.
    "slashless": re.compile(rf"u003[cC](?<![\\%]u003.){_SHORT_NAME}"),
    "wide": re.compile(rf"＜{_TAG}"),
}

_GT = {
    "json": r"\\u(?:003[eE]|0026(?:amp;)*+(?:gt|#62);)",
    "js": r"\\(?:x3[eE]|u\{0*+3[eE]\}|076|x26(?:amp;)*+(?:gt|#62);)",
    "entity": r"&(?:amp;)*+(?:gt|GT|#0*+62|#[xX]0*+3[eE]);",
    "percent": r"%(?:25)*+(?:u00)?3[eE]",
    "slashless": r"u003[eE]",
    "wide": "＞",
}
# The end of an escaped tag. Some programs escape only the ``<``.
_CLOSERS = {layer: re.compile(f"{escape}|>") for layer, escape in _GT.items()} | {
    "comment": re.compile(f"(?:-|%2[dD]){{2}}!?(?:{'|'.join(_GT.values())}|>)")
}
# The characters of an escape that each further layer of its kind repeats.
_DEPTHS = {
    "json": re.compile(r"\\++"),
    "js": re.compile(r"\\++"),
    "entity": re.compile("&(?:amp;)*+"),
    "percent": re.compile("%(?:25)*+"),
}
_MAX_TAG_LENGTH = 5_000  # characters

# An incomplete escape at the end of the text, by layer.
_CUT_ESCAPES = {
    "json": re.compile(
        r"""
        (?:\\++u[dD][89abAB][0-9a-fA-F]{2})?    # the first half of a surrogate pair
        (?:\\++(?:u[0-9a-fA-F]{0,3}|x[0-9a-fA-F]?)
          |(?<!\\)(?:\\\\)*+\\)?                # an odd number of backslashes
        \Z""",
        re.VERBOSE,
    ),
    "entity": re.compile(r"&(?:amp;)*+#?[0-9a-zA-Z]{0,8}\Z"),
    "percent": re.compile(r"%(?:25)*+(?:[0-9a-fA-F]|u[0-9a-fA-F]{0,3})?\Z"),
    "slashless": re.compile(r"u0(?:0(?:[23][0-9a-fA-F]?)?)?\Z"),
}
_CUT_ESCAPES["js"] = _CUT_ESCAPES["json"]
_TAIL = 80  # characters; the longest escape of twelve layers

# The last characters of the escapes of ``<``.
_OPENER_ENDS = {
    "json": ("003c", "003C", "lt;", "60;"),
    "js": ("x3c", "x3C", "3c}", "3C}", "074", "lt;", "60;"),
    "entity": ("lt;", "LT;", "60;", "3c;", "3C;"),
    "percent": ("3C", "3c"),
    "slashless": ("003c", "003C"),
    "wide": ("＜",),
}
_ENDS_TRIED = 20  # escapes from the end of the text that are tried
_MAX_ESCAPE_LENGTH = 500  # ``&amp;`` thirty-five times

_JS_ESCAPE = re.compile(
    r"""\\(?:
        u\{(?P<point>[0-9a-fA-F]{1,6})\}
      | u(?P<unit>[0-9a-fA-F]{4})
      | x(?P<byte>[0-9a-fA-F]{2})
      | (?P<octal>[01][0-7]{2})
      | (?P<char>[nrtbfv0/\\'"`\n])
    )""",
    re.VERBOSE,
)
_HEX_BYTES = re.compile(r"(?<!\\)(?:\\x[89a-fA-F][0-9a-fA-F]){2,}+")
_JS_CHARS = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": "", "\n": ""}

# A semicolon is required, unlike in html.unescape: prose holds URLs with ``&copy=``.
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_LONG_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});")
# The HTML standard maps references to these C1 controls to the characters of windows-1252.
_WINDOWS_1252 = {n: bytes([n]).decode("cp1252", "replace") for n in range(0x80, 0xA0)}
_PERCENT_U = re.compile(r"%u[0-9a-fA-F]{4}")
_PERCENT = re.compile(r"%(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))")
# Bytes beyond ASCII: several in a row are the bytes of a charset, single ones are JavaScript's.
_HIGH_BYTES = re.compile(r"(?:%[89a-fA-F][0-9a-fA-F])++")
# Escapes without their backslashes. A single one without a digit may be part of a word (Kaufabend).
_LOST_UNITS = re.compile(
    r"(?:u(?:00(?:2[0267fF]|3[cCdDeE]|[89a-fA-F][0-9a-fA-F])|(?!00)[0-9a-fA-F]{4}))++"
)
_LETTERS_ONLY = re.compile(r"u[a-fA-F]{4}")
# Line ends without their backslashes, before a tag, a capital, a quote or a letter that is not
# Latin.
_LOST_BREAKS = re.compile(
    r"(?<=u003[eE])[nrt]{1,4}(?=u003[cC]|\Z|[A-Z\"“«(]|[\u0370-\u1dff\u2e80-\uffff])"
)
_NARROW = str.maketrans("＜＞＂", '<>"')
_LAST_CODE_POINT = 0x10FFFF  # of Unicode


def decode_json(text: str) -> str:
    """Return *text* without one layer of JSON string escapes and without quotes around it.

    Text that is not a valid JSON string is decoded like `decode_js` does.
    """
    quoted = text if len(text) > 1 and text[0] == text[-1] == '"' else f'"{text}"'
    try:
        decoded = json.loads(quoted, strict=False)
    except ValueError:
        return decode_js(text)
    return join_surrogates(decoded) if isinstance(decoded, str) else text


def decode_js(text: str) -> str:
    """Return *text* without one layer of JavaScript string escapes. It is one pass, so
    ``\\x5cx3c`` becomes ``\\x3c``. Unknown escapes (``\\d``) stay. Several bytes beyond ASCII,
    ``\\xe4\\xb8\\xad``, are UTF-8 if they are valid."""
    if "\\x" in text:
        text = _HEX_BYTES.sub(_hex_bytes, text)
    return join_surrogates(_JS_ESCAPE.sub(_js_char, text))


def _hex_bytes(match: re.Match[str]) -> str:
    return _utf_8(bytes.fromhex(match[0].replace("\\x", ""))) or match[0]


def _js_char(match: re.Match[str]) -> str:
    kind = match.lastgroup
    value = match[kind or 0]
    if kind == "char":
        return _JS_CHARS.get(value, value)
    number = int(value, 8 if kind == "octal" else 16)
    return chr(number) if number <= _LAST_CODE_POINT else "\ufffd"


def decode_entity(text: str) -> str:
    """Return *text* without one layer of character references.

    Decodes only references that end with a semicolon and that HTML defines.
    """
    return _LONG_NUMBER.sub("\ufffd", _REFERENCE.sub(_referred, text))


def _referred(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return html5.get(f"{name};", match[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    if number in _WINDOWS_1252:
        return _WINDOWS_1252[number]
    if number == 0 or number > _LAST_CODE_POINT or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    return chr(number)


def decode_percent(text: str) -> str:
    """Return *text* without one layer of percent escapes: bytes of UTF-8, or the characters of
    JavaScript's ``escape`` (``%u4f60``, ``%E9``). Return it unchanged if it is neither."""
    if _PERCENT_U.search(text) is None:
        decoded = _utf_8(unquote_to_bytes(join_surrogates(text)))
        runs = [len(run) // 3 for run in _HIGH_BYTES.findall(text)]
        if decoded or runs.count(1) * 2 < len(runs):
            return decoded or text
    return join_surrogates(_PERCENT.sub(lambda match: chr(int(match[1] or match[2], 16)), text))


_PLUS = str.maketrans("+", " ")


def decode_form(text: str) -> str:
    """Return *text* without one layer of percent escapes. If it is the value of a form, whose
    spaces are plus signs, return it with spaces."""
    is_form = "+" in text and "%20" not in text and _PERCENT_U.search(text) is None
    return decode_percent(text.translate(_PLUS) if is_form else text)


def decode_slashless(text: str) -> str:
    """Return *text* with the backslashes of its JSON escapes restored, and decoded. Line ends
    between tags, of which a letter is left, are dropped."""
    return decode_js(restore_backslashes(_LOST_BREAKS.sub("", text)))


def restore_backslashes(text: str, *, all_units: bool = False) -> str:
    r"""Return *text* with the backslashes of JSON's escapes of letters and markup restored. Restore
    a single escape without a digit only if *all_units*, because it may be part of a word.

    >>> restore_backslashes("u003cp: cafu00e9, Kaufabend")
    '\\u003cp: caf\\u00e9, Kaufabend'
    """
    return _LOST_UNITS.sub(_every_unit if all_units else _certain_units, text)


def _every_unit(match: re.Match[str]) -> str:
    return match[0].replace("u", "\\u")


def _certain_units(match: re.Match[str]) -> str:
    return match[0] if _LETTERS_ONLY.fullmatch(match[0]) else _every_unit(match)


def decode_wide(text: str) -> str:
    """Return *text* with ASCII brackets and quotes in place of full-width ones."""
    return text.translate(_NARROW)


def decode_utf_7(text: str) -> str:
    """Return *text* decoded from UTF-7, or unchanged if it is not valid UTF-7."""
    try:
        return text.encode("ascii").decode("utf-7")
    except UnicodeError:
        return text


def decode_base64(text: str) -> str:
    """Return *text* decoded from base64 and UTF-8, or unchanged if it is not valid."""
    packed = "".join(text.split())
    packed = packed[: len(packed) // 4 * 4]  # the rest was cut off
    try:
        return _utf_8(binascii.a2b_base64(packed)) or text
    except ValueError:
        return text


def _utf_8(data: bytes) -> str:
    """Return *data* decoded from UTF-8, without an incomplete last character; "" if invalid."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return ""


def cut_tail(layer: str, text: str) -> str:
    r"""Return *text* without an incomplete escape of *layer* at its end.

    >>> cut_tail("json", r"It is caf\u00")
    'It is caf'
    """
    pattern, end = _CUT_ESCAPES.get(layer), text.rstrip()
    match = pattern.search(end, max(0, len(end) - _TAIL)) if pattern else None
    return end[: match.start()] if match and match[0] else text


DECODERS: dict[str, Callable[[str], str]] = {
    "json": decode_json,
    "js": decode_js,
    "entity": decode_entity,
    "percent": decode_form,
    "slashless": decode_slashless,
    "wide": decode_wide,
    "utf-7": decode_utf_7,
    "base64": decode_base64,
}


class EscapedTag(NamedTuple):
    """An escaped tag in a text. ``name`` is lower case; ``"!--"`` is a comment."""

    start: int
    closing: bool
    name: str


def escaped_tags(layer: str, text: str, limit: int) -> list[EscapedTag]:
    """Return the first *limit* tags of *text* that are escaped by *layer*, in order. Only names of
    HTML elements count, so ``Into\\u003cU\\u003e`` is not a tag."""
    tags: list[EscapedTag] = []
    for match in _OPENERS[layer].finditer(text):
        slash, name = match.groups()
        name = name.lower()
        if name in HTML_NAMES or name == "!--":
            tags.append(EscapedTag(match.start(), slash is not None, name))
            if len(tags) == limit:
                break
    return tags


def escape_depth(layer: str, text: str, tag: EscapedTag) -> int:
    r"""Return how many times *layer* escapes the ``<`` of *tag*.

    >>> escape_depth("entity", "&amp;amp;lt;p", EscapedTag(0, False, "p"))
    3
    """
    pattern = _DEPTHS.get(layer)
    match = pattern.match(text, tag.start) if pattern else None
    size = len(match[0]) if match else 0
    if pattern is None:
        return 1
    if layer in {"json", "js"}:
        return max(1, size.bit_length())  # each layer doubles the backslashes
    return 1 + (size - 1) // (4 if layer == "entity" else 2)


def tag_end(layer: str, text: str, tag: EscapedTag) -> int:
    """Return the end of *tag* in *text*, which *layer* escapes. It is after the ``>``, which may be
    unescaped. An incomplete tag ends with the text."""
    pattern = _CLOSERS["comment" if tag.name == "!--" else layer]
    match = pattern.search(text, tag.start, tag.start + _MAX_TAG_LENGTH)
    if match is None:
        return min(len(text), tag.start + _MAX_TAG_LENGTH)
    return match.end()


def last_escaped_tag(layer: str, text: str) -> int:
    """Return the start of the last tag of *text* that *layer* escapes. Return -1 if none of the
    last few escapes of ``<`` begins a tag."""
    end = len(text)
    for _ in range(_ENDS_TRIED):
        end = max(text.rfind(ending, 0, end) for ending in _OPENER_ENDS[layer])
        if end < 0:
            break
        last = -1
        for match in _OPENERS[layer].finditer(text, max(0, end - _MAX_ESCAPE_LENGTH), end + 40):
            if match[2].lower() in HTML_NAMES or match[2] == "!--":
                last = match.start()
        if last >= 0:
            return last
    return -1


def balanced_pairs(tags: list[EscapedTag]) -> int:
    """Return the number of elements that *tags* both open and close."""
    opened = Counter(tag.name for tag in tags if not tag.closing and tag.name != "!--")
    closed = Counter(tag.name for tag in tags if tag.closing)
    return (opened & closed).total()
