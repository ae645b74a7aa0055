"""A page whose visible text is for the most part one escaped body: no need to look further.

The generic reader finds such a body too, after it has read the whole page as blocks, which
takes twenty times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.cleaning.elements import CODE_ZONES
from newsclean.cleaning.layers import DECODERS
from newsclean.cleaning.tree import escape_text
from newsclean.cleaning.unescape import is_escaped

if TYPE_CHECKING:
    from newsclean.extraction.page import Page

# How an escaped ``<`` looks: plain words, since they are found much quicker than a pattern.
_SIGNALS = (r"\u003c", r"\u003C", r"\x3c", r"\x3C", "&lt;", "%3c", "%3C")
_SHORTEST = 400
_LONG_TEXT = re.compile(rf">[^<]{{{_SHORTEST},}}+")
_UNREAD = ("<script", "<style", "<SCRIPT", "<STYLE")
_SKIPPED = frozenset({"script", "style", "title", "noscript", *CODE_ZONES})


def leaked_body(page: Page) -> str | None:
    """Return, as HTML with its layers still on, the text node of *page* that is an escaped
    body and more than half of all the page's text; None where there is none."""
    if not _may_leak(page.html):
        return None
    scripts = {node.text for node in page.root.iter("script", "style")}
    texts: list[str] = [text for text in page.root.itertext("*") if text not in scripts]
    longest = max(texts, key=len, default="")
    if len(longest) < _SHORTEST or 2 * len(longest) < sum(map(len, texts)):
        return None
    holder = next((node for node in page.root.iter(etree.Element) if node.text == longest), None)
    if holder is None or any(one.tag in _SKIPPED for one in (holder, *holder.iterancestors())):
        return None
    html = escape_text(longest)
    if not _has_signal(html) or not any(is_escaped(layer, html) for layer in DECODERS):
        return None
    return html


def _has_signal(text: str) -> bool:
    return any(signal in text for signal in _SIGNALS)


def _may_leak(html: str) -> bool:
    """Tell whether *html* has a long text that no tag parts, that is no script or style, and
    that has an escaped tag in it."""
    if _has_signal(html.partition("<")[0]):
        return True
    for match in _LONG_TEXT.finditer(html):
        tag = html.rfind("<", 0, match.start())
        if not html.startswith(_UNREAD, tag) and _has_signal(match[0]):
            return True
    return False
