"""Convert BBCode, the markup of forums, to HTML: ``[b]船[/b]``."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.cleaning.tree import escape_text, replace_text, visible_text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from newsclean.cleaning.document import Document

_TAG = re.compile(
    r"""
    \[(?P<end>/?)
    (?P<name>b|i|u|s|quote|center|left|right|align|size|color|font|url|img|br)
    (?:=[^\[\]<>]{0,200})?               # a size, a colour or a URL
    \]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IMAGE = re.compile(r"\[img(?:=[^\[\]<>]{0,40})?\](https?://[^\s\[\]]{1,2000})\[/img\]", re.I)
_HTML = {
    "b": ("<b>", "</b>"),
    "i": ("<i>", "</i>"),
    "u": ("<u>", "</u>"),
    "s": ("<s>", "</s>"),
    "quote": ("<blockquote>", "</blockquote>"),
    "br": ("<br>", ""),
}
_QUOTES = frozenset('“„«‘「『"`')
_ABOUT = re.compile(r"\bBB[ -]?codes?\b", re.IGNORECASE)


def replace_bbcode(document: Document, code: set[_Element]) -> Counter[str]:
    """Replace BBCode in the texts of *document* with HTML tags and return ``{"bbcode": n}``.

    Does not change elements in *code*. Does not change a body that leaves a tag open, contains
    the word "BBCode" or quotes a tag, because such a body is about BBCode. Linear time.
    """
    changes: Counter[str] = Counter()
    if _TAG.search(document.html) is None:
        return changes
    names = _used_names(visible_text(document.root))
    if not names:
        return changes
    for node in list(document.root.iter()):
        for attribute in ("text", "tail"):
            text = getattr(node, attribute)
            if not text or "[" not in text or not isinstance(node.tag, str):
                continue
            if node in code and (attribute == "text" or node.getparent() in code):
                continue
            found: Counter[str] = Counter()
            html = _replaced(escape_text(text), names, found)
            if found:
                replace_text(node, attribute, html)
                changes.update(found)
    return changes


def _used_names(text: str) -> set[str]:
    """Return the BBCode tags that *text* uses as markup. Empty if the text is about them."""
    tags = list(_TAG.finditer(text))
    counts = Counter((tag["name"].lower(), bool(tag["end"])) for tag in tags)
    names = {name for name, _ in counts if name != "br"}
    if not all(counts[name, False] == counts[name, True] for name in names):
        return set()
    if counts["br", False] > (0 if names else 1):
        names.add("br")
    # A closing quote may be before a closing tag: ``"Rain!"[/b]``.
    quoted = any(
        text[tag.start() - 1 : tag.start()] in _QUOTES
        for tag in tags
        if tag.start() and not tag["end"]
    )
    return set() if quoted or _ABOUT.search(text) else names


def _replaced(text: str, names: set[str], found: Counter[str]) -> str:
    """Return the escaped *text* with its BBCode replaced. Drop a tag that is closed in another
    text node, because it cannot become an element of the tree."""
    counts = Counter((tag["name"].lower(), bool(tag["end"])) for tag in _TAG.finditer(text))

    def image(match: re.Match[str]) -> str:
        found["bbcode"] += 1
        return f'<img src="{match[1].replace(chr(34), "%22")}">'

    def tag(match: re.Match[str]) -> str:
        name = match["name"].lower()
        if name not in names:
            return match[0]
        found["bbcode"] += 1
        if name != "br" and counts[name, False] != counts[name, True]:
            return ""
        return _HTML.get(name, ("", ""))[bool(match["end"])]

    return _TAG.sub(tag, _IMAGE.sub(image, text))
