"""The article: the item of the spiders, and a line of the feed.

Field names are those of schema.org's NewsArticle, spelled as in zyte-common-items. The order of
the fields is the order of the keys in a feed line. A value that the page does not give is ``None``
and is left out of the line. It is never guessed and never ``""``. The text below a field is its
description in the JSON Schema and in the documentation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

from newsclean.serialization import as_record, from_record

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
    """Absolute URL."""
    caption: str | None = None
    """The caption that the page shows with it."""
    creditText: str | None = None
    """Its author or owner."""


@dataclass(slots=True)
class Video:
    """A video of the article."""

    url: str
    """Absolute URL."""
    caption: str | None = None
    """The caption that the page shows with it."""


@dataclass(slots=True)
class Audio:
    """A sound recording of the article."""

    url: str
    """Absolute URL."""
    caption: str | None = None
    """The caption that the page shows with it."""


@dataclass(slots=True)
class Breadcrumb:
    """One step of the page's breadcrumb trail, outermost first."""

    name: str | None = None
    """The text of the step."""
    url: str | None = None
    """Absolute URL."""


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
    """URL of the page."""
    html: str = field(repr=False)
    """The body, as in `RawBody`."""
    slots: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    """The media of placeholders, as in `RawBody`."""


@dataclass(slots=True)
class MissingPage:
    """A page of a multi-page article that is missing in the body."""

    url: str
    """URL of the page."""
    reason: str
    """The reason of a rejection, or ``max-pages`` if the article has more than
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
    ``microdata``, ``meta``, ``byline``, ``sitemap``, ``feed`` or ``generic``. The source of
    ``datePublished`` is ``dateModified`` if the page shows only the day of its last change."""
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
