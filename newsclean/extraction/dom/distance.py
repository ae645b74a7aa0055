"""The DOM distance of an element from the headline of the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_DISTANCE, _MAX_DEPTH = 12, 60  # levels, as the result; ancestors that are read


class Distances:
    """Measures the distance from *heading*. Without a heading, all distances are equal."""

    def __init__(self, heading: _Element | None) -> None:
        # Each ancestor of the heading with how far up it is and on which branch of it.
        self._above: dict[_Element, tuple[int, _Element]] = {}
        below = heading
        while below is not None and len(self._above) < _MAX_DEPTH:
            parent = below.getparent()
            if parent is not None:
                self._above[parent] = (len(self._above) + 1, below)
            below = parent
        self._heading = heading

    def of(self, node: _Element) -> tuple[int, bool]:
        """Return (distance, is_before): the number of levels from the heading up to the common
        ancestor with *node*, at most 12, and True if *node* is before the heading. The nearest
        sorts first."""
        if self._heading is None:
            return 0, False
        branch: _Element | None = node
        for _ in range(_MAX_DEPTH):
            if branch is None or branch is self._heading:
                break
            parent = branch.getparent()
            if parent is not None and parent in self._above:
                steps, mine = self._above[parent]
                is_before = branch is not mine and parent.index(branch) < parent.index(mine)
                return min(steps, _MAX_DISTANCE), is_before
            branch = parent
        return (0, False) if branch is self._heading else (_MAX_DISTANCE, True)
