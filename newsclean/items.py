"""The record: what a page is read into and what a line of the feed holds.

Names are schema.org's NewsArticle as zyte-common-items spells them; the order of
the fields here is the order of the keys in a feed line. A value that the page does
not give is ``None`` and is left out of the line: never guessed, never ``""``. The text below
a field is its description in the JSON Schema and in the documentation.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, dataclass, field
from functools import cache
from typing import Any, Self, TypeVar, Union, get_args, get_origin, get_type_hints

SCHEMA_VERSION = 1


@dataclass(slots=True)
class Author:
    """A person, or an agency as it is named."""

    name: str
    """Name of the person or agency."""
    nameRaw: str | None = None
    """The byline it was read from."""
    url: str | None = None
    """Page about the author, absolute."""


@dataclass(slots=True)
class Publisher:
    """The organisation behind the site."""

    name: str | None = None
    """Name of the organization."""
    url: str | None = None
    """Its home page, absolute."""


@dataclass(slots=True)
class Image:
    """An image of the article."""

    url: str
    """Its address, absolute."""
    caption: str | None = None
    """The caption that the page shows with it."""
    creditText: str | None = None
    """Who made or owns it."""


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
    """The body as the page holds it, before cleaning."""

    html: str = field(repr=False)
    """Markup, or an escaped form of it. A region that was escaped in the page's source is decoded,
    and an attribute, ``data-unescaped``, names its layers."""
    slots: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    """The page's side table: the name of a placeholder (``IMG_0``, ``img:0``) to what belongs
    there, ``{"type": "image" | "video" | "audio", "url": …, "caption": …, "creditText": …}``."""
    further: list[FurtherBody] = field(default_factory=list, repr=False)
    """The bodies of the article's further pages, in order."""


@dataclass(slots=True)
class FurtherBody:
    """The body of an article's further page."""

    url: str
    """Address of the page."""
    html: str = field(repr=False)
    """Its body, as in `RawBody`."""
    slots: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    """Its side table, as in `RawBody`."""


@dataclass(slots=True)
class MissingPage:
    """A further page of the article that is not in its body."""

    url: str
    """Address of the page."""
    reason: str
    """Why: the reason of a `Rejection`, or ``max-pages`` if more than ``NEWSCLEAN_MAX_PAGES``
    pages follow."""


@dataclass(slots=True)
class Metadata:
    """What newsclean says about the record, rather than the page about itself."""

    schemaVersion: int = SCHEMA_VERSION
    """Version of this schema."""
    dateDownloaded: str | None = None
    """When the page was downloaded, UTC: ``2026-04-18T09:30:00Z``."""
    fieldSources: dict[str, str] = field(default_factory=dict)
    """Field to where its value came from: ``rule:<site>``, ``json-ld``, ``embedded``,
    ``microdata``, ``meta``, ``byline``, ``sitemap``, ``feed`` or ``generic``."""
    cleaning: dict[str, dict[str, int]] = field(default_factory=dict)
    """Cleaning step to what it changed, counted."""
    contentHash: str | None = None
    """SHA-256 of headline and body without regard to white space, in hexadecimal."""
    changeType: str | None = None
    """``new`` or ``updated``, with a ledger."""
    version: int | None = None
    """1 for the first export of the article, 2 for its first change, with a ledger."""
    previousContentHash: str | None = None
    """``contentHash`` of the version before."""
    pages: list[str] | None = None
    """Addresses of the pages that the article was joined from, if there are several."""
    missingPages: list[MissingPage] | None = None
    """Pages of the article that could not be joined, and why."""
    discoveredBy: str | None = None
    """How a crawl found the page: ``sitemap``, ``feed``, ``section`` …"""
    optOut: list[str] | None = None
    """What the page says against its use for machine learning, such as ``noai``."""
    validationMessages: dict[str, list[str]] | None = None
    """Field to what a reader would miss in it."""


class _Cleanable:
    """Remembers, in no field, what an article was cleaned from."""

    __slots__ = ("_cleaned",)

    @property
    def is_clean(self) -> bool:
        """True if the article was cleaned, and has had no other raw body or headline since."""
        return getattr(self, "_cleaned", None) == self._sources()

    def note_clean(self) -> None:
        """Note that the article was cleaned from what it holds now."""
        self._cleaned = self._sources()

    def _sources(self) -> tuple[str | None, ...]:
        raise NotImplementedError


