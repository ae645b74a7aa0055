"""Add the blocks to the body that the model is not sure of, and that belong to chosen ones.

These are blocks between chosen ones, lines at both ends, lists, tables, headings, placeholders of
images and listings.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import HEADINGS
from newsclean.cleaning.mojibake import repair_word
from newsclean.cleaning.placeholders import is_placeholder
from newsclean.cleaning.tables import is_layout
from newsclean.extraction.body.container_context import is_good
from newsclean.extraction.body.judge import LINK

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.extraction.body.blocks import Box, Page
    from newsclean.extraction.body.features import Features
    from newsclean.extraction.body.judge import Judge

# Limits for a list or a table between chosen blocks, which is kept as a whole: the mean log-odds of
# its words, and its share in links. Menus and teasers have -5, long lists of articles down to -3.
_MIN_LIST_ODDS, _LIST_LINKS = -3.0, 0.6
_LIST_BEFORE, _LIST_AFTER = 4, 6  # blocks around it of which one is chosen
_LISTS = frozenset({"ul", "ol", "dl", "table"})
_MIN_TABLE_ODDS = -6.0  # no menu is a table of several columns between paragraphs
# One beside chosen blocks, or of links, is kept if its words are likely as a whole.
_LIST_ALONE = 0.5
# A paragraph between chosen ones that have the same elements around them: its log-odds, how many
# there must be, and the boxes around it that are compared.
_ALIKE, _MANY_ALIKE, _FORM_LEVELS = -5.0, 2, 6
_MANY_LINES = 3  # chosen blocks of one box, which breaks separate
_MAX_AT_END = 5  # short blocks before the first and after the last paragraph
_HEADINGS = HEADINGS - {"h1"}
_MIN_HEADING_ODDS, _HEADING_ALONE = -1.5, 2.0
_LEVELS = 3  # boxes from a paragraph to its container: <div><section><p>
_MAX_WORD_LENGTH = 80  # characters of a slot that was read in the wrong charset


def extend_between(page: Page, chosen: list[bool], is_likely: Callable[[int], bool]) -> None:
    """Choose likely blocks between chosen ones of the same container."""
    indexes = [index for index, is_chosen in enumerate(chosen) if is_chosen]
    for before, after in pairwise(indexes):
        if after - before == 1:
            continue
        first, last = page.blocks[before].box, page.blocks[after].box
        if _are_beside(first, last):
            for index in range(before + 1, after):
                if _are_beside(first, page.blocks[index].box) and is_likely(index):
                    chosen[index] = True


def extend_alike(features: Features, chosen: list[bool], zone: Box, judge: Judge) -> None:
    """Choose paragraphs between chosen blocks of *zone* that have the same elements around them, by
    tags and class names, as several chosen ones. The model may dislike a section as a whole."""
    page = features.page
    indexes = [index for index in range(zone.first, zone.end) if chosen[index]]
    if not indexes:
        return
    missing = [
        index
        for index in range(indexes[0], indexes[-1])
        if not chosen[index]
        and is_good(page.blocks[index].words, features.links[index])
        and not judge.is_apart(index)
        and judge.odds_of(index) >= _ALIKE
    ]
    if not missing:
        return
    places: dict[tuple[object, ...], list[int]] = {}
    for index in indexes:
        if is_good(page.blocks[index].words, features.links[index]):
            places.setdefault(_form(page.blocks[index].box, zone), []).append(index)
    for index in missing:
        alike = places.get(_form(page.blocks[index].box, zone), [])
        if len(alike) >= _MANY_ALIKE and alike[0] < index < alike[-1]:
            chosen[index] = True


def _form(box: Box, zone: Box) -> tuple[object, ...]:
    """Return the tags and class names of the boxes from *box* to *zone*."""
    form: list[object] = []
    for outer in islice(box.path(), _FORM_LEVELS):
        if outer is zone:
            break
        form += [outer.tag, outer.names]
    return tuple(form)


def extend_ends(page: Page, chosen: list[bool], judge: Judge) -> None:
    """Choose likely blocks right before the first and after the last chosen one, in the same
    container: "Dear Sir,", "The end". A line after the last one needs to be less likely if only a
    ``<br>`` separates it from chosen ones."""
    indexes = [index for index, is_chosen in enumerate(chosen) if is_chosen]
    in_box = Counter(page.blocks[index].box for index in indexes)
    for edge, step in ((indexes[0], -1), (indexes[-1], 1)):
        box = page.blocks[edge].box
        for index in range(edge + step, edge + step * (_MAX_AT_END + 1), step):
            if not 0 <= index < len(chosen) or chosen[index]:
                break
            other = page.blocks[index].box
            is_rest = step > 0 and other is box and in_box[box] >= _MANY_LINES
            is_likely = judge.is_end(index) or (is_rest and judge.is_line(index))
            if not is_likely or not _are_beside(box, other):
                break
            chosen[index] = True


def decide_lists(
    features: Features, chosen: list[bool], zone: Box, odds_of: Callable[[int], float]
) -> None:
    """Choose whole lists and tables of *zone*: single items and cells are too short to be sure of.

    A list between chosen blocks is chosen unless it is likely a menu or teasers.
    """
    page, contexts = features.page, features.contexts
    zone_words = contexts.words[zone.end] - contexts.words[zone.first]
    zone_chosen = (index for index in reversed(range(zone.first, zone.end)) if chosen[index])
    last = next(zone_chosen, -1)  # no list that is chosen here is behind a further list
    end = -1
    for box in page.boxes:
        if box.tag not in _LISTS or box.first < max(zone.first, end) or box.end > zone.end:
            continue
        total, good, linked = contexts.held(box)
        if not total:
            continue
        around = chosen[max(zone.first, box.first - _LIST_BEFORE) : box.first]
        is_between = (
            box is not zone
            and linked <= _LIST_LINKS
            and True in around
            and True in chosen[box.end : box.end + _LIST_AFTER]
        )
        is_frame = box.tag == "table" and is_layout(box.node)
        if good and 2 * total > zone_words and (is_frame or not is_between):
            continue  # a table that holds most of the article is its layout
        if linked > LINK and last < box.end:
            continue  # links after the article lead to other articles
        end = box.end  # nested lists belong to it
        blocks = range(box.first, end)
        odds = sum(odds_of(index) * page.blocks[index].words for index in blocks)
        least = _MIN_LIST_ODDS if is_between else _LIST_ALONE
        if is_between and box.tag == "table" and not is_frame:
            least = _MIN_TABLE_ODDS
        if odds >= least * total:
            for index in blocks:
                chosen[index] = True


def decide_headings(
    page: Page, chosen: list[bool], zone: Box, odds_of: Callable[[int], float]
) -> None:
    """Keep and drop the headings of *zone* with the blocks that they head. A heading before a
    chosen block is dropped only if it is probably not part of the article."""
    next_heading = zone.end
    for index in reversed(range(zone.first, zone.end)):
        box = page.blocks[index].box
        if box.tag not in _HEADINGS:
            continue
        around = box.parent or box
        if around.tag in _HEADINGS and around.parent is not None:  # <h3><button>
            around = around.parent
        headed = chosen[index + 1 : min(next_heading, around.end)]
        if headed and headed[0]:
            chosen[index] = chosen[index] or odds_of(index) >= _MIN_HEADING_ODDS
        elif headed and True not in headed and odds_of(index) < _HEADING_ALONE:
            chosen[index] = False
        next_heading = index


def keep_placeholders(page: Page, chosen: list[bool]) -> None:
    """Choose placeholders of images (``[[IMG:0]]``) after a chosen block in the same container, and
    code listings between chosen blocks. The model rejects both, because they are not prose."""
    last = max((index for index, is_chosen in enumerate(chosen) if is_chosen), default=-1)
    for index, block in enumerate(page.blocks[1:], 1):
        if chosen[index] or not chosen[index - 1]:
            continue
        is_listing = index < last and any(box.tag == "pre" for box in islice(block.box.path(), 2))
        if (
            is_listing
            or is_placeholder(block.text)
            or is_placeholder(repair_word(block.text[:_MAX_WORD_LENGTH]))
        ):
            around = islice(page.blocks[index - 1].box.path(), _LEVELS)
            chosen[index] = not set(around).isdisjoint(islice(block.box.path(), _LEVELS))


def _are_beside(one: Box, other: Box) -> bool:
    """Return True if the text of both boxes is in the same container: two paragraphs, or a
    paragraph and a line without one."""
    return one is other or one.parent in (other, other.parent) or other.parent is one
