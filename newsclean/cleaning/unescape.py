r"""Step 1: remove the escape layers of a body.

First from the body as a whole (`remove_layers`), then from each region of its source (`regions`),
last from single characters that still have a layer: ``solu&ccedil;&atilde;o``, ``it won\'t``.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.cleaning.comments import repair_comments
from newsclean.cleaning.document import Document
from newsclean.cleaning.elements import CODE_ZONES, INVISIBLE
from newsclean.cleaning.escaped_text import REAL_TAG, remove_layers
from newsclean.cleaning.json_body import body_of_json, body_of_literal, is_json
from newsclean.cleaning.layers import decode_entity
from newsclean.cleaning.mojibake import repair_mojibake
from newsclean.cleaning.parts import holds_enclosed
from newsclean.cleaning.region_context import ABOUT_MARKUP
from newsclean.cleaning.region_edits import MARK
from newsclean.cleaning.regions import marked_layers, unescape_regions
from newsclean.cleaning.signals import LOST_BACKSLASH
from newsclean.cleaning.style_blocks import cut_styles
from newsclean.cleaning.tree import (
    drop_cut_tag,
    escape_text,
    inner_html,
    parse_fragment,
    set_text,
    visible_text,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

# Signs of an escape, and a character that each has. For an ordinary body, nothing else is searched.
# They are separate patterns so that each begins with a plain character, which Python finds quickly.
_SIGNALS = (
    ("\\", re.compile(r"\\(?:u(?:[0-9a-fA-F]{4}|\{)|x3[cC]|074|['\"]|(?:r\\)?n\\[nrt])")),
    ("\\", re.compile(r"<\\+/")),
    ("&", re.compile(r"&(?:lt|#0*+60|#[xX]0*+3[cC]);")),
    ("&", re.compile(r"&amp;[#a-zA-Z]")),
    ("%", re.compile(r"%(?:25)*+(?:3[cC]|7[bB]%(?:25)*+22)")),
    ("+", re.compile(r"\+ADw")),
    ("u", LOST_BACKSLASH),
    ("＜", re.compile(r"＜/?[a-zA-Z!]")),
)
_BASE64_SIGNAL = re.compile(r"\s*+P[CE-H][A-Za-z0-9+/]{60}")  # at the start of a body
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_MARK = re.compile(f'{MARK}="([^"]*)"')

# References for accents, dashes and quotes: ``solu&ccedil;&atilde;o``, ``y&#x27;all``.
_VISIBLE_REFERENCE = re.compile(
    r"""
    &(?:amp;)*+
    (?: \#\d{2,6}
      | \#[xX][0-9a-fA-F]{2,5}
      | (?!(?:lt|gt|LT|GT);)[A-Za-z][A-Za-z0-9]{1,9}+           # not a tag of an example
    );
    """,
    re.VERBOSE,
)
_AMPERSANDS = re.compile(r"&(?:amp;)++")
# PHP's addslashes: an apostrophe in a contraction or an elision, or in a name such as N'Man.
_ADDED_SLASH = re.compile(
    r"""
    (?<=[A-Za-z])\\'(?=(?:s|t|re|ve|ll|d|m)\b)                          # it\'s, won\'t
  | (?:(?<=(?<![A-Za-z])[A-Za-z])|(?<=\b[Qq]u))\\'(?=\w)                # l\'acqua, qu\'il, N\'Man
  | (?<=[\u0370-\u03ff])\\'(?=[\s\u0370-\u03ff])                        # γι\' αυτό
    """,
    re.VERBOSE,
)
# PHP's addslashes: one or more words between two quotes, on one line.
_QUOTED = re.compile(r"""(?<!\\)\\"([^"\\\n]{1,300})\\\"""")
_BACKSLASH_WORD = re.compile(r"\\[A-Za-z{}\[\]()]")


def unescape(raw: str) -> Document:
    """Return *raw*, an HTML body or an escaped form of it, as a tree.

    Removes the layers in any order, first from the body as a whole, then from each region of it.
    Does not change code, single tags in prose, paths, regular expressions and URLs. Takes time
    linear in the length of *raw* times the number of layers (at most 40).
    """
    layers: Counter[str] = Counter()
    if "<![CDATA[" in raw:
        raw = _CDATA.sub("", raw)
    is_signalled = _is_signalled(raw) or is_json(raw)
    if is_signalled:
        raw = body_of_literal(body_of_json(raw, layers), layers)
        # If a string in the text is the body, the text around the string is not escaped.
        is_part = is_json(raw) or holds_enclosed(raw)
        raw = unescape_regions(raw if is_part else remove_layers(raw, layers))
    if MARK in raw:
        for value in _MARK.findall(raw):
            layers.update(marked_layers(value))
    document = parse_body(raw)
    document.layers = layers
    drop_cut_tag(document.root)
    repair_mojibake(document)
    if is_signalled and _is_signalled(document.html):
        _repair_characters(document)
    return document


def _is_signalled(text: str) -> bool:
    return _BASE64_SIGNAL.match(text) is not None or any(
        char in text and signal.search(text) for char, signal in _SIGNALS
    )


def _repair_characters(document: Document) -> None:
    """Remove layers from single characters, unless *document* is about escapes."""
    root, layers = document.root, document.layers
    text = visible_text(root)
    # In most bodies, only the ampersand of a URL looks escaped.
    if "\\" not in document.html and not _is_signalled(escape_text(text)):
        return
    if any(True for _ in root.iter(*CODE_ZONES)) or ABOUT_MARKUP.search(text) is not None:
        return
    before = layers.total()
    _repair_texts(root, layers)
    if layers.total() > before:
        document.html = inner_html(root)


# --- single characters ---------------------------------------------------------------------


def _repair_texts(root: _Element, layers: Counter[str]) -> None:
    """Decode references and slashes that an escape layer left in the texts of *root*."""
    slashes = not _BACKSLASH_WORD.search(visible_text(root))
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag not in INVISIBLE and node.text:
            set_text(node, "text", _repaired(node.text, slashes, layers))
        if node is not root and node.tail:
            set_text(node, "tail", _repaired(node.tail, slashes, layers))


def _repaired(text: str, slashes: bool, layers: Counter[str]) -> str:
    if "&" in text:
        text, count = _VISIBLE_REFERENCE.subn(_reference, text)
        if count:
            layers["entity"] += 1
    if slashes and "\\" in text:
        text, count = _ADDED_SLASH.subn("'", text)
        quoted, quotes = _QUOTED.subn(r'"\1"', text)
        text = quoted
        if count or quotes:
            layers["addslashes"] += 1
    return text


def _reference(match: re.Match[str]) -> str:
    whole = decode_entity(_AMPERSANDS.sub("&", match[0]))
    return match[0] if whole.startswith("&") and len(whole) > 1 else whole


# --- text without tags -----------------------------------------------------------------------

_BLANK_LINES = re.compile(r"(?<![ \t\r\u3000])[ \t\r\u3000]*+\n(?:[ \t\r\u3000]*+\n)++")


def parse_body(html: str) -> Document:
    """Return *html* as a tree without its style blocks. In plain text, which has no tags, blank
    lines separate paragraphs and other line ends become line breaks."""
    html = repair_comments(html)
    if "\n" in html and REAL_TAG.search(html) is None:
        paragraphs = _BLANK_LINES.split(html.strip())
        html = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs)
    html, sheets = cut_styles(html)
    return Document(parse_fragment(html), html, sheets)
