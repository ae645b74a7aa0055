"""What kind of page each URL of a site leads to, learnt from the site itself.

Links are counted by URL template. A few pages of each template are fetched as samples, and what
they turned out to be decides the template. Links that stand on all pages of the site with a
short text are navigation: each is judged for itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from newsclean.discovery.page_kind import HEADLINE_SIZE, MIN_LINKS, MIN_TEXT, Kind, Shape, shape_of
from newsclean.discovery.pager import pager_links
from newsclean.discovery.templates import Template, template_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsclean.discovery.entry import Entry
    from newsclean.discovery.links import Link, Outline

Outcome = Literal["article", "listing", "other", "variant"]

SAMPLES = 2  # pages of a template that are fetched before it is decided
OWN_VERDICT = 4  # links from which on a template does not take its family's verdict
STOPPED_FITTING = 5  # pages in a row that are no articles: a template of articles is learnt again
_WORN_OUT = 2  # listings of a template without a new title after which no more are tried
_COMMON_SHARE = 0.8  # of the pages read: a link on this share is on all pages of the site
_COMMON_PAGES = 3  # pages that must have been read before a link counts as common
_COMMON_TEXTS = 0.6  # the same share for blocks of text
MAX_LINKS = 5_000  # URLs of a site that are remembered during a run
MAX_TEXTS = 5_000
MAX_TEMPLATES = 2_000  # of a site; what has a later one is undecided


_SEEN_AGAIN = ("links", "titles", "dated", "width", "feed", "sitemap")


@dataclass(slots=True)
class Evidence:
    """What is known of a template. ``links`` to it that were seen, of which ``titles`` have a text
    as wide as a title and ``dated`` a date beside them; ``feed`` and ``sitemap`` entries;
    fetched pages by what they were: ``articles`` (``article_dates`` of them with a date),
    ``listings``, ``others``, ``variants`` (other URLs of known articles). Of the listings,
    ``useful`` named a new title and ``useless`` did not. ``misses``: pages in a row that were no
    articles. ``kind`` and ``decided`` (UTC) are the verdict, None before it."""

    kind: Kind | None = None
    links: int = 0
    titles: int = 0
    dated: int = 0
    width: int = 0
    feed: int = 0
    sitemap: int = 0
    articles: int = 0
    article_dates: int = 0
    listings: int = 0
    others: int = 0
    variants: int = 0
    useful: int = 0
    useless: int = 0
    misses: int = 0
    decided: str | None = None

    @property
    def fetched(self) -> int:
        """How many of its pages were fetched."""
        return self.articles + self.listings + self.others + self.variants

    def judged(self) -> Kind | None:
        """Return what the evidence says, None if more samples are needed."""
        fetched = self.fetched
        if self.feed and not fetched:
            return "article"
        if fetched < min(SAMPLES, max(1, self.links + self.sitemap)):
            return None
        if self.articles * 2 >= fetched:
            return "article"
        return "listing" if self.listings > self.others + self.variants else "other"

    @property
    def is_worn_out(self) -> bool:
        """True if listings of this template name nothing new: no more of them are tried."""
        return self.useless >= _WORN_OUT and self.useless * 2 > self.useful

    def as_record(self) -> dict[str, Any]:
        """Return what is not zero, for the ledger and for people."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Evidence:
        """Return what `as_record` wrote; names that this version does not know are left out."""
        names = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in record.items() if name in names})


@dataclass(slots=True)
class _Seen:
    """A URL during a run: on how many pages, how often on one of them, its widest text."""

    pages: int = 0
    fewest: int = 0
    most: int = 0
    size: int = 0
    is_dated: bool = False
    is_away: bool = True


@dataclass(slots=True)
class PageFacts:
    """What the reader found on a page: width of the body, a date, the word of structured data
    that it is an article, and its canonical URL if that is another one."""

    body: int = 0
    has_date: bool = False
    is_structured: bool = False


