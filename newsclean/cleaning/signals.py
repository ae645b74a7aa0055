r"""Tell quickly that nothing on a page is escaped: what unescaping costs an ordinary page.

To read the outline of a page takes a third of the time in which the page is read. So it is read
only if a text of the page, outside of code, shows an escape that may be one of markup.
"""

from __future__ import annotations

import re

from newsclean.cleaning.elements import CODE_ZONES, HTML_NAMES
from newsclean.cleaning.source import tag_end_at

_SLASH = r"(?:\\*+/|%(?:25)*+2[fF]|\\++[ux](?:00)?2[fF]|&(?:amp;)*+#(?:x2[fF]|47);)?+"
# Each begins with one plain character: Python skips what does not begin with it at memory speed.
_ESCAPES = (
    re.compile(
        r"""\\(?:
            u[0-9a-fA-F]{4} | u\{ | x3[cC] | x26 | />      # a letter or a "<" of a string
          | (?P<closer>(?<=<\\)\\*+/[a-zA-Z])              # <\/p>
          | (?P<value>(?<==\\)\\*+["'u])                   # style=\"
        )""",
        re.VERBOSE,
    ),
    re.compile(
        rf"&(?:amp;)*+(?:lt|\#0*+60|\#[xX]0*+3[cC]);{_SLASH}(?P<name>[a-zA-Z][a-zA-Z0-9]*+|!)"
    ),
    # A comma stands before it in ``data:image/svg+xml,%3Csvg``.
    re.compile(r"%(?<!,%)(?:25)*+(?:u00)?3[cC][a-zA-Z/!%]"),
    re.compile(r"(?P<utf7>\+(?=ADw))"),
    # In a script's comment it is for old browsers.
    re.compile(r"(?P<cdata>!(?=\[CDATA\[)(?<!//<!)(?<!/\*<!)(?<!/\*\s<!))"),
)
_IN_TAGS = frozenset({"closer", "cdata", "utf7"})  # they prove it wherever they stand
_SHEET = re.compile("<s(?=(cript|tyle))")
_ATTRIBUTE = re.compile(r"[\s\"'][a-zA-Z-]{1,30}=\Z")
_MAX_ATTRIBUTE = 32  # characters
_MAX_MATCHES = 200  # of one kind in tags and code, until a page is worth reading its outline
_CODE_TAG = re.compile(rf"<(?:{'|'.join(sorted(CODE_ZONES))})\b", re.IGNORECASE)


def may_be_escaped(html: str) -> bool:
    r"""Return True if what *html* shows has something in it that looks like escaped markup.

    Scripts, style sheets, attributes and code are no texts. Linear.

    >>> may_be_escaped("<p>a &lt;b&gt;c&lt;/b&gt;</p>"), may_be_escaped("<p>a &lt; b</p>")
    (True, False)
    """
    shown = _shown(html)
    return any(_is_shown(shown, pattern) for pattern in _ESCAPES)


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


def _shown(html: str) -> str:
    """Return *html* without its scripts and style sheets."""
    shown: list[str] = []
    at = 0
    while (match := _SHEET.search(html, at)) is not None:
        shown.append(html[at : match.start()])
        at = html.find(f"</s{match[1]}", match.end())
        if at < 0:
            return "".join(shown)
    shown.append(html[at:])
    return "".join(shown)
