"""Choose the blocks of a page that belong to its article.

A trained model (`model`) gives the log-odds that a block belongs to the article. The box with the
highest sum is the body. Blocks outside of it need higher log-odds. Short blocks and links count
only between paragraphs of the article.
"""

from __future__ import annotations

from itertools import accumulate
from math import tanh
from typing import TYPE_CHECKING

from newsclean.extraction.body.container_context import ASIDE, FOOTER
from newsclean.extraction.body.decoded import keep_decoded
from newsclean.extraction.body.drop import drop_copies, drop_excerpts, drop_remote
from newsclean.extraction.body.edges import drop_headline, drop_rights
from newsclean.extraction.body.extend import (
    decide_headings,
    decide_lists,
    extend_alike,
    extend_between,
    extend_ends,
    keep_placeholders,
)
from newsclean.extraction.body.features import PARAGRAPHS, Features, best_box
from newsclean.extraction.body.judge import COPY, LINK, MAX_WORDS, SHORT, Judge
from newsclean.extraction.body.model import load_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.extraction.body.blocks import Box, Page
    from newsclean.extraction.body.model import Model

_MIN_WORDS = 5  # words; a page of less has no article
# A box around the box of the body is preferred if the score of its good blocks is higher by this
# factor.
_LIFT = 1.15
_PAGE = frozenset({"body", "html"})


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
    judge = Judge(features, log_odds)
    scores = [0.0] * len(blocks)
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        if block.words <= SHORT or links[index] > LINK:
            continue
        odds = judge.odds_of(index)
        if block.words < COPY or block.text not in seen:
            score = tanh(odds / 2) * min(block.words, MAX_WORDS)
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
        extend_between(page, chosen, judge.is_between)
        extend_ends(page, chosen, judge)
        decide_lists(features, chosen, zone, judge.odds_of)
        decide_headings(page, chosen, zone, judge.odds_of)
        drop_remote(page, chosen, judge.odds, zone)
        extend_alike(features, chosen, zone, judge)
    keep_decoded(page, chosen, features, judge.odds_of)
    if page.decoded:
        drop_excerpts(page, chosen)
    drop_copies(page, chosen, zone)
    keep_placeholders(page, chosen)
    drop_headline(page, chosen, title)
    drop_rights(page, chosen)
    return chosen


def _short_scores(features: Features, odds_of: Callable[[int], float]) -> list[float]:
    """Return the score of each block on a page that has only short lines and links."""
    return [
        tanh(odds_of(index) / 2) * block.words
        if features.links[index] <= LINK
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


def _lift(zone: Box, scores: list[float]) -> Box:
    """Return the outermost box around *zone* that contains clearly more of the article.

    Uncertain lists reduce the score of a box. So the best box may be only a part of a long article.
    The whole container is preferred to it.
    """
    sums = list(accumulate([max(score, 0.0) for score in scores], initial=0.0))
    most = sums[zone.end] - sums[zone.first]
    for box in zone.path():
        if box.tag in _PAGE:
            break
        if sums[box.end] - sums[box.first] >= _LIFT * most:
            zone, most = box, sums[box.end] - sums[box.first]
    return zone
