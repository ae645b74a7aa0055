"""Choose the shorter texts of an article: description, section, keywords, publisher and others."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

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
_MIN_SUBTITLE_LENGTH = 4  # characters
_MAX_LABEL_LENGTH = 60  # characters of a section, a keyword or a source
_MAX_PUBLISHER_LENGTH = 100  # characters
_MAX_KEYWORDS = 50
_MAX_CRUMBS = 12  # steps of a breadcrumb trail
_MAX_LINKS = 50  # links of an element that may be the trail


def choose_texts(page: Page, candidates: Candidates, chosen: ArticleBuilder) -> None:
    """Set description, subtitle, section, keywords, source, publisher, breadcrumbs and
    ``isAccessibleForFree`` of the article of *page* from the most trusted *candidates*."""
    headline = fold(chosen.article.headline or "")
    readers: dict[str, Callable[[Any], Any]] = {
        "description": lambda value: _unlike(headline, value, 1),
        "alternativeHeadline": lambda value: _unlike(headline, value, _MIN_SUBTITLE_LENGTH),
        "articleSection": _section,
        "keywords": _keywords,
        "source": lambda value: _label(squeeze(value)),
        "publisher": _publisher(page),
        "breadcrumbs": _crumbs(page),
    }
    for name, reader in readers.items():
        for candidate, value in candidates.read(name, reader):
            chosen.set(name, (value, candidate.source))
            break
    if chosen.article.breadcrumbs is None:
        chosen.set("breadcrumbs", (_trail(list(_visible_crumbs(page))), "generic"))
    for candidate in candidates.of("isAccessibleForFree"):
        chosen.article.isAccessibleForFree = candidate.value["free"]
        chosen.sources["isAccessibleForFree"] = candidate.source
        break


def _unlike(headline: str, value: str, shortest: int) -> str:
    """Return *value* on one line, or "" if it is the headline (*headline* is its `fold`) or has
    fewer characters than *shortest*."""
    text = squeeze(value)
    return text if len(text) >= shortest and fold(text) != headline else ""


def _section(value: str) -> str:
    text = _SECTIONS.split(squeeze(value), maxsplit=1)[0]
    return "" if text.startswith("http") else _label(text)


def _label(text: str) -> str:
    return text if 1 < len(text) <= _MAX_LABEL_LENGTH else ""


def _keywords(values: list[str]) -> list[str]:
    if len(values) == 1:
        value = values[0]
        separator = next((one for one in (";", ",", "，", "、", "|") if one in value), None)
        if separator:
            values = value.split(separator)
        elif len(value) > _MAX_LABEL_LENGTH or not value.isascii():
            values = value.split()
    words = [_KIND.sub("", squeeze(word).lstrip("#")) for word in values]
    known = dict.fromkeys(word for word in words if _label(word) and not _NUMBER.fullmatch(word))
    return list(known)[:_MAX_KEYWORDS]


def _publisher(page: Page) -> Callable[[Mapping[str, str]], Publisher | None]:
    def read(value: Mapping[str, str]) -> Publisher | None:
        name = squeeze(value.get("name"))
        if not 1 < len(name) <= _MAX_PUBLISHER_LENGTH or name.startswith("http"):
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
        name = f"{node.get('class')} {node.get('id')} {node.get('aria-label')}".lower()
        if "crumb" in name and ("breadcrumb" in name or "crumbs" in name):
            links = [link for link in islice(node.iter("a"), _MAX_LINKS) if text_of(link)]
            for link in links[:_MAX_CRUMBS]:
                yield Breadcrumb(text_of(link), page.absolute(link.get("href")))
            if links:
                return
