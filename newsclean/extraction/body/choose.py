"""Choose the blocks of a page that belong to its article.

A trained model (`model`) gives the log-odds that a block belongs to the article. The box with the
highest sum is the body. Blocks outside of it need higher log-odds. Short blocks and links count
only between paragraphs of the article.
"""

from __future__ import annotations

import re
from itertools import islice
from math import tanh
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import HEADINGS
from newsclean.cleaning.mojibake import repair_word
from newsclean.cleaning.placeholders import is_placeholder
from newsclean.extraction.body.decoded import keep_decoded
from newsclean.extraction.body.features import Features, best_box
from newsclean.extraction.body.forms import ending
from newsclean.extraction.body.model import load_model
from newsclean.extraction.body.standing import ASIDE, FOOTER
from newsclean.extraction.bylines.labelled import read_byline
from newsclean.extraction.bylines.worded import read_worded_byline
from newsclean.extraction.dom.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsclean.extraction.body.blocks import Block, Box, Page
    from newsclean.extraction.body.model import Model

# Minimum log-odds of a block in the box of the body, and outside of it. They were chosen with the
# trees by cross-validation over sites.
_INSIDE, _OUTSIDE = 0.0, 0.8
# This number of dropped blocks in a row splits the body. A smaller part needs higher log-odds.
_GAP, _REMOTE = 4, 1.2
# Words. Shorter blocks, and links, are only chosen between other chosen blocks.
_SHORT, _LINK = 3, 0.9
_MOST_WORDS = 80  # a longer block counts no more
_COPY = 12  # words; a block with the same text as an earlier one is a copy
_LEAST = 5  # words; a page of less has no article
# A box around the box of the body is preferred if the score of its good blocks is higher by this
# factor.
_LIFT = 1.15
# Limits for a list or a table between chosen blocks, which is kept as a whole: the mean log-odds of
# its words, and its share in links. Menus and teasers have -5, long lists of articles down to -3.
_LIST_LEAST, _LIST_LINKS = -3.0, 0.6
_LIST_BEFORE, _LIST_BEHIND = 4, 6  # blocks around it of which one is chosen
_LISTS = frozenset({"ul", "ol", "dl", "table"})
# One beside chosen blocks, or of links, is kept if its words are likely as a whole.
_LIST_ALONE = 0.5
_HEADINGS = HEADINGS - {"h1"}
_HEADING_LEAST, _HEADING_ALONE = -1.5, 2.0
_PAGE = frozenset({"body", "html"})
_LEVELS = 3  # boxes from a paragraph to its container: <div><section><p>
# Lines about the article in its body. They are in other fields of the record.
_ABOUT = re.compile(r"[(（【\[\s]*(?:责任编辑|责编|编辑|原标题|本文编辑|审核|校对)\s*[:：]")
# The copyright notice of a site, which may be at the end of the body.
_RIGHTS = re.compile(
    r"""©|copyright\b|all\ rights\ reserved|alle\ rechte\ vorbehalten|tous\ droits\ réservés
    |todos\ (?:los\ derechos|os\ direitos)\ reservados|tutti\ i\ diritti\ riservati
    |wszelkie\ prawa\ zastrzeżone|все\ права\ защищены|tüm\ hakları\ saklıdır
    |جميع\ الحقوق\ محفوظة|版权所有|版權所有|無断転載""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_WORD = 80  # characters of a slot that was read in the wrong charset
_LONGEST_RIGHTS = 200  # characters
_LONGEST_ABOUT = 60  # characters
_LONGEST_BYLINE = 160  # characters
_LONGEST_NAME = 40  # characters of a link that is a name; a sentence is longer
_MARKS = 3  # characters around it that stand in no link, such as a dash


def choose_blocks(
    page: Page, title: str = "", summary: str = "", model: Model | None = None
) -> list[bool]:
    """Return a list with True for each block of *page* that belongs to the article.

    *title* and *summary* are those of the page, ``""`` if unknown. *model* is the model of the
    package if None.
    """
    weights, log_odds = model or load_model()
    features = Features(page, weights, title, summary)
    blocks, links = page.blocks, features.links
    odds: dict[int, float] = {}
    worths = [0.0] * len(blocks)
    seen: set[str] = set()

    def is_apart(index: int) -> bool:
        """Return True if the block is in an aside. It may be part of the body, but it is not the
        body, and it is never chosen outside of it."""
        return bool(features.standing(blocks[index].box).flags & (ASIDE | FOOTER))

    for index, block in enumerate(blocks):
        if block.words <= _SHORT or links[index] > _LINK:
            continue
        odds[index] = log_odds(features.row(index))
        if block.words < _COPY or block.text not in seen:
            worth = tanh(odds[index] / 2) * min(block.words, _MOST_WORDS)
            worths[index] = min(worth, 0.0) if is_apart(index) else worth
            seen.add(block.text)
    zone = features.container(_lift(best_box(page, worths), worths))

    def odds_of(index: int) -> float:
        if index not in odds:
            odds[index] = log_odds(features.row(index))
        return odds[index]

    def is_kept(index: int) -> bool:
        text = blocks[index].text
        if not blocks[index].words or (len(text) <= _LONGEST_ABOUT and _ABOUT.match(text)):
            return False
        if zone.first <= index < zone.end:
            return odds_of(index) >= (_OUTSIDE if is_apart(index) else _INSIDE)
        return odds_of(index) >= _OUTSIDE and not is_apart(index)

    kept = [index for index in odds if is_kept(index)]
    if sum(blocks[index].words for index in kept) < _LEAST:
        zone = features.container(best_box(page, _short_worths(features, odds_of)))
        kept = [index for index in sorted(odds) if is_kept(index)]
    chosen = [False] * len(blocks)
    if kept and sum(blocks[index].words for index in kept) >= _LEAST:
        # The blocks between the first and the last chosen one that have no score yet.
        judged = set(odds)
        for index in range(kept[0], kept[-1] + 1):
            chosen[index] = index not in judged and is_kept(index)
        for index in kept:
            chosen[index] = True
        _decide_lists(features, chosen, zone, odds_of)
        _decide_headings(page, chosen, zone, odds_of)
        _drop_remote(page, chosen, odds, zone)
        _drop_copies(page, chosen, zone)
    keep_decoded(page, chosen, features, odds_of)
    _keep_placeholders(page, chosen)
    _drop_headline(page, chosen, title)
    _drop_rights(page, chosen)
    return chosen


def _short_worths(features: Features, odds_of: Callable[[int], float]) -> list[float]:
    """Return what each block is worth on a page of nothing but short lines and links."""
    return [
        tanh(odds_of(index) / 2) * block.words
        if features.links[index] <= _LINK
        and not features.standing(block.box).flags & (ASIDE | FOOTER)
        else 0.0
        for index, block in enumerate(features.page.blocks)
    ]


def _lift(zone: Box, worths: list[float]) -> Box:
    """Return the outermost box around *zone* that contains clearly more of the article.

    Uncertain lists reduce the score of a box. So the best box may be only a part of a long article.
    The whole container is preferred to it.
    """
    sums = [0.0]
    for worth in worths:
        sums.append(sums[-1] + max(worth, 0.0))
    most = sums[zone.end] - sums[zone.first]
    for box in zone.path():
        if box.tag in _PAGE:
            break
        if sums[box.end] - sums[box.first] >= _LIFT * most:
            zone, most = box, sums[box.end] - sums[box.first]
    return zone


def _decide_lists(
    features: Features, chosen: list[bool], zone: Box, odds_of: Callable[[int], float]
) -> None:
    """Choose whole lists and tables of *zone*: single items and cells are too short to be sure of.

    A list between chosen blocks is chosen unless it is likely a menu or teasers.
    """
    page, standings = features.page, features.standings
    zone_words = standings.words[zone.end] - standings.words[zone.first]
    end = -1
    for box in page.boxes:
        if box.tag not in _LISTS or box.first < max(zone.first, end) or box.end > zone.end:
            continue
        total, good, linked = standings.held(box)
        if not total:
            continue
        around = chosen[max(zone.first, box.first - _LIST_BEFORE) : box.first]
        is_between = (
            box is not zone
            and linked <= _LIST_LINKS
            and True in around
            and True in chosen[box.end : box.end + _LIST_BEHIND]
        )
        if good and 2 * total > zone_words and not is_between:
            continue  # a table that holds most of the article is its layout
        if linked > _LINK and True not in chosen[box.end : zone.end]:
            continue  # links after the article lead to other articles
        end = box.end  # nested lists belong to it
        blocks = range(box.first, end)
        odds = sum(odds_of(index) * page.blocks[index].words for index in blocks)
        if odds >= (_LIST_LEAST if is_between else _LIST_ALONE) * total:
            for index in blocks:
                chosen[index] = True


def _decide_headings(
    page: Page, chosen: list[bool], zone: Box, odds_of: Callable[[int], float]
) -> None:
    """Keep and drop the headings of *zone* with the blocks that they head. A heading before a
    chosen block is dropped only if it is likely none of the article's."""
    next_heading = zone.end
    for index in reversed(range(zone.first, zone.end)):
        box = page.blocks[index].box
        if box.tag not in _HEADINGS:
            continue
        around = box.parent or box
        headed = chosen[index + 1 : min(next_heading, around.end)]
        if headed and headed[0]:
            chosen[index] = chosen[index] or odds_of(index) >= _HEADING_LEAST
        elif headed and True not in headed and odds_of(index) < _HEADING_ALONE:
            chosen[index] = False
        next_heading = index


def _keep_placeholders(page: Page, chosen: list[bool]) -> None:
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
            or is_placeholder(repair_word(block.text[:_LONGEST_WORD]))
        ):
            around = islice(page.blocks[index - 1].box.path(), _LEVELS)
            chosen[index] = not set(around).isdisjoint(islice(block.box.path(), _LEVELS))


