"""The record: what a page is read into and what a line of the feed holds.

Names are schema.org's NewsArticle as zyte-common-items spells them; the order of
the fields here is the order of the keys in a feed line. A value that the page does
not give is ``None`` and is left out of the line: never guessed, never ``""``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SCHEMA_VERSION = 1


@dataclass(slots=True)
class Author:
    """A person, or an agency as it is named. ``nameRaw`` is the byline it came from."""

    name: str
    nameRaw: str | None = None
    url: str | None = None


@dataclass(slots=True)
class Publisher:
    """The organisation behind the site."""

    name: str | None = None
    url: str | None = None


@dataclass(slots=True)
class Image:
    """An image of the article; ``url`` is absolute."""

    url: str
    caption: str | None = None
    creditText: str | None = None


@dataclass(slots=True)
class Video:
    """A video of the article; ``url`` is absolute."""

    url: str
    caption: str | None = None


@dataclass(slots=True)
class Audio:
    """A sound recording of the article; ``url`` is absolute."""

    url: str
    caption: str | None = None


@dataclass(slots=True)
class Breadcrumb:
    """One step of the page's breadcrumb trail, outermost first."""

    name: str | None = None
    url: str | None = None


@dataclass(slots=True)
class RawBody:
    """The body as the page holds it, before cleaning.

    ``html`` is markup or an escaped form of it. A region that was escaped in the page's source
    is decoded, and an attribute, ``data-unescaped``, names its layers. ``slots`` is the page's
    side table: a placeholder's name (``IMG_0``, ``IMG#0``, ``img:0``) to what belongs there,
    ``{"type": "image" | "video" | "audio", "url": …, "caption": …, "creditText": …}``.
    ``further`` are the bodies of the article's further pages, in order.
    """

    html: str = field(repr=False)
    slots: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    further: list[FurtherBody] = field(default_factory=list, repr=False)


@dataclass(slots=True)
class FurtherBody:
    """The body of an article's further page, which came from ``url``; else as `RawBody`."""

    url: str
    html: str = field(repr=False)
    slots: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class MissingPage:
    """A further page of the article that is not in its body, and why: a `Rejection`'s reason,
    or ``max-pages`` where more pages than ``NEWSCLEAN_MAX_PAGES`` follow."""

    url: str
    reason: str


@dataclass(slots=True)
class Metadata:
    """What newsclean says about the record rather than the page about itself.

    ``fieldSources`` maps a field to where it came from: ``rule:<site>``, ``json-ld``,
    ``embedded``, ``meta``, ``microdata``, ``byline``, ``sitemap``, ``feed`` or
    ``generic``. ``cleaning`` maps a cleaning step to what it changed, counted.
    ``dateDownloaded`` is UTC, ``2026-04-18T09:30:00Z``. ``pages`` are the addresses of the
    pages that the article was joined from, given where they are several; ``missingPages`` those
    that could not be joined.
    """

    schemaVersion: int = SCHEMA_VERSION
    dateDownloaded: str | None = None
    fieldSources: dict[str, str] = field(default_factory=dict)
    cleaning: dict[str, dict[str, int]] = field(default_factory=dict)
    contentHash: str | None = None
    changeType: str | None = None
    version: int | None = None
    previousContentHash: str | None = None
    pages: list[str] | None = None
    missingPages: list[MissingPage] | None = None
    discoveredBy: str | None = None
    optOut: list[str] | None = None
    validationMessages: dict[str, list[str]] | None = None


@dataclass(slots=True)
class Article:
    """One article. Dates say what is known and no more: ``2026-04-18``,
    ``2026-04-18T09:30:00`` with no zone known, or with an offset."""

    url: str
    canonicalUrl: str | None = None
    headline: str | None = None
    alternativeHeadline: str | None = None
    description: str | None = field(default=None, repr=False)
    authors: list[Author] | None = None
    editors: list[Author] | None = None
    publisher: Publisher | None = None
    source: str | None = None
    datePublished: str | None = None
    datePublishedRaw: str | None = None
    dateModified: str | None = None
    dateModifiedRaw: str | None = None
    inLanguage: str | None = None
    articleSection: str | None = None
    keywords: list[str] | None = None
    breadcrumbs: list[Breadcrumb] | None = field(default=None, repr=False)
    mainImage: Image | None = None
    images: list[Image] | None = field(default=None, repr=False)
    videos: list[Video] | None = field(default=None, repr=False)
    audios: list[Audio] | None = field(default=None, repr=False)
    articleBody: str | None = field(default=None, repr=False)
    articleBodyHtml: str | None = field(default=None, repr=False)
    wordCount: int | None = None
    isAccessibleForFree: bool | None = None
    articleBodyRaw: RawBody | None = field(default=None, repr=False)
    metadata: Metadata = field(default_factory=Metadata, repr=False)


@dataclass(slots=True)
class Rejection:
    """A page that gave no article, and why. Goes to the second feed.

    ``reason`` is a short fixed word (``http-404``, ``not-html``, ``no-body`` …) that
    can be counted; ``detail`` is one plain line for people. ``dateDownloaded`` is UTC.
    """

    url: str
    reason: str
    detail: str | None = None
    status: int | None = None
    dateDownloaded: str | None = None
    discoveredBy: str | None = None


# Why a page could not be had: it may be there at another time. Any other reason says that there
# is no article on it.
FAILURES = frozenset(
    "dns refused timeout truncated damaged tls failed ignored incomplete"
    " http-408 http-425 http-429 http-500 http-502 http-503 http-504 http-520 http-521 http-522"
    " http-523 http-524".split()
)


def is_failure(reason: str) -> bool:
    """Tell whether *reason*, a `Rejection`'s, may pass: a host that did not answer, not a page
    without an article."""
    return reason in FAILURES


def as_record(item: Any) -> dict[str, Any]:
    """Return *item* (an `Article`, a `Rejection` or a part of one) as the JSON object
    of its feed line: fields in their order, ``None`` and empty containers left out."""
    record: dict[str, Any] = {}
    for name in item.__dataclass_fields__:
        value = getattr(item, name)
        if value is None or value in ([], {}):
            continue
        record[name] = _plain(value)
    return record


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return as_record(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value