@dataclass(slots=True)
class Article(_Cleanable):
    """One article. Dates say what is known and no more: ``2026-04-18``,
    ``2026-04-18T09:30:00`` with no zone known, or with an offset."""

    url: str
    """Where the page came from, after redirects."""
    canonicalUrl: str | None = None
    """What the page calls its own address."""
    headline: str | None = None
    """The headline, without the site's name."""
    alternativeHeadline: str | None = None
    """A second headline."""
    description: str | None = field(default=None, repr=False)
    """The page's summary of the article."""
    authors: list[Author] | None = None
    """People and agencies."""
    editors: list[Author] | None = None
    """Editors in charge (``责任编辑``). They are never mixed with authors."""
    publisher: Publisher | None = None
    """Who is behind the site."""
    source: str | None = None
    """Who the article was taken from (``来源``)."""
    datePublished: str | None = None
    """When it was published."""
    datePublishedRaw: str | None = None
    """The same, as the page writes it."""
    dateModified: str | None = None
    """When it was last changed."""
    dateModifiedRaw: str | None = None
    """The same, as the page writes it."""
    inLanguage: str | None = None
    """Language of the text: ``en`` or ``en-GB``."""
    articleSection: str | None = None
    """Section of the paper."""
    keywords: list[str] | None = None
    """Its tags."""
    breadcrumbs: list[Breadcrumb] | None = field(default=None, repr=False)
    """The way to the article through the site, outermost first."""
    mainImage: Image | None = None
    """The picture that stands for the article."""
    images: list[Image] | None = field(default=None, repr=False)
    """Pictures that the body shows."""
    videos: list[Video] | None = field(default=None, repr=False)
    """Videos that the body shows."""
    audios: list[Audio] | None = field(default=None, repr=False)
    """Sound recordings that the body shows."""
    articleBody: str | None = field(default=None, repr=False)
    """The text. Paragraphs are separated by one blank line."""
    articleBodyHtml: str | None = field(default=None, repr=False)
    """The same as simple HTML that is safe to show."""
    wordCount: int | None = None
    """Number of words; of letters in a language that writes no spaces."""
    isAccessibleForFree: bool | None = None
    """False behind a paywall. Left out if the page does not say."""
    articleBodyRaw: RawBody | None = field(default=None, repr=False)
    """The body before cleaning, with ``NEWSCLEAN_KEEP_RAW`` only."""
    metadata: Metadata = field(default_factory=Metadata, repr=False)
    """What newsclean says about the record."""

    @property
    def raw_size(self) -> int:
        """The length of the raw body, with those of further pages, in characters."""
        raw = self.articleBodyRaw
        if raw is None:
            return 0
        return len(raw.html) + sum(len(one.html) for one in raw.further)

    def _sources(self) -> tuple[str | None, ...]:
        raw = self.articleBodyRaw
        bodies = [raw.html, *(one.html for one in raw.further)] if raw is not None else []
        return self.url, self.headline, *bodies

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
    """A page that gave no article, and why. Goes to the second feed."""

    url: str
    """Address of the page."""
    reason: str
    """Why, as a fixed word that can be counted: one of `FAILURES` or `NO_ARTICLE`, or ``http-`` and
    the status of the answer."""
    detail: str | None = None
    """One plain line for people."""
    status: int | None = None
    """The HTTP status, if an answer came."""
    dateDownloaded: str | None = None
    """When it was downloaded, UTC."""
    discoveredBy: str | None = None
    """How a crawl found the page."""
    duplicateOf: str | None = None
    """URL of the article that a ``duplicate`` repeats."""

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


# Reason → meaning, of a page that could not be had. It may be there at another time, so a crawl
# with a ledger asks for it again.
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
# Reason → meaning, of a page that was had, or never can be, and gives no article.
NO_ARTICLE: dict[str, str] = {
    "no-body": "no article text was found on the page",
    "short-body": "the body has fewer letters than `NEWSCLEAN_MIN_LETTERS`",
    "needs-javascript": "the page is a shell whose text a script builds",
    "not-html": "the answer is no HTML page",
    "not-article": "the page was read, and is no article",
    "listing-page": "the page lists articles (in the ledger only)",
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
