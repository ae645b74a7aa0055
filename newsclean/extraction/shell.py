"""Is a page a shell, whose content only a browser with JavaScript builds?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# A shell shows less text than this: a title, "Loading …", a footer. The shortest listing or
# article page that is worth reading shows more.
MAX_SHELL_TEXT = 400  # characters without white space
MAX_SHELL_LINKS = 10
_MAX_NODES = 20_000  # no shell is larger; what lies behind is not looked at
_TAG = re.compile(r"<[^<>]*+>")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "title", "head", "svg"})


def is_shell(root: _Element) -> bool:
    """Return True if the page *root* shows hardly any text and links, but has scripts that could
    build them. Linear; looks at the first 20,000 nodes.

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
    """Return how many letters and digits *html* shows, whatever its markup."""
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
