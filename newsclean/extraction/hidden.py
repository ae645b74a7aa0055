r"""Find an article that is invisible in the page until a script shows it.

It may be in elements (``<template>``, ``<noscript>``, ``<noframes>``, ``<textarea>``, ``<xmp>``,
``<script type="text/html">``), attributes (``data-content="…"``, ``value="…"``, ``srcdoc="…"``),
comments and ``<pre>`` with JSON, and strings of scripts (``atob("…")``, ``unescape("%u…")``,
``"…" + "…"``, a JSONP call, several ``document.write("…")``, JSON that is split over
``push([…])`` calls). No script is executed; only strings are decoded.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from newsclean.cleaning.body import clean_body
from newsclean.cleaning.json_body import is_json
from newsclean.cleaning.layers import decode_base64
from newsclean.cleaning.parts import is_prose
from newsclean.cleaning.region_edits import MARK
from newsclean.cleaning.tree import inner_html
from newsclean.extraction.embedded.tokens import string_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.extraction.dom.page import Page

_ELEMENTS = ("template", "noscript", "noframes", "textarea", "xmp")
_TEXTS = frozenset({"noframes", "textarea", "xmp"})  # the parser reads no tags in them
_ATTRIBUTES = frozenset({"value", "srcdoc", "content"})
# Types of scripts that are not programs: ``text/html``, ``text/template``,
# ``text/x-handlebars-template``.
_TEMPLATE_TYPE = re.compile(r"text/(?:html|x?-?\w*-?template|plain)", re.IGNORECASE)
# An unclosed string ends with its line, so that it is not read again from its middle.
_STRING = re.compile(
    r"""\"(?:[^"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\$]|\\.|\$(?!\{))*+`?""", re.DOTALL
)
# The strings of all calls by one name, and of all additions to one variable, are one text.
_SERIES = re.compile(
    r"""
    (?P<name>[\w$.]{1,60})
    (?: \.push\(\s{0,9}\[?(?:\s{0,9}[\w.]{1,12},){0,3}     # self.__data.push([1,"…
      | \.write(?:ln)?\(                                   # document.writeln("…
      | \s{0,9}\+=                                         # text += "…
    )\s{0,9}\Z
    """,
    re.VERBOSE,
)
_SUM = re.compile(r"\s{0,99}\+\s{0,99}")  # between two strings
_BASE64_CALLS = ("atob(", "Base64.decode(", "base64_decode(")
_MAX_CALL_LENGTH = 120  # characters before a string that are searched for its call

_SHORTEST = 200  # characters; a shorter text does not hold an article
_MAX_HOLDERS = 200  # hidden texts that are read
_MAX_TOTAL = 5_000_000  # characters of all hidden texts of a page
_FEW_PARAGRAPHS = 3  # paragraphs; a dialogue or a teaser has fewer
_MANY_PARAGRAPHS = 5  # paragraphs; with as many, no word of the title is needed
_CONSENT = re.compile(r"\bcookies?\b", re.IGNORECASE)
# The beginnings of the longer words, because inflections change their ends. In Arabic, the article
# is written as one word with the noun.
_WORD = re.compile(r"(?<![^\W\d_])(?:[وبلك]?ال)?([^\W\d_]{4})")
_IDEOGRAPHS = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0eff]+")


class Hidden(NamedTuple):
    """A hidden article: its raw *html*, and its number of letters of prose."""

    html: str
    letters: int


def read_hidden(page: Page, *, headline: str | None = None) -> Hidden | None:
    """Return the longest hidden article of *page*, or None.

    It has paragraphs of prose. Unless there are many of them, it has a word in common with
    *headline* or the title of the page. This excludes cookie dialogues and templates of widgets.
    Linear time; raises no exception.
    """
    best: Hidden | None = None
    title = headline or next((node.text or "" for node in page.elements["title"]), "")
    wanted = _words(title)
    total = 0
    for text in islice(_holders(page), _MAX_HOLDERS):
        total += len(text)
        if total > _MAX_TOTAL:
            break
        prose = [line for line in clean_body(text).text.splitlines() if is_prose(line)]
        letters = sum(sum(map(str.isalnum, line)) for line in prose)
        if len(prose) < _FEW_PARAGRAPHS or (best is not None and letters <= best.letters):
            continue
        whole = " ".join(prose)
        is_long = len(prose) >= _MANY_PARAGRAPHS and _CONSENT.search(whole) is None
        if wanted and not is_long and wanted.isdisjoint(_words(whole)):
            continue
        best = Hidden(text, letters)
    return best


def _words(text: str) -> set[str]:
    """Return the beginnings of the longer words of *text*, and the pairs of characters of a
    script without spaces."""
    words = set(_WORD.findall(text.casefold()))
    for row in _IDEOGRAPHS.findall(text):
        words.update(row[start : start + 2] for start in range(len(row) - 1))
    return words


def _holders(page: Page) -> Iterator[str]:
    """Yield the texts of *page* that are long enough to hold an article."""
    for node in page.root.iter(*_ELEMENTS):
        is_text = node.tag in _TEXTS and not len(node)
        text = (node.text or "") if is_text else inner_html(node)
        if len(text) >= _SHORTEST:
            yield text
    for node in page.root.iter():
        if isinstance(node.tag, str) and node.tag not in {"meta", "img", "a", "link"}:
            for name, value in node.items():
                if len(value) >= _SHORTEST and (name.startswith("data-") or name in _ATTRIBUTES):
                    yield value
    for node in page.root.iter(etree.Comment, "pre"):
        text = node.text or ""
        if len(text) >= _SHORTEST and is_json(text):
            yield text
    yield from _script_texts(page)


def _script_texts(page: Page) -> Iterator[str]:
    pushed: dict[str, list[str]] = {}
    for node in page.elements["script"]:
        script, kind = node.text or "", node.get("type") or ""
        if "ld+json" in kind:
            continue
        if _TEMPLATE_TYPE.match(kind):
            yield script
            continue
        for start, text in _strings(script):
            series = _SERIES.search(script, max(0, start - _MAX_CALL_LENGTH), start)
            if series is not None:
                pushed.setdefault(series["name"], []).append(text)
            elif len(text) >= _SHORTEST:
                yield _unpacked(text) if script.endswith(_BASE64_CALLS, 0, start) else text
    for chunks in pushed.values():
        text = "".join(chunks)
        if len(text) >= _SHORTEST:
            yield text


def _unpacked(text: str) -> str:
    decoded = decode_base64(text)
    return decoded if is_json(decoded) else f'<div {MARK}="base64">{decoded}</div>'


def _strings(script: str) -> Iterator[tuple[int, str]]:
    """Yield the start and the text of each string of *script*. Strings with plus signs between
    them are one."""
    first, end, parts = 0, 0, list[str]()
    for match in _STRING.finditer(script):
        if len(match[0]) < 2 or match[0][0] != match[0][-1]:
            continue
        if parts and _SUM.fullmatch(script, end, match.start()) is None:
            yield first, "".join(parts)
            parts = []
        if not parts:
            first = match.start()
        parts.append(string_of(match[0]))
        end = match.end()
    if parts:
        yield first, "".join(parts)
