"""Keep regions that were escaped in the source of the page, and the text around them.

The model was not trained with bodies of which one part was escaped. But it is certain that such a
region is a body, so all of it is kept. And prose in the container of the region is the rest of the
same article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.extraction.body.container_context import ASIDE, FOOTER, TALK, is_good

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from newsclean.extraction.body.blocks import Box, Page
    from newsclean.extraction.body.features import Features

# A region with fewer words may be a teaser, unless blocks next to it are chosen. A region with this
# share of the chosen words is the body.
_MIN_WORDS, _SHARE_OF_BODY = 20, 0.5
_LINK = 0.4  # the share in links of a short paragraph beside a region
_MIN_ODDS = -2.5  # log-odds of prose in the container of a region


def keep_decoded(
    page: Page, chosen: list[bool], features: Features, odds: Callable[[int], float]
) -> None:
    """Set *chosen* for the blocks of *page* in decoded regions of the body, and for the prose next
    to them. *odds* returns the log-odds of a block."""
    regions = [box for box in page.decoded if box.end > box.first]
    if not regions:
        return
    words = [block.words for block in page.blocks]
    body = sum(count for count, keep in zip(words, chosen, strict=True) if keep)
    kept = list(chosen)
    for box in regions:
        inside = range(box.first, box.end)
        count = sum(words[index] for index in inside)
        container = _container(box)
        around = inside if count < _MIN_WORDS else range(container.first, container.end)
        if not any(chosen[index] for index in around) and count < max(
            _MIN_WORDS, body * _SHARE_OF_BODY
        ):
            continue
        for index in inside:
            kept[index] = True
        for index in range(container.first, container.end):
            near = page.blocks[index].box
            is_beside = near.parent in {box.parent, container} and features.links[index] < _LINK
            if (
                not features.context_of(near).flags & (ASIDE | FOOTER | TALK)
                and (is_beside or is_good(words[index], features.links[index]))
                and odds(index) > _MIN_ODDS
            ):
                kept[index] = True
    chosen[:] = kept


def _container(box: Box) -> Box:
    """Return the box that contains *box* and its neighbours. If there are boxes of the same name
    next to it, which are parts of one text, return the box around them."""
    while box.parent is not None and box.parent.tag not in {"body", "html"}:
        box = box.parent
        if box.end - box.first > 1:
            break
    if box.parent is not None and any(_is_twin(box, node) for node in box.parent.node):
        return box.parent
    return box


def _is_twin(box: Box, node: _Element) -> bool:
    name = box.node.get("class")
    return node is not box.node and bool(name) and (node.tag, node.get("class")) == (box.tag, name)
