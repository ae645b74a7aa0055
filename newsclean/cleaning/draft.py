"""What the steps of cleaning work on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element


@dataclass(slots=True)
class Draft:
    """A body on its way: the tree, which the steps change, and what was known of it when it
    was parsed.

    ``html`` is what ``root`` was parsed from, for a quick look whether a step has anything
    to do. ``sheets`` are the style sheets that were cut out before the parse, often more
    than half of a body. ``slots`` is the page's side table. ``layers`` counts what was
    peeled off to get to ``html``.
    """

    root: _Element
    html: str = field(repr=False)
    sheets: list[str] = field(default_factory=list, repr=False)
    slots: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    layers: Counter[str] = field(default_factory=Counter)
