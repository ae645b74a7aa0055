"""Find the article among the values in the scripts of a page, and read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsclean.cleaning.block_documents import is_document, write_blocks, write_document
from newsclean.cleaning.json_body import document_of_json
from newsclean.extraction.dom.text import fold, squeeze
from newsclean.extraction.embedded.scripts import flight, flight_rows, properties, values
from newsclean.extraction.embedded.slots import read_slots
from newsclean.items import RawBody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newsclean.extraction.dom.page import Page

# Keys of bodies in portals and publishing systems, the most reliable first.
_BODIES = (
    "content_noencode",
    "originContent",
    "cnt_html",
    "articleBody",
    "contentTxt",
    "content_elements",
    "contentHtml",
    "bodyHtml",
    "body_html",
    "html_content",
    "htmlContent",
    "rendered",
    "content",
    "body",
    "text",
    "html",
    "article_body",
    "story",
    "detail",
)
# Field → its keys.
_KEYS: dict[str, tuple[str, ...]] = {
    "headline": ("headline", "title", "headlines", "msg_title", "articleTitle", "name"),
    "alternativeHeadline": ("subtitle", "subTitle", "subheadline"),
    "source": ("source", "media", "mediaName", "source_name", "sourceName", "origin", "cpName"),
    "publisher": ("nick_name",),
    "authors": ("author", "authors", "byline", "credits", "writer", "author_name"),
    "editors": ("editor", "ename"),
    "datePublished": (
        "datePublished",
        "pubtime",
        "ptime",
        "publish_time",
        "publishTime",
        "pubDate",
        "pub_time",
        "publishedAt",
        "published_at",
        "first_publish_date",
        "display_date",
        "publish_date",
        "date_gmt",
        "publishDate",
        "datetime",
        "create_time",
        "createTime",
        "time",
        "date",
        "ct",
    ),
    "dateModified": (
        "dateModified",
        "updatedAt",
        "updated_at",
        "last_updated_date",
        "lmodify",
        "modified",
    ),
    "description": ("abstract", "digest", "summary", "description", "excerpt", "desc"),
    "articleSection": ("catalog1", "section", "channel"),
    "keywords": ("tags", "keywords"),
    "images": (
        *("mainImage", "leadImage", "heroImage", "coverImage", "cover_image", "featuredImage"),
        *("image", "cover", "thumbnail"),
    ),
}
_MARKUP = re.compile(r"<(?:p|br|div|section|img|h\d|!--)\b|<!--", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")
_MAX_NODES = 20_000  # values that are visited
_MAX_DEPTH = 24  # levels of nesting
_MIN_LETTERS = 80  # letters of a body
# Words of scripts with an article in object literals that are not JSON.
_RAW_SIGNALS = ("articleInfo", "content_noencode", "JsDecode", "contentTxt")


@dataclass(frozen=True, slots=True)
class Embedded:
    """The article in the scripts of a page: ``fields`` in the form of `json_ld`, and its body."""

    body: RawBody
    letters: int
    fields: dict[str, Any] = field(default_factory=dict)


def read_embedded(page: Page, *, headline: str | None = None) -> Embedded | None:
    """Return the article in the scripts of *page*, or None.

    If there are several, return the one with the title of the page (*headline* or ``<title>``),
    otherwise the longest. No script is executed. Linear time.

    >>> from newsclean.extraction.dom.page import Page
    >>> read_embedded(Page("<p>No script.</p>", "https://a.example/7")) is None
    True
    """
    titles = [squeeze(node.text) for node in page.elements["title"]]
    titles += page.metas.get("og:title", []) + ([headline] if headline else [])
    wanted = "".join(fold(title) for title in titles)
    best: Embedded | None = None
    best_rank = (-1, 0)
    for record in _records(page):
        found = _read(record)
        if found is None:
            continue
        title = fold(str(found.fields.get("headline") or ""))
        known = int(bool(title) and title[:60] in wanted)
        if (known, found.letters) > best_rank:
            best, best_rank = found, (known, found.letters)
    return best


def _records(page: Page) -> Iterator[Mapping[str, Any]]:
    """Yield every object in the scripts of *page* that may be an article."""
    budget = [_MAX_NODES]
    for value in values(page.scripts):
        yield from _objects(value, budget)
    for script in page.scripts:
        if any(signal in script for signal in _RAW_SIGNALS):
            yield properties(script)
    rows = list(flight_rows(flight(page.scripts)))
    for row in rows:
        if not isinstance(row, str):
            yield from _objects(row, budget)
    for row in rows:
        if isinstance(row, str):
            yield {"content": row}


def _objects(value: Any, budget: list[int]) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in *value* with a key of a body, each once, because Nuxt has cycles."""
    waiting: list[tuple[Any, int]] = [(value, 0)] if isinstance(value, dict | list) else []
    seen: set[int] = set()
    while waiting and budget[0] > 0:
        part, depth = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        budget[0] -= 1
        if is_document(part):
            yield {"content": part, **(part if isinstance(part, dict) else {})}
            continue
        if isinstance(part, dict) and any(key in part for key in _BODIES):
            yield part
        if depth <= _MAX_DEPTH:
            parts = part.values() if isinstance(part, dict) else part
            waiting += [(one, depth + 1) for one in parts if isinstance(one, dict | list)]


