"""Drop chosen blocks that are comments, teasers, excerpts or copies of the article."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from newsclean.extraction.body.judge import COPY, INSIDE, MAX_WORDS, SHORT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.extraction.body.blocks import Box, Page

# This number of dropped blocks in a row splits the body. A smaller part needs higher log-odds.
_GAP, _REMOTE = 4, 1.2
# Copies are dropped if they are this share of the chosen words: a second form of the article, for
# print or for phones. In ten labelled pages that repeat less, the article repeats itself.
_COPIED = 0.12
_CUT = re.compile(r"\s{0,9}(?:\[?(?:…|\.\.\.)\]?)\Z")  # the end of an excerpt
_RUN = 3  # copies in a row; fewer are repeated lines


def drop_remote(page: Page, chosen: list[bool], odds: Mapping[int, float], zone: Box) -> None:
    """Drop unlikely blocks that are separated from the main group, such as comments and teasers.
    In *zone*, which holds the article, a block that is likely by itself stays."""
    groups: list[list[int]] = []
    apart = _GAP
    for index, block in enumerate(page.blocks):
        if chosen[index]:
            if apart >= _GAP:
                groups.append([])
            groups[-1].append(index)
            apart = 0
        else:
            apart += block.words > SHORT

    def weight(index: int) -> int:
        return min(page.blocks[index].words, MAX_WORDS)

    if not groups:  # only headings of nothing were chosen
        return
    most = max(groups, key=lambda group: sum(map(weight, group)))
    for group in groups:
        likely = sum(odds[index] * weight(index) for index in group)
        if group is not most and likely < _REMOTE * sum(map(weight, group)):
            for index in group:
                is_inside = zone.first <= index < zone.end
                chosen[index] = is_inside and odds.get(index, -1.0) >= INSIDE


def drop_excerpts(page: Page, chosen: list[bool]) -> None:
    """Drop excerpts of the article: paragraphs that are repeated later, up to one that is only the
    beginning of a paragraph.

    Only a page with decoded regions has been put together by a program. On other pages, a subtitle
    may be the beginning of a paragraph.
    """
    places = [index for index, is_chosen in enumerate(chosen) if is_chosen]
    texts = [_CUT.sub("", page.blocks[index].text) for index in places]
    order = sorted(range(len(places)), key=texts.__getitem__)
    # In this order, the texts that begin with a text follow it.
    wholes = {
        short: whole
        for short, whole in pairwise(order)
        if texts[whole].startswith(texts[short]) and texts[short] != texts[whole]
    }
    for short, whole in wholes.items():
        before, last = short - 1, whole - 1
        has_more = min(before, last) >= 0 and texts[before] == texts[last]
        if not has_more and page.blocks[places[short]].words < COPY:
            continue
        chosen[places[short]] = False
        while min(before, last) >= 0 and texts[before] == texts[last] and chosen[places[before]]:
            chosen[places[before]] = False
            before, last = before - 1, last - 1


def drop_copies(page: Page, chosen: list[bool], zone: Box) -> None:
    """Drop repeated text: a block outside of *zone* that is also in it, a hidden block that is also
    shown, and a second form of the article. Other repeated lines belong to the article."""
    blocks = page.blocks
    long = [i for i, block in enumerate(blocks) if chosen[i] and block.words >= COPY]
    texts = [blocks[index].text for index in long]
    pairs = list(zip(long, texts, strict=True))
    shown = {text for index, text in pairs if not blocks[index].box.hidden}
    inside = {
        text
        for index, text in pairs
        if zone.first <= index < zone.end and not (blocks[index].box.hidden and text in shown)
    }
    places: dict[str, int] = {}
    copies = []
    for place, (index, text) in enumerate(pairs):
        first = places.setdefault(text, place)
        if blocks[index].box.hidden and text in shown:
            chosen[index] = False
        elif not zone.first <= index < zone.end:
            chosen[index] = text not in inside
        elif first + _RUN <= place and any(
            start >= 0 and texts[start : start + _RUN] == texts[shifted : shifted + _RUN]
            for start, shifted in zip(
                range(first - _RUN + 1, first + 1), range(place - _RUN + 1, place + 1), strict=True
            )
        ):
            copies.append(index)
    words = sum(blocks[index].words for index in long)
    if sum(blocks[index].words for index in copies) >= _COPIED * words:
        for index in copies:
            chosen[index] = False
