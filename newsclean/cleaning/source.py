r"""Read the tags of an HTML source with their positions, before it is parsed.

A parser turns ``<\/p>`` into a comment and ``style=\"…\"`` into broken attributes. So code that
looks for escaped markup must read the source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newsclean.cleaning.elements import CODE_ZONES

if TYPE_CHECKING:
    from collections.abc import Iterator

# The name of a comment or a declaration, which are not tags.
COMMENT = "!"
# Elements whose content is text to every parser.
RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noframes"})
_ZONES = RAW_TEXT | CODE_ZONES

_TOKEN = re.compile(
    r"""
    <!--
  | <!\[CDATA\[                             # what is in it is markup to us
  | <[!?][^<>]*+>?                          # a declaration, a processing instruction
  | <(?P<closer>\\*+/)?+                    # the slash of a closing tag, escaped or not
    (?P<name>[a-zA-Z][a-zA-Z0-9-]*+)
    (?P<rest>[^<>=]*+
      (?:=\s*+(?:"[^"]*+"|'[^']*+')?[^<>=]*+)*+)   # a quote opens a value only after "="
    >?
    """,
    re.VERBOSE,
)
# ``style=\"…\"``, ``style=\\\"…\\\"``, ``style=\u0022…\u0022``: a value whose quote is escaped.
_ESCAPED_VALUE = re.compile(r"=\s*+(\\++)(?:[\"']|u002[27]|x2[27])")
_ESCAPED_END = re.compile(r"(?<!\\)(\\++)/\s*+>?\Z")  # <br \/>
_PLAIN_VALUE = re.compile(r"=\s*+[^\s\\]")


class Tag(NamedTuple):
    """A tag of the source, from *start* to *end*.

    ``name`` is lower case, or `COMMENT`. ``depth`` is the number of string layers that escape it,
    0 if it is plain. ``is_plain`` is True if it has an attribute that is not escaped.
    ``is_whole`` is False if its ``>`` is missing.
    ``is_zone`` is True if the text up to the next tag is code or not markup.
    """

    start: int
    end: int
    name: str
    is_closing: bool
    depth: int
    is_plain: bool
    is_whole: bool
    is_zone: bool


def read_tags(html: str) -> Iterator[Tag]:
    """Yield the tags and the comments of *html* in order. Skip the content of comments, scripts,
    styles and code.

    Linear time: no part of *html* is read more than twice.
    """
    at = 0
    comments_end = True  # False if no further comment is closed
    while (match := _TOKEN.search(html, at)) is not None:
        at = match.end()
        if match["name"] is None:
            if match[0] == "<!--":
                end = html.find("-->", at) if comments_end else -1
                comments_end = end >= 0
                at = end + 3 if comments_end else at
            yield Tag(match.start(), at, COMMENT, False, 0, False, True, False)
            continue
        tag = _tag(match)
        yield tag
        if tag.is_zone:
            closer = _closer(html, tag, at)
            if closer is None:
                return
            at = closer.end
            yield closer


def tag_end_at(html: str, start: int) -> int:
    """Return the end of the tag or comment at *start*, or *start* if there is none."""
    match = _TOKEN.match(html, start)
    if match is None:
        return start
    if match[0] == "<!--":
        end = html.find("-->", start)
        return len(html) if end < 0 else end + 3
    return match.end()


def _tag(match: re.Match[str]) -> Tag:
    closer, name, rest = match.groups()
    start, end = match.span()
    name = name.lower()
    is_whole = match.string[end - 1] == ">"
    if closer:
        return Tag(start, end, name, True, (len(closer) - 1).bit_length(), False, is_whole, False)
    slashes = 0
    if "\\" in rest:
        value = _ESCAPED_VALUE.search(rest) or _ESCAPED_END.search(rest)
        slashes = len(value[1]) if value else 0
    is_zone = name in _ZONES and not rest.endswith("/")
    is_plain = not slashes and "=" in rest and _PLAIN_VALUE.search(rest) is not None
    return Tag(start, end, name, False, slashes.bit_length(), is_plain, is_whole, is_zone)


def _closer(html: str, tag: Tag, at: int) -> Tag | None:
    """Return the tag that ends the zone opened by *tag*, or None."""
    name = re.escape(tag.name)
    if tag.name == "style":
        name = "[a-zA-Z]"  # a closing tag in a style sheet: the sheet is incomplete
    # A plain script may write an escaped closing tag in one of its strings.
    slashes = r"\\*+" if tag.depth or tag.name != "script" else ""
    match = re.compile(rf"<({slashes})/({name}[a-zA-Z0-9-]*+)[^<>]*+>?", re.IGNORECASE).search(
        html, at
    )
    if match is None:
        return None
    found = match[2].lower()
    if found != tag.name:
        end = match.start()
        return Tag(end, end, tag.name, True, 0, False, False, False)
    depth = len(match[1]).bit_length()
    return Tag(match.start(), match.end(), found, True, depth, False, True, False)