def _read(record: Mapping[str, Any]) -> Embedded | None:
    html = _body(record)
    if html is None:
        return None
    letters = sum(map(str.isalnum, _TAG.sub("", html)))
    if letters < _MIN_LETTERS:
        return None
    return Embedded(RawBody(html, read_slots(record)), letters, _fields(record))


def _body(record: Mapping[str, Any]) -> str | None:
    for key in _BODIES:
        value = record.get(key)
        html = _body_text(value)
        if html is not None and (_MARKUP.search(html) or key in {"articleBody", "contentTxt"}):
            return html
    return None


def _body_text(value: Any) -> str | None:
    """Return the body in *value*: a text, an object with one, a list of blocks (Arc's
    ``content_elements``), or the document of a block editor."""
    if isinstance(value, str):
        return document_of_json(value) or value
    if isinstance(value, dict):
        document = write_document(value)
        if document:
            return document
        for key in ("text", "rendered", "html", "content", "value", "raw"):
            if isinstance(value.get(key), str):
                return str(value[key])
        return None
    if isinstance(value, list):
        return write_document(value) or write_blocks(value) or None
    return None


def _fields(record: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, keys in _KEYS.items():
        for key in keys:
            value = _value(name, record.get(key))
            if value:
                fields[name] = value
                break
    return fields


def _value(name: str, value: Any) -> Any:
    if name in {"authors", "editors"}:
        return _people(value)
    if name == "keywords":
        return _words(value)
    if name == "images":
        return _images(value)
    if isinstance(value, dict):
        value = (
            value.get("basic") or value.get("rendered") or value.get("name") or value.get("text")
        )
    if name.startswith("date"):
        return _moment(value)
    if not isinstance(value, str):
        return None
    text = squeeze(_TAG.sub("", value))
    return {"name": text} if name == "publisher" and text else text


def _moment(value: Any) -> str | None:
    """Return the date in *value*, which is seconds, milliseconds or text."""
    if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
        try:
            seconds = float(value)
        except OverflowError:  # an integer of hundreds of digits
            return None
        seconds = seconds / 1000 if seconds > 1e11 else seconds
        if 6e8 < seconds < 4e9:
            return datetime.fromtimestamp(seconds, UTC).isoformat()
        return None
    return squeeze(value) if isinstance(value, str) else None


def _people(value: Any) -> list[dict[str, str]]:
    if isinstance(value, dict) and isinstance(value.get("by"), list):
        value = value["by"]
    found = []
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            found.append({"name": squeeze(name)})
    return found


def _images(value: Any) -> list[dict[str, str]]:
    """Return the images in *value*: a URL, an object with one, or a list of these."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        url = (one.get("url") or one.get("src")) if isinstance(one, dict) else one
        if isinstance(url, str) and "/" in url:
            found.append({"url": squeeze(url)})
    return found


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [squeeze(value)]
    found = []
    for one in value if isinstance(value, list) else []:
        name = one.get("name") or one.get("text") if isinstance(one, dict) else one
        if isinstance(name, str):
            found.append(squeeze(name))
    return found
