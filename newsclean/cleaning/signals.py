r"""Find out quickly that a page has no escaped markup, as most pages have none.

The outline of a page takes a third of the time for the whole page. So it is read only if the text
of the page, outside of code, has an escape that may be markup, and only up to the last escape.
"""

from __future__ import annotations

import re

from newsclean.cleaning.elements import CODE_ZONES, HTML_NAMES
from newsclean.cleaning.source import tag_end_at

_QUOTE = r"(?:\"|&quot;|&\#34;)"
# The first key of a JSON object. It is not the value of an attribute.
JSON_SIGNAL = re.compile(
    rf"\{{(?<![\"']\{{)(?<![\"']\[\{{)\s{{0,40}}{_QUOTE}[\w$-]{{1,40}}{_QUOTE}\s{{0,9}}:"
)
# A "<" and a letter, "!" or "/", not in the middle of base64 or in the URL of an image.
_BASE64 = r"P(?<![A-Za-z0-9+/,]P)[CE-H][A-Za-z0-9+/]{100}"
# An escape that lost its backslash: of a tag, of two letters, of a Latin one beyond ASCII, or of a
# quote or a dash.
LOST_BACKSLASH = re.compile(
    r"""
    u(?:003[cC](?<![\\%]u003.)[a-zA-Z/!]
      | (?:00[c-fC-F]|01[0-7]|1[eE][0-9a-fA-F]|20[12])[0-9a-fA-F](?<![\\%]u....)
      | [0-9a-fA-F]{4}(?<![\\%]u....)u[0-9a-fA-F]{4}
    )""",
    re.VERBOSE,
)
_SLASH = r"(?:\\*+/|%(?:25)*+2[fF]|\\++[ux](?:00)?2[fF]|&(?:amp;)*+\#(?:x2[fF]|47);)?+"
# Each pattern begins with one plain character, for which Python's regex engine searches fast. A
# search for that character alone is ten times as fast.
_ESCAPES = {
    "\\": re.compile(
        r"""\\(?:
            u[0-9a-fA-F]{4} | u\{ | x3[cC] | 074 | x26 | />   # a letter or a "<" of a string
          | (?<=[.!?…。！？।؟"”»」]\\)(?:r\\)?n\\[nrt]       # the end of a paragraph
          | (?P<closer>(?<=<\\)\\*+/[a-zA-Z])              # <\/p>
          | (?P<value>(?<==\\)\\*+["'u])                   # style=\"
        )""",
        re.VERBOSE,
    ),
    "&": re.compile(
        rf"""
        &(?:amp;)*+(?:lt|\#0*+60|\#[xX]0*+3[cC]);                # "<" as a character reference
        {_SLASH}(?P<name>[a-zA-Z][a-zA-Z0-9]*+|!)               # a tag, a comment or CDATA
        """,
        re.VERBOSE,
    ),
    # Not after a comma, as in ``data:image/svg+xml,%3Csvg``.
    "%": re.compile(r"%(?<!,%)(?:25)*+(?:(?:u00)?3[cC][a-zA-Z/!%]|7[bB]%(?:25)*+22)"),
    "u": LOST_BACKSLASH,
    "＜": re.compile(rf"＜{_SLASH}(?P<name>[a-zA-Z][a-zA-Z0-9]*+|!)"),  # full width
    "P": re.compile(_BASE64),
    "{": JSON_SIGNAL,
    "+": re.compile(r"(?P<utf7>\+(?=ADw))"),
    # In a comment of a script it is for old browsers.
    "!": re.compile(r"(?P<cdata>!(?=\[CDATA\[)(?<!//<!)(?<!/\*<!)(?<!/\*\s<!))"),
}
# Every region that `regions` decodes contains one of these: an escaped ``<``, or a backslash. They
# are separate patterns so that each begins with a plain character.
_ENTITY = r"&(?:amp;)*+(?:lt|LT|#0*+60|#[xX]0*+3[cC]);"
_PERCENT = r"%(?:25)*+(?:(?:u00)?3[cC]|7[bB]%(?:25)*+22)"
MARKUP_SIGNAL = re.compile(
    rf"\\(?:u(?:003[cC]|0026|\{{)|x3[cC]|074|x26)|{_ENTITY}|{_PERCENT}|\+ADw|u003[cC]|＜|{_BASE64}"
)
_SIGNS = ("\\", "+ADw", "＜")
_SIGN_PATTERNS = (
    *(re.compile(sign) for sign in (_ENTITY, _PERCENT, _BASE64)),
    LOST_BACKSLASH,
)
_SHEET_END = re.compile(r"<\\*+/[a-zA-Z]")
_IN_TAGS = frozenset({"closer", "cdata", "utf7"})  # these prove it in any place
_SHEET = re.compile("<s(?=(cript|tyle))")
_ATTRIBUTE = re.compile(r"[\s\"'][a-zA-Z-]{1,30}=\Z")
_MAX_ATTRIBUTE = 32  # characters
_MAX_MATCHES = 200  # matches of one kind in tags and code; with more, the outline is read
_CODE_TAG = re.compile(rf"<(?:{'|'.join(sorted(CODE_ZONES))})\b", re.IGNORECASE)


