r"""Find the parts of a text that are escaped markup, with the start and end of each.

A part has limits of one of three kinds:

* a string of JSON or JavaScript, ``"\u003cp\u003e…"`` or ``&quot;\u003cp\u003e…&quot;``: from its
  first quote to its last one;
* an escaped CDATA section, ``&lt;![CDATA[…]]&gt;``;
* otherwise the escaped tags of one layer, from the first one to the last one. A paragraph that
  ends with ``<br>`` has no tag at its start, so such a part starts where the text starts.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from newsclean.cleaning.elements import INLINE
from newsclean.cleaning.escaped_text import count_letters, remove_layers
from newsclean.cleaning.layers import (
    DECODERS,
    balanced_pairs,
    cut_tail,
    escape_depth,
    escaped_tags,
    tag_end,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.cleaning.layers import EscapedTag

PLACE = "\ufdd0"  # stands for a real tag in a text; a Unicode noncharacter, so no text has it

_LAYERS = ("json", "js", "entity", "percent", "slashless", "wide")
_MAX_TAGS = 20_000  # tags of one text
_MAX_EDGE_LENGTH = 40  # characters of quotes and spaces around a part
_FEW_BREAKS = 3  # escaped ``<br>`` between paragraphs; a text about HTML may mention fewer
_VOID = frozenset({"br", "img", "hr", "wbr", "input", "source", "link", "meta", "col"})
_BREAKS = frozenset({"br", "hr"})
# Tags that may be within a sentence.
_WITHIN = INLINE | {"!--"}

# The minimum of letters in prose, in scripts with spaces and without.
_PROSE_LETTERS, _PROSE_IDEOGRAPHS = 40, 16
_IDEOGRAPH = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0eff]")

_BLANK = r"(?:\s|\\+[nrt])*+"
_BLANKS = re.compile(_BLANK)
_BLANKS_BEFORE = re.compile(rf"{_BLANK}\Z")
_MAX_TOKEN = 5_000  # characters; a paragraph of Cyrillic, escaped twice, has 3,000
# Text between spaces and real tags: percent escapes also escape the spaces.
_NO_BLANKS = re.compile(rf"[^\s{PLACE}]*+")
_NO_BLANKS_BEFORE = re.compile(rf"(?<![^\s{PLACE}])[^\s{PLACE}]*+\Z")
_QUOTE = re.compile(r"(?<!\\)(?:\"|&(?:amp;){0,40}+(?:quot|#34|#x22);)")
_OPENS_STRING = frozenset(" \t\r\n:([=" + PLACE)
_VALUE = re.compile(r':\s?"')
# An escaped tag of a layer that escapes quotes, too.
_SLASHED_TAG = re.compile(r"\\(?:u003[cC]|u0026|x3[cC]|x26|u\{0*+3[cC]\})")
_CDATA_OPENER = re.compile(
    r"""
    (?: &(?:amp;)*+(?:lt|\#60|\#[xX]3[cC]);                    # "<" as a character reference
      | (?<!\\)\\++(?:u003[cC]|x3[cC]|u\{3[cC]\})             # "<" as an escape of JavaScript
    )!\[CDATA\[
    """,
    re.VERBOSE,
)
_CDATA_CLOSER = re.compile(
    r"""
    \]\]
    (?: &(?:amp;)*+(?:gt|\#62|\#[xX]3[eE]);                    # ">" as a character reference
      | \\++(?:u003[eE]|x3[eE]|u\{3[eE]\})                     # ">" as an escape of JavaScript
      | >
    )
    """,
    re.VERBOSE,
)


class Part(NamedTuple):
    """A part of a text, from *start* to *end* with the quotes around it, and the markup in it.

    ``layers`` are the layers that are certain to be around ``source``, the outermost first.
    ``is_enclosed`` is True if the part is a string or a CDATA section.
    """

    start: int
    end: int
    source: str
    layers: tuple[str, ...]
    is_enclosed: bool

    def decode(self, layers: Counter[str]) -> str:
        """Return the markup without its layers, and count them in *layers*."""
        text = self.source if self.is_enclosed else remove_layers(self.source, layers)
        if layers:
            return text
        for layer in self.layers:
            text = DECODERS[layer](cut_tail(layer, text))
            layers[layer] += 1
        return remove_layers(text, layers)


def parts_of(text: str) -> Iterator[Part]:
    """Yield the parts of *text* that are escaped markup, in order. Linear time.

    The caller decides whether a part is the article or an example in it.
    """
    at = 0
    for part in _enclosed(text):
        yield from _between(text, at, part.start)
        yield part
        at = part.end
    yield from _between(text, at, len(text))


def has_enclosed(text: str) -> bool:
    """Return True if *text* is or contains a string or a CDATA section with escaped markup."""
    return next(_enclosed(text), None) is not None


def holds_enclosed(text: str) -> bool:
    """Return True if *text* contains a string or a CDATA section with escaped markup, and other
    text."""
    text = text.strip()
    part = next(_enclosed(text), None)
    return part is not None and part.end - part.start < len(text)


def is_prose(text: str) -> bool:
    """Return True if *text* is long enough to be a paragraph."""
    letters = count_letters(text)
    return letters >= _PROSE_LETTERS or (
        letters >= _PROSE_IDEOGRAPHS and len(_IDEOGRAPH.findall(text)) * 2 >= letters
    )


# --- strings and CDATA sections ------------------------------------------------------------


def _enclosed(text: str) -> Iterator[Part]:
    """Yield the strings and the CDATA sections of *text* that hold escaped markup."""
    parts = [*_strings(text), *_sections(text)]
    at = 0
    for part in sorted(parts):
        if part.start >= at:
            yield part
            at = part.end


def _strings(text: str) -> Iterator[Part]:
    """Yield the strings in *text* that hold escaped tags. An incomplete string ends with the
    text."""
    if _SLASHED_TAG.search(text) is None:
        return
    quotes = list(_QUOTE.finditer(text))
    ends: dict[str, int] = {}  # where the next quote of each kind begins
    closers = []
    for quote in reversed(quotes):
        closers.append(ends.get(quote[0], -1))
        ends[quote[0]] = quote.start()
    at = 0
    for quote, closer in zip(quotes, reversed(closers), strict=True):
        start, first = quote.span()
        if start < at or (start and text[start - 1] not in _OPENS_STRING):
            continue
        end = closer if closer >= 0 else len(text)
        is_string = _SLASHED_TAG.search(text, first, end) and text.find(PLACE, first, end) < 0
        if not is_string:
            continue
        at = end + len(quote[0]) if closer >= 0 else end
        depth = quote[0].count(";")
        yield Part(start, at, text[first:end], (*["entity"] * depth, "json"), True)


def _sections(text: str) -> Iterator[Part]:
    """Yield the escaped CDATA sections of *text*. Their ends may be missing."""
    if "![CDATA[" not in text:
        return
    openers = list(_CDATA_OPENER.finditer(text))
    limits = [opener.start() for opener in openers[1:]] + [len(text)]
    for opener, limit in zip(openers, limits, strict=True):
        start, first = opener.span()
        place = text.find(PLACE, first, limit)
        last = place if place >= 0 else limit
        closer = _CDATA_CLOSER.search(text, first, last)
        end, after = closer.span() if closer else (last, last)
        layer = "entity" if text[start] == "&" else "json" if text[start + 1] == "u" else "js"
        depth = text.count("amp;", start, first) + 1 if layer == "entity" else 1
        yield Part(start, after, text[first:end], (layer,) * depth, True)


# --- tags ------------------------------------------------------------------------------------


def _between(text: str, start: int, end: int) -> Iterator[Part]:
    """Yield the parts between *start* and *end* of *text* that begin and end with escaped tags."""
    for part in _tagged(text[start:end]):
        yield part._replace(start=start + part.start, end=start + part.end)


def _tagged(text: str) -> Iterator[Part]:
    tags = sorted(
        (tag.start, layer, tag) for layer in _LAYERS for tag in escaped_tags(layer, text, _MAX_TAGS)
    )
    group: list[EscapedTag] = []
    opened: Counter[str] = Counter()
    outer = ""
    at = 0
    for _, layer, tag in tags:
        if group and layer != outer:
            if opened.total() > 0:
                continue  # within an element of the outer layer
            limit = _token(text, tag.start, at)[0] if layer == "percent" else tag.start
            part = _part(outer, text, group, at, limit=limit, is_open=False)
            if part is not None:
                yield part
                at = part.end
            group = []
        outer = layer
        group.append(tag)
        if tag.name != "!--" and tag.name not in _VOID:
            if not tag.closing:
                opened[tag.name] += 1
            elif opened[tag.name] > 0:
                opened[tag.name] -= 1
    if group:
        is_open = opened.total() > 0
        part = _part(outer, text, group, at, limit=len(text), is_open=is_open)
        if part is not None:
            yield part


def _part(
    layer: str, text: str, tags: list[EscapedTag], at: int, *, limit: int, is_open: bool
) -> Part | None:
    """Return the part of *text* between *at* and *limit* that contains *tags* of *layer*. Return
    None if the text may only mention them."""
    start, end = tags[0].start, tag_end(layer, text, tags[-1])
    line = max(text.rfind(PLACE, at, start) + 1, at)
    line = max([match.end() for match in _VALUE.finditer(text, line, start)], default=line)
    # An incomplete copy of a single paragraph closes no tag. Full-width brackets without a closing
    # tag are those of a name: ＜A＞.
    is_cut = is_open and layer != "wide" and not count_letters(text[line:start])
    pairs = balanced_pairs([tag for tag in tags if tag.name not in INLINE])
    if not pairs and not is_cut and not _parts_paragraphs(layer, text, line, tags):
        return None
    # A paragraph between two breaks has no tag of its own.
    if tags[0].closing or tags[0].name in _WITHIN:
        start = line
    # After its last break, the text of another layer begins.
    is_ended = limit < len(text) and tags[-1].name in _BREAKS
    if layer == "percent":
        start, end = _token(text, start, at)[0], max(end, _token(text, tags[-1].start, at)[1])
    elif is_open or (tags[-1].name in _WITHIN and not is_ended):
        place = text.find(PLACE, end, limit)
        end = place if place >= 0 else limit
    depth = escape_depth(layer, text, tags[0])
    before = _BLANKS_BEFORE.search(text, max(at, start - _MAX_EDGE_LENGTH), start)
    after = _BLANKS.match(text, end, limit)
    first = before.start() if before else start
    last = after.end() if after else end
    return Part(first, last, text[start:end], (layer,) * depth, False)


def _token(text: str, at: int, start: int) -> tuple[int, int]:
    """Return start and end of the text without spaces around *at*, not before *start*."""
    before = _NO_BLANKS_BEFORE.search(text, max(start, at - _MAX_TOKEN), at)
    after = _NO_BLANKS.match(text, at)
    return (before.start() if before else at, after.end() if after else at)


def _parts_paragraphs(layer: str, text: str, start: int, tags: list[EscapedTag]) -> bool:
    """Return True if the ``<br>`` among *tags* separate paragraphs of *text*: there are many, or
    two in a row follow prose that begins at *start*."""
    breaks = [tag for tag in tags if tag.name in _BREAKS]
    if len(breaks) >= _FEW_BREAKS:
        return True
    return any(
        _BLANKS.fullmatch(text, tag_end(layer, text, first), second.start) is not None
        and is_prose(text[start : first.start])
        for first, second in pairwise(breaks)
    )
