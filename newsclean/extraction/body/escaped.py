"""A body that a page shows as escaped text: ``\\u003cp\\u003e…``, ``&lt;p&gt;…``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.cleaning.layers import DECODERS
from newsclean.cleaning.tree import escape_text
from newsclean.cleaning.unescape import is_escaped

if TYPE_CHECKING:
    from newsclean.extraction.body.blocks import Page

_SHORTEST = 200  # characters; less is no article
_SIGNALS = ("\\u003", "\\x3", "<", "&lt;", "&#", "%3", "<\\/")


def escaped_body(page: Page) -> str | None:
    """Return as HTML the longest block of *page* that as a whole is escaped markup, or None.

    The layers stay on: taking them off is cleaning's work.
    """
    longest = ""
    for block in page.blocks:
        text = block.text
        if len(text) > max(_SHORTEST, len(longest)) and any(sign in text for sign in _SIGNALS):
            html = escape_text(text)
            if any(is_escaped(layer, html) for layer in DECODERS):
                longest = html
    return longest or None
