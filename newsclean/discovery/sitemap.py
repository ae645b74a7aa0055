"""Read sitemaps: indexes, URL sets with Google News data, plain lists of URLs.

Scrapy's reader returns only URLs and modification dates. This one also returns headline,
publication date and language.
"""

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from newsclean.discovery.dates import read_date
from newsclean.discovery.entry import MAX_LANGUAGE_LENGTH, Entry
from newsclean.discovery.plain import plain_text
from newsclean.discovery.unpack import BoundedBody
from newsclean.discovery.xml import local_name, read_elements, text_of
from newsclean.urls import absolute_url

# The limits of the sitemap protocol are 50 MB and 50,000 URLs.
LIMIT_BYTES = 50 << 20  # bytes of an unpacked sitemap
LIMIT_ENTRIES = 100_000  # entries of a sitemap
_MAX_LINE_LENGTH = 1 << 16  # bytes; a body with a longer line is not a list of URLs
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # marks of UTF-8 and UTF-16, white space
_DEPTHS = {"urlset": 2, "sitemapindex": 2}


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The content of a sitemap.

    ``kind`` is ``index`` (it has ``sitemaps``), ``urlset``, ``text`` (one URL per line) or ``none``
    if the body is not a sitemap. ``sitemaps`` are entries, because they have a ``date_modified``.
    ``truncated`` is True if the body exceeds a limit or is damaged. Then it has the entries before
    that point.
    """

    kind: Literal["index", "urlset", "text", "none"]
    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    truncated: bool = False


def read_sitemap(
    body: bytes, url: str, *, limit_bytes: int = LIMIT_BYTES, limit_entries: int = LIMIT_ENTRIES
) -> Sitemap:
    """Return the entries of the sitemap *body*, fetched from *url*.

    Gzip is unpacked. At most *limit_bytes* of content and *limit_entries* entries are read, in
    constant memory. The extensions for images, videos and alternates are ignored. Raise
    `HostileXml` for XML that declares entities, and no other exception.
    """
    content = BoundedBody(body, limit_bytes)
    if content.start().lstrip(_BEFORE_XML)[:1] == b"<":
        return _read_xml(content, url, limit_entries)
    return _read_text(content, url, limit_entries)


def _read_xml(content: BoundedBody, url: str, limit: int) -> Sitemap:
    kind: Literal["index", "urlset", "none"] = "none"
    found: list[Entry] = []
    for seen, element in enumerate(read_elements(content, _DEPTHS)):
        if kind == "none":
            root = element.getroottree().getroot()
            kind = "urlset" if local_name(root) == "urlset" else "index"
        if seen >= limit:  # counts invalid entries, too, because they also take time
            content.truncated = True
            break
        if local_name(element) != ("url" if kind == "urlset" else "sitemap"):
            continue
        entry = _read_url(element, url)
        if entry is not None:
            found.append(entry)
    if kind == "index":
        return Sitemap("index", sitemaps=tuple(found), truncated=content.truncated)
    return Sitemap(kind, entries=tuple(found), truncated=content.truncated)


def _read_url(element: etree._Element, base: str) -> Entry | None:
    """Return the entry of ``<url>`` or ``<sitemap>``: its children, and those of
    ``<news:news>``."""
    texts: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        if name in ("loc", "lastmod"):
            texts.setdefault(name, text_of(child))
        elif name == "news":
            _read_news(child, texts)
    address = absolute_url(texts.get("loc"), base)
    if address is None:
        return None
    return Entry(
        url=address,
        found_in="sitemap",
        headline=texts.get("title") or None,
        date_published=read_date(texts.get("publication_date")),
        date_modified=read_date(texts.get("lastmod")),
        language=texts.get("language") or None,
    )


def _read_news(news: etree._Element, texts: dict[str, str]) -> None:
    for child in news:
        name = local_name(child)
        if name == "title":
            texts.setdefault(name, plain_text(text_of(child)) or "")
        elif name == "publication_date":
            texts.setdefault(name, text_of(child))
        elif name == "publication":
            for part in child:
                if local_name(part) == "language":
                    texts.setdefault("language", text_of(part)[:MAX_LANGUAGE_LENGTH])


def _read_text(content: BoundedBody, url: str, limit: int) -> Sitemap:
    found: list[Entry] = []
    waiting = b""
    for piece in content:
        lines = (waiting + piece).splitlines(keepends=True)
        waiting = lines.pop() if lines and not lines[-1].endswith((b"\n", b"\r")) else b""
        if len(waiting) > _MAX_LINE_LENGTH:
            return Sitemap("none")
        for line in lines:
            _add_line(line, url, found)
        if len(found) >= limit:
            content.truncated = content.truncated or len(found) > limit or bool(waiting)
            break
    if not content.truncated:
        _add_line(waiting, url, found)
    if not found:
        return Sitemap("none", truncated=content.truncated)
    return Sitemap("text", entries=tuple(found[:limit]), truncated=content.truncated)


def _add_line(line: bytes, base: str, found: list[Entry]) -> None:
    address = line.decode("utf-8", "replace").lstrip("\ufeff").strip()
    if address.startswith(("http://", "https://")):
        url = absolute_url(address, base)
        if url is not None:
            found.append(Entry(url, "sitemap"))
