"""What speaks for and against a block: the numbers that the trained trees decide by.

Words in class names and in short blocks are weighed by `names` and `phrases`, learned from
labelled pages; everything else is counted here. `NAMES` says what the numbers of a row are.
"""

from __future__ import annotations

from collections import Counter
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from newsclean.extraction.body.blocks import Box
from newsclean.extraction.body.words import weigh_names, weigh_phrases

if TYPE_CHECKING:
    from newsclean.extraction.body.blocks import Block, Page
    from newsclean.extraction.body.words import Weights

NAMES = (
    # the block: words, share in links, how it ends and begins, sentences, capitals, copies
    *("words", "links", "ending", "beginning", "sentences", "capitals", "copies", "tag"),
    *("heading", "summary"),  # blocks since the main heading; whether it is the page's summary
    *("phrase_least", "phrase_mean", "phrase_first"),  # what its words weigh
    *(
        "side",
        "talk",
        "elsewhere",
        "in_main",
        "in_article",
        "in_list",
        "hidden",
        "depth",
    ),  # what it stands in
    *("near", "least", "most", "path"),  # what the names of the boxes around it weigh
    *("parent_words", "parent_links", "parent_mean", "parent_good", "parent_share"),
    *("outer_words", "outer_links", "outer_mean", "outer_blocks", "outer_good", "outer_share"),
    "wide_links",  # of the smallest box around it that has three good blocks
    *("kin", "kin_words", "kin_links", "kin_good", "kin_outer"),  # all blocks in boxes like its own
    *("before", "previous_links", "next_links", "second_links"),
    *(
        "zone_share",
        "zone_place",
        "zone_depth",
        "zone_distance",
    ),  # of the box worth most as a whole
)

ARTICLE, LIST, ASIDE, FOOTER, HEADER, TALK, ELSEWHERE, MAIN = 1, 2, 4, 8, 16, 32, 64, 128
_FLAGS = {
    "main": MAIN,
    "article": ARTICLE,
    "li": LIST,
    "aside": ASIDE,
    "footer": FOOTER,
    "header": HEADER,
}
# What readers wrote, and what leads to other articles, unless the article must be in it.
_TALK = frozenset(
    """comment comments commentlist disqus discussion kommentar kommentare komentarze comentarios
    commentaires commenti respond reply replies pinglun pl""".split()
)
_ELSEWHERE = frozenset(
    """related recommend recommended recommendation recommendations teaser teasers promo newsletter
    readmore trending popular outbrain taboola sidebar widget hot rank tuijian xiangguan""".split()
)
_MOST, _NEARLY_ALL = 0.6, 0.9
_OTHER = 12
_TAGS = {
    **dict.fromkeys(("p",), 0),
    **dict.fromkeys(("div", "section", "article", "main", "body"), 1),
    **dict.fromkeys(("td", "th"), 2),
    **dict.fromkeys(("li", "ul", "ol"), 3),
    **dict.fromkeys(("blockquote", "pre"), 4),
    **{"h2": 5, "h3": 6, "h4": 7, "h5": 8, "h6": 8, "h1": 9, "dt": 10, "dd": 10, "figure": 11},
    **{"header": 13, "footer": 14, "aside": 15},
}
_ENDS = frozenset(".!?。！？…\"”»’'」)）;；")
_QUOTES = frozenset("\"“„«「'‘")
_GOOD_WORDS, _GOOD_LINKS = 12, 0.4


class Standing(NamedTuple):
    """What a box inherits and holds."""

    flags: int
    near: float
    least: float
    most: float
    path: float
    words: int
    links: float  # the share of its words that stand in links
    blocks: int
    good: int  # blocks that look like a paragraph


