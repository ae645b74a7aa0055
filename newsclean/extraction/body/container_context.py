"""The container context of a box: its content, and properties of the boxes around it."""

from __future__ import annotations

from array import array
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple

from newsclean.extraction.body.words import FEW_WORDS, weigh_names
from newsclean.extraction.dom.regions import COMMENTS, named_region

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newsclean.extraction.body.blocks import Block, Box

ARTICLE, LIST, ASIDE, FOOTER, TALK = 1, 2, 4, 8, 16  # bits: several may be set
_FLAGS = {"article": ARTICLE, "li": LIST, "aside": ASIDE, "footer": FOOTER}
_NEARLY_ALL = 0.9  # of the words of the page; comments do not have as many
_GOOD_WORDS, _GOOD_LINKS = 12, 0.4  # words of a paragraph; share of them in links
_MANY_GOOD = 3  # paragraphs that make a container


class ContainerContext(NamedTuple):
    """The container context of a box."""

    flags: int
    near: float  # what the names of the innermost box that has known ones weigh
    least: float
    path: float  # what the names of all boxes around weigh, the nearer the more
    words: int
    links: float  # the share of its words that are in links
    blocks: int
    good: int  # blocks that look like a paragraph
    phrase: float  # the mean of what the words of its short blocks weigh
    wide_links: float  # the links of the smallest box around it that has three good blocks


class ContainerContexts:
    """Computes the container context of boxes from sums over the *blocks* of a page.

    *links* and *phrases* are, for each block, its share in links and the mean of its token weights.
    *names* is the table of weights of class names.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        links: Sequence[float],
        phrases: Sequence[float],
        names: Mapping[str, float],
    ) -> None:
        words = [block.words for block in blocks]
        # Arrays, because a page may have 120,000 blocks, and each number of a list is an object.
        self.words: array[int] = array("q", _sums(words))
        self.good: array[int] = array("q", _sums(_are_good(words, links)))
        self._linked: array[float] = array("d", _sums(map(mul, links, words)))
        self._spoken: array[float] = array("d", _sums(phrases))
        self._short: array[int] = array("q", _sums([0 < count <= FEW_WORDS for count in words]))
        self.total = self.words[-1] or 1
        self._names = names
        # What names weigh, and whether they are of comments.
        self._weighed: dict[tuple[str, ...], tuple[tuple[float, float] | None, bool]] = {}
        self._known: dict[Box, ContainerContext] = {}

    def of(self, box: Box) -> ContainerContext:
        """Return the container context of *box*."""
        known = self._known
        if (found := known.get(box)) is not None:
            return found
        unknown = []
        outer: Box | None = box
        while outer is not None and outer not in known:
            unknown.append(outer)
            outer = outer.parent
        for inner in reversed(unknown):
            known[inner] = self._context_of(inner)
        return known[box]

    def phrase(self, first: int, end: int) -> float:
        """Return the mean token weight of the short blocks from *first* up to *end*."""
        short = self._short[end] - self._short[first]
        return (self._spoken[end] - self._spoken[first]) / short if short else 0.0

    def held(self, box: Box) -> tuple[int, int, float]:
        """Return the words of *box*, its paragraphs, and the share of its words in links."""
        first, end = box.first, box.end
        words = self.words[end] - self.words[first]
        linked = self._linked[end] - self._linked[first]
        return words, self.good[end] - self.good[first], linked / words if words else 0.0

    def _context_of(self, box: Box) -> ContainerContext:
        first, end = box.first, box.end
        # As `held` and `phrase`, whose calls would be a third of the time.
        words = self.words[end] - self.words[first]
        good = self.good[end] - self.good[first]
        links = (self._linked[end] - self._linked[first]) / words if words else 0.0
        short = self._short[end] - self._short[first]
        phrase = (self._spoken[end] - self._spoken[first]) / short if short else 0.0
        outer = self._known[box.parent] if box.parent else None
        flags, near, least, path = outer[:4] if outer else (0, 0.0, 0.0, 0.0)
        if outer and box.names:
            names = box.names
            if names in self._weighed:
                weighed, is_talk = self._weighed[names]
            else:
                weighed = weigh_names(names, self._names)
                is_talk = bool(named_region(" ".join(names)) & COMMENTS)
                self._weighed[names] = weighed, is_talk
            if weighed:
                least, near = min(least, weighed[0]), weighed[1]
                path = 0.7 * path + near
            # Comments of readers, unless the article must be in it.
            if is_talk and words < _NEARLY_ALL * self.total:
                flags |= TALK
        return ContainerContext(
            flags | _FLAGS.get(box.tag, 0),
            near,
            least,
            path,
            words,
            links,
            end - first,
            good,
            phrase,
            links if good >= _MANY_GOOD or outer is None else outer.wide_links,
        )


def _sums(values: Iterable[float]) -> Iterator[Any]:
    """Yield the cumulative sums of *values*, beginning with 0."""
    return accumulate(values, initial=0)


def _are_good(words: Sequence[int], links: Sequence[float]) -> list[bool]:
    """Return for each block whether it `is_good`, without a call for each."""
    pairs = zip(words, links, strict=True)
    return [count >= _GOOD_WORDS and share < _GOOD_LINKS for count, share in pairs]


def is_good(words: int, links: float) -> bool:
    """Return True if a block may be a paragraph. It has *words* words, the share *links* in links.

    >>> is_good(40, 0.1), is_good(3, 1.0)
    (True, False)
    """
    return words >= _GOOD_WORDS and links < _GOOD_LINKS
