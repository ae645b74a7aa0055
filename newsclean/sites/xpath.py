"""XPath in time linear in the page.

libxml2 takes quadratic time for axes that look around and where one ``//`` stands behind
another. The first are refused; the second are taken apart here: what lies below a node that
lies below another is found from the outer one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from newsclean.sites.climb import climbing, parent

if TYPE_CHECKING:
    from lxml.etree import _Element

_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|(?P<axis>[\w-]+)\s*::|(?P<call>[\w-]+(?::[\w-]+)?)\s*\("""
    r"""|(?P<open>[\[(])|(?P<close>[\])])|(?P<far>//)|(?P<up>\.\.)|(?P<union>\|)|(?P<variable>\$)"""
    r"""|(?P<other>[\w-]+|.)""",
    re.DOTALL,
)
_AXES = frozenset({"child", "attribute", "self"})
_CALLS = frozenset(
    "and boolean concat contains count local-name name node normalize-space not number or position"
    " starts-with string string-length substring substring-after substring-before text"
    " translate".split()
)
_GROUP = re.compile(
    r"\((?P<path>.*)\)\s*\[\s*(?P<place>\d{1,4}|last\(\))\s*\](?P<tail>/.*)?", re.DOTALL
)
# What a path that begins at the root stands behind, in a condition: asked anew for every node.
_BEFORE_PATH = frozenset("[ ( , = < > + and or".split())
# A layout nests some dozens deep; on a deeper page a condition on text could cost that much.
_TOO_DEEP = etree.XPath(f"boolean({'/*' * 401})")


class XPathSelector:
    """An XPath that begins with ``/``, or has ``(…)[n]`` around such a one."""

    def __init__(self, text: str) -> None:
        """Raise ValueError, in one line, where *text* is no XPath that is understood."""
        group = _GROUP.fullmatch(text.strip())
        path = (group["path"] if group else text).strip()
        if not path.startswith("/"):
            raise ValueError("expected an XPath that begins with / or has the form (//…)[1]")
        self._place = group["place"] if group else ""
        if self._place == "0":
            raise ValueError("places are counted from 1")
        tail = (group["tail"] or "") if group else ""
        self._steps = [_compiled(step) for step in _steps(path)]
        self._tail = [_compiled(f".{step.removeprefix('.')}") for step in _steps(tail) if step]
        nothing = etree.Element("html")
        for step in [*self._steps, *self._tail]:
            _ask(step, nothing)

    def find(self, root: _Element) -> list[Any]:
        """Return what the path leads to from the page *root*: elements or texts, in its order.
        A page that nests more than 400 deep leads to nothing."""
        if _TOO_DEEP(root):
            return []
        found = _below(_ask(self._steps[0], root), self._steps[1:])
        if not self._place:
            return found
        place = len(found) if self._place == "last()" else int(self._place)
        return _below(found[place - 1 : place], self._tail)


def _below(found: list[Any], steps: list[etree.XPath]) -> list[Any]:
    """Return what *steps* lead to from what was *found*, in the page's order."""
    for step in steps:
        nodes = [node for node in found if not isinstance(node, str)]
        is_inner = climbing(parent, set(nodes))
        found = [one for node in nodes if not is_inner(node) for one in _ask(step, node)]
    return found


def _ask(step: etree.XPath, start: _Element) -> list[Any]:
    try:
        found = step(start)
    except etree.XPathError as error:
        raise ValueError(f"not an XPath: {error}") from None
    if not isinstance(found, list):
        raise ValueError("expected a path to elements, attributes or text()")
    return found


def _compiled(step: str) -> etree.XPath:
    try:
        return etree.XPath(step, smart_strings=False)
    except etree.XPathError as error:
        raise ValueError(f"not an XPath: {error}") from None


def _steps(path: str) -> list[str]:
    """Return *path* in pieces, each behind the first asked from what the one before found."""
    depth, start, before = 0, 0, ""
    pieces = []
    for match in _TOKEN.finditer(path):
        kind, word = match.lastgroup, match[0]
        _check(kind, match, depth)
        if kind in {"open", "call"}:
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "far" and depth == 0 and match.start():
            pieces.append(path[start : match.start()])
            start = match.start()
        elif word == "/" and depth and before in _BEFORE_PATH:
            raise ValueError("a condition cannot begin at the page's root")
        before = "(" if kind == "call" else word if not word.isspace() else before
    pieces.append(path[start:])
    return [pieces[0], *(f".{piece}" for piece in pieces[1:])]


def _check(kind: str | None, match: re.Match[str], depth: int) -> None:
    if kind == "axis" and match["axis"] not in _AXES:
        raise ValueError(f"the axis {match['axis']}:: is not understood; CSS has + and ~")
    if kind == "call" and match["call"] not in _CALLS:
        raise ValueError(f"{match['call']}() is not understood")
    if kind == "up":
        raise ValueError(".. is not understood; a condition in [ ] looks down instead")
    if kind == "far" and depth:
        raise ValueError("// cannot stand in a condition")
    if kind == "union":
        raise ValueError("| is not understood; write a list of selectors")
    if kind == "variable":
        raise ValueError("an XPath here has no $variables")
