"""Find the heading of the article: the heading that is most like the title of the page."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.dom.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

_MIN_KEY_LENGTH = 8  # characters; shorter headings are in many titles by chance
_MAX_LENGTH = 1_000  # characters of a heading or a title that are read
_MAX_COUNT = 40  # headings of a kind that are read; texts of a heading
_SEPARATOR = re.compile(r"\s[|\-–—·»:]\s|[|｜]")  # before the name of the site in a title
_ENOUGH = 0.5  # share of a title, which may also have the name of the site


def find_heading(
    elements: Mapping[str, Sequence[_Element]], metas: Mapping[str, Sequence[str]]
) -> _Element | None:
    """Return the heading of the article among the *elements* of a page (`Page.elements`), or None.
    It is the heading with the largest part of ``og:title`` or ``<title>``, preferably an ``<h1>``;
    otherwise the first ``<h1>``. *metas* are the meta tags by name. Reads 40 headings of a kind."""
    titles = [_fold(text) for text in metas.get("og:title", ())]
    for node in elements["title"][:1]:
        text = "".join(node.itertext())[:_MAX_LENGTH]
        titles += [_fold(text), _fold(_SEPARATOR.split(text, maxsplit=1)[0])]
    sites = {_fold(name) for name in metas.get("og:site_name", ())}
    best, most, first = None, 0.0, None
    for is_first in (True, False):
        nodes = [node for node in elements["heading"] if (node.tag == "h1") is is_first]
        for node in nodes[:_MAX_COUNT]:
            key = _fold_node(node)
            if node.tag == "h1" and first is None and key:
                first = node
            if len(key) < _MIN_KEY_LENGTH or key in sites:
                continue
            share = max((_share_of(key, title) for title in titles if title), default=0.0)
            if share > most and (node.tag == "h1" or share >= _ENOUGH):
                best, most = node, share
        if most >= _ENOUGH:
            break
    return best if best is not None else first


def _share_of(key: str, title: str) -> float:
    """Return the share of *title* that is in the heading *key*, from 0 to 1."""
    if key in title:
        return len(key) / len(title)
    return 1.0 if len(title) >= _MIN_KEY_LENGTH and title in key else 0.0


def _fold_node(node: _Element) -> str:
    return _fold("".join(islice(node.itertext("*"), _MAX_COUNT)))


def _fold(text: str) -> str:
    return fold(text[:_MAX_LENGTH])
