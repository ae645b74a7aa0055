"""READ AND CLEAN: from the HTML of a page to the article of a feed line. Pure.

A program calls `read_article` to get the article of a page. In a crawl, spiders call
`extract_article`, and a pipeline calls `clean_article`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from newsclean.cleaning import clean_body, join_bodies
from newsclean.cleaning.tree import MAX_CHARACTERS, MAX_TAGS
from newsclean.extraction import (
    Page,
    choose_language,
    decode,
    may_be_lead,
    read_page,
    read_plain_page,
)
from newsclean.items import Article, Audio, Image, RawBody, Video
from newsclean.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.cleaning import CleanBody, Media
    from newsclean.sites import SiteRule, SiteRules

_CUT = (
    f"only the first {MAX_TAGS:,} tags (five attributes count as one) or {MAX_CHARACTERS:,}"
    " characters were read"
)


def read_article(
    html: str | bytes,
    url: str | None = None,
    *,
    content_type: str | None = None,
    downloaded: datetime | None = None,
    hints: Mapping[str, tuple[Any, str]] | None = None,
    rules: SiteRules | None = None,
) -> Article:
    """Return the article on the page *html*, with its body cleaned. Raises no exception for any
    page; takes time linear in its size.

    *html* may be bytes, which are decoded as browsers do; *content_type*, the HTTP header, often
    names the charset. *url* is the URL of the page after redirects. Without it, the URL is read
    from the page, and relative links are left out. *downloaded* (with a time zone) resolves dates
    such as "3 hours ago", and becomes ``metadata.dateDownloaded``. *hints* are values from a
    listing: field to (value, source). *rules* are site rules; the rule for the site of the page is
    applied. A page without an article gives an `Article` without ``articleBody``.

    >>> page = "<title>Rain at last</title><h1>Rain at last</h1>" + "<p>It rained.</p>" * 9
    >>> article = read_article(page, "https://news.example/7")
    >>> article.headline, article.metadata.fieldSources["headline"]
    ('Rain at last', 'generic')
    """
    return clean_article(
        extract_article(
            html, url, content_type=content_type, downloaded=downloaded, hints=hints, rules=rules
        )
    )


def extract_article(
    html: str | bytes | Page,
    url: str | None = None,
    *,
    content_type: str | None = None,
    downloaded: datetime | None = None,
    is_text: bool = False,
    hints: Mapping[str, tuple[Any, str]] | None = None,
    rules: SiteRules | None = None,
) -> Article:
    """Return the article on the page *html* with its raw body in ``articleBodyRaw``. A pipeline or
    `clean_article` cleans it. The arguments are those of `read_article`.

    If *is_text* is True, *html* is the text of a page without markup. *html* may also be a `Page`,
    for programs that need more of it than the article.

    >>> page = "<h1>Rain at last</h1>" + "<p>It rained.</p>" * 9
    >>> extract_article(page, "https://news.example/7").headline
    'Rain at last'
    """
    if isinstance(html, Page):
        page, url, downloaded = html, html.url, html.downloaded
    else:
        page = Page(
            decode(html, content_type) if isinstance(html, bytes) else html, url or "", downloaded
        )
    if is_text:
        article = read_plain_page(page.html, page.url, downloaded=downloaded)
    else:
        article = read_page(page, rule=rule_for(page, rules), hints=hints)
    article.url = article.url or article.canonicalUrl or ""
    if page.is_cut:
        article.metadata.validationMessages = {"page": [_CUT]}
    if downloaded is not None:
        article.metadata.dateDownloaded = utc(downloaded)
    return article


def rule_for(page: Page, rules: SiteRules | None) -> SiteRule | None:
    """Return the rule for *page* in the layout of the day of its download, or None.

    >>> rule_for(Page("<p>Rain.</p>", "https://news.example/7"), None) is None
    True
    """
    day = page.downloaded.date() if page.downloaded is not None else None
    return rules.find(page.url, day) if rules is not None and page.url else None


def clean_article(article: Article) -> Article:
    r"""Clean the raw body of *article* in place, and return *article*.

    Sets ``articleBody``, ``articleBodyHtml``, ``images``, ``videos``, ``audios``,
    ``wordCount``, ``inLanguage``, ``metadata.cleaning`` and ``metadata.contentHash``. Keeps the
    raw body. If ``articleBodyRaw`` is empty and the article was never cleaned (it has no
    ``contentHash``), its raw body is ``articleBodyHtml`` or else ``articleBody``.

    >>> escaped = r"\\u003cp\\u003eRain\\u003c!--NO_AD_0--\\u003e at last.\\u003c/p\\u003e"
    >>> clean_article(Article(url="https://news.example/7", articleBody=escaped)).articleBody
    'Rain at last.'
    """
    raw = article.articleBodyRaw
    if raw is None and article.metadata.contentHash is None:
        uncleaned = article.articleBodyHtml or article.articleBody
        raw = article.articleBodyRaw = RawBody(uncleaned) if uncleaned else None
    if raw is not None:
        bodies = [clean_body(raw.html, slots=raw.slots, base_url=article.url)]
        for one in raw.further:
            bodies.append(clean_body(one.html, slots=one.slots, base_url=one.url))
        set_body(article, join_bodies(bodies))
    _set_language(article)
    article.metadata.contentHash = content_hash(article.headline, article.articleBody)
    article.note_clean()
    return article


def set_body(article: Article, body: CleanBody) -> None:
    """Set the clean *body* and its media in *article*. A kind of media that is not in the body does
    not change.

    >>> article = Article(url="https://news.example/7")
    >>> set_body(article, clean_body("<p>It rained.</p>"))
    >>> article.articleBody
    'It rained.'
    """
    article.articleBody = body.text or None
    article.articleBodyHtml = body.html or None
    article.wordCount = count_words(body.text) or None
    article.metadata.cleaning = body.changes
    sources = article.metadata.fieldSources
    if not body.text:
        sources.pop("articleBody", None)
    where = sources.get("articleBody", "generic")
    images = [Image(one.url, one.caption, one.credit) for one in _once(body.images)]
    article.images = images or article.images
    videos = [Video(one.url, one.caption) for one in _once(body.videos)]
    article.videos = videos or article.videos
    audios = [Audio(one.url, one.caption) for one in _once(body.audios)]
    article.audios = audios or article.audios
    for name in ("images", "videos", "audios"):
        if getattr(article, name):
            sources.setdefault(name, where)
    if article.mainImage is None:
        article.mainImage = next(
            (one for one in article.images or () if may_be_lead(one.url)), None
        )
        if article.mainImage is not None:
            sources["mainImage"] = where


def _once(media: list[Media]) -> list[Media]:
    """Return *media* without those whose URL an earlier one has."""
    by_url: dict[str, Media] = {}
    for one in media:
        by_url.setdefault(one.url, one)
    return list(by_url.values())


def _set_language(article: Article) -> None:
    sources = article.metadata.fieldSources
    claimed = article.inLanguage
    tags = [(claimed, sources.get("inLanguage", "meta"))] if claimed else []
    chosen = choose_language(tags, article.articleBody or "")
    article.inLanguage = chosen[0] if chosen else None
    if chosen:
        sources["inLanguage"] = chosen[1]
    else:
        sources.pop("inLanguage", None)


def content_hash(headline: str | None, body: str | None) -> str | None:
    """Return the SHA-256 of headline and body in hexadecimal, by which changes are found. White
    space does not matter. Return None if there is no body.

    >>> content_hash("Rain", "It rained.") == content_hash("Rain ", "It  rained.")
    True
    """
    if not body:
        return None
    text = unicodedata.normalize("NFC", f"{headline or ''}\n{body}")
    # White space at the ends becomes a space, too. Without a headline there is some.
    line = " ".join(f"|{text}|".split())[1:-1]
    return hashlib.sha256(line.encode("utf-8", "replace")).hexdigest()


def utc(moment: datetime) -> str:
    """Return *moment*, a time with a zone, in UTC as in the feed.

    >>> from datetime import timedelta, timezone
    >>> utc(datetime(2026, 4, 18, 11, 30, tzinfo=timezone(timedelta(hours=2))))
    '2026-04-18T09:30:00Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
