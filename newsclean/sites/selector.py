"""A selector of a site rule: XPath if it begins with ``/`` or ``(``, otherwise CSS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from newsclean.sites.css import CssSelector
from newsclean.sites.xpath import XPathSelector

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_LENGTH = 500  # characters of a selector


@dataclass(frozen=True, slots=True)
class Selector:
    """A compiled selector with its text."""

    text: str
    _compiled: CssSelector | XPathSelector

    def find(self, root: _Element) -> list[Any]:
        """Return the matches in the tree *root* in document order: elements, or strings for texts
        and attributes. Does not change the tree, takes linear time, raises no exception."""
        return self._compiled.find(root)


def read_selector(text: str) -> Selector:
    """Return the selector *text*. Raise ValueError with one line if it is invalid or cannot be
    evaluated in linear time."""
    text = text.strip()
    if not text or len(text) > _MAX_LENGTH:
        raise ValueError(f"expected a CSS selector or an XPath of 1 to {_MAX_LENGTH} characters")
    try:
        return Selector(text, XPathSelector(text) if text[0] in "/(" else CssSelector(text))
    except etree.LxmlError as error:
        raise ValueError(f"lxml refuses this selector: {error}") from None
