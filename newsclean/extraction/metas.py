"""Read meta tags, OpenGraph and microdata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.extraction.candidates import Candidate
from newsclean.extraction.dom.text import squeeze, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from newsclean.extraction.dom.page import Page

# Field → names of its meta tags, the most reliable first.
NAMES: dict[str, tuple[str, ...]] = {
    "headline": (
        "og:title",
        "twitter:title",
        "sailthru.title",
        "dc.title",
        "dcterms.title",
        "parsely-title",
        "headline",
        "hdl",
        "article_title",
        "articletitle",
        "citation_title",
        "title",
    ),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
    "authors": (
        "citation_author",
        "author",
        "article:author",
        "article:author_name",
        "og:article:author",
        "parsely-author",
        "sailthru.author",
        "byl",
        "dc.creator",
        "dcterms.creator",
        "dcterms.creator.name",
        "dc.contributor",
        "twitter:data1",
        "cxenseparse:author",
        "authors",
    ),
    "datePublished": (
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "publishdate",
        "pubdate",
        "publish_date",
        ("publish-date"),
        "publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "date",
        "dc.date",
        "dc.date.issued",
        "dc.date.created",
        "dcterms.created",
        "dcterms.issued",
        "dcterms.date",
        ("article.published"),
        "article.created",
        "article_date_original",
        "cxenseparse:recs:publishtime",
        "citation_publication_date",
        "citation_date",
        "ptime",
        "originalpublicationdate",
        "date.issued",
        "dateissued",
        "rnews:datepublished",
        "cdate",
        "published_time",
        "published-date",
        "release_date",
        ("displaydate"),
        "og:pubdate",
        "publisheddate",
        "firstpublishdate",
        "weibo: article:create_at",
        ("weibo:article:create_at"),
        "video:release_date",
        "last-publish-date",
        "timestamp",
        "bt:pubdate",
        "shareaholic:article_published_time",
        "article-publish-date",
        "created",
        "creation_date",
    ),
    "dateModified": (
        "article:modified_time",
        "og:updated_time",
        "og:article:modified_time",
        "lastmod",
        "datemodified",
        "last-modified",
        "dc.date.modified",
        "dcterms.modified",
        "article.updated",
        "revised",
        "modified_time",
    ),
    "keywords": ("news_keywords", "keywords", "article:tag", "parsely-tags", "sailthru.tags"),
    "articleSection": ("article:section", "og:article:section", "section", "parsely-section"),
    "publisher": ("og:site_name", "application-name", "dc.publisher", "publisher", "copyright"),
    "inLanguage": ("og:locale", "content-language", "language", "dc.language"),
    "images": (
        "og:image",
        "og:image:url",
        ("og:image:secure_url"),
        "twitter:image",
        "twitter:image:src",
        "parsely-image-url",
        "sailthru.image.full",
        "thumbnail",
        "image",
    ),
    "canonicalUrl": ("og:url",),
    "source": ("contentsource", "source"),
}
_LISTS = frozenset({"authors", "keywords"})
# itemprop → field
_PROPERTIES = {
    "headline": "headline",
    "author": "authors",
    "creator": ("authors"),
    "datepublished": "datePublished",
    "datecreated": "datePublished",
    "datemodified": ("dateModified"),
    "articlesection": "articleSection",
    "keywords": "keywords",
    "inlanguage": "inLanguage",
    ("description"): "description",
    "editor": "editors",
}
# Item types whose properties do not belong to the article.
_FOREIGN = frozenset(
    "comment person imageobject videoobject organization product event rating review place"
    " sitenavigationelement".split()
)
_MAX_COUNT, _MAX_IMAGES = 300, 4
_MAX_OF_ONE = {"authors": 3, "datePublished": 2}


def read_metas(page: Page) -> Iterator[Candidate]:
    """Yield the candidates in the meta tags of *page*, the most reliable name of each field first.
    Values are text; ``authors`` and ``keywords`` are lists of text; ``images`` are lists of
    ``{"url"}``."""
    metas = page.metas
    for field, names in NAMES.items():
        for name in names:
            values = metas.get(name)
            if not values:
                continue
            if name == "twitter:data1" and not _labelled_author(metas):
                continue
            if field == "images":
                yield Candidate(field, [{"url": one} for one in values[:_MAX_IMAGES]], "meta")
            elif field == "publisher":
                yield Candidate(field, {"name": values[0]}, "meta")
            elif field in _LISTS:
                yield Candidate(field, _named(field, values), "meta")
            else:
                yield Candidate(field, values[0], "meta")
    for link in page.root.iter("link"):
        if (link.get("rel") or "").lower() == "image_src":
            yield Candidate("images", [{"url": squeeze(link.get("href"))}], "meta")
    tier = (metas.get("article:content_tier") or [""])[0].lower()
    if tier in {"free", "locked", "metered"}:
        yield Candidate("isAccessibleForFree", {"free": tier == "free"}, "meta")


def _named(field: str, values: list[str]) -> list[dict[str, str]] | list[str]:
    return [{"name": value} for value in values] if field == "authors" else values


def _labelled_author(metas: dict[str, list[str]]) -> bool:
    """Return True if ``twitter:label1`` says that ``twitter:data1`` is the author. Otherwise it is
    the reading time."""
    label = (metas.get("twitter:label1") or [""])[0].lower()
    return label.startswith(
        ("written by", "author", "by", "verfasst", "geschrieben", "écrit", "escrito")
    )


def read_microdata(page: Page) -> Iterator[Candidate]:
    """Yield the candidates in the ``itemprop`` attributes of *page*."""
    if "itemprop" not in page.html:
        return
    found = list(_properties(page))
    # Many authors or many dates belong to a list of other articles.
    lists = {
        field
        for field, most in _MAX_OF_ONE.items()
        if len({str(one.value) for one in found if one.field == field}) > most
    }
    for one in found:
        yield Candidate(one.field, one.value, "generic") if one.field in lists else one


def _properties(page: Page) -> Iterator[Candidate]:
    for count, node in enumerate(page.root.xpath("//*[@itemprop]")):
        if count == _MAX_COUNT:
            return
        names = (node.get("itemprop") or "").lower().split()
        for name in names:
            field = _PROPERTIES.get(name)
            if field is None or (node.tag == "meta" and name == "description") or _is_foreign(node):
                continue
            value = _value(node, name)
            if not value:
                continue
            if field in {"authors", "editors"}:
                yield Candidate(field, [{"name": value}], "microdata")
            elif field == "keywords":
                yield Candidate(field, [value], "microdata")
            else:
                yield Candidate(field, value, "microdata")


def _value(node: _Element, name: str) -> str:
    if name in {"author", "creator", "editor"} and node.get("itemscope") is not None:
        for inner in node.iter():
            if isinstance(inner.tag, str) and inner.get("itemprop", "").lower() == "name":
                return squeeze(inner.get("content")) or text_of(inner)
    if name.startswith("date"):
        return squeeze(node.get("datetime") or node.get("content")) or text_of(node)
    return squeeze(node.get("content")) or text_of(node)


def _is_foreign(node: _Element) -> bool:
    for depth, parent in enumerate(node.iterancestors()):
        if depth > 20:
            return False
        kind = parent.get("itemtype")
        if kind:
            return kind.rstrip("/").rpartition("/")[2].lower() in _FOREIGN
    return False
