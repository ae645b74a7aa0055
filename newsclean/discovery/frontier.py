"""What a crawl of one site asks next: pure logic over a ledger.

The front page and the declared feeds and sitemaps are read first, then links are judged. While
templates are undecided, samples of them are fetched. Sections are followed page by page until
a page brings nothing new.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from newsclean.discovery.dates import latest_day
from newsclean.discovery.entry import Entry
from newsclean.discovery.learner import (
    MAX_LINKS,
    OWN_VERDICT,
    SAMPLES,
    Evidence,
    SiteLearner,
    family_key,
)
from newsclean.discovery.links import text_size
from newsclean.discovery.memory import Walk
from newsclean.discovery.page_kind import HEADLINE_SIZE, MIN_LINKS, MIN_TEXT, Kind
from newsclean.discovery.pager import next_page, unlabelled_next_page
from newsclean.discovery.templates import template_of
from newsclean.urls import absolute_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from newsclean.discovery.learner import Outcome, PageFacts
    from newsclean.discovery.links import Link, Outline
    from newsclean.discovery.memory import Memory

ListingKind = Literal["front", "section", "feed", "sitemap"]

# Where the usual CMSs have a feed or a sitemap that no page declares.
USUAL_PLACES: tuple[tuple[str, ListingKind], ...] = (("/sitemap.xml", "sitemap"), ("/feed", "feed"))
MAX_SITEMAP_DEPTH = 4  # a hostile site could list sitemaps of sitemaps without end
_FIRST_PAGES = 4  # pages that are read before links are called navigation
_NAVIGATION_BATCH = 4
# Pages of a listing in a row without anything new that end its first walk. What a section names is
# often known from related links, and older pages are not; tags and authors repeat the sections.
_QUIET_PAGES, _QUIET_PAGES_OF_SECTION = 2, 4
_OTHER_PAGES = 5  # pages of a navigation's template in a row that are no listings
_PROMOTED = 1_000  # links that are promoted to pages at a time


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one site in one run."""

    listings: int = 1_000  # feeds, sitemaps, sections and their pages
    listing_pages: int = 100  # pages of one section
    sections: int = 200  # navigation links that are tried as sections
    samples: int = 40  # samples that turned out to be no articles
    links: int = 100_000  # links that wait for a verdict


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user wants: nothing published before *since* (a day), only pages under or named
    by these *sections* (paths)."""

    since: str | None = None
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A listing to ask for. ``of`` is the listing that it is page ``number`` of; a ``guess`` is a
    usual place that nothing names."""

    url: str
    kind: ListingKind
    depth: int = 0
    of: str = ""
    number: int = 1
    guess: bool = False


@dataclass
class SiteKnowledge:
    """What discovery knows of a site at the end of a run, for summaries and alarms.

    ``templates``: by template, the kind (``article``, ``listing``, ``other``, None for undecided)
    and the number of links. ``dropped``: what a limit left out, by the limit's name.
    ``listings`` asked and ``samples`` by what they were. ``stopped``: templates of articles whose
    pages were no articles any more.
    """

    templates: dict[str, tuple[Kind | None, int]] = field(default_factory=dict)
    undecided: dict[str, int] = field(default_factory=dict)
    listings: int = 0
    samples: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    stopped: list[str] = field(default_factory=list)


