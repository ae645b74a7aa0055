"""The record: what a page is read into and what a line of the feed holds.

Names are schema.org's NewsArticle as zyte-common-items spells them; the order of
the fields here is the order of the keys in a feed line. A value that the page does
not give is ``None`` and is left out of the line: never guessed, never ``""``.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, dataclass, field
from functools import cache
from typing import Any, Self, TypeVar, Union, get_args, get_origin, get_type_hints

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

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the article's feed line, as `as_record`.

        >>> Article(url="https://news.example/7", headline="Rain at last").to_dict()["headline"]
        'Rain at last'
        """
        return as_record(self)

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Self:
        """Return the article of *record*, the JSON object of a feed line. Raise ValueError, in
        one line that names the field, for a field that is unknown, missing or of another type.

        >>> record = {"url": "https://news.example/7", "authors": [{"name": "Una"}]}
        >>> Article.from_dict(record).authors
        [Author(name='Una', nameRaw=None, url=None)]
        """
        return from_record(cls, record)


@dataclass(slots=True)
class Rejection:
    """A page that gave no article, and why. Goes to the second feed.

    ``reason`` is a short fixed word (``http-404``, ``not-html``, ``no-body`` …) that
    can be counted; ``detail`` is one plain line for people. ``dateDownloaded`` is UTC.
    ``duplicateOf`` is the URL of the article that a ``duplicate`` repeats.
    """

    url: str
    reason: str
    detail: str | None = None
    status: int | None = None
    dateDownloaded: str | None = None
    discoveredBy: str | None = None
    duplicateOf: str | None = None

    @classmethod
    def of(
        cls, article: Article, reason: str, detail: str, *, url: str = "", duplicate_of: str = ""
    ) -> Self:
        """Return why *article*, which was read, goes to no feed. *url* is that of its page if it
        was asked for under another one than the article's."""
        return cls(
            url=url or article.url,
            reason=reason,
            detail=detail,
            dateDownloaded=article.metadata.dateDownloaded,
            discoveredBy=article.metadata.discoveredBy,
            duplicateOf=duplicate_of or None,
        )

    @classmethod
    def as_duplicate(cls, article: Article, first: str) -> Self:
        """Return that *article* is the same as the one from the URL *first*."""
        return cls.of(article, "duplicate", f"the same article as {first}", duplicate_of=first)


# Why a page could not be had: it may be there at another time. Any other reason says that there
# is no article on it.
FAILURES = frozenset(
    "dns refused reset unreachable timeout truncated damaged tls bad-header redirect-loop"
    " bad-redirect failed ignored incomplete error private-address"
    " robots-unavailable site-budget"
    " http-408 http-425 http-429 http-500 http-502 http-503 http-504 http-520 http-521 http-522"
    " http-523 http-524".split()
)


def is_failure(reason: str) -> bool:
    """Return True if *reason*, a `Rejection`'s, may pass: a host that did not answer, not a page
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


_T = TypeVar("_T")


def from_record(kind: type[_T], record: Any) -> _T:
    """Return the item of the class *kind* that *record* says, a JSON object as `as_record` writes
    it. Raise ValueError, in one line that names the field, for one that does not fit."""
    made: _T = _read(kind, record, kind.__name__)
    return made


def _read(kind: Any, value: Any, where: str) -> Any:
    """Return *value*, out of JSON, as the type *kind*; *where* names it in an error."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:  # all of ours are one type or None
        return None if value is None else _read(parts[0], value, where)
    wanted = dict if hasattr(kind, "__dataclass_fields__") else origin or kind
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ValueError(f"{where}: expected {wanted.__name__}, got {type(value).__name__}")
    if origin is list:
        return [_read(parts[0], one, f"{where}[{at}]") for at, one in enumerate(value)]
    if origin is dict:
        return {key: _read(parts[1], one, f"{where}.{key}") for key, one in value.items()}
    return _read_object(kind, value, where) if wanted is dict else value


def _read_object(kind: Any, record: dict[str, Any], where: str) -> Any:
    hints = _type_hints(kind)
    for name in record:
        if name not in hints:
            raise ValueError(f"{where}: unknown field {name!r}")
    for name, one in kind.__dataclass_fields__.items():
        if one.default is MISSING and one.default_factory is MISSING and name not in record:
            raise ValueError(f"{where}: field {name!r} is missing")
    return kind(**{name: _read(hints[name], record[name], f"{where}.{name}") for name in record})


@cache
def _type_hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
