"""Learn from a site which kind of page each of its URLs leads to.

Links are counted by URL template. A few pages of each template are fetched as samples, and their
kind decides the template. Links with a short text on all pages of the site are navigation. Each of
these is classified on its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from newsclean.discovery.evidence import SAMPLES, Evidence
from newsclean.discovery.page_kind import (
    HEADLINE_SIZE,
    LONG_TEXT,
    MIN_LINKS,
    MIN_TEXT,
    Kind,
    Shape,
    shape_of,
)
from newsclean.discovery.pager import pager_links
from newsclean.discovery.templates import Template, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsclean.discovery.entry import Entry
    from newsclean.discovery.evidence import Outcome
    from newsclean.discovery.outline import Link, PageOutline

OWN_DECISION = 4  # links; a template with fewer has the kind of its family
STOPPED_FITTING = 5  # pages in a row that are not articles; then the template is learnt again
_COMMON_SHARE = 0.8  # of the pages read; a link on this share counts as on all pages of the site
_COMMON_PAGES = 3  # pages with a link, at least, before it can count as common
_COMMON_TEXTS = 0.6  # of the pages read, for blocks of text
MAX_LINKS = 5_000  # URLs of a site that are in memory during a run
MAX_TEXTS = 5_000  # blocks of text of a site that are in memory during a run
MAX_TEMPLATES = 2_000  # templates of a site; links with further ones stay undecided
_USUAL_SHARE = 0.7  # of the pages or links of a template, if more have a date, a date is usual
_NARROW = 1.8  # times as wide as a link text is the mean of its template, if the text is narrow
# Counts that each run makes again, because listings still have the links of earlier runs.
_SEEN_AGAIN = ("links", "titles", "dated", "width", "feed", "sitemap")


@dataclass(slots=True)
class _Seen:
    """A URL during a run: the number of pages with it, its maximum number on one page, and its
    widest text."""

    pages: int = 0
    fewest: int = 0
    most: int = 0
    size: int = 0
    is_dated: bool = False
    is_away: bool = True


@dataclass(slots=True)
class PageFacts:
    """Data from the reader about a page. ``body`` is the width of its body in columns.
    ``is_structured`` is True if structured data call it an article."""

    body: int = 0
    has_date: bool = False
    is_structured: bool = False


@dataclass(slots=True)
class SiteLearner:
    """Learns the URL templates of one site. *evidence* is that of earlier runs by template.
    ``changed`` are the templates to save. ``stopped`` are templates of articles whose pages are no
    longer articles."""

    site: str
    evidence: dict[str, Evidence] = field(default_factory=dict)
    pages: int = 0
    changed: set[str] = field(default_factory=set)
    stopped: set[str] = field(default_factory=set)
    _settled: set[str] = field(default_factory=set)
    _before: dict[str, dict[str, int]] = field(default_factory=dict)
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _texts: Counter[int] = field(default_factory=Counter)
    _read: set[str] = field(default_factory=set)  # pages of this run

    def __post_init__(self) -> None:
        """Begin a run. Counts of links start at zero, because the same links are seen again."""
        for key, found in self.evidence.items():
            if found.kind == "article" and found.articles >= STOPPED_FITTING:
                self._settled.add(key)
            self._before[key] = {name: getattr(found, name) for name in _SEEN_AGAIN}
            for name in _SEEN_AGAIN:
                setattr(found, name, 0)

    def record_of(self, key: str) -> dict[str, Any]:
        """Return the evidence of the template *key* for the ledger. Counts of links, which are seen
        again in each run, are the maximum over the runs."""
        found = self.evidence[key]
        before = self._before.get(key, {})
        seen = {name: max(getattr(found, name), before.get(name, 0)) for name in _SEEN_AGAIN}
        return replace(found, **seen).as_record()

    # --- links and pages ---------------------------------------------------------------------

    def add_page(self, outline: PageOutline) -> list[Link]:
        """Count the links of a page of the site, once per run: a sample that is found to be a
        section is read again, and its titles would count as links of all pages. Return the links
        that may lead to articles or listings, which are all except those of its pager."""
        pager = pager_links(outline)
        links = [link for url, link in outline.links.items() if url not in pager]
        if outline.url in self._read:
            return links
        self._read.add(outline.url)
        self.pages += 1
        for link in links:
            self._see(link)
        if outline.url in self._seen:  # links of a page to itself are not in its outline
            self._seen[outline.url].pages += 1
        for digest in {piece.digest for piece in outline.pieces if not piece.url}:
            if digest in self._texts or len(self._texts) < MAX_TEXTS:
                self._texts[digest] += 1
        return links

    def _see(self, link: Link) -> None:
        seen = self._seen.get(link.url)
        if seen is None:
            if len(self._seen) >= MAX_LINKS:
                return
            seen = self._seen[link.url] = _Seen(fewest=link.count)
            self._count(link.url, links=1)
        widened = link.size >= HEADLINE_SIZE > seen.size
        self._count(
            link.url,
            titles=int(widened),
            dated=int(link.is_dated and not seen.is_dated),
            width=max(0, link.size - seen.size),
        )
        seen.pages += 1
        seen.fewest, seen.most = min(seen.fewest, link.count), max(seen.most, link.count)
        seen.size = max(seen.size, link.size)
        seen.is_dated = seen.is_dated or link.is_dated
        seen.is_away = seen.is_away and link.is_away

    def add_entries(self, entries: Iterable[Entry]) -> None:
        """Count the entries of a feed or a sitemap. A sitemap entry with a headline is from Google
        News, and counts like an entry of a feed."""
        for entry in entries:
            is_news = entry.found_in == "feed" or entry.headline is not None
            self._count(entry.url, **{"feed" if is_news else "sitemap": 1})

    def add_outcome(self, url: str, outcome: Outcome, *, has_date: bool = False) -> None:
        """Count the kind of the fetched page *url*."""
        if outcome == "other" and self.is_navigation(url):
            return  # classified on its own, so it is not evidence for its template
        names = {"article": "articles", "listing": "listings", "other": "others"}
        name = names.get(outcome, "variants")
        self._count(url, **{name: 1, "article_dates": int(has_date)})
        for key in self._keys(url):
            found = self.evidence.get(key)
            if found is None:
                continue
            found.misses = 0 if outcome in {"article", "variant"} else found.misses + 1
            if found.kind == "article" and found.misses >= STOPPED_FITTING:
                self.stopped.add(key)
                self.evidence[key] = Evidence(links=found.links, sitemap=found.sitemap)

    def correct(self, url: str) -> None:
        """Count the page *url* as a listing. Before, it was counted as another page."""
        self._count(url, listings=1)
        for key in self._keys(url):
            found = self.evidence.get(key)
            if found is not None:
                found.others = max(0, found.others - 1)

    def _count(self, url: str, **counts: int) -> None:
        for key in self._keys(url):
            found = self.evidence.get(key)
            if found is None:
                if len(self.evidence) >= MAX_TEMPLATES:
                    continue
                found = self.evidence[key] = Evidence()
            for name, by in counts.items():
                if by:
                    setattr(found, name, getattr(found, name) + by)
            self.changed.add(key)

    def _keys(self, url: str) -> tuple[str, ...]:
        template = template_of(url, self.site)
        return () if template is None else (template.key, family_key(template))

    # --- decisions ---------------------------------------------------------------------------

    def kind_of(self, url: str) -> Kind | None:
        """Return the kind of page of the template of *url*, or None if it is not known yet."""
        template = template_of(url, self.site)
        if template is None:
            return None
        own = self.evidence.get(template.key)
        if own is not None and own.kind is not None:
            return own.kind
        if own is not None and own.links + own.sitemap >= OWN_DECISION:
            return None
        family = self.evidence.get(family_key(template))
        return family.kind if family is not None and family.is_unanimous else None

    def unit_of(self, url: str) -> str | None:
        """Return the key for samples of URLs like *url*: the template, or the family if its
        templates have few links each."""
        template = template_of(url, self.site)
        if template is None:
            return None
        own = self.evidence.get(template.key)
        many = own is not None and own.links + own.sitemap >= OWN_DECISION
        return template.key if many else family_key(template)

    def decide(self, now: str) -> list[str]:
        """Decide the templates with new evidence. Return those that are newly decided."""
        decided = []
        for key in sorted(self.changed):
            found = self.evidence[key]
            kind = found.judged()
            if kind != found.kind and (found.kind is None or found.fetched):
                found.kind = kind
                found.decided = now if kind is not None else None
                decided.append(key)
        return decided

    def add_listing(self, url: str, *, is_useful: bool) -> None:
        """Count the listing *url*. *is_useful* is True if it has titles that no other listing
        has."""
        self._count(url, **{"useful" if is_useful else "useless": 1})

    def is_common(self, url: str) -> bool:
        """Return True if *url* is linked from all pages of the site. One page may lack the link,
        but of three pages, two may be the front page and a section with the same titles."""
        seen = self._seen.get(url)
        least = max(_COMMON_PAGES, min(_COMMON_SHARE * self.pages, self.pages - 1))
        return seen is not None and seen.pages >= least

    def _is_common_link(self, link: Link) -> bool:
        """Return True if *link* is on all pages of the site, and only once on its page. A title in
        the list of the page may also be in a box with the latest titles."""
        seen = self._seen.get(link.url)
        return seen is not None and link.count <= seen.fewest and self.is_common(link.url)

    def is_navigation(self, url: str) -> bool:
        """Return True if *url* is linked from all pages of the site with a short text."""
        seen = self._seen.get(url)
        if seen is None or seen.size >= HEADLINE_SIZE:
            return False
        template = template_of(url, self.site)
        if template is not None and template.key in self._settled:
            # A later run reads few pages, and new titles are on all of them.
            return False
        return self.is_common(url) if self.pages >= _COMMON_PAGES else seen.is_away

    def width_of(self, url: str) -> int:
        """Return the width of the widest link text for *url*, or 0 if no page links to it."""
        seen = self._seen.get(url)
        return seen.size if seen is not None else 0

    def navigation(self) -> list[str]:
        """Return the URLs in the navigation of the site, in document order."""
        return [url for url in self._seen if self.is_navigation(url)]

    def _is_common_text(self, digest: int) -> bool:
        count = self._texts.get(digest, 0)
        return count >= _COMMON_PAGES and count >= _COMMON_TEXTS * self.pages

    def shape_of(self, outline: PageOutline) -> Shape:
        """Return the shape of the page *outline*."""
        return shape_of(outline, self._is_common_link, self._is_common_text, self.may_be_article)

    def may_be_article(self, url: str) -> bool:
        """Return True if the template of *url* leads to articles, or is new in a family that
        does."""
        template = template_of(url, self.site)
        if template is None:
            return False
        for key in (template.key, family_key(template)):
            found = self.evidence.get(key)
            if found is not None and found.kind is not None:
                return found.kind == "article"
        return False

    # --- what a fetched page is ---------------------------------------------------------------

    def judge_page(self, url: str, outline: PageOutline, facts: PageFacts) -> Kind:
        """Return the kind of the fetched page *url*. The layout of its text and links shows whether
        it is a listing. A page with a body is an article if there are enough signs."""
        shape = self.shape_of(outline)
        is_navigation = self.is_navigation(url)
        is_structured = facts.is_structured and facts.body > shape.longest / 2 > MIN_TEXT
        # The body of an article may be a value in a script, as are the articles related to it.
        is_scripted = outline.loaded > 0 and facts.body >= LONG_TEXT
        is_one_text = is_structured or is_scripted or shape.is_one_text(facts.body)
        if shape.is_listing and not is_one_text:
            return "listing"
        if is_navigation and not facts.is_structured:
            own = {piece.url for piece in outline.pieces if piece.url} - {url}
            own = {one for one in own if not self.is_common(one) and not outline.links[one].label}
            if len(own) >= MIN_LINKS or any(map(self.may_be_article, shape.titles)):
                return "listing"
        if facts.body < MIN_TEXT or (shape.longest < MIN_TEXT and not is_scripted):
            # The list of a section may be in a frame, or be written by a script.
            is_elsewhere = facts.body < MIN_TEXT and outline.leads_on
            leads = sum(map(self.may_be_article, shape.titles))
            return "listing" if leads > 1 or is_elsewhere else "other"
        return "article" if self._signs(url, facts, is_navigation) > 0 else "other"

    def _signs(self, url: str, facts: PageFacts, is_navigation: bool) -> int:
        """Return the number of signs that the page *url*, which has a body, is an article."""
        seen = self._seen.get(url)
        template = template_of(url, self.site)
        own = self.evidence.get(template.key) if template is not None else None
        signs = 2 * facts.is_structured + facts.has_date
        if seen is not None:
            # A link that is twice on some pages may be in a sidebar and in its section.
            is_fixed = is_navigation and seen.most == seen.fewest
            signs += seen.is_dated + (seen.size >= HEADLINE_SIZE) - seen.is_away - 2 * is_fixed
            # The name of a section or an author is in several items of a list.
            signs -= seen.most > 1 and seen.size < HEADLINE_SIZE
        if own is None:
            return signs
        if own.kind == "listing" and not own.articles:
            signs -= SAMPLES
        elif own.links + own.sitemap > OWN_DECISION or own.feed > 0:
            signs += 1
        if own.articles >= SAMPLES:
            signs -= not facts.has_date and own.article_dates > _USUAL_SHARE * own.articles
            if seen is not None and own.links:
                signs -= not seen.is_dated and own.dated > _USUAL_SHARE * own.links
        if seen is not None and own.links >= OWN_DECISION:
            signs -= seen.size * _NARROW < own.width / own.links and seen.size < HEADLINE_SIZE
        return signs


def family_key(template: Template) -> str:
    """Return the key for the evidence of the family of *template*."""
    return f"~{template.family}"
