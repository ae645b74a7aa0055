"""Detect pages whose content is built by JavaScript (shells)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# A shell has less visible text than this: a title, "Loading …", a footer. The shortest useful
# listing or article page has more.
MAX_SHELL_TEXT = 400  # characters without white space
MAX_SHELL_LINKS = 10
_MAX_NODES = 20_000  # nodes that are read; a shell is not larger
_TAG = re.compile(r"<[^<>]*+>")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "title", "head", "svg"})


def is_shell(root: _Element) -> bool:
    """Return True if the page *root* has hardly any visible text and links, but has scripts that
    may build them. Linear time; reads the first 20,000 nodes.

    >>> from newsclean.cleaning.tree import parse_html
    >>> is_shell(parse_html('<body><div id="app">Loading</div><script src="/app.js"></script>'))
    True
    """
    text = links = 0
    has_script = False
    for number, node in enumerate(root.iter()):
        if number >= _MAX_NODES or text > MAX_SHELL_TEXT or links > MAX_SHELL_LINKS:
            return False
        tag = node.tag
        if tag == "script":
            has_script = has_script or _is_program(node)
        elif tag == "a" and node.get("href"):
            links += 1
        if isinstance(tag, str) and tag not in _UNSEEN and not _is_within_unseen(node):
            text += _size(node.text)
        text += _size(node.tail)
    return has_script


def letters_of(html: str | None) -> int:
    """Return the number of letters and digits in the visible text of *html*.

    >>> letters_of("<p>Rain!</p>")
    4
    """
    return sum(map(str.isalnum, _TAG.sub("", html))) if html else 0


def _is_program(script: _Element) -> bool:
    kind = (script.get("type") or "").lower()
    if kind and "javascript" not in kind and kind not in {"module", "text/ecmascript"}:
        return False
    return bool(script.get("src") or (script.text or "").strip())


def _is_within_unseen(node: _Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag in _UNSEEN


def _size(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0
