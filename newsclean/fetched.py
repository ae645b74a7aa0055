"""READ AND CLEAN a page that was fetched or saved, and return its article or a rejection. Pure, so
that it can run in a thread or a worker process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsclean.archives import OPT_OUT_HEADERS
from newsclean.archives.html import looks_like_html
from newsclean.article import clean_article, extract_article, rule_for, utc
from newsclean.extraction import Page, decode
from newsclean.extraction.opt_outs import opt_outs
from newsclean.extraction.pagination.find import Pagination, find_pages
from newsclean.extraction.shell import is_shell, letters_of
from newsclean.extraction.sniff import sniff_binary
from newsclean.rejections import Rejection

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from newsclean.archives import SavedPage
    from newsclean.items import Article
    from newsclean.sites import SiteRules

_HTML_TYPES = ("text/html", "application/xhtml")


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """An HTTP response. ``url`` is the URL after redirects, ``asked`` the requested one.
    ``content_type``, ``robots`` (X-Robots-Tag) and ``reserved`` (TDM-Reservation) are headers,
    empty if missing. ``hints`` are values from a listing. ``number`` is the page number in a
    multi-page article, if it is known. ``site`` is the site whose links are wanted, for a reader
    that looks for links (`newsclean.spiders.site_pages`)."""

    url: str
    body: bytes = field(repr=False)
    downloaded: datetime
    asked: str = ""
    status: int = 200
    content_type: str = ""
    robots: str = ""
    reserved: str = ""
    hints: Mapping[str, tuple[Any, str]] | None = None
    discovered_by: str | None = None
    number: int | None = None
    site: str = ""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read: its article, and its place in a multi-page article. ``beside`` is the
    result of `PageReader.look`."""

    article: Article
    place: Pagination
    beside: object = None


class PageReader:
    """Reads pages with *rules*. A page whose body has fewer than *min_letters* letters may need a
    browser. If *max_pages* is more than 1, links to other pages of a multi-page article are read.

    An article on one page is cleaned. The body of a multi-page article stays raw. Unless
    *keep_raw*, a cleaned article has no raw body, which would be most of its size.
    """

    def __init__(
        self,
        rules: SiteRules | None = None,
        *,
        min_letters: int = 1,
        max_pages: int = 1,
        keep_raw: bool = True,
    ) -> None:
        self.rules = rules
        self.keep_raw = keep_raw
        self.min_letters = max(1, min_letters)
        self.max_pages = max_pages

    def read(self, fetched: FetchedPage) -> ReadPage | Rejection:
        """Return the article on the page *fetched* and its place in a multi-page article, or a
        rejection."""
        problem = page_problem(fetched)
        if problem is not None:
            return _rejected(fetched, *problem)
        # The text has no name: only the part of a large page that is read is kept.
        page = Page(decode(fetched.body, fetched.content_type), fetched.url, fetched.downloaded)
        article = extract_article(page, hints=fetched.hints, rules=self.rules)
        body = article.articleBodyRaw
        beside = self.look(fetched, page, article)
        is_empty = letters_of(body.html if body else None) < self.min_letters
        if is_empty and is_shell(page.root) and not self.has_list(beside):
            detail = (
                "the page needs JavaScript: NEWSCLEAN_RENDER=auto renders it"
                " (pip install 'newsclean[render]')"
            )
            return _rejected(fetched, "needs-javascript", detail)
        article.metadata.discoveredBy = fetched.discovered_by
        _note_opt_outs(article, fetched.robots, fetched.reserved)
        place = self._place(page, article, fetched.number)
        del page  # its tree is freed before the tree of the body is made
        return self._read(article, place, fetched.number, beside)

    def look(self, fetched: FetchedPage, page: Page, article: Article) -> object:
        """Return what a subclass reads on *page*, which was *fetched*, besides the raw
        *article*."""
        return None

    def has_list(self, beside: object) -> bool:
        """Return True if *beside*, the result of `look`, has a list of articles, although the page
        shows nothing without JavaScript."""
        return False

    def read_saved(self, saved: SavedPage) -> ReadPage:
        """Return the article on the page *saved* and its place in a multi-page article."""
        is_text = saved.kind == "text"
        page = Page(decode(saved.body, saved.content_type), saved.url, saved.date)
        mark = saved.mark
        hints = mark.hints if mark is not None else None
        article = extract_article(page, is_text=is_text, hints=hints, rules=self.rules)
        article.metadata.discoveredBy = mark.discovered_by if mark is not None else "archive"
        _note_opt_outs(article, *(saved.opt_outs.get(name, "") for name in OPT_OUT_HEADERS))
        if is_text:
            return ReadPage(self._clean(article), Pagination())
        number = mark.number if mark is not None else None
        place = self._place(page, article, number)
        del page
        return self._read(article, place, number)

    def _place(self, page: Page, article: Article, number: int | None) -> Pagination:
        if self.max_pages > 1 and article.articleBodyRaw is not None:
            return find_pages(page, rule_for(page, self.rules), number=number)
        return Pagination()

    def _read(
        self, article: Article, place: Pagination, number: int | None, beside: object = None
    ) -> ReadPage:
        if number is None and not (place.first or place.pages or place.whole):
            self._clean(article)
        return ReadPage(article, place, beside)

    def _clean(self, article: Article) -> Article:
        clean_article(article)
        if not self.keep_raw and article.articleBody is not None:
            article.articleBodyRaw = None
            article.note_clean()
        return article


def page_problem(page: FetchedPage) -> tuple[str, str] | None:
    """Return (reason, detail) if *page* cannot be an HTML page, otherwise None.

    >>> from datetime import datetime
    >>> page_problem(FetchedPage("https://news.example/7", b"", datetime(2026, 4, 18), status=404))
    ('http-404', 'the server responded with status 404')
    """
    body = page.body
    named = page.content_type.split(";")[0].strip().lower()
    if not 200 <= page.status < 300:
        return f"http-{page.status}", f"the server responded with status {page.status}"
    if not body.strip():
        return "empty-page", "the response has no content"
    binary = sniff_binary(body)
    if binary is not None:
        return "not-html", f"the response is {binary}"
    if b"<" not in body:
        return "not-html", "the response has no markup"
    if named.startswith(_HTML_TYPES):
        return None
    if looks_like_html(body) and (not named or named.startswith(("text/", "application/x"))):
        return None
    shown = named.encode("latin-1", "replace").decode("ascii", "replace")[:80] or "not given"
    return "not-html", f"content type {shown}"


def _rejected(page: FetchedPage, reason: str, detail: str) -> Rejection:
    return Rejection(
        url=page.asked or page.url,
        reason=reason,
        detail=detail,
        status=page.status,
        dateDownloaded=utc(page.downloaded),
        discoveredBy=page.discovered_by,
    )


def _note_opt_outs(article: Article, robots: str, reserved: str) -> None:
    """Add the opt-outs in the headers *robots* (X-Robots-Tag) and *reserved* (TDM-Reservation) to
    the metadata of *article*, which already has those in the page."""
    found = opt_outs([robots, *(article.metadata.optOut or [])], reserved)
    article.metadata.optOut = found or None
