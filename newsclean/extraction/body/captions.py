"""Find the captions of images that are not marked as such by ``<figcaption>``.

Many sites write ``<div><img><p class="wp-caption-text">The bridge.</p></div>``. Cleaning gives the
caption of a ``<figure>`` to its image and leaves it out of the text.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from newsclean.extraction.body.blocks import Box, Page

_NAME = "caption"  # in class names and ids: ``image-caption``, ``wp-caption-text``
_LEVELS = 3  # boxes from the caption to the container of its image
_MAX_BLOCKS = 4  # in that container: a caption, a credit, a title
# A longer text in an element of this name is the article. The longest of 266 captions has 44 words.
_MAX_WORDS = 80
_GALLERY = 0.3  # captions with this share of the words are the article
# Elements that a figure and its caption may be written as.
_FIGURES = frozenset({"div", "p", "section", "figure", "dl", "a"})
_CAPTIONS = frozenset({"div", "p", "section", "dd", "h3", "h4", "h5", "h6", "blockquote"})


def find_captions(page: Page, kept: Sequence[bool]) -> dict[_Element, str]:
    """Return the elements to write as ``figure`` and ``figcaption``, each with that tag.

    *kept* is True for each block of *page* that belongs to the body. In a gallery, the captions
    are the article, so they stay text.
    """
    found: dict[_Element, str] = {}
    words = total = 0
    for block, is_kept in zip(page.blocks, kept, strict=True):
        if is_kept:
            total += block.words
            pair = _caption_of(block.box) if block.words <= _MAX_WORDS else None
            if pair is not None:
                words += block.words
                found[pair[0].node], found[pair[1].node] = "figure", "figcaption"
    return found if words < _GALLERY * total else {}


def _caption_of(box: Box) -> tuple[Box, Box] | None:
    """Return the figure and the caption that *box* is in, or None."""
    caption: Box | None = box
    for _ in range(_LEVELS - 1):  # most texts have no such box around them
        if caption is None or (_NAME in caption.names and caption.tag in _CAPTIONS):
            break
        caption = caption.parent
    else:
        caption = None
    if caption is None:
        return None
    for outer in islice(box.path(), _LEVELS):
        if outer.end - outer.first > _MAX_BLOCKS:
            return None
        if next(outer.node.iter("img"), None) is not None:
            is_around = outer.depth < caption.depth and outer.tag in _FIGURES
            return (outer, caption) if is_around else None
    return None
