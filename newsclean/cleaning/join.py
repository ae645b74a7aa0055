"""Join the clean bodies of a multi-page article."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.cleaning.body import CleanBody
from newsclean.cleaning.render import render
from newsclean.cleaning.tree import parse_fragment, visible_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from newsclean.cleaning.media import Media


def join_bodies(bodies: Sequence[CleanBody]) -> CleanBody:
    """Return one body made of *bodies*, the pages of an article in their order.

    Text that every page repeats at its start or its end (the headline, the lead, a picture, a
    note) is kept once, where it comes first. Repetitions within the text are kept. Media come in
    order, each once. Linear time; raises no exception.

    >>> from newsclean.cleaning import clean_body
    >>> pages = [clean_body("<p>Rain.</p><p>Photo: Foss</p>")]
    >>> pages.append(clean_body("<p>Wind.</p><p>Photo: Foss</p>"))
    >>> join_bodies(pages).text.split()
    ['Rain.', 'Photo:', 'Foss', 'Wind.']
    """
    if len(bodies) == 1:
        return bodies[0]
    whole = etree.Element("body")
    seen: set[tuple[str, ...]] = set()
    for body in bodies:
        blocks = list(parse_fragment(body.html))
        contents = [_content_of(block) for block in blocks]
        first, end = _own_part(contents, seen)
        whole.extend(blocks[first:end])
        seen.update(contents)
    text, html, _ = render(whole)
    return CleanBody(
        text,
        html,
        images=_once(one for body in bodies for one in body.images),
        videos=_once(one for body in bodies for one in body.videos),
        audios=_once(one for body in bodies for one in body.audios),
        changes=_sum(body.changes for body in bodies),
    )


def _own_part(contents: Sequence[tuple[str, ...]], seen: set[tuple[str, ...]]) -> tuple[int, int]:
    """Return start and end of the blocks of a page that no page before it has."""
    first, end = 0, len(contents)
    while first < end and contents[first] in seen:
        first += 1
    while end > first and contents[end - 1] in seen:
        end -= 1
    return first, end


def _content_of(block: _Element) -> tuple[str, ...]:
    """Return the words and the image URLs of *block*."""
    if not isinstance(block.tag, str):
        return ()
    words = "".join(visible_text(block).split())
    return (words, *(one.get("src", "") for one in block.iter("img", "video", "audio")))


def _once(media: Iterable[Media]) -> list[Media]:
    found: dict[str, Media] = {}
    for one in media:
        found.setdefault(one.url, one)
    return list(found.values())


def _sum(changes: Iterable[dict[str, dict[str, int]]]) -> dict[str, dict[str, int]]:
    total: dict[str, Counter[str]] = {}
    for one in changes:
        for step, counts in one.items():
            total.setdefault(step, Counter()).update(counts)
    return {step: dict(counts) for step, counts in total.items()}
