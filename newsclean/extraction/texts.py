"""Choose the shorter texts of an article: description, section, keywords, publisher and others."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.extraction.dom.regions import names_of
from newsclean.extraction.dom.text import fold, squeeze, text_of
from newsclean.items import Breadcrumb, Publisher
from newsclean.urls import is_front_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from newsclean.extraction.candidates import ArticleBuilder, Candidates
    from newsclean.extraction.dom.page import Page

# Internal keywords of publishing systems, and their prefixes.
_NUMBER = re.compile(r"[0-9a-f-]{16,}|\d{5,}", re.IGNORECASE)
_KIND = re.compile(r"^(?:categor(?:y|ies)|tags?|topics?|sections?|keywords?)\s?:\s?", re.IGNORECASE)
_SECTIONS = re.compile(r",(?=\S)")
_MAX_SECTION_LENGTH, _MAX_KEYWORDS, _MAX_CRUMBS, _MAX_LINKS = 60, 50, 12, 50


def choose_texts(page: Page, candidates: Candidates, chosen: ArticleBuilder) -> None:
    """Set description, subtitle, section, keywords, source, publisher, breadcrumbs and
    ``isAccessibleForFree`` of the article of *page* from the most trusted *candidates*."""
    headline = fold(chosen.article.headline or "")
    for candidate in candidates.of("description"):
        text = squeeze(candidate.value)
        if text and fold(text) != headline:
            chosen.set("description", (text, candidate.source))
            break
    for candidate in candidates.of("alternativeHeadline"):
        text = squeeze(candidate.value)
        if fold(text) != headline and len(text) > 3:
            chosen.set("alternativeHeadline", (text, candidate.source))
            break
    for candidate in candidates.of("articleSection"):
        text = _SECTIONS.split(squeeze(candidate.value), maxsplit=1)[0]
        if 1 < len(text) <= _MAX_SECTION_LENGTH and not text.startswith("http"):
            chosen.set("articleSection", (text, candidate.source))
            break
    for candidate, words in candidates.read("keywords", _keywords):
        chosen.set("keywords", (words, candidate.source))
        break
    for candidate in candidates.of("source"):
        text = squeeze(candidate.value)
        if 1 < len(text) <= _MAX_SECTION_LENGTH:
            chosen.set("source", (text, candidate.source))
            break
    for candidate, publisher in candidates.read("publisher", _publisher(page)):
        chosen.set("publisher", (publisher, candidate.source))
        break
    for candidate, crumbs in candidates.read("breadcrumbs", _crumbs(page)):
        chosen.set("breadcrumbs", (crumbs, candidate.source))
        break
    else:
        chosen.set("breadcrumbs", (_trail(list(_visible_crumbs(page))), "generic"))
    for candidate in candidates.of("isAccessibleForFree"):
        chosen.article.isAccessibleForFree = candidate.value["free"]
        chosen.sources["isAccessibleForFree"] = candidate.source
        break


def _keywords(values: list[str]) -> list[str]:
    if len(values) == 1:
        value = values[0]
        separator = next((one for one in (";", ",", "，", "、", "|") if one in value), None)
        if separator:
            values = value.split(separator)
        elif len(value) > _MAX_SECTION_LENGTH or not value.isascii():
            values = value.split()
    words = [_KIND.sub("", squeeze(word).lstrip("#")) for word in values]
    known = dict.fromkeys(
        word
        for word in words
        if 1 < len(word) <= _MAX_SECTION_LENGTH and not _NUMBER.fullmatch(word)
    )
    return list(known)[:_MAX_KEYWORDS]


def _publisher(page: Page) -> Callable[[Mapping[str, str]], Publisher | None]:
    def read(value: Mapping[str, str]) -> Publisher | None:
        name = squeeze(value.get("name"))
        if not 1 < len(name) <= 100 or name.startswith("http"):
            return None
        return Publisher(name, page.absolute(value.get("url")))

    return read


def _crumbs(page: Page) -> Callable[[list[Mapping[str, str]]], list[Breadcrumb]]:
    def read(values: list[Mapping[str, str]]) -> list[Breadcrumb]:
        return _trail(
            [
                Breadcrumb(squeeze(value.get("name")) or None, page.absolute(value.get("url")))
                for value in values[:_MAX_CRUMBS]
            ]
        )

    return read


def _trail(crumbs: list[Breadcrumb]) -> list[Breadcrumb]:
    """Return *crumbs* without steps that have neither a name nor a URL. Return an empty list if
    only the front page is left."""
    steps = [one for one in crumbs if one.name or one.url]
    if len(steps) == 1 and steps[0].url and is_front_page(steps[0].url):
        return []
    return steps


def _visible_crumbs(page: Page) -> Iterator[Breadcrumb]:
    for node in page.root.iter("nav", "div", "ol", "ul", "p"):
        name = f"{names_of(node)} {node.get('aria-label') or ''}".lower()
        if "breadcrumb" in name or "crumbs" in name:
            links = [link for link in islice(node.iter("a"), _MAX_LINKS) if text_of(link)]
            for link in links[:_MAX_CRUMBS]:
                yield Breadcrumb(text_of(link), page.absolute(link.get("href")))
            if links:
                return
