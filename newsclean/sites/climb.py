"""Follow steps from nodes to their ancestors or earlier siblings, each step only once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element


def climbing(
    step: Callable[[_Element], _Element | None], wanted: set[_Element]
) -> Callable[[_Element], bool]:
    """Return a function that returns True if *step*, applied once or more to a node, leads to one
    of *wanted*."""
    known: dict[_Element, bool] = {}

    def leads(node: _Element) -> bool:
        climbed = []
        answer = False
        at: _Element | None = node
        while at is not None and not answer:
            if at in known:
                answer = known[at]
                break
            climbed.append(at)
            at = step(at)
            answer = at in wanted
        known.update(dict.fromkeys(climbed, answer))
        return answer

    return leads


def parent(node: _Element) -> _Element | None:
    """Return the parent element of *node*, or None."""
    return node.getparent()