class SiteFrontier:
    """The frontier of *site*, which begins at the URLs *starts*.

    The caller asks for each `Ask`, hands in what came (`read_section`, `read_entries`,
    `failed`), fetches the pages that the memory has discovered, and asks `more` when nothing
    is on its way. ``rule`` tells what a site rule says of a URL, None if nothing;
    ``may_be_further`` is True for a URL that may be page 2 or later of an article.
    """

    def __init__(
        self,
        site: str,
        starts: Sequence[str],
        memory: Memory,
        *,
        now: str,
        rule: Callable[[str], str | None] = lambda url: None,
        may_be_further: Callable[[str], bool] = lambda url: False,
        wanted: Wanted | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.site = site
        self.starts = starts
        self.memory = memory
        self.now = now
        self.rule = rule
        self.may_be_further = may_be_further
        self.wanted = wanted or Wanted()
        self.limits = limits or Limits()
        records = memory.load()
        self.learner = SiteLearner(
            site, {key: Evidence.from_record(record) for key, record in records.items()}
        )
        self.asked: set[str] = set()
        self.sampled: set[str] = set()
        self.dropped: Counter[str] = Counter()
        self.samples: Counter[str] = Counter()
        self.sitemaps: list[str] = []
        # Whether an earlier run exported an article, and whether a listing still names such a one.
        self.has_articles = memory.has_articles()
        self.names_exported = False
        self._kept = sum(count for _, _, count in memory.waiting_counts())
        self._to_come = 0  # pages that were discovered and have not been fetched yet
        self._gain: Counter[str] = Counter()  # of a walk: titles that it brought
        self._quiet: Counter[str] = Counter()  # of a walk: pages in a row that brought nothing
        self._promote: deque[str] = deque()
        self._other_pages: Counter[str] = Counter()
        self._walking: dict[str, str] = {}  # listing → unit that it was a sample of
        self._namer: dict[str, str] = {}  # page → the listing that named it, "" for several
        self._extra: set[str] = set()  # listings that were met as samples and named titles

    # --- listings ----------------------------------------------------------------------------

    def start(self) -> list[Ask]:
        """Return what to ask first: the front page and, from earlier runs, what is known."""
        asks = [Ask(url, "front") for url in self.starts]
        for path in self.wanted.sections:
            asks.append(Ask(self.starts[0].rstrip("/") + path, "section", 1))
        for url, kind in self.memory.listings():
            asks.append(Ask(url, _KINDS.get(kind, "section"), 1))
        return self._admit(asks)

    def _admit(self, asks: Iterable[Ask]) -> list[Ask]:
        """Return those of *asks* that were not asked for in this run, as far as limits allow."""
        admitted = []
        for ask in asks:
            if ask.url in self.asked:
                continue
            if len(self.asked) >= self.limits.listings:
                self.dropped["listings"] += 1
                continue
            if ask.guess:
                walk = self.memory.walk(ask.url)
                if walk is not None and walk.state == "missing":
                    continue
            self.asked.add(ask.url)
            admitted.append(ask)
        return admitted

    def front_read(self, url: str, feeds: Sequence[str]) -> list[Ask]:
        """Return the feeds and sitemaps to ask for after the front page *url*, which declares
        *feeds*; where nothing is declared, the usual places."""
        asks = [Ask(feed, "feed", 1) for feed in feeds]
        asks += [Ask(sitemap, "sitemap", 1) for sitemap in self.sitemaps]
        declared = {ask.kind for ask in asks}
        known = {kind for _, kind in self.memory.listings()}
        for path, kind in USUAL_PLACES:
            if kind not in declared | known:
                asks.append(Ask(absolute_url(path, url) or url, kind, 1, guess=True))
        return self._admit(asks)

    def read_entries(
        self, ask: Ask, entries: Sequence[Entry], more: Sequence[str] = ()
    ) -> list[Ask]:
        """Take in what a feed or sitemap names; return the sitemaps that it leads to. Call it with
        a thousand entries at a time."""
        if ask.guess and not entries and not more:
            self.memory.save_walk(ask.url, Walk("missing"))
        wanted = [entry for entry in entries if self._is_wanted(entry)]
        self.learner.add_entries(wanted)
        self._decide()
        named: list[Entry] = []
        judged: list[Entry] = []
        for entry in wanted:
            is_named = entry.found_in == "feed" or entry.headline is not None
            (named if is_named else judged).append(entry)
        self._note_exported(named)
        self._discover(
            [one for one in named if self.rule(one.url) in {None, "article"}], trusted=True
        )
        self._sort(judged)
        if ask.depth >= MAX_SITEMAP_DEPTH:
            return []
        return self._admit(Ask(url, "sitemap", ask.depth + 1) for url in more)

    def read_section(self, ask: Ask, outline: Outline, feeds: Sequence[str] = ()) -> list[Ask]:
        """Take in what a page of the site links to; return what to ask next: its next page,
        the feeds that it declares, and the links that the site's rule calls sections."""
        links = self.learner.add_page(outline)
        if outline.truncated:
            self.dropped["links on a page"] += 1
        self._decide()
        following = self._next_page(ask, outline)
        entries = [_as_entry(link) for link in links if link.url != following]
        new, gain = self._sort(entries)
        top = ask.of or ask.url
        self._gain[top] += gain
        self._note_names(top, entries)
        asks = [Ask(url, "feed", 1) for url in feeds]
        asks += [
            Ask(entry.url, "section", ask.depth + 1)
            for entry in entries
            if self.rule(entry.url) == "section" and self._is_wanted(entry)
        ]
        is_old = self._is_too_old(outline)
        return self._admit(asks) + self._follow(ask, following, new, is_old=is_old)

    def _is_too_old(self, outline: Outline) -> bool:
        """Return True if all dates in the list of *outline* are before ``since``."""
        since = self.wanted.since
        if not since:
            return False
        days = [
            day for url, link in outline.links.items()
            if link.date and not self.learner.is_common(url) and (day := latest_day(link.date))
        ]  # fmt: skip
        return len(days) >= MIN_LINKS and max(days) < since

    def _next_page(self, ask: Ask, outline: Outline) -> str | None:
        """Return the URL of the page after the page *ask* of a listing."""
        following = next_page(outline, ask.number, self.learner.may_be_article)
        if following is None and ask.kind != "front":
            following = unlabelled_next_page(outline, ask.number, self._is_elsewhere)
        return following

    def _is_elsewhere(self, url: str) -> bool:
        return url in self.asked or self.learner.is_common(url) or self.learner.may_be_article(url)

    def _is_shorter(self, walk: Walk) -> bool:
        """Return True if *walk* ended at a day, and this run wants what is older as well."""
        since = self.wanted.since
        return walk.until is not None and (since is None or since < walk.until)

    def is_unfinished(self, ask: Ask) -> bool:
        """Return True if the listing *ask* has to be asked for and read whatever is known of it:
        it was followed only to a day after the one that this run wants."""
        walk = self.memory.walk(ask.url)
        return walk is not None and self._is_shorter(walk)

    def unchanged(self, ask: Ask) -> list[Ask]:
        """Return what to ask next if the listing *ask* is as it was: the walk that is not done."""
        walk = self.memory.walk(ask.of or ask.url)
        if (
            ask.kind in {"feed", "sitemap"}
            or walk is None
            or walk.state != "walking"
            or not walk.next_url
        ):
            return []
        return self._admit(
            [Ask(walk.next_url, "section", ask.depth, ask.of or ask.url, walk.number)]
        )

    def needs_reading(self, ask: Ask) -> bool:
        """Return True if the listing *ask* has to be read even if it is as it was."""
        walk = self.memory.walk(ask.of or ask.url)
        return ask.kind == "front" or walk is None or self._is_shorter(walk)

    def is_missing(self, ask: Ask) -> bool:
        """Return True if *ask* is a usual place where nothing was found."""
        walk = self.memory.walk(ask.url) if ask.guess else None
        return walk is not None and walk.state == "missing"

    def failed(self, ask: Ask, *, missing: bool) -> None:
        """Note that *ask* could not be had; *missing*: the server says that nothing is there."""
        if ask.guess and missing:
            self.memory.save_walk(ask.url, Walk("missing"))
        elif ask.of and missing:
            self.memory.save_walk(ask.of, Walk("walked"))
            self._end_walk(ask.of)

    def _follow(self, ask: Ask, following: str | None, new: int, *, is_old: bool) -> list[Ask]:
        """Return what to ask after a page of the section *ask*, which brought *new* links and is
        followed by the page *following*. *is_old*: all that it names is older than wanted."""
        top = ask.of or ask.url
        known = self.memory.walk(top)
        self._quiet[top] = 0 if new else self._quiet[top] + 1
        is_first_walk = known is None or known.state == "walking" or self._is_shorter(known)
        patience = _QUIET_PAGES_OF_SECTION if self._is_navigation(top) else _QUIET_PAGES
        enough = self._quiet[top] >= (patience if is_first_walk else 1)
        if following is not None and not enough and ask.number >= self.limits.listing_pages:
            self.dropped["listing pages"] += 1
            following = None
        if ask.kind == "front" and not is_first_walk and not new:
            following = None
        if following is None or enough or is_old:
            if (
                known is not None
                and known.state == "walking"
                and ask.number == 1
                and known.next_url
            ):
                # A walk that was cut off goes on where it was.
                self._quiet[top] = 0
                return self._admit([Ask(known.next_url, "section", ask.depth, top, known.number)])
            until = self.wanted.since if is_old and following is not None else None
            if known is not None and known.until and not is_first_walk:
                until = known.until  # this walk ended at what an earlier one has read
            self.memory.save_walk(top, Walk("walked", until=until))
            self._end_walk(top)
            return []
        if is_first_walk:
            self.memory.save_walk(top, Walk("walking", following, ask.number + 1))
        return self._admit([Ask(following, "section", ask.depth, top, ask.number + 1)])

    def _end_walk(self, top: str) -> None:
        unit = self._walking.pop(top, None)
        if unit is not None:
            self.learner.add_listing(top, gain=self._gain[top])
            self._extra.add(top)
        if not self._gain[top] and unit is not None:
            self.memory.save_walk(top, Walk("useless"))

    def _note_names(self, top: str, entries: Sequence[Entry]) -> None:
        """Note which pages only the listing *top* names."""
        for entry in entries:
            if entry.url in self._namer or len(self._namer) < MAX_LINKS:
                namer = self._namer.setdefault(entry.url, top)
                if namer != top:
                    self._namer[entry.url] = ""

    def _end_repetitions(self) -> None:
        """Leave out of later runs the listings whose articles all stand in others as well: the
        tags and authors that were met before the sections were read."""
        alone = {
            top for url, top in self._namer.items() if top in self._extra
            and self.learner.may_be_article(url)
        }  # fmt: skip
        for top in sorted(self._extra - alone):
            if not self.learner.is_navigation(top):
                self.memory.save_walk(top, Walk("useless"))
        self._extra.clear()

    # --- links --------------------------------------------------------------------------------

    def _sort(self, entries: Sequence[Entry]) -> tuple[int, int]:
        """Discover the articles among *entries*, keep the undecided; return how many are new, and
        how many of these are articles or may be by the width of their text."""
        articles, undecided = [], []
        self._note_exported(entries)
        for entry in entries:
            if not self._is_wanted(entry):
                continue
            kind = self._kind_of(entry.url)
            if kind == "article" and not self._is_navigation(entry.url):
                articles.append(entry)
            elif kind not in {"other", "section"}:  # a section by rule is asked for at once
                if kind == "listing" and self._is_worn_out(self.learner.unit_of(entry.url) or ""):
                    continue
                template = template_of(entry.url, self.site)
                if template is not None and entry.url not in self.asked:
                    undecided.append((entry, template.key, family_key(template)))
        new = self._discover(articles)
        kept = self._keep(undecided)
        titles = [
            entry
            for entry in kept
            if text_size(entry.headline or "") >= HEADLINE_SIZE
            or self.learner.may_be_article(entry.url)
        ]
        return new + len(kept), new + len(titles)

    def _keep(self, links: list[tuple[Entry, str, str]]) -> list[Entry]:
        """Keep *links* until their template is decided; return those that are new and undecided."""
        if not links:
            return []
        known = self.memory.known(entry.url for entry, _, _ in links)
        new = [one for one in links if one[0].url not in known]
        room = max(0, self.limits.links - self._kept)
        self.dropped["links"] += len(new[room:])
        fresh = self.memory.keep(new[:room])
        self._kept += len(fresh)
        return [entry for entry in fresh if self._kind_of(entry.url) is None]

    def _note_exported(self, entries: Sequence[Entry]) -> None:
        if self.has_articles and not self.names_exported:
            self.names_exported = self.memory.has_exported(entry.url for entry in entries)

    def _discover(self, entries: list[Entry], *, trusted: bool = False) -> int:
        if not entries:
            return 0
        if trusted:
            self.memory.drop([entry.url for entry in entries])
        new = self.memory.discover(entries)
        self._to_come += new
        return new

    def _kind_of(self, url: str) -> str | None:
        return self.rule(url) or self.learner.kind_of(url)

    def _is_navigation(self, url: str) -> bool:
        return self.rule(url) is None and self.learner.is_navigation(url)

    def _is_wanted(self, entry: Entry) -> bool:
        since = self.wanted.since
        published = entry.date_published or (
            entry.date_modified if entry.found_in != "section" else None
        )
        if since and published and published[:10] < since:
            return False
        if self.wanted.sections:
            path = "/" + entry.url.partition("://")[2].partition("/")[2]
            return any(path.startswith(one) for one in self.wanted.sections)
        return True

    def _decide(self) -> None:
        """Judge what was learnt; links of templates that are decided leave the waiting ones."""
        self._promote.extend(self.learner.decide(self.now))

    # --- pages ---------------------------------------------------------------------------------

    def page_read(self, url: str, outline: Outline, facts: PageFacts, *, named: bool) -> Kind:
        """Return what the fetched page *url* is. *named*: a feed named it, so it is an article
        whatever it looks like."""
        rule = self.rule(url)
        kind: Kind = "article"
        if rule == "section":
            kind = "listing"
        elif rule != "article" and not named:
            kind = self.learner.judge_page(url, outline, facts)
        if self.learner.pages < _FIRST_PAGES:
            self.learner.add_page(outline)
        if kind == "other":
            # A section with few articles is no listing yet, but nothing else may name these. Links
            # to templates that are undecided wait, if the page has nothing but links.
            links = [_as_entry(link) for link in outline.links.values()]
            is_bare = facts.body < MIN_TEXT
            self._sort([one for one in links if is_bare or self.learner.may_be_article(one.url)])
        return kind

    def page_is_listing(self, url: str, outline: Outline) -> list[Ask]:
        """Read the fetched page *url* as the section that it is; return what to ask next."""
        self._walking[url] = self.learner.unit_of(url) or ""
        self.asked.add(url)
        return self.read_section(Ask(url, "section", 1), outline)

    def page_done(
        self, url: str, outcome: Outcome | Literal["failed"], *, has_date: bool = False
    ) -> None:
        """Take in what became of the page *url*."""
        self._to_come -= 1
        is_sample = url in self.sampled
        self.sampled.discard(url)
        if is_sample:
            self.samples[outcome] += 1
            unit = self.learner.unit_of(url) or ""
            self._other_pages[unit] = self._other_pages[unit] + 1 if outcome == "other" else 0
        if outcome != "failed":
            self.learner.add_outcome(url, outcome, has_date=has_date)
            self._decide()

    # --- what comes next -------------------------------------------------------------------------

    def more(self) -> tuple[list[Ask], list[Entry]]:
        """Return what to ask when nothing is on its way: listings, and pages as samples. Both
        empty: the site is done, but for the pages that are due."""
        self._promote_links()
        wasted = sum(count for name, count in self.samples.items() if name != "article")
        for choose in (
            self._first_samples,
            self._navigation,
            self._undecided,
            self._extra_listings,
        ):
            if choose != self._navigation and wasted >= self.limits.samples:
                if any(choose()):
                    self.dropped["samples"] += 1
                continue
            entries = [
                entry for entry in choose()
                if entry.url not in self.sampled and entry.url not in self.asked
            ]  # fmt: skip
            known = self.memory.known(entry.url for entry in entries)
            entries = [entry for entry in entries if entry.url not in known]
            if entries:
                self.sampled.update(entry.url for entry in entries)
                self.memory.drop([entry.url for entry in entries])
                self._discover(entries)
                return [], entries
            if (
                choose == self._first_samples
                and self.learner.pages < _FIRST_PAGES
                and self._to_come > 0
            ):
                return [], []  # the articles that a feed named show the same
        return [], []

    def save(self) -> None:
        """Save what was learnt since the last time. Call it when the crawl of the site ends."""
        self._end_repetitions()
        self.memory.save({key: self.learner.record_of(key) for key in self.learner.changed})
        self.learner.changed.clear()

    def _promote_links(self) -> None:
        """Make pages of the waiting links whose template was decided."""
        while self._promote:
            key = self._promote.popleft()
            found = self.learner.evidence[key]
            if found.kind != "article":
                continue
            waiting = self.memory.waiting(key, self.limits.links)
            for at in range(0, len(waiting), _PROMOTED):
                chunk = [
                    entry
                    for entry in waiting[at : at + _PROMOTED]
                    if self._kind_of(entry.url) == "article" and not self._is_navigation(entry.url)
                ]
                self._discover(chunk)
                self.memory.drop([entry.url for entry in chunk])

    def _first_samples(self) -> list[Entry]:
        """A few pages of the largest templates: what all pages of a site have in common shows
        on these, and which of its links are navigation."""
        room = _FIRST_PAGES - self.learner.pages
        if room <= 0 or self._to_come >= room:
            return []
        chosen: list[Entry] = []
        for key in self._units():
            chosen += self._best(key, 2)
            if len(chosen) >= room:
                break
        return chosen[:room]

    def _navigation(self) -> list[Entry]:
        """The next links of the navigation that may be sections."""
        if self.wanted.sections:
            return []
        urls = [url for url in self.learner.navigation() if url not in self.asked]
        units: dict[str, list[str]] = {}
        for url in urls:
            unit = self.learner.unit_of(url)
            if unit is not None and self.rule(url) in {None, "section"}:
                units.setdefault(unit, []).append(url)
        known = self.memory.known(urls)
        chosen: list[Entry] = []
        # A cloud of tags comes after the sections.
        for unit in sorted(units, key=lambda unit: len(units[unit]) > 12):
            if self._is_worn_out(unit) or self._other_pages[unit] >= _OTHER_PAGES:
                continue
            fresh = [url for url in units[unit] if url not in known]
            for url in fresh[: max(1, _NAVIGATION_BATCH - len(chosen))]:
                if sum(self.samples.values()) + len(chosen) < self.limits.sections:
                    chosen.append(Entry(url, "section"))
            if len(chosen) >= _NAVIGATION_BATCH:
                break
        return chosen

    def _undecided(self) -> list[Entry]:
        """Samples of the templates that are undecided."""
        chosen: list[Entry] = []
        for key in self._units():
            found = self.learner.evidence.get(key)
            need = SAMPLES - (found.fetched if found is not None else 0)
            chosen += self._best(key, max(1, need))
        return chosen

    def _units(self) -> list[str]:
        """The keys under which undecided links wait, those that look most like articles first."""
        units: Counter[str] = Counter()
        for key, family, count in self.memory.waiting_counts():
            found = self.learner.evidence.get(key)
            if found is not None and found.kind is not None:
                continue
            if found is not None and found.links + found.sitemap >= OWN_VERDICT:
                units[key] += found.titles + found.dated + count
            else:
                units[family] += count
        return [key for key, _ in units.most_common() if not self._is_decided(key)]

    def _is_decided(self, key: str) -> bool:
        found = self.learner.evidence.get(key)
        return found is not None and found.kind is not None

    def _is_worn_out(self, key: str) -> bool:
        found = self.learner.evidence.get(key)
        return found is not None and found.is_worn_out

    def _best(self, key: str, count: int) -> list[Entry]:
        """Return the *count* links under *key* that look most like titles."""
        waiting = [
            entry for entry in self.memory.waiting(key, 50)
            if not self._is_navigation(entry.url) and self._kind_of(entry.url) is None
        ]  # fmt: skip
        # Page 2 comes last: it would be fetched as a sample and again for the article of page 1.
        waiting.sort(
            key=lambda entry: (
                self._width_of(entry) < HEADLINE_SIZE, self.may_be_further(entry.url)
            )
        )  # fmt: skip
        return waiting[:count]

    def _width_of(self, entry: Entry) -> int:
        """Return the width of the text that links to *entry*, in columns."""
        return max(text_size(entry.headline or ""), self.learner.width_of(entry.url))

    def _extra_listings(self) -> list[Entry]:
        """Listings outside the navigation, such as tags: as long as they bring something new."""
        chosen: list[Entry] = []
        units: dict[str, list[Entry]] = {}
        for key, _, _ in self.memory.waiting_counts():
            for entry in self.memory.waiting(key, 2):
                unit = self.learner.unit_of(entry.url)
                if unit and self._kind_of(entry.url) == "listing" and not self._is_worn_out(unit):
                    units.setdefault(unit, []).append(entry)
        for found in units.values():
            chosen += found[:2]
        return chosen

    def knowledge(self) -> SiteKnowledge:
        """Return what is known of the site now."""
        return SiteKnowledge(
            templates={
                key: (found.kind, found.links + found.feed + found.sitemap)
                for key, found in self.learner.evidence.items()
                if not key.startswith("~")
            },
            undecided={
                key: count
                for key, _, count in self.memory.waiting_counts()
                if not self._is_decided(key)
            },
            listings=len(self.asked),
            samples=Counter(self.samples),
            dropped=Counter(self.dropped),
            stopped=sorted(self.learner.stopped),
        )


_KINDS: dict[str, ListingKind] = {"feed": "feed", "sitemap": "sitemap", "section": "section"}


def _as_entry(link: Link) -> Entry:
    return Entry(link.url, "section", headline=link.text or None)
