"""The features of a block, from which the trained model computes its log-odds.

The weights of words in class names and in short blocks are learned from labelled pages. All other
features are counted here. `NAMES` are the names of the features in a row.
"""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import accumulate
from math import log2
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import HEADINGS
from newsclean.extraction.body.blocks import Box
from newsclean.extraction.body.container_context import (
    ARTICLE,
    LIST,
    TALK,
    ContainerContext,
    ContainerContexts,
)
from newsclean.extraction.body.text_shape import beginning, capitals, ending, sentences
from newsclean.extraction.body.words import FEW_WORDS, vocabulary, weigh_phrases

if TYPE_CHECKING:
    from newsclean.extraction.body.blocks import Block, Page
    from newsclean.extraction.body.words import Weights

    # The tag and the names of a box, and of the box around it.
    _Kind = tuple[str, tuple[str, ...], str, tuple[str, ...]]

NAMES = (
    # the block: words, share in links, how it ends and begins, sentences, capitals, copies
    *("words", "links", "ending", "beginning", "sentences", "capitals", "copies", "tag"),
    *("heading", "summary"),  # blocks since the main heading; whether it is the page's summary
    *("phrase_least", "phrase_mean", "phrase_first"),  # the token weights of its words
    # token weights of the short blocks around it, and the least of those before it
    *("phrase_near", "phrase_parent", "phrase_outer", "phrase_before"),
    # whether its words are the title's, and the article's; blocks since a heading
    *("topical", "kindred", "headed"),
    *("talk", "in_article", "in_list", "hidden", "depth"),  # the context of its box
    *("near", "least", "path"),  # the weights of the class names around it
    *("parent_words", "parent_links", "parent_mean", "parent_good", "parent_share"),
    *("outer_words", "outer_links", "outer_mean", "outer_blocks", "outer_good", "outer_share"),
    "wide_links",  # of the smallest box around it that has three good blocks
    *(
        "kin",
        "kin_words",
        "kin_links",
        "kin_good",
        "kin_outer",
    ),  # of similar blocks: all in boxes like its own
    *("before", "previous_links", "next_links", "second_links"),
    # of the box with the highest score
    *("zone_share", "zone_place", "zone_depth", "zone_distance"),
    # what kind of text that box holds: headings, paragraphs, the share in links of paragraphs and
    # the share of words that lists and tables have
    *("zone_headings", "zone_good", "zone_linked", "zone_listed"),
    # blocks to the paragraph before and after in that box, levels up to a box that holds another
    *("good_before", "good_behind", "good_levels"),
)

_OTHER = 12  # number of every tag that is not in the table
_TAGS = {
    **dict.fromkeys(("p",), 0),
    **dict.fromkeys(("div", "section", "article", "main", "body"), 1),
    **dict.fromkeys(("td", "th"), 2),
    **dict.fromkeys(("li", "ul", "ol"), 3),
    **dict.fromkeys(("blockquote", "pre"), 4),
    **{"h2": 5, "h3": 6, "h4": 7, "h5": 8, "h6": 8, "h1": 9, "dt": 10, "dd": 10, "figure": 11},
    **{"header": 13, "footer": 14, "aside": 15},
}
_LISTED = frozenset({"li", "td", "th", "dt", "dd"})
_AROUND = 4  # blocks before and after a block whose words are features of it
_MAX_SHORT_WORDS, _LONG_AGO = 8, 40  # words; blocks
_MAX_TOPICAL = 10  # words
# The different words of each paragraph that are collected, about 100 bytes a word, so that a page
# of nothing but different words takes no more memory than others.
_ENOUGH_WORDS = 30_000
_FAR = 40  # blocks
PARAGRAPHS = frozenset({"p", "blockquote", "pre", "li", "dd"})
# A box of fewer words and paragraphs is not yet the container of an article, unless links are
# around it.
_FEW_ZONE_WORDS, _FEW_ZONE_GOOD, _FEW_ZONE_LINKS = 60, 2, 0.3
_MAX_LEVELS = 8


