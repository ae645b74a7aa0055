"""The record of an article: the item of the spiders, and a line of the feed.

Field names are those of schema.org's NewsArticle, spelled as in zyte-common-items. The order of
the fields is the order of the keys in a feed line. A value that the page does not give is ``None``
and is left out of the line. It is never guessed and never ``""``. The text below a field is its
description in the JSON Schema and in the documentation.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, dataclass, field
from functools import cache
from typing import Any, Self, TypeVar, Union, get_args, get_origin, get_type_hints

SCHEMA_VERSION = 1  # of the record


@dataclass(slots=True)
class Author:
    """A person, or an agency."""

    name: str
    """Name of the person or agency."""
    nameRaw: str | None = None
    """The byline that it was read from."""
    url: str | None = None
    """Absolute URL of the page about the author."""


@dataclass(slots=True)
class Publisher:
    """The organization that publishes the site."""

    name: str | None = None
    """Name of the organization."""
    url: str | None = None
    """Absolute URL of its home page."""


@dataclass(slots=True)
class Image:
    """An image of the article."""

    url: str
    """Its address, absolute."""
    caption: str | None = None
    """The caption that the page shows with it."""
    creditText: str | None = None
    """Its author or owner."""


@dataclass(slots=True)
class Video:
    """A video of the article."""

    url: str
    """Its address, absolute."""
    caption: str | None = None
    """The caption that the page shows with it."""


@dataclass(slots=True)
class Audio:
    """A sound recording of the article."""

    url: str
    """Its address, absolute."""
    caption: str | None = None
    """The caption that the page shows with it."""


@dataclass(slots=True)
class Breadcrumb:
    """One step of the page's breadcrumb trail, outermost first."""

    name: str | None = None
    """The text of the step."""
    url: str | None = None
    """Its address, absolute."""


@dataclass(slots=True)
class RawBody:
    """The body as it is in the page, before cleaning."""

    html: str = field(repr=False)
    """Markup, or an escaped form of it. A region that was escaped in the source of the page is
    decoded, and its attribute ``data-unescaped`` names the layers."""
    slots: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    """The media of placeholders: the name of a placeholder (``IMG_0``, ``img:0``) to
    ``{"type": "image" | "video" | "audio", "url": …, "caption": …, "creditText": …}``."""
    further: list[FurtherBody] = field(default_factory=list, repr=False)
    """The bodies of page 2 and later of a multi-page article, in order."""


@dataclass(slots=True)
class FurtherBody:
    """The body of page 2 or later of a multi-page article."""

    url: str
    """Address of the page."""
    html: str = field(repr=False)
    """The body, as in `RawBody`."""
    slots: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    """The media of placeholders, as in `RawBody`."""


@dataclass(slots=True)
class MissingPage:
    """A page of a multi-page article that is missing in the body."""

    url: str
    """Address of the page."""
    reason: str
    """The reason of a `Rejection`, or ``max-pages`` if the article has more than
    ``NEWSCLEAN_MAX_PAGES`` pages."""


@dataclass(slots=True)
class Metadata:
    """Data about the record from newsclean, not from the page."""

    schemaVersion: int = SCHEMA_VERSION
    """Version of this schema."""
    dateDownloaded: str | None = None
    """Time of the download in UTC: ``2026-04-18T09:30:00Z``."""
    fieldSources: dict[str, str] = field(default_factory=dict)
    """Field to the source of its value: ``rule:<site>``, ``json-ld``, ``embedded``,
    ``microdata``, ``meta``, ``byline``, ``sitemap``, ``feed`` or ``generic``."""
    cleaning: dict[str, dict[str, int]] = field(default_factory=dict)
    """Cleaning step to the number of changes of each kind."""
    contentHash: str | None = None
    """SHA-256 of headline and body in hexadecimal; white space does not matter."""
    changeType: str | None = None
    """``new`` or ``updated``, with a ledger."""
    version: int | None = None
    """1 for the first export of the article, 2 for its first change, with a ledger."""
    previousContentHash: str | None = None
    """``contentHash`` of the previous version."""
    pages: list[str] | None = None
    """URLs of the pages of a multi-page article."""
    missingPages: list[MissingPage] | None = None
    """Pages of the article that could not be joined, with the reason."""
    discoveredBy: str | None = None
    """How a crawl found the page: ``sitemap``, ``feed``, ``section`` …"""
    optOut: list[str] | None = None
    """Opt-outs of the page from text mining and machine learning, such as ``noai``."""
    validationMessages: dict[str, list[str]] | None = None
    """Field to what is missing in it."""


