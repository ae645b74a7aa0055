"""The elements of the HTML standard, in the groups that cleaning needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# Text in these elements is shown as it was typed, so markup in it is an example.
CODE_ZONES = frozenset({"pre", "code", "kbd", "samp", "tt", "xmp", "textarea", "listing", "var"})

# Never visible, or not part of the article. Office stores document properties in ``<xml>``.
INVISIBLE = frozenset(
    """base datalist head link meta noframes script style template title xml""".split()
)

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Inline elements. Every other element starts and ends a block.
INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math meter
    nobr output progress q rp rt ruby s samp small span strike strong sub sup svg time tt u var wbr
    br img picture source video audio object embed param canvas map area button select input
    noscript iframe""".split()
)

# The element for an image or a video, until `fill_media` replaces it.
SLOT = "media-slot"

# Names that distinguish markup from other text in angle brackets (``Into<U>``, ``<stdio.h>``).
HTML_NAMES = frozenset(
    """a abbr acronym address applet area article aside audio b base bdi bdo big blockquote body br
    button canvas caption center cite code col colgroup data dd del details dfn dir div dl dt em
    embed fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6 head header hr html i
    iframe img input ins kbd label legend li link main map mark menu meta nav nobr noscript object
    ol option p param picture pre q rp rt ruby s samp script section select small source span
    strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time
    title tr track tt u ul var video wbr""".split()
)


def is_heading_button(node: _Element) -> bool:
    """Return True if *node* is a button that is the text of a heading, which opens the section
    below: ``<h3><button>When does it open?</button></h3>``. It is text, not a control."""
    parent = node.getparent()
    return node.tag == "button" and parent is not None and parent.tag in HEADINGS