def _drop_remote(page: Page, chosen: list[bool], odds: Mapping[int, float], zone: Box) -> None:
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
            apart += block.words > _SHORT

    def weight(index: int) -> int:
        return min(page.blocks[index].words, _MOST_WORDS)

    if not groups:  # only headings of nothing were chosen
        return
    most = max(groups, key=lambda group: sum(map(weight, group)))
    for group in groups:
        likely = sum(odds[index] * weight(index) for index in group)
        if group is not most and likely < _REMOTE * sum(map(weight, group)):
            for index in group:
                is_inside = zone.first <= index < zone.end
                chosen[index] = is_inside and odds.get(index, -1.0) >= _INSIDE


def _drop_headline(page: Page, chosen: list[bool], title: str) -> None:
    """Drop headline and byline at the start of the body, because they are separate fields."""
    has_name = False
    for index, block in enumerate(page.blocks):
        if not chosen[index]:
            continue
        is_title = bool(title) and fold(block.text) == fold(title)
        is_name = not has_name and _is_name_link(block)  # a list of links is not one
        if not (is_title or is_name or _is_time(block) or _is_byline(block.text)):
            return
        has_name = has_name or is_name
        chosen[index] = False


def _drop_rights(page: Page, chosen: list[bool]) -> None:
    """Drop the copyright notice at the end of the body."""
    for index in reversed(range(len(chosen))):
        text = page.blocks[index].text
        if chosen[index]:
            if len(text) > _LONGEST_RIGHTS or _RIGHTS.match(text) is None:
                return
            chosen[index] = False


