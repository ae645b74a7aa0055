"""Find the URL to which a page without content leads by a script."""

from __future__ import annotations

import re

MAX_SIZE = 20_000  # characters; a page that only leads to another one has a few hundred
_MAX_TEXT = 200  # characters of visible text, such as "This page has moved, click here"
_MAX_LINKS = 3  # links, such as "click here"
_MAX_TARGETS = 5  # URLs; a page may lead desktop and mobile browsers to different ones
_SCRIPT = re.compile(r"<script\b[^<>]*+>(.*?)(?:</script|\Z)", re.IGNORECASE | re.DOTALL)
# Elements without visible text, and comments.
_UNSEEN = re.compile(
    r"""
    <(?P<tag>script|style|title|noscript|textarea)\b.*?(?:</(?P=tag)|\Z)
  | <!--.*?(?:-->|\Z)
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_TAG = re.compile(r"<[^<>]*+>")
_LINK = re.compile(r"<a\s", re.IGNORECASE)
# Comments of a script, but not the // of a URL.
_SCRIPT_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<![:\"'])//[^\n]*", re.DOTALL)
# The beginning of an assignment of a URL, part of a VERBOSE expression.
LOCATION = r"""
    \blocation
    (?: (?:\.href)?\s{0,3}=(?!=)                # location = …, window.location.href = …
      | \.(?:assign|replace)\s{0,3}\(           # location.replace(…)
    )
"""
_TARGET = re.compile(
    rf"""
    {LOCATION}
    \s{{0,3}}(["'])([^"'\s<>]{{1,1000}})\1
    (?!\s{{0,3}}[+.])                           # not only the beginning of a URL
    """,
    re.VERBOSE,
)
_MOBILE = re.compile(r"(?:^|//|/|\.)(?:m|wap|mobile?|3g|touch|h5)(?:[./]|\Z)", re.IGNORECASE)


def script_redirect(html: str) -> str | None:
    """Return the URL, as it is written, to which the page *html* leads by a script, or None.

    The page must have no content of its own. If it has several targets, that of desktop browsers
    is returned. Linear time.

    >>> script_redirect("<script>window.location.href = '/cn/';</script>")
    '/cn/'
    """
    if len(html) > MAX_SIZE or "location" not in html:
        return None
    visible = _UNSEEN.sub("", html)
    if len(_LINK.findall(visible)) > _MAX_LINKS:
        return None
    if len("".join(_TAG.sub("", visible).split())) > _MAX_TEXT:
        return None
    scripts = "\n".join(match[1] for match in _SCRIPT.finditer(html))
    targets = [
        match[2] for match, _ in zip(
            _TARGET.finditer(_SCRIPT_COMMENT.sub("", scripts)), range(_MAX_TARGETS), strict=False
        )
    ]  # fmt: skip
    return next((one for one in targets if not _MOBILE.search(one)), next(iter(targets), None))
