"""Find the URL to which a page without content leads by a script."""

from __future__ import annotations

import re
from itertools import islice

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
# The beginnings of functions and other blocks, and their ends.
_BLOCK = re.compile(
    r"""
    (?: (?P<assigned>\b[\w$]{1,40}) \s{0,3}[=:]\s{0,3}           # go = function () {
      | (?P<event>["']\w{1,20}["']\s{0,3},\s{0,3}) )?            # on("click", function () {
    (?: \bfunction\s{0,3}(?P<named>[\w$]{0,40})\s{0,3}\([^(){}]{0,200}\)
      | \([^(){}]{0,200}\)\s{0,3}=> ) \s{0,9}\{
  | [{}]
    """,
    re.VERBOSE,
)
_STARTS = re.compile(r"load|ready", re.IGNORECASE)  # events and handlers without a user
# A condition on frames: the page leads on only within a frame, or only outside of one.
_IF_FRAMED = re.compile(
    r"""
    \bif\s{0,3}\( [^{};]{0,200} \b(?:top|self|parent)\b
    (?! (?:\.[a-z]{1,9}){0,2} \.\Z )                       # but not as in top.location = …
    [^{};]{0,200} \{?\s{0,20} (?:[a-z]{1,9}\.){0,3} \Z
    """,
    re.VERBOSE,
)
_MAX_NESTED = 10  # blocks around a redirect
_MAX_CONDITION = 500  # characters before a target that are searched for a condition
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
    scripts = _SCRIPT_COMMENT.sub("", scripts)
    targets = [
        match[2] for match in islice(_TARGET.finditer(scripts), _MAX_TARGETS)
        if _runs(scripts, match.start(), html)
    ]  # fmt: skip
    of_desktop = next((one for one in targets if not _MOBILE.search(one)), None)
    if of_desktop is None and "userAgent" in scripts:
        return None  # only mobile browsers are led on
    return of_desktop or next(iter(targets), None)


def _runs(scripts: str, at: int, html: str) -> bool:
    """Return True if the statement at *at* of *scripts* is executed without a user who clicks, and
    without a frame around the page *html*."""
    before = scripts[max(0, at - _MAX_CONDITION) : at]
    if _IF_FRAMED.search(before):
        return False
    opened: list[re.Match[str]] = []
    for match in _BLOCK.finditer(scripts, 0, at):
        if match[0] != "}":
            opened.append(match)
        elif opened:
            opened.pop()
    if len(opened) > _MAX_NESTED:
        return False
    return all(_is_called(match, scripts, html) for match in opened)


def _is_called(block: re.Match[str], scripts: str, html: str) -> bool:
    """Return True if *block* is no function, or one that is called when the page is loaded."""
    if block["event"]:
        return _STARTS.search(block["event"]) is not None
    name = block["named"] or block["assigned"]
    if not name or _STARTS.search(name):
        return True
    call = rf"(?<![\w$]){re.escape(name)}(?![\w$])"
    by_page = re.search(rf"\bonload\s{{0,3}}=[^<>]{{0,100}}{call}", html, re.IGNORECASE)
    return by_page is not None or len(re.findall(call, scripts)) > 1