def _is_byline(text: str) -> bool:
    if len(text) > _LONGEST_BYLINE:
        return False
    worded = read_worded_byline(text)
    if worded.authors and len(text) <= _LONGEST_NAME and not ending(text):
        return True  # "By Una Marsh"
    for byline in (worded, read_byline(text)):
        if (byline.published or byline.modified) and (byline.authors or byline.labels):
            return True
    return False


def _is_name_link(block: Block) -> bool:
    """Return True if *block* is only a short link: to an author, a newsroom or a section."""
    return len(block.text) <= _LONGEST_NAME and block.links >= len(block.text) - _MARKS


def _is_time(block: Block) -> bool:
    """Return True if *block* has only ``<time>`` elements."""
    return all(node.tag == "time" and not is_tail for node, is_tail in block.pieces)


def _drop_copies(page: Page, chosen: list[bool], zone: Box) -> None:
    """Drop repeated text: a block outside of *zone* that is also in it, and three blocks in a row
    that repeat earlier ones. Single repeated lines belong to the article."""
    long = [index for index, block in enumerate(page.blocks) if block.words >= _COPY]
    long = [index for index in long if chosen[index]]
    texts = [page.blocks[index].text for index in long]
    inside = {
        text for index, text in zip(long, texts, strict=True) if zone.first <= index < zone.end
    }
    places: dict[str, int] = {}
    for place, text in enumerate(texts):
        first = places.setdefault(text, place)
        if not zone.first <= long[place] < zone.end:
            chosen[long[place]] = text not in inside
        elif first < place and any(
            start >= 0 and texts[start : start + 3] == texts[shifted : shifted + 3]
            for start, shifted in zip(
                range(first - 2, first + 1), range(place - 2, place + 1), strict=True
            )
        ):
            chosen[long[place]] = False