def may_be_escaped(html: str) -> bool:
    r"""Return True if the visible text of *html* has something that looks like escaped markup.

    Scripts, style sheets, attributes and code are not visible text. Linear time.

    >>> may_be_escaped("<p>a &lt;b&gt;c&lt;/b&gt;</p>"), may_be_escaped("<p>a &lt; b</p>")
    (True, False)
    """
    shown = _shown(html)
    return any(char in shown and _is_shown(shown, pattern) for char, pattern in _ESCAPES.items())


def _is_shown(shown: str, pattern: re.Pattern[str]) -> bool:
    for count, match in enumerate(pattern.finditer(shown)):
        start, kind = match.start(), match.lastgroup
        if kind in _IN_TAGS or count >= _MAX_MATCHES:
            return True
        if kind == "value":
            if _ATTRIBUTE.search(shown, max(0, start - _MAX_ATTRIBUTE), start) is not None:
                return True
            continue
        if kind == "name" and match["name"] != "!" and match["name"].lower() not in HTML_NAMES:
            continue
        opened = shown.rfind("<", 0, start)
        if opened < 0:
            return True
        if tag_end_at(shown, opened) <= start and _CODE_TAG.match(shown, opened) is None:
            return True
    return False


def end_of_escapes(html: str) -> int:
    r"""Return the start of the last escape in the visible text of *html*, counted from 1, or 0.

    The source after it needs no decoding, with two exceptions: a style sheet that is ended by a
    tag of another name is closed, and the ends of CDATA sections are dropped. If *html* has one
    of these, the length of *html* is returned.

    >>> end_of_escapes(r"<p>a\u003cb</p>"), end_of_escapes(r"<p>a</p><script>\n</script>")
    (5, 0)
    """
    parts = _shown_parts(html)
    if "<![CDATA[" in html and any(html.find("<![CDATA[", *part) >= 0 for part in parts):
        return len(html)
    following = len(html)
    for start, end in reversed(parts):
        if html.startswith("<style", end) and _SHEET_END.search(html, end, following) is not None:
            return len(html)
        found = max(html.rfind(sign, start, end) for sign in _SIGNS)
        for pattern in _SIGN_PATTERNS:
            for match in pattern.finditer(html, start, end):
                found = max(found, match.start())
        if JSON_SIGNAL.search(html, start, end) is not None:
            found = max(found, html.rfind("}", start, end))
        if found >= 0:
            return found + 1
        following = start
    return 0


def _shown(html: str) -> str:
    """Return *html* without its scripts and style sheets."""
    return "".join([html[start:end] for start, end in _shown_parts(html)])


def _shown_parts(html: str) -> list[tuple[int, int]]:
    """Return (start, end) of the parts of *html* outside of scripts and style sheets."""
    parts: list[tuple[int, int]] = []
    at = 0
    while (match := _SHEET.search(html, at)) is not None:
        parts.append((at, match.start()))
        at = html.find(f"</s{match[1]}", match.end())
        if at < 0:
            return parts
    parts.append((at, len(html)))
    return parts