class Features:
    """The features of one page's blocks."""

    def __init__(self, page: Page, weights: Weights, title: str = "", summary: str = "") -> None:
        self.page = page
        self.weights = weights
        self.summary = summary
        blocks = page.blocks
        self.links = [block.links / len(block.text) for block in blocks]
        self.words, self.linked, self.good = [0], [0.0], [0]
        for block, share in zip(blocks, self.links, strict=True):
            self.words.append(self.words[-1] + block.words)
            self.linked.append(self.linked[-1] + share * block.words)
            good = block.words >= _GOOD_WORDS and share < _GOOD_LINKS
            self.good.append(self.good[-1] + good)
        self.total = self.words[-1] or 1
        self.standings: dict[Box, Standing] = {}
        self._weighed: dict[tuple[str, ...], tuple[float, float, float] | None] = {}
        self.zone = best_box(page, [self._worth(index) for index in range(len(blocks))])
        self.zone_share = self.standing(self.zone).words / self.total
        self.copies = Counter(block.text for block in blocks)
        self.heading = _heading(blocks, title.lower())
        self._count_kin()

    def standing(self, box: Box) -> Standing:
        """Return what *box* inherits and holds."""
        standings = self.standings
        if box not in standings:
            unknown = []
            for outer in box.path():
                if outer in standings:
                    break
                unknown.append(outer)
            for inner in reversed(unknown):
                standings[inner] = self._standing(inner)
        return standings[box]

    def _standing(self, box: Box) -> Standing:
        first, end = box.first, box.end
        words = self.words[end] - self.words[first]
        links = (self.linked[end] - self.linked[first]) / words if words else 0.0
        good = self.good[end] - self.good[first]
        outer = self.standings[box.parent] if box.parent else None
        flags, near, least, most, path = outer[:5] if outer else (0, 0.0, 0.0, 0.0, 0.0)
        if outer and box.names:
            names = box.names
            if names in self._weighed:
                weighed = self._weighed[names]
            else:
                weighed = self._weighed[names] = weigh_names(names, self.weights.names)
            if weighed:
                near = weighed[2]
                least, most = min(least, weighed[0]), max(most, weighed[1])
                path = 0.7 * path + near
            if not _TALK.isdisjoint(names) and words < _NEARLY_ALL * self.total:
                flags |= TALK
            if not _ELSEWHERE.isdisjoint(names) and words < _MOST * self.total:
                flags |= ELSEWHERE
        flags |= _FLAGS.get(box.tag, 0)
        return Standing(flags, near, least, most, path, words, links, end - first, good)

    def _worth(self, index: int) -> float:
        """Return a first guess of what a block is worth to the boxes that it is in."""
        block = self.page.blocks[index]
        words, links = block.words, self.links[index]
        if links > 0.5:
            return -min(words, 5.0)
        if words < 10 or links >= 0.3 or not (block.box.tag == "p" or _sentences(block.text)):
            return -3.0
        if block.box.hidden or self.standing(block.box).least < -2:
            return -5.0
        return words

    def _count_kin(self) -> None:
        """Count the blocks in boxes of the same tag and names, in boxes of the same."""
        kin: dict[tuple[object, ...], list[float]] = {}
        outer: Counter[tuple[object, ...]] = Counter()
        known: dict[Box, tuple[list[float], tuple[object, ...]]] = {}
        for block, links in zip(self.page.blocks, self.links, strict=True):
            box = block.box
            if box not in known:
                around = box.parent or box
                around_it: tuple[object, ...] = (around.tag, around.names)
                alike = kin.setdefault((box.tag, box.names, *around_it), [0, 0, 0.0, 0])
                known[box] = (alike, around_it)
            sums, place = known[box]
            outer[place] += 1
            words = block.words
            sums[0] += 1
            sums[1] += words
            sums[2] += words * links
            sums[3] += words >= _GOOD_WORDS and links < _GOOD_LINKS
        self._kin, self._kin_outer = known, outer

    def row(self, index: int) -> tuple[float, ...]:
        """Return the features of the block at *index*, in the order of `NAMES`."""
        blocks, links, standings = self.page.blocks, self.links, self.standings
        block = blocks[index]
        text, words, box = block.text, block.words, block.box
        own = self.standing(box)  # and with it, of all around it
        around = box.parent or box
        parent = standings[around]
        outer = standings[around.parent or around]
        wide = box
        while standings[wide].good < 3 and wide.parent is not None:
            wide = wide.parent
        kin, place = self._kin[box]
        zone, last = self.zone, len(blocks) - 1
        inside = zone.first <= index < zone.end
        flags = own.flags
        least, mean, first = weigh_phrases(text, words, self.weights.phrases)
        heading, summary = self.heading, self.summary
        return (
            log2(words + 1),
            links[index],
            1.0 if text[-1] in _ENDS else 0.5 if text[-1] in ":：" else 0.0,
            _beginning(text[0]),
            _sentences(text),
            _capitals(text),
            self.copies[text] - 1,
            _TAGS.get(box.tag, _OTHER),
            min(max(index - heading, -20), 60) if heading >= 0 else -30,
            len(text) > 20 and (text[:60] in summary or (summary[:60] or "\0") in text),
            least,
            mean,
            first,
            flags & (ASIDE | FOOTER | HEADER),
            flags & TALK,
            flags & ELSEWHERE,
            flags & MAIN,
            flags & ARTICLE,
            flags & LIST,
            box.hidden,
            box.depth,
            own.near,
            own.least,
            own.most,
            own.path,
            log2(parent.words + 1),
            parent.links,
            parent.words / parent.blocks,
            parent.good,
            parent.words / self.total,
            log2(outer.words + 1),
            outer.links,
            outer.words / outer.blocks,
            outer.blocks,
            outer.good,
            outer.words / self.total,
            standings[wide].links,
            kin[0],
            log2(kin[1] / kin[0] + 1),
            kin[2] / max(1, kin[1]),
            kin[3],
            self._kin_outer[place],
            self.words[index] / self.total,
            links[index - 1] if index else 0.0,
            links[index + 1] if index < last else 0.0,
            links[index - 2] if index > 1 else 0.0,
            self.zone_share,
            (index - zone.first) / (zone.end - zone.first) if inside else -1.0,
            box.depth - zone.depth if inside else -20,
            0 if inside else min(abs(index - zone.first), abs(index - zone.end), 50),
        )


def best_box(page: Page, worths: list[float]) -> Box:
    """Return the box whose blocks are worth most together, the innermost of equals."""
    sums = [0.0]
    for worth in worths:
        sums.append(sums[-1] + worth)
    best, most = page.boxes[0], 0.0
    for box in page.boxes:
        worth = sums[box.end] - sums[box.first]
        if worth >= most and worth > 0:
            best, most = box, worth
    return best


def _heading(blocks: list[Block], title: str) -> int:
    """Return the index of the main heading, -1 where there is none."""
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


def _beginning(char: str) -> int:
    if char.islower():
        return 0
    if char.isupper():
        return 1
    if char.isdigit():
        return 2
    if char.isalpha():
        return 3
    return 4 if char in _QUOTES else 5


def _sentences(text: str) -> float:
    count = text.count
    found = count(". ") + (text[-1] in ".!?…")
    if not text.isascii():
        found += count("。") + count("！") + count("？") + count(".”") + count("»")
    if "?" in text or "!" in text:
        found += count("? ") + count("! ")
    return log2(found + 1)


def _capitals(text: str) -> float:
    """Return the share of the first words that begin with a capital."""
    words = text[:120].split(" ", 12)[:12]
    return sum(word[:1].isupper() for word in words) / len(words)
