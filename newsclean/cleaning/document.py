"""The document that the cleaning steps change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element


@dataclass(slots=True)
class Document:
    """A body that is being cleaned.

    ``root`` is the tree that the steps change. ``html`` is the source of ``root``; a step can
    search it quickly to see whether it has anything to do. ``sheets`` are the style sheets,
    often more than half of a body, which were removed before parsing. ``slots`` maps
    placeholders to the media of the page. ``layers`` counts the escape layers that were removed
    to get ``html``.
    """

    root: _Element
    html: str = field(repr=False)
    sheets: list[str] = field(default_factory=list, repr=False)
    slots: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    layers: Counter[str] = field(default_factory=Counter)