class _Cleanable:
    """Remembers the raw body and headline that an article was cleaned from. It is not a field."""

    __slots__ = ("_cleaned",)

    @property
    def is_clean(self) -> bool:
        """True if the article was cleaned and its raw body and headline did not change since."""
        return getattr(self, "_cleaned", None) == self._sources()

    def note_clean(self) -> None:
        """Note that the article is cleaned from its present raw body and headline."""
        self._cleaned = self._sources()

    def _sources(self) -> tuple[str | None, ...]:
        raise NotImplementedError


@dataclass(slots=True)
class Article(_Cleanable):
    """One article. Dates are only as exact as on the page: ``2026-04-18``,
    ``2026-04-18T09:30:00`` if the time zone is unknown, or with an offset."""

    url: str
    """URL of the page after redirects."""
    canonicalUrl: str | None = None
    """The canonical URL that the page names."""
    headline: str | None = None
    """The headline without the name of the site."""
    alternativeHeadline: str | None = None
    """A second headline."""
    description: str | None = field(default=None, repr=False)
    """The summary that the page gives."""
    authors: list[Author] | None = None
    """People and agencies."""
    editors: list[Author] | None = None
    """Editors in charge (``责任编辑``). They are never mixed with authors."""
    publisher: Publisher | None = None
    """The publisher of the site."""
    source: str | None = None
    """The source that the article was taken from (``来源``)."""
    datePublished: str | None = None
    """Date of publication."""
    datePublishedRaw: str | None = None
    """The same, as it is written on the page."""
    dateModified: str | None = None
    """Date of the last change."""
    dateModifiedRaw: str | None = None
    """The same, as it is written on the page."""
    inLanguage: str | None = None
    """Language of the text: ``en`` or ``en-GB``."""
    articleSection: str | None = None
    """Section of the paper."""
    keywords: list[str] | None = None
    """Its tags."""
    breadcrumbs: list[Breadcrumb] | None = field(default=None, repr=False)
    """The breadcrumb trail to the article, outermost first."""
    mainImage: Image | None = None
    """The lead image."""
    images: list[Image] | None = field(default=None, repr=False)
    """Images in the body."""
    videos: list[Video] | None = field(default=None, repr=False)
    """Videos in the body."""
    audios: list[Audio] | None = field(default=None, repr=False)
    """Sound recordings in the body."""
    articleBody: str | None = field(default=None, repr=False)
    """The text. Paragraphs are separated by one blank line."""
    articleBodyHtml: str | None = field(default=None, repr=False)
    """The same as simple HTML that is safe to show in a browser."""
    wordCount: int | None = None
    """Number of words, or of characters in a script without spaces."""
    isAccessibleForFree: bool | None = None
    """False behind a paywall. Left out if the page does not say."""
    articleBodyRaw: RawBody | None = field(default=None, repr=False)
    """The body before cleaning, only with ``NEWSCLEAN_KEEP_RAW``."""
    metadata: Metadata = field(default_factory=Metadata, repr=False)
    """Data about the record from newsclean."""

    @property
    def raw_size(self) -> int:
        """The length of the raw body in characters, with those of page 2 and later."""
        raw = self.articleBodyRaw
        if raw is None:
            return 0
        return len(raw.html) + sum(len(one.html) for one in raw.further)

    def _sources(self) -> tuple[str | None, ...]:
        raw = self.articleBodyRaw
        bodies = [raw.html, *(one.html for one in raw.further)] if raw is not None else []
        return self.url, self.headline, *bodies

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the feed line of the article, as `as_record` does.

        >>> Article(url="https://news.example/7", headline="Rain at last").to_dict()["headline"]
        'Rain at last'
        """
        return as_record(self)

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Self:
        """Return the article of *record*, the JSON object of a feed line. Raise ValueError with one
        line that names the field if it is unknown, missing or of another type.

        >>> record = {"url": "https://news.example/7", "authors": [{"name": "Una"}]}
        >>> Article.from_dict(record).authors
        [Author(name='Una', nameRaw=None, url=None)]
        """
        return from_record(cls, record)


@dataclass(slots=True)
class Rejection:
    """A page without an article, with the reason. It is written to the second feed."""

    url: str
    """Address of the page."""
    reason: str
    """The reason as a fixed word that can be counted: one of `FAILURES` or `NO_ARTICLE`, or
    ``http-`` and the status of the response."""
    detail: str | None = None
    """The reason as one line of text."""
    status: int | None = None
    """The HTTP status, if there was a response."""
    dateDownloaded: str | None = None
    """Time of the download in UTC."""
    discoveredBy: str | None = None
    """How a crawl found the page."""
    duplicateOf: str | None = None
    """URL of the article that a ``duplicate`` repeats."""

    @classmethod
    def of(
        cls, article: Article, reason: str, detail: str, *, url: str = "", duplicate_of: str = ""
    ) -> Self:
        """Return the rejection of *article*, which was read. *url* is the requested URL if it is
        not the URL of the article."""
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
        """Return the rejection of *article* as a duplicate of the article from the URL *first*."""
        return cls.of(article, "duplicate", f"the same article as {first}", duplicate_of=first)


# Reason → meaning, for a page that could not be fetched. It may be there at another time, so a
# crawl with a ledger requests it again.
FAILURES: dict[str, str] = {
    "dns": "the host has no address",
    "refused": "the host refuses the connection",
    "reset": "the host closed the connection before it had answered",
    "unreachable": "no connection to the host",
    "timeout": "no answer within `DOWNLOAD_TIMEOUT`",
    "truncated": "the answer broke off",
    "damaged": "the compressed answer cannot be decompressed",
    "tls": "the TLS connection failed, for example because of an invalid certificate",
    "bad-header": "the answer does not follow HTTP",
    "bad-redirect": "the redirect leads to an address that cannot be fetched",
    "redirect-loop": "more than `REDIRECT_MAX_TIMES` redirects, or redirects in a circle",
    "private-address": "the address is not public, or the port is not allowed",
    "robots-unavailable": "robots.txt could not be read, so the host is forbidden for this run",
    "site-budget": "the site has used up a budget of `NEWSCLEAN_SITE_BUDGET`",
    "worker-killed": "the worker process that read the page ended",
    "too-slow": "reading the page took longer than `NEWSCLEAN_WORKER_TIMEOUT`",
    "too-much-memory": "reading the page took more than `NEWSCLEAN_WORKER_MEMORY`",
    "taken-over": "another crawl may have taken the site over",
    "incomplete": "a page of an article that was exported before could not be had",
    "ignored": "a middleware of the project refused the request",
    "failed": "the page could not be written to the WARC files",
    "error": "newsclean or the project's code raised an exception",
    **{
        f"http-{status}": f"the server answered {status}"
        for status in (408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524)
    },
}
# Reason → meaning, for a page that was fetched, or can never be fetched, and gives no article.
NO_ARTICLE: dict[str, str] = {
    "no-body": "no article text was found on the page",
    "short-body": "the body has fewer letters than `NEWSCLEAN_MIN_LETTERS`",
    "needs-javascript": "the page is a shell whose text a script builds",
    "not-html": "the answer is no HTML page",
    "not-article": "the page was read, and is no article",
    "listing-page": "the page lists articles (of a crawl, in the ledger only)",
    "too-old": "the article is older than `since`",
    "duplicate": "the same article came from another address",
    "further-page": "the page is page 2 or later of an article",
    "redirect": "the page of an article redirects to a page that is none of it",
    "other-site": "the page redirects to another site",
    "robots": "robots.txt forbids it",
    "too-large": "more than `DOWNLOAD_MAXSIZE` bytes",
    "bad-url": "nothing can be asked for at this address",
    "scheme": "the address is neither http nor https",
    "long-url": "the address is too long",
    "empty-page": "the saved page has no content",
    "unreadable": "the file cannot be read",
    "not-saved": "no WARC file has the page",
}


def is_failure(reason: str) -> bool:
    """Return True if *reason* of a `Rejection` may be temporary, such as a host that does not
    respond. Return False for a page without an article.

    >>> is_failure("timeout"), is_failure("no-body")
    (True, False)
    """
    return reason in FAILURES


_CONTAINERS = frozenset({list, dict})
_SCALARS = frozenset({str, int, bool, float})


def as_record(item: Any) -> dict[str, Any]:
    """Return *item* (an `Article`, a `Rejection` or a part of one) as the JSON object of its feed
    line: fields in their order, without ``None`` and empty containers.

    >>> as_record(Author("Una Marsh"))
    {'name': 'Una Marsh'}
    """
    record: dict[str, Any] = {}
    for name in item.__dataclass_fields__:
        value = getattr(item, name)
        if value is None or (not value and type(value) in _CONTAINERS):
            continue
        record[name] = value if type(value) in _SCALARS else _plain(value)
    return record


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return as_record(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value


_T = TypeVar("_T")


def from_record(kind: type[_T], record: Any) -> _T:
    """Return the item of the class *kind* from *record*, a JSON object as `as_record` returns it.
    Raise ValueError with one line that names the field for a record that does not fit.

    >>> from_record(Author, {"name": "Una Marsh"}).name
    'Una Marsh'
    """
    made: _T = _read(kind, record, kind.__name__)
    return made


def _read(kind: Any, value: Any, where: str) -> Any:
    """Return *value* from JSON as the type *kind*. *where* is its name in an error."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:  # in our items, always one type or None
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
