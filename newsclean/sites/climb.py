"""Climbing from nodes to others above or before them, each step once however many ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element


def climbing(
    step: Callable[[_Element], _Element | None], wanted: set[_Element]
) -> Callable[[_Element], bool]:
    """Return what tells whether *step*, once or more, leads from a node to one of *wanted*."""
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
    """Return the element that holds *node*."""
    return node.getparent()
