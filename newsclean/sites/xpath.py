"""Evaluate XPath in time linear in the size of the page.

libxml2 takes quadratic time for axes of all siblings and for one ``//`` after another. The first
are refused. The second are evaluated here in steps: the descendants of nested nodes are only read
from the outermost node. An ancestor axis takes time in proportion to the depth, so a very deep
page gives no match.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from newsclean.sites.climb import climbing, parent

if TYPE_CHECKING:
    from lxml.etree import _Element

_TOKEN = re.compile(
    r"""
    (?P<text>"[^"]*"|'[^']*')
  | (?P<axis>[\w-]+)\s*::
  | (?P<call>[\w-]+(?::[\w-]+)?)\s*\(                                 # a function or a node test
  | (?P<open>[\[(])
  | (?P<close>[\])])
  | (?P<far>//)
  | (?P<up>\.\.)
  | (?P<union>\|)
  | (?P<variable>\$)
  | (?P<other>[\w-]+|.)                                               # a name, or one character
    """,
    re.DOTALL | re.VERBOSE,
)
_AXES = frozenset(
    {"child", "attribute", "self", "parent", "ancestor", "ancestor-or-self", "descendant"}
)
_UP = frozenset({"parent", "ancestor", "ancestor-or-self"})
_CALLS = frozenset(
    "and boolean concat contains count local-name name node normalize-space not number or position"
    " starts-with string string-length substring substring-after substring-before text"
    " translate".split()
)
_GROUP = re.compile(
    r"\((?P<path>.*)\)\s*\[\s*(?P<place>\d{1,4}|last\(\))\s*\](?P<tail>/.*)?", re.DOTALL
)
_DESCENDANT = re.compile(r"/\s*descendant\s*::\s*")
# In a predicate, a path from the root follows one of these. It would be evaluated for every node.
_BEFORE_PATH = frozenset("[ ( , = < > + and or".split())
# Layouts are some dozens of elements deep. On a deeper page, a predicate on text would be slow.
_TOO_DEEP = etree.XPath(f"boolean({'/*' * 401})")


class XPathSelector:
    """An XPath that begins with ``/``, several of them separated by ``|``, or ``(…)[n]`` around
    them."""

    def __init__(self, text: str) -> None:
        """Raise ValueError with one line if *text* is not a supported XPath."""
        group = _GROUP.fullmatch(text.strip())
        paths = [path.strip() for path in _split(group["path"] if group else text)]
        if not all(path.startswith("/") for path in paths):
            raise ValueError("expected an XPath that begins with / or has the form (//…)[1]")
        self._place = group["place"] if group else ""
        if self._place == "0":
            raise ValueError("positions are counted from 1")
        tail = (group["tail"] or "") if group else ""
        self._paths = [[_compiled(step) for step in _steps(path)] for path in paths]
        self._tail = [_compiled(f".{step.removeprefix('.')}") for step in _steps(tail) if step]
        nothing = etree.Element("html")
        for step in [*(step for path in self._paths for step in path), *self._tail]:
            _evaluate(step, nothing)

    def find(self, root: _Element) -> list[Any]:
        """Return the matches in the tree *root* in document order: elements or texts. A tree that
        is more than 400 elements deep has no match."""
        if _TOO_DEEP(root):
            return []
        found = []
        for first, *others in self._paths:
            found += _below(_evaluate(first, root), others, root)
        if len(self._paths) > 1:
            found = _in_order(found, root)
        if not self._place:
            return found
        place = len(found) if self._place == "last()" else int(self._place)
        return _below(found[place - 1 : place], self._tail, root)


def _below(found: list[Any], steps: list[etree.XPath], root: _Element) -> list[Any]:
    """Return the matches of *steps* from the nodes *found*, in the document order of *root*."""
    for step in steps:
        nodes = [node for node in found if not isinstance(node, str)]
        if _is_up(step):
            found = _in_order([one for node in nodes for one in _evaluate(step, node)], root)
            continue
        is_inner = climbing(parent, set(nodes)) if step.path.startswith(".//") else None
        outer = [node for node in nodes if is_inner is None or not is_inner(node)]
        found = [one for node in outer for one in _evaluate(step, node)]
        if is_inner is None:  # for the children of nested nodes
            found = _in_order(found, root)
    return found


def _in_order(found: list[Any], root: _Element) -> list[Any]:
    """Return *found* in document order, each element once. Strings have no position, so they come
    after the elements."""
    elements = {one for one in found if not isinstance(one, str)}
    ordered = [node for node in root.iter() if node in elements] if elements else []
    return ordered + [one for one in found if isinstance(one, str)]


def _is_up(step: etree.XPath) -> bool:
    return step.path.startswith(("./..", *(f"./{axis}" for axis in _UP)))


def _evaluate(step: etree.XPath, start: _Element) -> list[Any]:
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


def _split(text: str) -> list[str]:
    """Return the paths in *text*, which are separated by ``|``."""
    depth, start = 0, 0
    paths = []
    for match in _TOKEN.finditer(text):
        depth += match.lastgroup in {"open", "call"}
        depth -= match.lastgroup == "close"
        if match.lastgroup == "union" and depth == 0:
            paths.append(text[start : match.start()])
            start = match.end()
    return [*paths, text[start:]]


def _steps(path: str) -> list[str]:
    """Split *path* into steps. Each step is evaluated from the nodes of the step before. A step
    ends before ``//``, and before and after an ancestor axis."""
    path = _without_descendant(path)
    depth, start, before = 0, 0, ""
    pieces = []
    ends_here = False  # an ancestor axis ends at the next slash
    for match in _TOKEN.finditer(path):
        kind, word, at = match.lastgroup, match[0], match.start()
        _check(kind, match)
        if kind in {"open", "call"}:
            depth += 1
        elif kind == "close":
            depth -= 1
        elif word in {"/", "//"} and depth and before in _BEFORE_PATH:
            raise ValueError("a condition cannot begin at the page's root")
        elif (depth == 0 and word == "/" and ends_here) or (depth == 0 and kind == "far" and at):
            pieces.append(path[start:at])
            start, ends_here = at, False
        elif depth == 0 and (kind == "up" or match["axis"] in _UP):
            slash = at - 1
            if path[slash] != "/" or before == "//":
                raise ValueError(f"expected one / before {word}")
            if slash > start:
                pieces.append(path[start:slash])
                start = slash
            ends_here = True
        before = "(" if kind == "call" else word if not word.isspace() else before
    pieces.append(path[start:])
    return [pieces[0], *(f".{piece}" for piece in pieces[1:])]


def _without_descendant(path: str) -> str:
    """Return *path* with ``//a`` instead of ``/descendant::a``. The two differ only in the meaning
    of a position after them; raise ValueError if there is one."""
    found = _DESCENDANT.search(path)
    if found is None:
        return path
    if re.search(r"\[\s*\d|position\s*\(", path[found.end() :]):
        raise ValueError("a position after descendant:: is not supported; write (//…)[1]")
    return _DESCENDANT.sub("//", path)


def _check(kind: str | None, match: re.Match[str]) -> None:
    if kind == "axis" and match["axis"] not in _AXES:
        raise ValueError(f"the axis {match['axis']}:: is not supported; CSS has + and ~")
    if kind == "call" and match["call"] not in _CALLS:
        raise ValueError(f"{match['call']}() is not supported")
    if kind == "union":
        raise ValueError("| is supported only between complete paths")
    if kind == "variable":
        raise ValueError("$variables are not supported")
