"""Repair unclosed comments before the HTML is parsed.

To a parser, everything after an unclosed ``<!--`` is a comment, so one lost character costs the
rest of the article. A publisher's marker is recognised by its shape and closed after its name.
Any other unclosed comment is treated as text.
"""

from __future__ import annotations

import re

# <!--IMG_0>  <!--SPINFO#0>  <!--EOP_1 </p>: a name with a number, and no end.
_UNCLOSED_MARKER = re.compile(
    r"<!--\s*+(/?\{?[A-Za-z][A-Za-z_]*+[#:_]?\d++(?:_\d++)*+\}?)(?:>|(?=\s*+<))"
)
_MARKER_NAME = re.compile(
    r"""
    \s*+/?(?=[A-Za-z]++[\d_\#:])[A-Za-z][\w\#:]*+(?=[\s<]|$)
  | \[if\s[^\[\]<>]{1,80}\]>                    # Office: <!--[if gte mso 9]><xml>
    """,
    re.VERBOSE,
)


def repair_comments(html: str) -> str:
    """Return *html* with its unclosed comments repaired: close a marker after its name, and turn
    any other one into text. Closed comments do not change. Linear time."""
    if "<!--" not in html:
        return html
    if html.count("<!--") == html.count("-->"):
        return html
    html = _UNCLOSED_MARKER.sub(r"<!--\1-->", html)
    closed = html.rfind("-->") + 1
    start = html.find("<!--", closed)
    if start < 0:
        return html
    first, *rest = html[start:].split("<!--")[1:]
    tail = "".join(
        _MARKER_NAME.sub("", part, count=1) if _MARKER_NAME.match(part) else part
        for part in (first, *rest)
    )
    return html[:start] + tail
