"""Keep regions that were escaped in the source of the page, and the text around them.

The model was not trained with bodies of which one part was escaped. But it is certain that such a
region is a body, so all of it is kept. And prose in the container of the region is the rest of the
same article.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.cleaning.region_edits import MARK
from newsclean.extraction.body.container_context import ASIDE, FOOTER, TALK, is_good
from newsclean.extraction.body.judge import LINK

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.extraction.body.blocks import Block, Box, Page
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
    total = features.words  # cumulative sums, as is `before`
    before = [0, *accumulate(chosen)]
    body = sum(block.words for block, keep in zip(page.blocks, chosen, strict=True) if keep)
    kept = list(chosen)
    containers = _Containers()
    # Container → the boxes around its regions. Each container is read once: a page may have
    # thousands of regions in one.
    parents: dict[Box, set[Box | None]] = {}
    for box in regions:
        count = total[box.end] - total[box.first]
        container = containers.of(box)
        around = box if count < _MIN_WORDS else container
        is_near = before[around.end] > before[around.first]
        if is_near or count >= max(_MIN_WORDS, body * _SHARE_OF_BODY):
            for index in range(box.first, box.end):
                kept[index] = kept[index] or not _is_furniture(
                    box, page.blocks[index], features, index
                )
            parents.setdefault(container, {container}).add(box.parent)
    for container, beside in parents.items():
        for index in range(container.first, container.end):
            block, links = page.blocks[index], features.links[index]
            is_beside = block.box.parent in beside and links < _LINK and _has_word(block.text)
            if (
                not features.context_of(block.box).flags & (ASIDE | FOOTER | TALK)
                and (is_beside or is_good(block.words, links))
                and odds(index) > _MIN_ODDS
            ):
                kept[index] = True
    chosen[:] = kept


def _is_furniture(region: Box, block: Block, features: Features, index: int) -> bool:
    """Return True if *block* is a row of links in a box of its own, and *region* is an element of
    the page. The text of such a region is escaped, not necessarily all of its elements."""
    node = region.node
    is_inserted = node.tag in {"div", "span"} and node.attrib.keys() == [MARK]
    return not is_inserted and block.box is not region and features.links[index] > LINK


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


class _Containers:
    """Finds the containers of regions. Each element is read once, because a page may have thousands
    of regions in one."""

    def __init__(self) -> None:
        self._known: dict[Box, Box] = {}
        self._twins: dict[Box, Counter[tuple[object, str | None]]] = {}

    def of(self, box: Box) -> Box:
        """Return the box that contains *box* and its neighbours. If there are boxes of the same
        name next to it, which are parts of one text, return the box around them."""
        while box.parent is not None and box.parent.tag not in {"body", "html"}:
            box = box.parent
            if box.end - box.first > 1:
                break
        if box not in self._known:
            outer = box.parent
            self._known[box] = outer if outer is not None and self._has_twin(box, outer) else box
        return self._known[box]

    def _has_twin(self, box: Box, outer: Box) -> bool:
        name = box.node.get("class")
        if not name:
            return False
        if outer not in self._twins:
            self._twins[outer] = Counter((node.tag, node.get("class")) for node in outer.node)
        return self._twins[outer][box.node.tag, name] > 1
