"""Read the article in the JSON-LD of a page (https://schema.org/NewsArticle).

On real pages, it may have comments around it, raw newlines in strings and trailing commas. It may
be a list or an ``@graph``, and may have several articles.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from newsclean.cleaning.layers import decode_entity
from newsclean.cleaning.tree import join_surrogates
from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dom.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.extraction.dom.page import Page

Node = dict[str, Any]

_ARTICLES = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle"
    " backgroundnewsarticle reviewnewsarticle askpublicnewsarticle blogposting liveblogposting"
    " socialmediaposting techarticle scholarlyarticle advertisercontentarticle satiricalarticle"
    " report discussionforumposting medicalwebpage review newsmediaarticle".split()
)
_PAGES = frozenset({"webpage", "itempage", "videoobject", "podcastepisode", "recipe"})
# Keys of other works than the one that the node describes: articles to read next, the updates of a
# live blog, comments of readers.
_OTHERS = frozenset(
    "itemListElement review reviews blogPost blogPosts hasPart mentions citation isRelatedTo"
    " isBasedOn liveBlogUpdate relatedLink significantLink".split()
)
_DATES = ("datePublished", "dateModified")
_TEXTS = ("headline", "alternativeHeadline", "description", "articleSection")
_MAX_LENGTH = 4_000_000  # characters of a script
_MAX_NODES = 5_000  # nodes that are read
_MAX_DEPTH = 30  # levels of nesting
# A comment or a CDATA section around the JSON, for browsers without scripts.
_WRAPPING = re.compile(
    r"""
    ^\s*+(?:<!--|//\s*+<!\[CDATA\[|/\*\s*+<!\[CDATA\[\s*+\*/|<!\[CDATA\[)
  | (?:-->|(?://\s*+)?\]\]>)\s*+;?\s*+$
    """,
    re.VERBOSE,
)
_TRAILING_COMMA = re.compile(r",(\s*+[}\]])")


def read_json_ld(page: Page) -> Iterator[Candidate]:
    """Yield the candidates in the JSON-LD of *page*.

    Values are unchanged, except that character references are decoded once. ``authors`` and
    ``editors`` are ``{"name", "url"}``, ``images`` are ``{"url", "caption", "creditText"}``, dates
    are text, ``isAccessibleForFree`` is a bool. ``kinds``, which is not a field of an article, are
    the types of the article in lower case. Authors, date and images that the article does not have
    are those of the ``WebPage``.
    """
    found = _nodes(page)
    nodes = [node for node, _ in found]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    article = _article(found, page)
    read: set[str] = set()
    if article is not None:
        yield Candidate("kinds", sorted(_types(article)), "json-ld")
        for field, value in _fields(article, by_id):
            if value:
                read.add(field)
            yield Candidate(field, value, "json-ld")
    web_page = next((node for node in nodes if "webpage" in _types(node)), None)
    if web_page is not None:
        for field, value in _page_fields(web_page, by_id):
            if field not in read:
                yield Candidate(field, value, "json-ld")
    for node in nodes:
        if "breadcrumblist" in _types(node):
            trail = list(_breadcrumbs(node))
            if trail:
                yield Candidate("breadcrumbs", trail, "json-ld")
                break


def _nodes(page: Page) -> list[tuple[Node, bool]]:
    """Return the nodes of *page* as ``(node, is_listed)``. A node is listed if it is in a list of
    other works."""
    nodes: list[tuple[Node, bool]] = []
    for script in page.elements["script"]:
        # Check the type first, because reading the text of a script is slow.
        if "ld+json" in (script.get("type") or "") and len(nodes) < _MAX_NODES:
            nodes.extend(_flat(load_json(script.text or "")))
    return nodes[:_MAX_NODES]


def load_json(source: str) -> Any:
    """Return the value of the JSON *source*, or None if it is invalid. Comments around it, control
    characters in strings and trailing commas are accepted.

    >>> load_json('<!-- {"a": [1, 2,]} -->')
    {'a': [1, 2]}
    """
    if len(source) > _MAX_LENGTH:
        return None
    for attempt in _readings(source):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _readings(source: str) -> Iterator[str]:
    yield source
    source = _WRAPPING.sub("", _WRAPPING.sub("", source)).strip().rstrip(";")
    yield source
    yield _TRAILING_COMMA.sub(r"\1", source)


def _flat(value: Any) -> Iterator[tuple[Node, bool]]:
    """Yield the nodes with a type in *value*, outermost first, at any depth, as
    ``(node, is_listed)``."""
    waiting: list[tuple[Any, int, bool]] = [(value, 0, False)]
    seen = 0
    while waiting and seen < _MAX_NODES:
        part, depth, is_listed = waiting.pop()
        seen += 1
        if isinstance(part, dict):
            if "@type" in part:
                yield part, is_listed
            waiting += [
                (inner, depth + 1, is_listed or key in _OTHERS)
                for key, inner in reversed(part.items())
                if isinstance(inner, dict | list) and depth < _MAX_DEPTH and key != "comment"
            ]
        elif isinstance(part, list):
            waiting += [
                (inner, depth + 1, is_listed) for inner in reversed(part) if depth < _MAX_DEPTH
            ]


def _types(node: Node) -> set[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rpartition("/")[2].lower() for kind in kinds if isinstance(kind, str)}


def _article(found: list[tuple[Node, bool]], page: Page) -> Node | None:
    """Return the node of the article of *page*, or None. Other nodes are teasers of other articles.
    A listed node is the article only if its URL is that of the page."""
    here = page.url.partition("#")[0].rstrip("/")
    articles = [
        node
        for node, is_listed in found
        if _types(node) & _ARTICLES
        and _has_content(node)
        and not (is_listed and not _is_at(node, here))
    ]
    if not articles:
        articles = [node for node, _ in found if _types(node) & _PAGES and "datePublished" in node]
    return min(
        articles,
        key=lambda node: (not _is_at(node, here), "datePublished" not in node),
        default=None,
    )


def _is_at(node: Node, here: str) -> bool:
    """Return True if the URL of *node* is *here*."""
    for address in (node.get("url"), node.get("@id"), node.get("mainEntityOfPage")):
        text = address.get("@id") or address.get("url") if isinstance(address, dict) else address
        if isinstance(text, str) and text.partition("#")[0].rstrip("/") == here:
            return True
    return False


def _has_content(node: Node) -> bool:
    return any(node.get(key) for key in ("headline", "name", "datePublished", "articleBody"))


def _fields(node: Node, by_id: dict[str, Node]) -> Iterator[tuple[str, Any]]:
    for key in (*_TEXTS, *_DATES):
        yield key, squeeze(_first_text(node.get(key)))
    yield "articleBody", _first_text(node.get("articleBody"))
    if not node.get("headline"):
        for value in _texts(node.get("name")):
            yield "headline", squeeze(value)
    people = [*_things(node.get("author"), by_id), *_things(node.get("creator"), by_id)]
    yield "authors", [_person(one) for one in people if one.get("name")]
    yield "editors", [_person(one) for one in _things(node.get("editor"), by_id) if one.get("name")]
    for publisher in islice(_things(node.get("publisher"), by_id), 1):
        yield "publisher", _person(publisher)
    yield "keywords", [squeeze(one) for one in _texts(node.get("keywords"))]
    yield "inLanguage", squeeze(_first_text(node.get("inLanguage")))
    for language in _things(node.get("inLanguage"), by_id):
        yield "inLanguage", squeeze(str(language.get("alternateName") or ""))
    images = [*_images(node.get("image"), by_id), *_images(node.get("thumbnailUrl"), by_id)]
    yield "images", images
    free = node.get("isAccessibleForFree")
    if isinstance(free, bool | str) and str(free).strip().lower() in {"true", "false"}:
        yield "isAccessibleForFree", {"free": str(free).strip().lower() == "true"}
    for address in _texts(node.get("url")):
        yield "canonicalUrl", squeeze(address)


def _page_fields(node: Node, by_id: dict[str, Node]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of the article in *node*, a web page: authors, date and images."""
    yield from (one for one in _fields(node, by_id) if one[0] in {"authors", "datePublished"})
    yield "images", list(_images(node.get("primaryImageOfPage"), by_id))


def _items(value: Any) -> Iterator[Any]:
    """Yield *value* or, if it is a list, its items and those of the lists in it."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        else:
            yield one


def _texts(value: Any) -> Iterator[str]:
    for one in _items(value):
        if isinstance(one, str) and one.strip():
            yield decode_entity(join_surrogates(one))
        elif isinstance(one, dict) and isinstance(one.get("@value"), str):
            yield decode_entity(join_surrogates(one["@value"]))


def _first_text(value: Any) -> str:
    return next(_texts(value), "")


def _things(value: Any, by_id: dict[str, Node]) -> Iterator[dict[str, str]]:
    """Yield people, organizations or languages as {"name", "url", "kind", "alternateName"}. *value*
    is a text, a node, a reference to a node, or a list of these."""
    for one in _items(value):
        if isinstance(one, str):
            node: Node = by_id.get(one) or {"name": one}
        elif isinstance(one, dict):
            node = _referred(one, by_id) if "name" not in one else one
        else:
            continue
        names = list(_texts(node.get("name")))
        alternate = _first_text(node.get("alternateName"))
        url = _first_text(node.get("url")) or _first_text(node.get("sameAs"))
        kind = "person" if "person" in _types(node) else ""
        for name in names or ([""] if alternate else []):
            yield {"name": name, "url": url, "kind": kind, "alternateName": alternate}


def _referred(node: Node, by_id: dict[str, Node]) -> Node:
    identity = node.get("@id")
    return by_id.get(identity, node) if isinstance(identity, str) else node


def _person(thing: dict[str, str]) -> dict[str, str]:
    found = {"name": squeeze(thing["name"]), "url": squeeze(thing["url"]), "kind": thing["kind"]}
    return {key: value for key, value in found.items() if value}


def _images(value: Any, by_id: dict[str, Node]) -> Iterator[dict[str, str]]:
    for one in _items(value):
        if isinstance(one, str):
            node: Node = by_id.get(one) or {"url": one}
        elif isinstance(one, dict):
            node = _referred(one, by_id) if not one.get("url") else one
        else:
            continue
        for url in (*_texts(node.get("url")), *_texts(node.get("contentUrl"))):
            image = {
                "url": squeeze(url),
                "caption": squeeze(_first_text(node.get("caption"))),
                "creditText": squeeze(_first_text(node.get("creditText"))),
            }
            yield {key: text for key, text in image.items() if text}
            break


def _breadcrumbs(node: Node) -> Iterator[dict[str, str]]:
    elements = node.get("itemListElement")
    for element in elements if isinstance(elements, list) else [elements]:
        if not isinstance(element, dict):
            continue
        item = element.get("item")
        inner = item if isinstance(item, dict) else {}
        name = _first_text(element.get("name")) or _first_text(inner.get("name"))
        url = item if isinstance(item, str) else inner.get("@id") or inner.get("url") or ""
        if name or url:
            yield {"name": squeeze(name), "url": squeeze(str(url))}
