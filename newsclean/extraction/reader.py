"""Read the article of a page: read all sources, and take for each field the most trusted value that
passes its checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from newsclean.cleaning.tree import escape_text
from newsclean.extraction.authors.choose import choose_authors, has_authors
from newsclean.extraction.authors.fallback import read_fallback_names
from newsclean.extraction.authors.named import read_names
from newsclean.extraction.authors.read import read_authors
from newsclean.extraction.authors.site_owner import read_site_owner
from newsclean.extraction.authors.unlabelled import read_unlabelled_names
from newsclean.extraction.body import find_body
from newsclean.extraction.bylines.visible import read_head_lines, read_labelled
from newsclean.extraction.candidates import ArticleBuilder, Candidate, Candidates
from newsclean.extraction.dates.fallback import read_fallback_dates
from newsclean.extraction.dates.published import (
    choose_published,
    is_doubtful,
    is_in_utc,
    is_structured,
)
from newsclean.extraction.dates.read import Moment, is_later
from newsclean.extraction.dates.times import read_times
from newsclean.extraction.dom.page import Page
from newsclean.extraction.dom.text import fold, squeeze
from newsclean.extraction.embedded import read_embedded
from newsclean.extraction.headline.choose import choose_headline, site_names
from newsclean.extraction.hidden import read_hidden
from newsclean.extraction.images.lead import choose_image
from newsclean.extraction.json_ld import read_json_ld
from newsclean.extraction.language import choose_language
from newsclean.extraction.metas import read_metas, read_microdata
from newsclean.extraction.opt_outs import opt_outs
from newsclean.extraction.rule import apply_rule, read_rule
from newsclean.extraction.texts import choose_texts
from newsclean.items import Article, Author, RawBody
from newsclean.urls import is_front_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from newsclean.sites import SiteRule

# The sources in the order in which they are read; `candidates.TRUST` is the order of trust. Sources
# that search the page are read only while one of their fields has no value.
SOURCES: tuple[tuple[Callable[[Page], Iterable[Candidate]], tuple[str, ...]], ...] = (
    (read_json_ld, ()),
    (read_microdata, ()),
    (read_metas, ()),
    (read_labelled, ()),
    (read_names, ("authors",)),
    (read_times, ("datePublished", "shown")),
    (read_head_lines, ()),
    (read_fallback_dates, ("datePublished",)),
    (read_unlabelled_names, ("authors",)),
    (read_fallback_names, ("authors",)),
    (read_site_owner, ("authors",)),
)
# Letters. A page with less visible text may have its article in a script.
_SHORT_BODY = 400
# A tag of HTML that we have written. Its values may hold HTML.
_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*+"|'[^']*+')*+>""")
# Elements that are not shown.
_UNSEEN = re.compile(r"<(noscript|template|textarea|xmp|script|style)\b")


def read_page(
    page: Page,
    *,
    rule: SiteRule | None = None,
    hints: Mapping[str, tuple[Any, str]] | None = None,
) -> Article:
    """Return the article of *page* with its raw body in ``articleBodyRaw``.

    Values of *rule*, the site rule, have priority and are not checked. *hints* are values from a
    listing: field → (value, ``sitemap`` or ``feed``). Fields that the page does not give are None.
    ``metadata.fieldSources`` has the source of each field. ``inLanguage`` is the language tag of
    the page; after cleaning, `choose_language` checks it. Linear time; raises no exception.

    >>> page = Page("<h1>Rain at last</h1>" + "<p>It rained.</p>" * 9, "https://a.example/7")
    >>> read_page(page).headline
    'Rain at last'
    """
    candidates = Candidates()
    site = site_names(page)
    ruled = list(read_rule(page, rule)) if rule is not None else []
    closed: set[str] = set()
    checked: dict[str, int] = {}  # field → its number of candidates at the last check
    for source, fields in SOURCES:
        for name in fields:
            count = len(candidates.found.get(name, ()))
            if name not in closed and count != checked.get(name):
                checked[name] = count
                if not _is_open(page, candidates, name, site):
                    closed.add(name)
        if not fields or not closed.issuperset(fields):
            candidates.add(source(page))
    candidates.add(
        Candidate(name, value, source) for name, (value, source) in (hints or {}).items()
    )
    given = {one.field: (one.value, one.source) for one in ruled}
    article = _choose(page, candidates, site, given)
    if rule is not None:
        apply_rule(article, ruled, rule.zone)
    return article


def _is_open(page: Page, candidates: Candidates, name: str, site: list[str]) -> bool:
    """Return True if no candidate for the field *name* passes its checks. ``shown`` is open if the
    line at the headline may say more than the date of publication: that is in UTC, or vague."""
    if name == "authors":
        return not has_authors(candidates, site=site)
    if name == "shown":
        published = _published(page, candidates)
        return published is not None and (published[0].is_vague or is_in_utc(published[1]))
    read = candidates.read(name, lambda value: _moment(page, value))
    first = next(read, None)
    if name != "datePublished" or first is None or is_structured(first[0]):
        return first is None
    return is_doubtful(page.url, _published(page, candidates))


def _published(page: Page, candidates: Candidates) -> tuple[Candidate, Moment] | None:
    return choose_published(page.url, candidates, lambda value: _moment(page, value))


def _moment(page: Page, value: Any) -> Moment | None:
    if isinstance(value, Moment):
        return value
    return page.read_date(str(value))


