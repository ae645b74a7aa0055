"""Comments that were never closed, mended before the parser meets them.

To a parser everything behind an unclosed ``<!--`` is a comment, so one lost character
costs the rest of the article. A publisher's marker is known by its shape and closed behind
its name; from any other unclosed comment the text comes back.
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


def mend_comments(html: str) -> str:
    """Return *html* with unclosed comments closed behind the marker that they are, or opened
    where they are none. Leaves closed comments alone, what they hold included. Linear."""
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