class Features:
    """The features of the blocks of a page."""

    def __init__(self, page: Page, weights: Weights, title: str = "", summary: str = "") -> None:
        self.page = page
        self.summary = summary
        blocks = page.blocks
        # Arrays, because a page may have 120,000 blocks, and each number of a list is an object.
        self.links = array("d", (block.links / len(block.text) for block in blocks))
        self._phrases = array("d")  # three token weights for each block
        for block in blocks:
            self._phrases.extend(weigh_phrases(block.text, block.words, weights.phrases))
        self.contexts = ContainerContexts(blocks, self.links, self._phrases[1::3], weights.names)
        self.words = self.contexts.words
        self.zone = self.container(best_box(page, list(map(self._score, blocks, self.links))))
        self.zone_share = self.context_of(self.zone).words / self.contexts.total
        self.copies = Counter(block.text for block in blocks)
        self.heading = _heading(blocks, title.lower())
        self.topic = {word for word in vocabulary(f"{title} {summary}") if _says_much(word)}
        self._around: dict[Box, tuple[tuple[float, ...], tuple[float, ...]]] = {}
        self._count_similar()
        self._count_words()
        self._look_back()
        self._survey_zone()

    def context_of(self, box: Box) -> ContainerContext:
        """Return the container context of *box*."""
        return self.contexts.of(box)

    def _score(self, block: Block, links: float) -> float:
        """Return a preliminary score of a block for the boxes around it. *links* is its share in
        links."""
        words = block.words
        if links > 0.5:
            return -min(words, 5.0)
        if words < 10 or links >= 0.3 or not (block.box.tag == "p" or sentences(block.text)):
            return -3.0
        if block.box.hidden or self.contexts.of(block.box).least < -2:
            return -5.0
        return words

    def container(self, zone: Box) -> Box:
        """Return the box around *zone* where that is a single paragraph, or little text: the others
        beside it are too short for a score of their own."""
        while (
            zone.parent is not None
            and zone.parent.tag != "html"
            and (zone.tag in PARAGRAPHS or self._is_scrap(zone))
            and self.context_of(zone.parent).links <= _FEW_ZONE_LINKS
        ):
            zone = zone.parent
        return zone

    def _is_scrap(self, zone: Box) -> bool:
        held = self.context_of(zone)
        return held.good < _FEW_ZONE_GOOD and held.words < _FEW_ZONE_WORDS

    def _count_similar(self) -> None:
        """Count the similar blocks: those in boxes of the same tag and names, in such a box."""
        known: dict[_Kind, list[float]] = {}  # first sums, then features
        self._similar: list[list[float]] = []  # of each block
        good_before = self.contexts.good
        for index, block in enumerate(self.page.blocks):
            box, links = block.box, self.links[index]
            around = box.parent or box
            kind = (box.tag, box.names, around.tag, around.names)
            found = known.get(kind)
            if found is None:
                found = known[kind] = [0.0, 0.0, 0.0, 0.0]
            self._similar.append(found)
            words = block.words
            found[0] += 1
            found[1] += words
            found[2] += words * links
            found[3] += good_before[index + 1] - good_before[index]
        outer: Counter[tuple[object, ...]] = Counter()
        for kind, sums in known.items():
            outer[kind[2:]] += int(sums[0])
        for kind, (count, total, linked, good) in known.items():
            mean, share = log2(total / count + 1), linked / max(1, total)
            known[kind][:] = count, mean, share, good, outer[kind[2:]]

    def _count_words(self) -> None:
        """Collect the words of the paragraphs in the zone, and the words that two of them have."""
        zone, good = self.zone, self.contexts.good
        self._vocabularies: dict[int, set[str]] = {}
        self._known: set[str] = set()
        self._shared: set[str] = set()
        count = 0
        for index in range(zone.first, zone.end):
            if good[index + 1] > good[index]:
                words = self._vocabularies[index] = vocabulary(self.page.blocks[index].text)
                self._shared |= self._known & words
                self._known |= words
                count += len(words)
                if count >= _ENOUGH_WORDS:
                    break

    def _look_back(self) -> None:
        """Compute for each block the number of blocks since the heading before it, and the lowest
        token weight of a short block before it, in the zone and since the last h1."""
        zone = self.zone
        self._headed, self._phrase_before = array("q"), array("d")
        heading, least = -_LONG_AGO, 0.0
        for index, block in enumerate(self.page.blocks):
            self._headed.append(min(index - heading, _LONG_AGO))
            self._phrase_before.append(least)
            if block.words <= FEW_WORDS and block.box.tag in HEADINGS:
                heading = index
            if block.words <= _MAX_SHORT_WORDS and zone.first <= index < zone.end:
                least = min(least, self._phrases[3 * index + 1])
            if block.box.tag == "h1":
                least = 0.0

    def _survey_zone(self) -> None:
        """Note what kind of text the zone holds, and how far its paragraphs are from each block."""
        blocks, good, zone = self.page.blocks, self.contexts.good, self.zone
        headings = words = listed = length = linked = 0
        for index in range(zone.first, zone.end):
            block = blocks[index]
            tag = block.box.tag
            headings += tag in HEADINGS
            words += block.words
            if tag in _LISTED:
                listed += block.words
            if good[index + 1] > good[index]:
                length += len(block.text)
                linked += block.links
        self._zone_kind = (
            log2(headings + 1),
            log2(good[zone.end] - good[zone.first] + 1),
            linked / length if length else 0.0,
            listed / words if words else 0.0,
        )
        count = len(blocks)
        self._good_before, self._good_behind = [_FAR] * count, [_FAR] * count
        far = _FAR
        for index in range(zone.first, count):
            self._good_before[index] = far
            far = 1 if good[index + 1] > good[index] and index < zone.end else min(far + 1, _FAR)
        far = _FAR
        for index in reversed(range(zone.end)):
            self._good_behind[index] = far
            far = 1 if good[index + 1] > good[index] and index >= zone.first else min(far + 1, _FAR)

    def _good_levels(self, box: Box, own: int) -> int:
        """Return how many levels above *box* is one that holds more than *own* paragraphs."""
        good, levels = self.contexts.good, 0
        around: Box | None = box
        while (
            around is not None
            and levels < _MAX_LEVELS
            and good[around.end] - good[around.first] <= own
        ):
            around = around.parent
            levels += 1
        return levels

    def row(self, index: int) -> tuple[float, ...]:
        """Return the features of the block at *index*, in the order of `NAMES`."""
        blocks, links, contexts = self.page.blocks, self.links, self.contexts
        block = blocks[index]
        text, words, box = block.text, block.words, block.box
        own = contexts.of(box)
        around = box.parent or box
        shared, held = self._around.get(around) or self._read_around(around)
        zone, last = self.zone, len(blocks) - 1
        inside = zone.first <= index < zone.end
        flags = own.flags
        heading, summary = self.heading, self.summary
        own_words = self._vocabularies.get(index)
        if own_words is None:
            own_words, known = vocabulary(text), self._known
        else:
            known = self._shared
        row = (
            log2(words + 1),
            links[index],
            ending(text),
            beginning(text),
            sentences(text),
            capitals(text),
            self.copies[text] - 1,
            _TAGS.get(box.tag, _OTHER),
            min(max(index - heading, -20), 60) if heading >= 0 else -30,
            len(text) > 20 and (text[:60] in summary or (summary[:60] or "\0") in text),
            *self._phrases[3 * index : 3 * index + 3],
            contexts.phrase(max(0, index - _AROUND), min(last, index + _AROUND) + 1),
            *shared,
            self._phrase_before[index],
            len(own_words & self.topic) / min(len(own_words), _MAX_TOPICAL),
            len(own_words & known) / len(own_words),
            self._headed[index],
            flags & TALK,
            flags & ARTICLE,
            flags & LIST,
            box.hidden,
            box.depth,
            own.near,
            own.least,
            own.path,
            *held,
            own.wide_links,
            *self._similar[index],
            self.words[index] / contexts.total,
            links[index - 1] if index else 0.0,
            links[index + 1] if index < last else 0.0,
            links[index - 2] if index > 1 else 0.0,
            self.zone_share,
            (index - zone.first) / (zone.end - zone.first) if inside else -1.0,
            box.depth - zone.depth if inside else -20,
            0 if inside else min(abs(index - zone.first), abs(index - zone.end), 50),
            *self._zone_kind,
            self._good_before[index],
            self._good_behind[index],
            self._good_levels(box, contexts.good[index + 1] - contexts.good[index]),
        )
        # Comparing two floats takes two thirds of the time of comparing an integer with a float.
        return tuple(map(float, row))

    def _read_around(self, box: Box) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return the token weights of the words in *box*, the parent of the box of a block, and in
        its parent, and the container context of both."""
        parent = self.contexts.of(box)
        outer = self.contexts.of(box.parent or box)
        total = self.contexts.total
        held = (
            log2(parent.words + 1),
            parent.links,
            parent.words / parent.blocks,
            parent.good,
            parent.words / total,
            log2(outer.words + 1),
            outer.links,
            outer.words / outer.blocks,
            outer.blocks,
            outer.good,
            outer.words / total,
        )
        found = self._around[box] = ((parent.phrase, outer.phrase), held)
        return found


def best_box(page: Page, scores: list[float]) -> Box:
    """Return the box with the highest sum of scores. Of equal boxes, return the innermost."""
    sums = list(accumulate(scores, initial=0.0))
    best, most = page.boxes[0], 0.0
    for box in page.boxes:
        score = sums[box.end] - sums[box.first]
        if score >= most and score > 0:
            best, most = box, score
    return best


def _heading(blocks: list[Block], title: str) -> int:
    """Return the index of the main heading, or -1."""
    first = -1
    for index, block in enumerate(blocks):
        tag = block.box.tag
        if tag == "h1" and first < 0:
            first = index
        if tag in {"h1", "h2"} and title and len(block.text) > 10:
            text = block.text.lower()
            if text in title or title in text:
                return index
    return first


def _says_much(word: str) -> bool:
    """Return True if *word* is typical for a text. Short words in scripts with spaces are not."""
    return len(word) > 3 or not word.isascii()