@dataclass(slots=True)
class SiteLearner:
    """The learning of one site. *evidence* by template is what earlier runs learnt; ``changed``
    are the templates to write back; ``stopped`` those that were of articles and are not."""

    site: str
    evidence: dict[str, Evidence] = field(default_factory=dict)
    pages: int = 0
    changed: set[str] = field(default_factory=set)
    stopped: set[str] = field(default_factory=set)
    _settled: set[str] = field(default_factory=set)
    _before: dict[str, dict[str, int]] = field(default_factory=dict)
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _texts: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Begin a run: what is seen is counted from zero, for the same links are seen again."""
        for key, found in self.evidence.items():
            if found.kind == "article" and found.articles >= STOPPED_FITTING:
                self._settled.add(key)
            self._before[key] = {name: getattr(found, name) for name in _SEEN_AGAIN}
            for name in _SEEN_AGAIN:
                setattr(found, name, 0)

    def record_of(self, key: str) -> dict[str, Any]:
        """Return the evidence of the template *key* to write to the ledger: of what is seen
        again in each run, as much as a run has seen."""
        found = self.evidence[key]
        before = self._before.get(key, {})
        seen = {name: max(getattr(found, name), before.get(name, 0)) for name in _SEEN_AGAIN}
        return replace(found, **seen).as_record()

    # --- what is seen ------------------------------------------------------------------------

    def add_page(self, outline: Outline) -> list[Link]:
        """Count the links of a page of the site; return those that may lead to articles or to
        listings: all but the links of its pager."""
        self.pages += 1
        pager = pager_links(outline)
        links = [link for url, link in outline.links.items() if url not in pager]
        for link in links:
            self._see(link)
        if outline.url in self._seen:  # no page links to itself
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
        """Count what a feed or a sitemap names. A sitemap's entry with a headline is Google
        News's, and as good as a feed's."""
        for entry in entries:
            is_news = entry.found_in == "feed" or entry.headline is not None
            self._count(entry.url, **{"feed" if is_news else "sitemap": 1})

    def add_outcome(self, url: str, outcome: Outcome, *, has_date: bool = False) -> None:
        """Count what the fetched page *url* turned out to be."""
        if outcome == "other" and self.is_navigation(url):
            return  # judged for itself: it says nothing of its template
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
        """Count the page *url* as a listing that was counted as another page."""
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

    # --- what is known -----------------------------------------------------------------------

    def kind_of(self, url: str) -> Kind | None:
        """Return what the template of *url* leads to, None if that is not known yet."""
        template = template_of(url, self.site)
        if template is None:
            return None
        own = self.evidence.get(template.key)
        if own is not None and own.kind is not None:
            return own.kind
        if own is not None and own.links + own.sitemap >= OWN_VERDICT:
            return None
        family = self.evidence.get(family_key(template))
        return family.kind if family is not None and _is_unanimous(family) else None

    def unit_of(self, url: str) -> str | None:
        """Return the key under which samples of *url*'s kind are taken: its template, or the
        family of templates that have few links each."""
        template = template_of(url, self.site)
        if template is None:
            return None
        own = self.evidence.get(template.key)
        many = own is not None and own.links + own.sitemap >= OWN_VERDICT
        return template.key if many else family_key(template)

    def decide(self, now: str) -> list[str]:
        """Judge the templates of which something was learnt since; return those newly decided."""
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
        """Count the listing *url*; *is_useful*: nothing else names all that it does."""
        self._count(url, **{"useful" if is_useful else "useless": 1})

    def is_common(self, url: str) -> bool:
        """Return True if *url* is linked from all pages of the site."""
        seen = self._seen.get(url)
        return (
            seen is not None
            and self.pages >= _COMMON_PAGES
            and seen.pages >= min(_COMMON_SHARE * self.pages, self.pages - 1)
        )

    def _is_common_link(self, link: Link) -> bool:
        """Return True if *link* stands on all pages of the site, and on its page not once more:
        a title of the page may be among the latest ones beside it, too."""
        seen = self._seen.get(link.url)
        return seen is not None and link.count <= seen.fewest and self.is_common(link.url)

    def is_navigation(self, url: str) -> bool:
        """Return True if *url* is linked from all pages of the site with a short text."""
        seen = self._seen.get(url)
        if seen is None or seen.size >= HEADLINE_SIZE:
            return False
        template = template_of(url, self.site)
        if template is not None and template.key in self._settled:
            # A later run reads few pages, and what is new stands on all of them.
            return False
        return self.is_common(url) if self.pages >= _COMMON_PAGES else seen.is_away

    def width_of(self, url: str) -> int:
        """Return the width of the widest text that links to *url*, 0 if no page read does."""
        seen = self._seen.get(url)
        return seen.size if seen is not None else 0

    def navigation(self) -> list[str]:
        """Return the URLs of the site's navigation, in the order of the page."""
        return [url for url in self._seen if self.is_navigation(url)]

    def _is_common_text(self, digest: int) -> bool:
        count = self._texts.get(digest, 0)
        return count >= _COMMON_PAGES and count >= _COMMON_TEXTS * self.pages

    def shape_of(self, outline: Outline) -> Shape:
        """Return the shape of the page *outline*."""
        return shape_of(outline, self._is_common_link, self._is_common_text, self.may_be_article)

    def may_be_article(self, url: str) -> bool:
        """Return True if the template of *url* is of articles, or is new in such a family."""
        template = template_of(url, self.site)
        if template is None:
            return False
        for key in (template.key, family_key(template)):
            found = self.evidence.get(key)
            if found is not None and found.kind is not None:
                return found.kind == "article"
        return False

    # --- what a fetched page is ---------------------------------------------------------------

    def judge_page(self, url: str, outline: Outline, facts: PageFacts) -> Kind:
        """Return what the fetched page *url* is: its text among its links says whether it is a
        listing; a page with a body is an article if enough signs speak for it."""
        shape = self.shape_of(outline)
        is_navigation = self.is_navigation(url)
        leads = sum(map(self.may_be_article, shape.titles))
        is_structured = facts.is_structured and facts.body > shape.longest / 2 > MIN_TEXT
        if shape.is_listing and not (is_structured or shape.is_one_text(facts.body)):
            return "listing"
        if is_navigation and not facts.is_structured:
            own = {piece.url for piece in outline.pieces if piece.url} - {url}
            own = {one for one in own if not self.is_common(one) and not outline.links[one].label}
            if leads or len(own) >= MIN_LINKS:
                return "listing"
        if facts.body < MIN_TEXT or shape.longest < MIN_TEXT:
            return "listing" if leads > 1 else "other"
        return "article" if self._signs(url, facts, is_navigation) > 0 else "other"

    def _signs(self, url: str, facts: PageFacts, is_navigation: bool) -> int:
        """Return how much speaks for the page *url*, which has a body, being an article."""
        seen = self._seen.get(url)
        template = template_of(url, self.site)
        own = self.evidence.get(template.key) if template is not None else None
        signs = 2 * facts.is_structured + facts.has_date
        if seen is not None:
            # A link that some pages have once more is perhaps in a sidebar and in its section.
            is_fixed = is_navigation and seen.most == seen.fewest
            signs += seen.is_dated + (seen.size >= HEADLINE_SIZE) - seen.is_away - 2 * is_fixed
            # The name of a section or an author stands in several items of a list.
            signs -= seen.most > 1 and seen.size < HEADLINE_SIZE
        if own is None:
            return signs
        if own.kind == "listing" and not own.articles:
            signs -= SAMPLES
        elif own.links + own.sitemap > OWN_VERDICT or own.feed > 0:
            signs += 1
        if own.articles >= SAMPLES:
            signs -= not facts.has_date and own.article_dates > 0.7 * own.articles
            if seen is not None and own.links:
                signs -= not seen.is_dated and own.dated > 0.7 * own.links
        if seen is not None and own.links >= OWN_VERDICT:
            signs -= seen.size * 1.8 < own.width / own.links and seen.size < HEADLINE_SIZE
        return signs


def family_key(template: Template) -> str:
    """Return the key under which the evidence of *template*'s family is kept."""
    return f"~{template.family}"


def _is_unanimous(found: Evidence) -> bool:
    counts = (found.articles, found.listings, found.others + found.variants)
    return sum(1 for count in counts if count) == 1 and sum(counts) >= SAMPLES
