r"""Unescape the escaped regions of the source of a page or a body.

A template may escape only the teaser, a repair may have been incomplete, or two texts may have
been joined. So each region of the source is judged on its own:

* markup as text, ``\u003cp\u003e…`` or ``&lt;p&gt;…``: the text between two blocks, or the part of
  it from the first escaped tag to the last one;
* the JSON of a block editor as text, ``{"blocks": [{"type": "unstyled", "text": …``;
* real tags with escapes in them, ``<p style=\"…\">…<\/p>``: the tags, and the texts of the
  elements that they open or close;
* real tags around escaped letters, ``<p>\u6587…</p>``: the texts of one container.

Each decoded region gets an attribute, `MARK`, with the names of its layers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from newsclean.cleaning.comments import repair_comments
from newsclean.cleaning.elements import INLINE
from newsclean.cleaning.escaped_text import letters_are_escaped, remove_layers
from newsclean.cleaning.inline_runs import runs_of
from newsclean.cleaning.json_body import (
    LITERAL_HEAD,
    LITERAL_TAIL,
    body_of_json,
    body_of_literal,
    document_of_json,
    is_json,
)
from newsclean.cleaning.layers import (
    DECODERS,
    cut_tail,
    decode_entity,
    decode_js,
    restore_backslashes,
)
from newsclean.cleaning.outline import SourceOutline
from newsclean.cleaning.parts import PLACE, has_enclosed, is_prose, parts_of
from newsclean.cleaning.region_context import RegionContext
from newsclean.cleaning.region_edits import MARK, SourceEdits
from newsclean.cleaning.signals import (
    JSON_SIGNAL,
    LOST_BACKSLASH,
    MARKUP_SIGNAL,
    end_of_escapes,
    may_be_escaped,
)
from newsclean.cleaning.tree import inner_html, join_surrogates, parse_fragment

if TYPE_CHECKING:
    from lxml.etree import _Element

    from newsclean.cleaning.outline import Node, Piece

MAX_PASSES = 6  # passes over a source; a decoded region may hold escaped regions again

# This many paragraphs of prose are not an example, even if the text around them is about markup.
_MANY_PARAGRAPHS = 3

_UNSEEN = re.compile("[\u200b\u2060\ufeff]")  # zero width, and not part of any word
# The elements of a feed around its text: ``&lt;item&gt;&lt;guid&gt;7&lt;/guid&gt;``.
_FEED = re.compile(r"\s*+(?:&lt;/?[a-zA-Z][\w:.-]{0,30}&gt;[^<>&]{0,300}+){1,20}+")
# An incomplete tag at the end of a copy.
_CUT_TAG = re.compile(r"<(?:[/\\]++|/?[a-zA-Z][^<>]*+|!-?-?[^<>]{0,80})?\s*\Z")
_BREAK = re.compile(r"<(?:w?br\b|!--)", re.IGNORECASE)
# Zero-width characters that hide a tag from a parser: ``<\u200b!--``, ``<\ufeff/p>``.
_HIDDEN_IN_TAG = re.compile("(?<=<)[\u200b-\u200f\u2060\ufeff]++(?=[!/a-zA-Z])")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_UNITS = re.compile(r"(?<!\\)(?:\\++u[0-9a-fA-F]{4})++")
_UNIT = re.compile(r"\\u([0-9a-fA-F]{4})")
# A UTF-16 unit that is part of a word, as in ``caf\u00e9``, or that follows another one. In lists
# of code points and in patterns, units are single.
_UNIT_IN_WORD = re.compile(
    r"""
    (?:(?<=[A-Za-z])|(?<=[A-Za-z]['’]))\\{1,8}u(?!00[0-7])[0-9a-fA-F]{4}
  | \\u(?!00[0-7])[0-9a-fA-F]{4}(?=[A-Za-z])
  | (?:\\{1,8}u(?!00[0-7])[0-9a-fA-F]{4}){2}
    """,
    re.VERBOSE,
)
_SHARE_IN_WORDS = 0.3  # of the escaped letters that must be parts of words
# Line ends of a string between two tags: ``<br>\\n``.
_EDGE_BREAKS = re.compile(r"\A\s*+(?:\\++[nrt])++|(?<!\\)(?:\\++[nrt])++\s*\Z")
# Line ends that are not followed by a letter of a word or a path: ``…the end.\nThe next``.
_LINE_ENDS = re.compile(r"(?<=[\s.!?…。！？।؟\]\"”»」])(?<!\\)(?:\\++[nrt])++(?![a-z])")
# Two or more line ends after a sentence, of a text without tags.
_PARAGRAPH_ENDS = re.compile(r"""(?<=[.!?…。！？।؟"”»」])(?:\\r)?+\\n(?:\\[nrt])++""")
_FEW_ENDS = 2
# A line end without its backslash: alone between two tags, or before a capital letter or a quote.
_LOST_BREAK = re.compile(r"\A\s*+[nrt]{1,4}(?=\s*\Z|[A-Z\"“«(]|u[0-9a-fA-F]{4})")
_BLOCK_BEFORE = re.compile(
    r"<\\*+/?+(?:br|p|div|section|li|ul|ol|h[1-6]|blockquote|t[dr])\b[^<>]{0,200}>\Z", re.IGNORECASE
)
_MAX_TAG = 220  # characters
_MANY_LOST = 8  # escapes without a backslash
_LINE_END_AFTER_TAG = re.compile(rf"{PLACE}\s*+(?:\\++[nrt])++(?=[^\sa-z{PLACE}])")
_OTHER_BACKSLASH = re.compile(r"\\(?!u[0-9a-fA-F]{4})[A-Za-z]")  # in a path or a regex
_SLASHED = re.compile(r"(?<!\\)\\++([\"'/])")


def unescape_regions(html: str) -> str:
    r"""Return *html*, a page or a body, with its escaped regions decoded and marked.

    Every other character stays as it is: code, scripts, styles, comments, attributes, and texts
    about markup. Takes time linear in the length of *html*. Raises no exception.

    >>> unescape_regions(r"<p>Rain.<p>It won<\/p>")
    '<p>Rain.<p data-unescaped="json">It won</p>'
    """
    if not may_be_escaped(html):
        return html
    for _ in range(MAX_PASSES):
        end = end_of_escapes(html)
        decoded = _Decoder(html, end).decode() if end else html
        if decoded == html:
            break
        html = decoded
    return html


def marked_layers(value: str) -> list[str]:
    """Return the names of the layers in *value*, the value of a `MARK`. Ignore unknown names,
    because a page may contain any value."""
    return [name for name in value.split() if name in DECODERS][: MAX_PASSES * MAX_PASSES]


class _Decoder:
    """One pass over a source. Its last escape begins before *end*."""

    def __init__(self, html: str, end: int) -> None:
        self.html = html
        self.end = end
        self.outline = SourceOutline(html, end)
        self.edits = SourceEdits(html, self.outline)
        self.context = RegionContext(html, end)
        self._tags = sorted(
            [(tag.start, tag.end) for tag, _ in self.outline.tags]
            + [(comment.start, comment.end) for comment in self.outline.comments]
        )

    def decode(self) -> str:
        """Return the source with the regions of this pass decoded."""
        done: set[int] = set()
        for run in self.outline.runs():
            if self._decode_markup(run):
                done.add(run[0].run)
        if "<![CDATA[" in self.html:
            self._drop_cdata(done)
        if "\\" in self.html:
            self._decode_tags()
            self._decode_texts(done)
            self._decode_comments()
        if LOST_BACKSLASH.search(self.html) is not None:
            self._restore_letters(done)
        return self.edits.apply()

    # --- markup as text ---------------------------------------------------------------

    def _decode_markup(self, run: list[Piece]) -> bool:
        start, end = run[0].start, run[-1].end
        source = self.html[start:end]
        if PLACE in source:
            return False
        if self._decode_document(source, start, end):
            return True
        if MARKUP_SIGNAL.search(source) is None:
            return False
        text, tags = self._masked(start, end)
        decoded = self._without_layers(text, start, end, tags)
        if decoded is None:
            return False
        rest = iter(tags)
        decoded = re.sub(PLACE, lambda _: next(rest, ""), decoded)
        self.edits.add(start, end, decoded)
        return True

    def _masked(self, start: int, end: int) -> tuple[str, list[str]]:
        """Return the source from *start* to *end* with a `PLACE` instead of each real tag, and the
        list of these tags."""
        texts, tags, at = [], [], start
        for first, last in self._tags[bisect_left(self._tags, (start, 0)) :]:
            if first >= end:
                break
            texts.append(self.html[at:first])
            tags.append(self.html[first:last])
            at = last
        return _UNSEEN.sub("", PLACE.join([*texts, self.html[at:end]])), tags

    def _without_layers(self, text: str, start: int, end: int, tags: list[str]) -> str | None:
        """Return *text*, the source from *start* to *end*, with its escaped parts decoded. Return
        None if it has no such part."""
        layers: Counter[str] = Counter()
        body = body_of_literal(body_of_json(text, layers), layers)
        whole = remove_layers(body, layers)
        is_value = body != text  # the text is JSON as a whole
        if layers and not is_json(body) and (is_value or not has_enclosed(text)):
            is_plain = all(map(_BREAK.match, tags))
            html = self._accepted(whole, layers, start, end, is_plain=is_plain)
            if html is not None:
                return html
        written, at = [], 0
        for part in parts_of(text):
            layers = Counter()
            markup = part.decode(layers)
            # Full-width brackets are as long as others.
            is_productive = len(markup) < len(part.source) or part.layers == ("wide",)
            html = self._accepted(markup, layers, start, end) if is_productive else None
            if html:
                before = text[at : part.start]
                is_wrapper = LITERAL_HEAD.match(before) or _FEED.fullmatch(before)
                written += ["" if is_wrapper else before, html]
                at = part.end
        rest = text[at:]
        if not written:
            return None
        is_wrapper = LITERAL_TAIL.match(rest) or _FEED.fullmatch(rest)
        return "".join([*written, "" if is_wrapper else rest])

    def _accepted(
        self,
        decoded: str,
        layers: Counter[str],
        start: int,
        end: int,
        *,
        is_plain: bool = False,
    ) -> str | None:
        """Return *decoded* as balanced HTML with its mark, or None if it may be an example.

        It may be one if the text near it is about markup, or if it has no paragraph of prose. If
        it *is_plain* (it has no real tag), half of the letters of the source count as prose.
        """
        decoded = _CUT_TAG.sub("", _HIDDEN_IN_TAG.sub("", _CDATA.sub("", decoded)))
        fragment = parse_fragment(repair_comments(decoded))
        prose = sum(map(is_prose, (run.visible() for run in runs_of(fragment))))
        if prose < _MANY_PARAGRAPHS:
            if not prose and not (is_plain and self.context.is_half(decoded)):
                return None
            if self.context.is_about_markup(start, end):
                return None
        return _marked(fragment, layers)

    def _decode_document(self, source: str, start: int, end: int) -> bool:
        """Decode *source*, a text from *start* to *end*, if it is the JSON of a block editor."""
        if JSON_SIGNAL.match(source.lstrip(" \t\r\n[")) is None:
            return False
        decoded = document_of_json(decode_entity(source))
        html = self._accepted(decoded, Counter(json=1), start, end) if decoded else None
        if html is None:
            return False
        self.edits.add(start, end, html)
        return True

    def _is_string(self, pieces: list[Piece]) -> bool:
        """Return True if *pieces*, the texts with a backslash in one container, must be from a
        string: escaped letters are parts of words, or escapes end lines, and there are no other
        backslashes."""
        texts = []
        for run in {piece.run: None for piece in pieces}:
            start, end = self._runs[run]
            texts.append(self._masked(start, end)[0])
        whole = _LINE_ENDS.sub("", _EDGE_BREAKS.sub("", "\n".join(texts)))
        if _OTHER_BACKSLASH.search(whole) is not None:
            return False
        words = whole.replace(PLACE, "")
        units = len(_UNIT.findall(words))
        if units:
            return len(_UNIT_IN_WORD.findall(words)) >= _SHARE_IN_WORDS * units
        ends = sum(len(_PARAGRAPH_ENDS.findall(text)) for text in texts)
        return ends >= _FEW_ENDS or any(_LINE_END_AFTER_TAG.search(text) for text in texts)

    @cached_property
    def _runs(self) -> dict[int, tuple[int, int]]:
        """Start and end of each run in the source."""
        return {run[0].run: (run[0].start, run[-1].end) for run in self.outline.runs()}

    def _drop_cdata(self, done: set[int]) -> None:
        """Drop the ends of CDATA sections, because an HTML parser reads such sections as
        comments."""
        opened = [
            comment.start
            for comment in self.outline.comments
            if self.html.startswith("<![CDATA[", comment.start) and comment.run not in done
        ]
        for start in opened:
            self.edits.add(start, start + len("<![CDATA["), "")
        for piece in self.outline.pieces if opened else ():
            if piece.start > opened[0] and piece.run not in done:
                source = self.html[piece.start : piece.end]
                if "]]>" in source and "\\" not in source:
                    self.edits.add(piece.start, piece.end, source.replace("]]>", ""))

    # --- real tags with escapes in them -------------------------------------------------

    def _decode_tags(self) -> None:
        for tag, node in self.outline.tags:
            source = self.html[tag.start : tag.end]
            if tag.name == "style" and tag.is_closing and tag.start == tag.end:
                self.edits.add(tag.start, tag.end, "</style>")
            elif not tag.depth:
                continue
            elif tag.is_closing:
                text = f"</{tag.name}>" if node is not None else ""
                self.edits.add(tag.start, tag.end, text)
            elif not tag.is_whole:
                self.edits.add(tag.start, tag.end, "")
            else:
                text = _decoded(source, tag.depth)
                if tag.name == "style":
                    text = text.replace("<style", f'<style {MARK}=""', 1)
                self.edits.add(tag.start, tag.end, text)

    def _decode_texts(self, done: set[int]) -> None:
        weak: dict[Node, list[Piece]] = {}
        goes_on = False  # a region continues until plain text follows
        for piece in self.outline.pieces:
            if piece.run in done:
                continue
            layers = piece.node.text_layers
            if layers:
                text = _CUT_TAG.sub("", _decoded(self.html[piece.start : piece.end], layers))
                self.edits.replace(piece, text, "" if goes_on else " ".join(["json"] * layers))
            elif "\\" in self.html[piece.start : piece.end]:
                weak.setdefault(piece.node.container, []).append(piece)
            goes_on = layers > 0
        for pieces in weak.values():
            self._decode_letters(pieces)

    def _decode_comments(self) -> None:
        """Decode the comments in escaped elements: the name of a marker may have an escape."""
        for comment in self.outline.comments:
            node, source = comment.node, self.html[comment.start : comment.end]
            if "\\" not in source:
                continue
            if node.text_layers or node.container.has_escapes:
                text = _decoded(source, node.text_layers or 1)
            else:
                text = _UNITS.sub(_characters, source)
            self.edits.add(comment.start, comment.end, text)

    # --- escaped letters ------------------------------------------------------------------

    def _decode_letters(self, pieces: list[Piece]) -> None:
        """Decode the certain escapes in *pieces*, texts of one container, if the container has
        other escapes or most of its letters are escaped."""
        texts = [self.html[piece.start : piece.end] for piece in pieces]
        container = pieces[0].node.container
        if not (
            container.has_escapes
            or letters_are_escaped("\n".join(texts))
            or self._is_string(pieces)
        ):
            return
        if self.context.is_about_markup(pieces[0].start, pieces[-1].end):
            return
        layers = "json"
        for piece, text in zip(pieces, texts, strict=True):
            decoded = _SLASHED.sub(r"\1", _UNITS.sub(_characters, cut_tail("json", text)))
            decoded = _PARAGRAPH_ENDS.sub("<br><br>", _EDGE_BREAKS.sub("\n", decoded))
            decoded = _LINE_ENDS.sub("\n", decoded)
            if decoded != text:
                self.edits.replace(piece, decoded, layers)
                layers = ""

    def _restore_letters(self, done: set[int]) -> None:
        """Decode the letters whose escapes lost their backslashes, ``u4e2du56fd``, in containers
        that have no other letters beyond ASCII, if one of them has many of these."""
        by_container: dict[Node, list[Piece]] = {}
        for piece in self.outline.pieces:
            if piece.run not in done:
                by_container.setdefault(piece.node.container, []).append(piece)
        found: list[tuple[list[Piece], str]] = []
        most = in_words = units = 0
        for pieces in by_container.values():
            whole = "\n".join([self.html[piece.start : piece.end] for piece in pieces])
            if LOST_BACKSLASH.search(whole) is None or not whole.isascii():
                continue
            if not self.context.is_about_markup(pieces[0].start, pieces[-1].end):
                restored = restore_backslashes(whole)
                lost = len(_UNIT.findall(restored)) - len(_UNIT.findall(whole))
                most = max(most, lost)
                units += lost
                in_words += len(_UNIT_IN_WORD.findall(restored))
                found.append((pieces, restored))
        if most < _MANY_LOST or in_words < _SHARE_IN_WORDS * units:  # a list of code points
            return
        for pieces, restored in found:
            is_other_script = letters_are_escaped(restored)
            layers = "slashless"
            for piece in pieces:
                text = line = self.html[piece.start : piece.end]
                if _BLOCK_BEFORE.search(self.html, max(0, piece.start - _MAX_TAG), piece.start):
                    line = _LOST_BREAK.sub("", line)
                line = restore_backslashes(line, all_units=is_other_script)
                if line != text:
                    self.edits.replace(piece, _UNITS.sub(_characters, line), layers)
                    layers = ""


def _characters(match: re.Match[str]) -> str:
    text = "".join(chr(int(unit, 16)) for unit in _UNIT.findall(match[0]))
    return join_surrogates(text).replace("&", "&amp;").replace("<", "&lt;")


def _decoded(text: str, layers: int) -> str:
    for _ in range(layers):
        text = decode_js(cut_tail("js", text))
    return text


def _marked(fragment: _Element, layers: Counter[str]) -> str:
    """Return the content of *fragment* in an element with the `MARK` of *layers*."""
    for style in fragment.iter("style"):
        style.set(MARK, "")
    tags = {node.tag for node in fragment.iterdescendants() if isinstance(node.tag, str)}
    name = "span" if tags <= INLINE else "div"
    return f'<{name} {MARK}="{" ".join(layers.elements())}">{inner_html(fragment)}</{name}>'
