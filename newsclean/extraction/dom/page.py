"""The page, with its HTML parsed once for all fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

from newsclean.cleaning.regions import unescape_regions
from newsclean.cleaning.tree import cut, parse_html
from newsclean.extraction.dates.day_order import date_language
from newsclean.extraction.dates.read import read_date
from newsclean.extraction.dom.heading import find_heading
from newsclean.extraction.dom.index import DomIndex
from newsclean.extraction.dom.text import squeeze
from newsclean.extraction.language import read_tag
from newsclean.urls import host_of, join_url

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from lxml.etree import _Element

    from newsclean.extraction.dates.read import Moment


# The elements that `Page.elements` has → their kind. Several fields read them.
_KINDS = {
    **{tag: tag for tag in ("html", "base", "link", "meta", "script", "title")},
    **dict.fromkeys(("h1", "h2", "h3"), "heading"),
}
_MAX_ELEMENTS = 10_000  # of a kind; no page of 1,481 has a tenth of it


@dataclass
class Page:
    """A fetched page. ``url`` is its URL after redirects. ``downloaded`` is the time of the
    download with a time zone, None if unknown. If a page has more tags or characters than
    `cleaning.tree.cut` allows, only its beginning is read, and ``is_cut`` is True."""

    html: str = field(repr=False)
    url: str
    downloaded: datetime | None = None

    def __post_init__(self) -> None:
        whole = len(self.html)
        self.html = cut(self.html)
        self.is_cut = len(self.html) < whole

    @cached_property
    def root(self) -> _Element:
        """The tree of the page with its escaped regions decoded. Do not change it."""
        html = unescape_regions(self.html)
        return self.served_root if html is self.html else parse_html(html)

    @cached_property
    def served_root(self) -> _Element:
        """The tree of the page as it was served. Do not change it."""
        return parse_html(self.html, is_cut=True)

    @cached_property
    def elements(self) -> Mapping[str, list[_Element]]:
        """The elements of the page head, the scripts and the headings of the page, by kind, in
        document order: ``html``, ``base``, ``link``, ``meta``, ``script``, ``title``, and
        ``heading`` for ``<h1>`` to ``<h3>``. A walk over the tree takes as long for all of them as
        for one, and as long for the first ``<html>``: lxml looks for the next element before it
        returns one."""
        found: dict[str, list[_Element]] = {kind: [] for kind in _KINDS.values()}
        for node in self.root.iter(*_KINDS):
            found[_KINDS[str(node.tag)]].append(node)
        for nodes in found.values():
            del nodes[_MAX_ELEMENTS:]
        return found

    @cached_property
    def host(self) -> str:
        """The host of the URL, "" if it has none."""
        return host_of(self.url)

    @cached_property
    def base_url(self) -> str:
        """The base of relative URLs."""
        base = next(iter(self.elements["base"]), None)
        href = base.get("href") if base is not None else None
        return self.absolute(href, self.url) or self.url if href else self.url

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """The page's ``<meta>`` tags: name or property in lower case → contents, in order."""
        metas: dict[str, list[str]] = {}
        for meta in self.elements["meta"]:
            content = squeeze(meta.get("content"))
            if not content:
                continue
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                name = meta.get(attribute)
                if name:
                    metas.setdefault(name.strip().lower(), []).append(content)
        return metas

    @cached_property
    def lang(self) -> str:
        """The language tag of the ``<html>`` element as it is written, "" if it has none."""
        html = next(iter(self.elements["html"]), None)
        return (html.get("lang") or html.get("xml:lang") or "") if html is not None else ""

    @cached_property
    def date_language(self) -> str:
        """The language tag that decides the order of dates, from the tags and the host of the page;
        "" if unknown."""
        tags = [self.lang]
        for name in ("og:locale", "content-language", "language", "dc.language"):
            tags += self.metas.get(name, [])[:1]
        found = next(filter(None, map(read_tag, tags)), "")
        return date_language(found, self.host)

    @cached_property
    def read_date(self) -> Callable[[str], Moment | None]:
        """`read_date` for a text of this page. Each text is parsed only once, because
        several fields need it."""
        return cache(partial(read_date, downloaded=self.downloaded, language=self.date_language))

    @cached_property
    def heading(self) -> _Element | None:
        """The heading of the article, or None."""
        return find_heading(self.elements, self.metas)

    @cached_property
    def dom_index(self) -> DomIndex:
        """The index of the page's DOM."""
        return DomIndex(self.root)

    @cached_property
    def scripts(self) -> list[str]:
        """The source of the page's inline scripts that are programs or data, not JSON-LD."""
        return [
            script.text
            for script in self.elements["script"]
            if "ld+json" not in (script.get("type") or "") and script.text
        ]

    def absolute(self, url: str | None, base: str | None = None) -> str | None:
        """Return *url* as an absolute http or https URL (or, for a file, relative to it), else
        None."""
        if not url:
            return None
        joined = join_url(self.base_url if base is None else base, url.strip())
        return joined if joined and joined.startswith(("http://", "https://")) else None
