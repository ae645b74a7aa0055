"""Decide about single blocks by their log-odds and their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.cleaning.elements import HEADINGS
from newsclean.extraction.body.container_context import ASIDE, FOOTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.extraction.body.features import Features

# Minimum log-odds of a block in the box of the body, and outside of it. They were chosen with the
# trees by cross-validation over sites.
INSIDE, _OUTSIDE = 0.0, 0.8
# Words. Shorter blocks, and links, are only chosen between other chosen blocks.
SHORT, LINK = 3, 0.9
MAX_WORDS = 80  # a longer block counts no more
COPY = 12  # words; a block with the same text as an earlier one is a copy
# Log-odds of a block between chosen blocks of the same container.
_BETWEEN = -1.0
_SURE = 3.0  # log-odds of a link that is a paragraph
NO_TEXT = HEADINGS | {"li", "dt", "dd", "td", "th"}
# Lines about the article in its body. They are in other fields of the record.
_ABOUT = re.compile(r"[(（【\[\s]*(?:责任编辑|责编|编辑|原标题|本文编辑|审核|校对)\s*[:：]")
_MAX_ABOUT_LENGTH = 60  # characters


class Judge:
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
            return self.odds_of(index) >= (_OUTSIDE if self.is_apart(index) else INSIDE)
        return self.odds_of(index) >= _OUTSIDE and not self.is_apart(index)

    def is_between(self, index: int) -> bool:
        """Return True if the block is likely enough between two chosen ones of its container."""
        return self._is_text(index) and self.is_line(index)

    def is_line(self, index: int) -> bool:
        """Return True if the block is likely enough beside chosen ones of its box."""
        return (
            self._links[index] <= LINK
            and not self._is_about(index)
            and self.odds_of(index) >= _BETWEEN
        )

    def is_end(self, index: int) -> bool:
        """Return True if the block may begin or end the article: a short line, or a sentence that
        is a link as a whole (an ``<a>`` without an end)."""
        words = self._blocks[index].words
        if self._links[index] > LINK:
            return words >= COPY and self.odds_of(index) >= _SURE
        return words <= SHORT and self._is_text(index) and self.is_kept(index)

    def _is_about(self, index: int) -> bool:
        """Return True if the block is a line about the article: its editor, its first headline."""
        text = self._blocks[index].text
        return len(text) <= _MAX_ABOUT_LENGTH and _ABOUT.match(text) is not None

    def _is_text(self, index: int) -> bool:
        """Return True if the block is no heading, and no part of a list."""
        return self._blocks[index].box.tag not in NO_TEXT