def _choose(
    page: Page,
    candidates: Candidates,
    site: list[str],
    given: Mapping[str, tuple[Any, str]],
) -> Article:
    """Return the article from the *candidates*. If *given*, the fields of a rule, has a headline or
    a body, these are not searched."""
    article = Article(url=page.url)
    chosen = ArticleBuilder(article)
    headline = given.get("headline") or _headline(page, candidates)
    body = given.get("articleBody") or _read_body(
        page, candidates, headline[0] if headline else None
    )
    if body and body[1] == "embedded":  # the script named a headline as well
        headline = _headline(page, candidates)
    chosen.set("headline", headline)
    chosen.set("inLanguage", _claimed_language(page, candidates))
    chosen.set("canonicalUrl", _canonical(page, candidates))
    choose_texts(page, candidates, chosen)
    _choose_people(candidates, chosen, site)
    _choose_dates(page, candidates, chosen)
    chosen.set("mainImage", choose_image(page, candidates))
    reserved = page.metas.get("tdm-reservation", [""])[0]
    article.metadata.optOut = opt_outs(page.metas.get("robots", []), reserved) or None
    if body:
        article.articleBodyRaw = body[0]
        article.metadata.fieldSources["articleBody"] = body[1]
    return article


def _headline(page: Page, candidates: Candidates) -> tuple[str, str] | None:
    named, news = headline_sources(candidates)
    return choose_headline(page, named, news=news)


def headline_sources(candidates: Candidates) -> tuple[list[tuple[str, str]], bool]:
    """Return the headlines in *candidates* as (text, source), and True if structured data describe
    a news article."""
    named = [(squeeze(one.value), one.source) for one in candidates.of("headline") if one.value]
    news = any("news" in kind for one in candidates.of("kinds") for kind in one.value)
    return named, news


def _canonical(page: Page, candidates: Candidates) -> tuple[str, str] | None:
    claims = [
        (link.get("href"), "meta")
        for link in page.elements["link"]
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    claims += [(one.value, one.source) for one in candidates.of("canonicalUrl")]
    for address, source in claims:
        url = page.absolute(address)
        if url and (is_front_page(page.url) or not is_front_page(url)):
            return url, source
    return None


def _choose_people(candidates: Candidates, chosen: ArticleBuilder, site: list[str]) -> None:
    def read(values: list[Mapping[str, str]]) -> list[Author]:
        return read_authors(values, site=site)

    article = chosen.article
    editors: dict[str, Author] = {}
    for candidate, people in candidates.read("editors", read):
        editors |= {fold(person.name): person for person in people}
        chosen.sources.setdefault("editors", candidate.source)
    if editors:
        article.editors = list(editors.values())
    publisher = (article.publisher and article.publisher.name) or ""
    chosen.set("authors", choose_authors(candidates, site=site, publisher=publisher))


def _claimed_language(page: Page, candidates: Candidates) -> tuple[str, str] | None:
    tags = [(str(one.value), one.source) for one in candidates.of("inLanguage")]
    return choose_language([*tags, (page.lang, "meta")], "")


def _choose_dates(page: Page, candidates: Candidates, chosen: ArticleBuilder) -> None:
    def read(value: Any) -> Moment | None:
        return _moment(page, value)

    article = chosen.article
    published = _published(page, candidates)
    if published is not None:
        candidate, moment = published
        is_change = candidate.field == "dateModified"
        source = candidate.field if is_change else candidate.source
        chosen.set("datePublished", (moment.value, source))
        article.datePublishedRaw = moment.raw
    for candidate, moment in candidates.read("dateModified", read):
        if article.datePublished and is_later(article.datePublished, moment.value):
            continue
        chosen.set("dateModified", (moment.value, candidate.source))
        article.dateModifiedRaw = moment.raw
        break


def _read_body(
    page: Page, candidates: Candidates, headline: str | None
) -> tuple[RawBody, str] | None:
    """Return the raw body and its source. The visible body has priority over one in scripts, unless
    the page shows only a small part of the article. Then the other fields of the script are
    candidates, too."""
    structured = next((one.value for one in candidates.of("articleBody")), None)
    shown = find_body(page.root, headline=headline, metas=page.elements["meta"])
    letters = _letters(shown.html) if shown else 0
    if letters < _SHORT_BODY:
        embedded = read_embedded(page, headline=headline)
        if embedded is not None and embedded.letters > 2 * letters:
            candidates.add(
                Candidate(name, value, "embedded") for name, value in embedded.fields.items()
            )
            return embedded.body, "embedded"
        hidden = read_hidden(page, headline=headline)
        if hidden is not None and hidden.letters > 2 * letters:
            return RawBody(hidden.html), "embedded"
        if structured and len(structured) > 2 * letters and len(structured) > _SHORT_BODY // 2:
            return RawBody(_paragraphs(structured)), "json-ld"
    return (shown, "generic") if shown else None


def _letters(html: str) -> int:
    """Return the number of visible letters of *html*, or a large number if *html* is long."""
    letters, start = 0, 0
    while (tag := _TAG.search(html, start)) is not None:
        letters += sum(map(str.isalnum, html[start : tag.start()]))
        if letters >= _SHORT_BODY:
            return letters
        start = tag.end()
        unseen = _UNSEEN.match(tag[0])
        if unseen is not None:
            end = html.find(f"</{unseen[1]}", start)
            start = end if end >= 0 else len(html)
    return letters + sum(map(str.isalnum, html[start:]))


def _paragraphs(text: str) -> str:
    """Return *text*, the articleBody of JSON-LD, as HTML. It is plain text by definition, but HTML
    if it has tags."""
    return text if _TAG.search(text) else escape_text(text)
