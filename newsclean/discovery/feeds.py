"""Read feeds: RSS, Atom and RDF with feedparser, JSON Feed with orjson.

lxml reads the feed and writes it again without the bodies. feedparser gets that copy. So it gets no
entity, no document type and nothing malformed (for which it has a second, slower reader). It gets
a stream, because it may open a string as a file or a URL.
"""

import io
from dataclasses import dataclass
from typing import Any, Literal

import orjson
from lxml import etree

from newsclean.discovery.dates import read_date
from newsclean.discovery.entry import MAX_LANGUAGE_LENGTH, Entry
from newsclean.discovery.plain import plain_text
from newsclean.discovery.unpack import BoundedBody
from newsclean.discovery.xml import local_name, read_elements, text_of
from newsclean.urls import absolute_url, join_url

LIMIT_BYTES = 10 << 20  # bytes of an unpacked feed
LIMIT_ENTRIES = 5_000  # entries of a feed
_MAX_TEXT_LENGTH = 5_000  # characters of a title, a URL or a date
_MAX_CHILDREN = 50  # elements of an entry
_MAX_OTHERS = 200  # elements beside the entries
# Elements of all entries. feedparser reads 50,000 a second.
_MAX_ELEMENTS = 60_000
# Characters of an ``xml:base``; a longer one is ignored. All links below it are resolved by it.
_MAX_BASE_LENGTH = 500
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# The depth of the entries for each root element.
_DEPTHS = {"rss": 3, "feed": 2, "rdf": 2}
# The elements of an entry that are read. Bodies are left out: they are most of the bytes of a feed.
_READ = frozenset(
    "title link guid id published updated pubdate date issued modified created origlink".split()
)
_ATTRIBUTES = (
    *"href rel type isPermaLink version".split(),
    "{http://www.w3.org/XML/1998/namespace}lang",
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about",
)


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a feed, in its order. ``kind`` is ``none`` if it is not a feed.

    ``truncated`` is True if the feed exceeds a limit or is damaged. Then it has the entries before
    that point.
    """

    kind: Literal["xml", "json", "none"]
    entries: tuple[Entry, ...] = ()
    truncated: bool = False


def read_feed(
    body: bytes,
    url: str,
    content_type: str | None = None,
    *,
    limit_bytes: int = LIMIT_BYTES,
    limit_entries: int = LIMIT_ENTRIES,
) -> Feed:
    """Return the entries of the feed *body*, fetched from *url*.

    *content_type* is the value of the header. It decides only the encoding of XML without a
    declared one. Gzip is unpacked. The bodies of entries, and entries without a URL, are ignored.
    Raise `HostileXml` for XML that declares entities, and no other exception.
    """
    content = BoundedBody(body, limit_bytes)
    if content.start().removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _read_json(content, url, limit_entries)
    return _read_xml(content, url, content_type, limit_entries)


def _read_xml(content: BoundedBody, url: str, content_type: str | None, limit: int) -> Feed:
    """Copy the entries into a small well-formed feed, and read that with feedparser."""
    kept: etree._Element | None = None
    language: str | None = None
    root, root_base = None, ""
    copied = 0
    for seen, element in enumerate(read_elements(content, _DEPTHS, content_type)):
        if kept is None:
            root = element.getroottree().getroot()
            root_base = _base_of(root, "")
            kept = _copy_frame(root)
        if seen >= limit + _MAX_OTHERS or copied >= _MAX_ELEMENTS:
            content.truncated = True
            break
        name = local_name(element)
        parent = kept if local_name(kept) != "rss" else kept[0]
        if name in ("item", "entry"):
            around = element.getparent()
            base = root_base if around is None or around is root else _base_of(around, root_base)
            parent.append(_copy_entry(element, base))
            copied += len(parent[-1])
        elif name in ("language", "channel"):
            named = element if name == "language" else element.find("{*}language")
            language = text_of(named) if named is not None else language
    if kept is None:
        return Feed("none")
    import feedparser  # noqa: PLC0415 - 0.1 s to import

    parsed = feedparser.parse(
        io.BytesIO(etree.tostring(kept, encoding="utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    found = [_as_entry(item, url, language) for item in parsed.entries]
    entries = [entry for entry in found if entry is not None]
    content.truncated = content.truncated or len(entries) > limit
    return Feed("xml", tuple(entries[:limit]), content.truncated)


def _copy_frame(root: etree._Element) -> etree._Element:
    frame = _element_like(root)
    _copy_attributes(root, frame)
    if local_name(root) == "rss":
        etree.SubElement(frame, "channel")
    return frame


def _copy_entry(element: etree._Element, base: str) -> etree._Element:
    """Return a copy of the entry *element*; *base* is the ``xml:base`` of its parent."""
    entry = _element_like(element)
    _copy_attributes(element, entry)
    base = _base_of(element, base)
    for child in element.iterchildren(etree.Element):
        if local_name(child) in _READ:
            entry.append(_copy_text(child, base))
            if len(entry) == _MAX_CHILDREN:
                break
    return entry


def _copy_text(element: etree._Element, base: str) -> etree._Element:
    copy = _element_like(element)
    copy.text = text_of(element)[:_MAX_TEXT_LENGTH]
    _copy_attributes(element, copy)
    if copy.get("type") == "xhtml":  # only its text is copied
        copy.set("type", "text")
    if local_name(element) == "link":
        _resolve(copy, _base_of(element, base))
    return copy


def _base_of(element: etree._Element, outer: str) -> str:
    """Return the base URL of *element*, from its ``xml:base`` and the base *outer* of its parent.

    lxml's ``element.base`` reads the values of all ancestors again for each element, so a value of
    megabytes with thousands of links below it takes hours.
    """
    own = element.get(_BASE)
    if not own or len(own) > _MAX_BASE_LENGTH:
        return outer
    return join_url(outer, own.strip()) or outer


def _resolve(copy: etree._Element, base: str) -> None:
    """Resolve the URL of *copy*, a copy of a link, by *base* if it is not empty."""
    if not base:
        return
    if href := copy.get("href"):
        copy.set("href", join_url(base, href) or href)
    elif text := (copy.text or "").strip():
        copy.text = join_url(base, text) or text


def _element_like(element: etree._Element) -> etree._Element:
    """Return a new element with the name of *element*, without an invalid namespace: libxml2 reads
    ``xmlns="http://[::1"``, but cannot write such a name."""
    try:
        return etree.Element(element.tag)
    except ValueError:
        return etree.Element(str(element.tag).rpartition("}")[2])


def _copy_attributes(element: etree._Element, copy: etree._Element) -> None:
    for name in _ATTRIBUTES:
        value = element.get(name)
        if value is not None and len(value) <= _MAX_TEXT_LENGTH:
            copy.set(name, value)


def _as_entry(item: Any, base: str, language: str | None) -> Entry | None:
    # dict.get, because feedparser's own get returns the publication date for a missing update date.
    link = dict.get(item, "feedburner_origlink") or dict.get(item, "link")
    address = absolute_url(link or dict.get(item, "id"), base)
    if address is None:
        return None
    title = dict.get(item, "title_detail") or {}
    return Entry(
        url=address,
        found_in="feed",
        headline=plain_text(dict.get(item, "title")),
        date_published=read_date(dict.get(item, "published")),
        date_modified=read_date(dict.get(item, "updated")),
        language=_language(title.get("language") or language),
    )


def _read_json(content: BoundedBody, url: str, limit: int) -> Feed:
    try:
        feed = orjson.loads(content.read().removeprefix(b"\xef\xbb\xbf").strip())
    except orjson.JSONDecodeError:
        return Feed("none", truncated=content.truncated)
    version, items = feed.get("version"), feed.get("items")
    if not (isinstance(version, str) and "jsonfeed.org/version/" in version[:100]):
        return Feed("none")
    entries: list[Entry] = []
    for item in items[:limit] if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        texts = {name: value for name, value in item.items() if isinstance(value, str)}
        address = absolute_url(
            texts.get("url") or texts.get("external_url") or texts.get("id"), url
        )
        if address is not None:
            entries.append(
                Entry(
                    url=address,
                    found_in="feed",
                    headline=plain_text(texts.get("title")),
                    date_published=read_date(texts.get("date_published")),
                    date_modified=read_date(texts.get("date_modified")),
                    language=_language(texts.get("language") or feed.get("language")),
                )
            )
    return Feed("json", tuple(entries), isinstance(items, list) and len(items) > limit)


def _language(name: Any) -> str | None:
    return name.strip()[:MAX_LANGUAGE_LENGTH] or None if isinstance(name, str) else None
