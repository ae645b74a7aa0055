"""Choose the blocks of a page that belong to its article.

A trained model (`model`) gives the log-odds that a block belongs to the article. The box with the
highest sum is the body. Blocks outside of it need higher log-odds. Short blocks and links count
only between paragraphs of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise
from math import tanh
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import HEADINGS
from newsclean.cleaning.mojibake import repair_word
from newsclean.cleaning.placeholders import is_placeholder
from newsclean.cleaning.tables import is_layout
from newsclean.extraction.body.container_context import ASIDE, FOOTER, is_good
from newsclean.extraction.body.decoded import keep_decoded
from newsclean.extraction.body.features import PARAGRAPHS, Features, best_box
from newsclean.extraction.body.model import load_model
from newsclean.extraction.body.text_shape import ending
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
_MAX_WORDS = 80  # a longer block counts no more
_COPY = 12  # words; a block with the same text as an earlier one is a copy
# Copies are dropped if they are this share of the chosen words: a second form of the article, for
# print or for phones. In ten labelled pages that repeat less, the article repeats itself.
_COPIED = 0.12
_CUT = re.compile(r"\s{0,9}(?:\[?(?:…|\.\.\.)\]?)\Z")  # the end of an excerpt
_RUN = 3  # copies in a row; fewer are repeated lines
_MIN_WORDS = 5  # words; a page of less has no article
# A box around the box of the body is preferred if the score of its good blocks is higher by this
# factor.
_LIFT = 1.15
# Limits for a list or a table between chosen blocks, which is kept as a whole: the mean log-odds of
# its words, and its share in links. Menus and teasers have -5, long lists of articles down to -3.
_MIN_LIST_ODDS, _LIST_LINKS = -3.0, 0.6
_LIST_BEFORE, _LIST_AFTER = 4, 6  # blocks around it of which one is chosen
_LISTS = frozenset({"ul", "ol", "dl", "table"})
_MIN_TABLE_ODDS = -6.0  # no menu is a table of several columns between paragraphs
# One beside chosen blocks, or of links, is kept if its words are likely as a whole.
_LIST_ALONE = 0.5
# Log-odds of a block between chosen blocks of the same container.
_BETWEEN = -1.0
# A paragraph between chosen ones that have the same elements around them: its log-odds, how many
# there must be, and the boxes around it that are compared.
_ALIKE, _MANY_ALIKE, _FORM_LEVELS = -5.0, 2, 6
_SURE = 3.0  # log-odds of a link that is a paragraph
_MANY_LINES = 3  # chosen blocks of one box, which breaks separate
_MAX_AT_END = 5  # short blocks before the first and after the last paragraph
_NO_TEXT = HEADINGS | {"li", "dt", "dd", "td", "th"}
_HEADINGS = HEADINGS - {"h1"}
_MIN_HEADING_ODDS, _HEADING_ALONE = -1.5, 2.0
_PAGE = frozenset({"body", "html"})
_LEVELS = 3  # boxes from a paragraph to its container: <div><section><p>
# Lines about the article in its body. They are in other fields of the record.
_ABOUT = re.compile(r"[(（【\[\s]*(?:责任编辑|责编|编辑|原标题|本文编辑|审核|校对)\s*[:：]")
# The copyright notice of a site, which may be at the end of the body.
_RIGHTS = re.compile(
    r"""©|copyright\b|all\ rights\ reserved|alle\ rechte\ vorbehalten|tous\ droits\ réservés
    |todos\ (?:los\ derechos|os\ direitos)\ reservados|tutti\ i\ diritti\ riservati
    |wszelkie\ prawa\ zastrzeżone|все\ права\ защищены|tüm\ hakları\ saklıdır
    |με\ επιφύλαξη\ (?:παντός|κάθε)|giữ\ bản\ quyền|bản\ quyền\ thuộc|सर्वाधिकार\ सुरक्षित
    |جميع\ الحقوق\ محفوظة|版权所有|版權所有|無断転載|무단\ ?전재""",
    re.IGNORECASE | re.VERBOSE,
)
_MAX_WORD_LENGTH = 80  # characters of a slot that was read in the wrong charset
_MAX_RIGHTS_LENGTH = 200  # characters
_MAX_ABOUT_LENGTH = 60  # characters
_MAX_BYLINE_LENGTH = 160  # characters
_MAX_NAME_LENGTH = 40  # characters of a link that is a name; a sentence is longer
_MARKS = 3  # characters around it outside of links, such as a dash


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
    judge = _Judge(features, log_odds)
    scores = [0.0] * len(blocks)
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        if block.words <= _SHORT or links[index] > _LINK:
            continue
        odds = judge.odds_of(index)
        if block.words < _COPY or block.text not in seen:
            score = tanh(odds / 2) * min(block.words, _MAX_WORDS)
            scores[index] = min(score, 0.0) if judge.is_apart(index) else score
            seen.add(block.text)
    judged = set(judge.odds)
    zone = judge.zone = _around(features.container(_lift(best_box(page, scores), scores)))
    kept = [index for index in judge.odds if judge.is_kept(index)]
    if sum(blocks[index].words for index in kept) < _MIN_WORDS:
        zone = features.container(best_box(page, _short_scores(features, judge.odds_of)))
        judge.zone = zone
        judged = set(judge.odds)
        kept = [index for index in sorted(judged) if judge.is_kept(index)]
    chosen = [False] * len(blocks)
    if kept and sum(blocks[index].words for index in kept) >= _MIN_WORDS:
        # The blocks between the first and the last chosen one that have no score yet.
        for index in range(kept[0], kept[-1] + 1):
            chosen[index] = index not in judged and judge.is_kept(index)
        for index in kept:
            chosen[index] = True
        _extend(page, chosen, judge.is_between)
        _extend_ends(page, chosen, judge)
        _decide_lists(features, chosen, zone, judge.odds_of)
        _decide_headings(page, chosen, zone, judge.odds_of)
        _drop_remote(page, chosen, judge.odds, zone)
        _extend_alike(features, chosen, zone, judge)
    keep_decoded(page, chosen, features, judge.odds_of)
    if page.decoded:
        _drop_excerpts(page, chosen)
    _drop_copies(page, chosen, zone)
    _keep_placeholders(page, chosen)
    _drop_headline(page, chosen, title)
    _drop_rights(page, chosen)
    return chosen


class _Judge:
    """Decides about single blocks. ``zone`` is the box of the body, once it is known, and ``odds``
    the log-odds that were computed."""

    def __init__(self, features: Features, log_odds: Callable[[tuple[float, ...]], float]) -> None:
        self.zone = features.page.boxes[0]
        self.odds: dict[int, float] = {}
        self._features = features
        self._log_odds = log_odds
        self._blocks, self._links = features.page.blocks, features.links

    def odds_of(self, index: int) -> float:
        """Return the log-odds that the block belongs to the article."""
        if index not in self.odds:
            self.odds[index] = self._log_odds(self._features.row(index))
        return self.odds[index]

    def is_apart(self, index: int) -> bool:
        """Return True if the block is in an aside. It may be part of the body, but it is not the
        body, and it is never chosen outside of it."""
        return bool(self._features.context_of(self._blocks[index].box).flags & (ASIDE | FOOTER))

    def is_kept(self, index: int) -> bool:
        """Return True if the block is likely enough for its place."""
        if not self._blocks[index].words or self._is_about(index):
            return False
        if self.zone.first <= index < self.zone.end:
            return self.odds_of(index) >= (_OUTSIDE if self.is_apart(index) else _INSIDE)
        return self.odds_of(index) >= _OUTSIDE and not self.is_apart(index)

    def is_between(self, index: int) -> bool:
        """Return True if the block is likely enough between two chosen ones of its container."""
        return self._is_text(index) and self.is_line(index)

    def is_line(self, index: int) -> bool:
        """Return True if the block is likely enough beside chosen ones of its box."""
        return (
            self._links[index] <= _LINK
            and not self._is_about(index)
            and self.odds_of(index) >= _BETWEEN
        )

    def is_end(self, index: int) -> bool:
        """Return True if the block may begin or end the article: a short line, or a sentence that
        is a link as a whole (an ``<a>`` without an end)."""
        words = self._blocks[index].words
        if self._links[index] > _LINK:
            return words >= _COPY and self.odds_of(index) >= _SURE
        return words <= _SHORT and self._is_text(index) and self.is_kept(index)

    def _is_about(self, index: int) -> bool:
        """Return True if the block is a line about the article: its editor, its first headline."""
        text = self._blocks[index].text
        return len(text) <= _MAX_ABOUT_LENGTH and _ABOUT.match(text) is not None

    def _is_text(self, index: int) -> bool:
        """Return True if the block is no heading, and no part of a list."""
        return self._blocks[index].box.tag not in _NO_TEXT


def _short_scores(features: Features, odds_of: Callable[[int], float]) -> list[float]:
    """Return the score of each block on a page that has only short lines and links."""
    return [
        tanh(odds_of(index) / 2) * block.words
        if features.links[index] <= _LINK
        and not features.context_of(block.box).flags & (ASIDE | FOOTER)
        else 0.0
        for index, block in enumerate(features.page.blocks)
    ]


def _around(zone: Box) -> Box:
    """Return the box around *zone* if that is a single paragraph: its container, although it may
    hold a table full of links."""
    while zone.tag in PARAGRAPHS and zone.parent is not None and zone.parent.tag not in _PAGE:
        zone = zone.parent
    return zone


def _are_beside(one: Box, other: Box) -> bool:
    """Return True if the text of both boxes is in the same container: two paragraphs, or a
    paragraph and a line without one."""
    return one is other or one.parent in (other, other.parent) or other.parent is one


def _lift(zone: Box, scores: list[float]) -> Box:
    """Return the outermost box around *zone* that contains clearly more of the article.

    Uncertain lists reduce the score of a box. So the best box may be only a part of a long article.
    The whole container is preferred to it.
    """
    sums = [0.0]
    for score in scores:
        sums.append(sums[-1] + max(score, 0.0))
    most = sums[zone.end] - sums[zone.first]
    for box in zone.path():
        if box.tag in _PAGE:
            break
        if sums[box.end] - sums[box.first] >= _LIFT * most:
            zone, most = box, sums[box.end] - sums[box.first]
    return zone


def _extend(page: Page, chosen: list[bool], is_likely: Callable[[int], bool]) -> None:
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


def _extend_alike(features: Features, chosen: list[bool], zone: Box, judge: _Judge) -> None:
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


def _extend_ends(page: Page, chosen: list[bool], judge: _Judge) -> None:
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


def _decide_lists(
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
        if linked > _LINK and last < box.end:
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


def _decide_headings(
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
            or is_placeholder(repair_word(block.text[:_MAX_WORD_LENGTH]))
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
        return min(page.blocks[index].words, _MAX_WORDS)

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
    """Drop headline, byline and number of readers at the start of the body, because they are
    separate fields, or no text."""
    has_name = False
    for index, block in enumerate(page.blocks):
        if not chosen[index]:
            continue
        is_title = bool(title) and fold(block.text) == fold(title)
        is_name = not has_name and _is_name_link(block)  # a list of links is not one
        is_count = block.text.isdecimal() and len(block.text) > 1 and block.box.tag not in _NO_TEXT
        if not (is_title or is_name or is_count or _is_time(block) or _is_byline(block.text)):
            return
        has_name = has_name or is_name
        chosen[index] = False


def _drop_rights(page: Page, chosen: list[bool]) -> None:
    """Drop the copyright notice at the end of the body."""
    for index in reversed(range(len(chosen))):
        text = page.blocks[index].text
        if chosen[index]:
            if len(text) > _MAX_RIGHTS_LENGTH or _RIGHTS.match(text) is None:
                return
            chosen[index] = False


def _is_byline(text: str) -> bool:
    if len(text) > _MAX_BYLINE_LENGTH:
        return False
    worded = read_worded_byline(text)
    if worded.authors and len(text) <= _MAX_NAME_LENGTH and not ending(text):
        return True  # "By Una Marsh"
    for byline in (worded, read_byline(text)):
        moment = byline.published or byline.modified
        if moment is not None:
            rest = text.replace(moment.raw, "")
            # The day alone, or "Elif Karadere, 18 Nisan 2026 09:30".
            is_short = len(rest) <= _MAX_NAME_LENGTH and "T" in moment.value and not ending(text)
            if byline.authors or byline.labels or is_short or not any(map(str.isalnum, rest)):
                return True
    return False


def _is_name_link(block: Block) -> bool:
    """Return True if *block* is only a short link: to an author, a newsroom or a section."""
    return len(block.text) <= _MAX_NAME_LENGTH and block.links >= len(block.text) - _MARKS


def _is_time(block: Block) -> bool:
    """Return True if *block* has only ``<time>`` elements."""
    return all(node.tag == "time" and not is_tail for node, is_tail in block.pieces)


def _drop_excerpts(page: Page, chosen: list[bool]) -> None:
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
        if not has_more and page.blocks[places[short]].words < _COPY:
            continue
        chosen[places[short]] = False
        while min(before, last) >= 0 and texts[before] == texts[last] and chosen[places[before]]:
            chosen[places[before]] = False
            before, last = before - 1, last - 1


def _drop_copies(page: Page, chosen: list[bool], zone: Box) -> None:
    """Drop repeated text: a block outside of *zone* that is also in it, a hidden block that is also
    shown, and a second form of the article. Other repeated lines belong to the article."""
    blocks = page.blocks
    long = [i for i, block in enumerate(blocks) if chosen[i] and block.words >= _COPY]
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
