"""Decide the next requests in a crawl of one site. Pure logic over a ledger.

The front page and the declared feeds and sitemaps are read first. Then links are classified
(`newsclean.discovery.site_links`). While URL templates are undecided, samples of them are fetched
(`newsclean.discovery.sampler`). Sections are followed page by page until a page has nothing new
(`newsclean.discovery.walks`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Literal

from newsclean.discovery.dates import latest_day
from newsclean.discovery.entry import Entry
from newsclean.discovery.listing_request import Limits, ListingRequest, Wanted
from newsclean.discovery.page_kind import MIN_LINKS, MIN_TEXT, Kind
from newsclean.discovery.pager import next_page, unlabelled_next_page
from newsclean.discovery.sampler import FIRST_PAGES, Sampler
from newsclean.discovery.site_links import SiteLinks, user_folders
from newsclean.discovery.walks import Walks
from newsclean.urls import absolute_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from newsclean.discovery.evidence import Outcome
    from newsclean.discovery.learner import PageFacts
    from newsclean.discovery.listing_request import ListingKind
    from newsclean.discovery.memory import Memory
    from newsclean.discovery.outline import Link, PageOutline

# The paths at which common CMSs have a feed or a sitemap, even if no page declares it.
USUAL_PLACES: tuple[tuple[str, ListingKind], ...] = (("sitemap.xml", "sitemap"), ("feed", "feed"))
_MAX_EARLY = 20  # pages that are classified again
_MAX_EARLY_LINKS = 10_000  # links of these pages, beside the first; 0.1 s of CPU for each look
MAX_FRAME_DEPTH = 3  # levels; a frame may have frames
MAX_SITEMAP_DEPTH = 4  # levels; a hostile site could nest sitemaps without end


@dataclass
class SiteKnowledge:
    """The state of discovery for a site at the end of a run, for summaries and alarms.

    ``templates`` maps each URL template to the kind of its pages (``article``, ``listing``,
    ``other``, None for undecided) and the number of links. ``dropped`` counts what a limit left
    out, by the name of the limit. ``listings`` is the number of requested listings. ``samples``
    counts the samples by kind. ``stopped`` are templates of articles whose pages are no longer
    articles.
    """

    templates: dict[str, tuple[Kind | None, int]] = field(default_factory=dict)
    undecided: dict[str, int] = field(default_factory=dict)
    listings: int = 0
    samples: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    stopped: list[str] = field(default_factory=list)


class SiteFrontier:
    """The frontier of *site*, which begins at the URLs *starts*.

    The caller sends each `ListingRequest`, passes the result to `read_section`, `read_entries` or
    `failed`, fetches the pages that were discovered, and calls `more` when no request is open.
    ``rule`` returns the kind of page of a URL by the site rule, or None. ``may_be_further`` returns
    True for a URL that may be page 2 or later of an article. All methods may raise LedgerError.
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
        self.starts = starts
        self.memory = memory
        self.sitemaps: list[str] = []
        wanted = replace(wanted or Wanted(), folders=user_folders(starts))
        self.links = SiteLinks(
            site, memory, now=now, rule=rule, wanted=wanted, limits=limits or Limits()
        )
        self.learner = self.links.learner
        self.walks = Walks(self.links)
        self._sampler = Sampler(self.links, may_be_further, self.walks.is_below)
        self._early: dict[str, tuple[PageOutline, PageFacts]] = {}  # pages to classify again
        self._looked_at = -1  # the number of decisions at the last second look

    # --- listings ----------------------------------------------------------------------------

    def start(self) -> list[ListingRequest]:
        """Return the first requests: the front page, and the known listings of earlier runs."""
        listings = [ListingRequest(url, "front") for url in self.starts]
        for path in self.links.wanted.sections:
            listings.append(ListingRequest(self.starts[0].rstrip("/") + path, "section", 1))
        for url, kind in self.memory.listings():
            if kind in {"feed", "sitemap"} or self.links.is_in_folder(url):
                listings.append(ListingRequest(url, _KINDS.get(kind, "section"), 1))
        return self._admit(listings)

    def _admit(self, listings: Iterable[ListingRequest]) -> list[ListingRequest]:
        """Return the *listings* that were not requested in this run, as far as the limits allow."""
        admitted = []
        asked = self.links.asked
        for listing in listings:
            if listing.url in asked:
                continue
            if len(asked) >= self.links.limits.listings:
                self.links.dropped["listings"] += 1
                continue
            if self.walks.is_missing(listing):
                continue
            asked.add(listing.url)
            admitted.append(listing)
        return admitted

    def front_read(self, url: str, feeds: Sequence[str]) -> list[ListingRequest]:
        """Return the feeds and sitemaps to request after the front page *url*, which declares
        *feeds*. If nothing is declared, return the usual paths."""
        listings = [ListingRequest(feed, "feed", 1) for feed in feeds]
        listings += [ListingRequest(sitemap, "sitemap", 1) for sitemap in self.sitemaps]
        declared = {listing.kind for listing in listings}
        known = {kind for _, kind in self.memory.listings()}
        folder = next(iter(self.links.wanted.folders), "/")
        for name, kind in USUAL_PLACES:
            if kind not in declared | known:
                place = absolute_url(folder + name, url) or url
                listings.append(ListingRequest(place, kind, 1, guess=True))
        return self._admit(listings)

    def read_entries(
        self, listing: ListingRequest, entries: Sequence[Entry], more: Sequence[str] = ()
    ) -> list[ListingRequest]:
        """Add the entries of a feed or a sitemap; return the sitemaps in it. Call it with a
        thousand entries at a time."""
        links = self.links
        if listing.guess and not entries and not more:
            self.walks.miss(listing.url)
        wanted = [entry for entry in entries if links.is_wanted(entry)]
        self.learner.add_entries(wanted)
        links.decide()
        named: list[Entry] = []
        judged: list[Entry] = []
        for entry in wanted:
            is_named = entry.found_in == "feed" or entry.headline is not None
            (named if is_named else judged).append(entry)
        links.note_exported(named)
        links.take([one for one in named if links.rule(one.url) in {None, "article"}])
        links.sort(judged)
        self.walks.take_sitemap(entry.url for entry in judged)
        if listing.depth >= MAX_SITEMAP_DEPTH:
            return []
        return self._admit(ListingRequest(url, "sitemap", listing.depth + 1) for url in more)

    def read_section(
        self, listing: ListingRequest, outline: PageOutline, feeds: Sequence[str] = ()
    ) -> list[ListingRequest]:
        """Add the links of a page of the site; return the next requests: its next page, the feeds
        that it declares, and the links that are sections by the site rule."""
        found = self.learner.add_page(outline)
        if outline.truncated:
            self.links.dropped["links on a page"] += 1
        self.links.decide()
        following = self._next_page(listing, outline)
        entries = [_as_entry(link) for link in found if link.url != following]
        new, gain = self.links.sort(entries)
        first_named = self.walks.take(listing, (entry.url for entry in entries), gain)
        listings = [ListingRequest(url, "feed", 1) for url in feeds]
        if listing.depth < MAX_FRAME_DEPTH:
            listings += [
                ListingRequest(url, "section", listing.depth + 1) for url in outline.frames
            ]  # fmt: skip
        listings += [
            ListingRequest(entry.url, "section", listing.depth + 1)
            for entry in entries
            if self.links.rule(entry.url) == "section" and self.links.is_wanted(entry)
        ]
        admitted = self._admit(listings)
        page = self.walks.follow(
            listing, following, new=new, first_named=first_named, is_old=self._is_too_old(outline)
        )
        return admitted + self._admit([page] if page is not None else [])

    def _is_too_old(self, outline: PageOutline) -> bool:
        """Return True if all dates in the list of *outline* are before ``since``."""
        since = self.links.wanted.since
        if not since:
            return False
        days = [
            day for url, link in outline.links.items()
            if link.date and not self.learner.is_common(url) and (day := latest_day(link.date))
        ]  # fmt: skip
        return len(days) >= MIN_LINKS and max(days) < since

    def _next_page(self, listing: ListingRequest, outline: PageOutline) -> str | None:
        """Return the URL of the page after *listing*, a page of a listing."""
        following = next_page(outline, listing.number, self.learner.may_be_article)
        if following is None and listing.kind != "front" and not outline.is_part:
            following = unlabelled_next_page(outline, listing.number, self.links.is_elsewhere)
        following = following or outline.more
        return following if following not in self.links.asked else None

    def unchanged(self, listing: ListingRequest) -> list[ListingRequest]:
        """Return the next requests if *listing* has not changed: an unfinished walk."""
        rest = self.walks.rest(listing)
        return self._admit([rest] if rest is not None else [])

    def failed(self, listing: ListingRequest, *, missing: bool) -> None:
        """Note that *listing* failed. *missing* is True if the server has no such listing."""
        if listing.guess and missing:
            self.walks.miss(listing.url)
        elif listing.of and missing:
            self.walks.end(listing.of)

    # --- pages ---------------------------------------------------------------------------------

    def is_known_article(self, url: str, *, named: bool) -> bool:
        """Return True if *url* is an article whatever the content of its page is, and its links
        need not be read, because enough pages were. *named*: as for `page_read`."""
        return self._is_given_article(url, named=named) and self.learner.pages >= FIRST_PAGES

    def _is_given_article(self, url: str, *, named: bool) -> bool:
        """Return True if *url* is an article by a rule of the site, or if it is *named* and no
        rule says that it is a section."""
        rule = self.links.rule(url)
        return rule == "article" or (named and rule != "section")

    def page_read(self, url: str, outline: PageOutline, facts: PageFacts, *, named: bool) -> Kind:
        """Return the kind of the fetched page *url*. If *named* is True, a feed links to it, so it
        is an article in any case."""
        kind: Kind = "article"
        if self.links.rule(url) == "section":
            kind = "listing"
        elif not self._is_given_article(url, named=named):
            kind = self.learner.judge_page(url, outline, facts)
        is_first = self.learner.pages < FIRST_PAGES
        if is_first:
            self.learner.add_page(outline)
        if kind == "other":
            if is_first or (self._has_early_room(outline) and self._may_be_list(outline)):
                self._early[url] = (outline, facts)
            # A section with few articles is not a listing yet, but nothing else may link to them.
            # Links with undecided templates wait, if the page has nothing but links.
            entries = [_as_entry(link) for link in outline.links.values()]
            is_bare = facts.body < MIN_TEXT
            self.links.sort(
                [one for one in entries if is_bare or self.learner.may_be_article(one.url)]
            )
        return kind

    def page_is_listing(self, url: str, outline: PageOutline) -> list[ListingRequest]:
        """Read the fetched page *url* as a section; return the next requests."""
        self.walks.begin(url, self.learner.unit_of(url) or "")
        self.links.asked.add(url)
        return self.read_section(ListingRequest(url, "section", 1), outline)

    def second_look(self, *, last: bool = False) -> list[tuple[str, list[ListingRequest]]]:
        """Classify the first pages of the site again, now that its navigation is known, and pages
        whose links were undecided, after each decision. If *last* is True, the run ends and no more
        will be known. Return the pages that are listings: the URL and the next requests of each."""
        if self.learner.pages < FIRST_PAGES and not last:
            return []
        if self._looked_at == self.links.decided and not last:
            return []
        self._looked_at = self.links.decided
        early, self._early = self._early, {}
        found = []
        for url, (outline, facts) in early.items():
            if self.learner.judge_page(url, outline, facts) == "listing":
                self.learner.correct(url)
                found.append((url, self.page_is_listing(url, outline)))
            elif self._may_be_list(outline):
                self._early[url] = (outline, facts)
        return found

    def _has_early_room(self, outline: PageOutline) -> bool:
        """Return True if *outline* can be kept for `second_look`."""
        links = sum(len(early.links) for early, _ in self._early.values())
        room = _MAX_EARLY_LINKS - links - len(outline.links)
        return len(self._early) < _MAX_EARLY and room >= 0

    def _may_be_list(self, outline: PageOutline) -> bool:
        """Return True if *outline* has several links that may be titles when they are decided."""
        undecided = (
            url for url, link in outline.links.items()
            if link.label is None and self.links.kind_of(url) is None
            and not self.learner.is_common(url)
        )  # fmt: skip
        return len(list(islice(undecided, MIN_LINKS))) == MIN_LINKS

    def uncertain(self) -> list[str]:
        """Return the URLs of the first pages that were classified with too little knowledge of the
        site: they wait for `second_look`, and few pages were read."""
        return list(self._early) if self.learner.pages < FIRST_PAGES else []

    def page_done(
        self, url: str, outcome: Outcome | Literal["failed"], *, has_date: bool = False
    ) -> None:
        """Add the result of the page *url*."""
        self.links.to_come -= 1
        self._sampler.page_done(url, outcome)
        if outcome != "failed":
            self.learner.add_outcome(url, outcome, has_date=has_date)
            self.links.decide()

    def samples(self) -> list[Entry]:
        """Return the pages to fetch as samples when no request is open. If there are none,
        discovery of the site is finished."""
        self.links.promote()
        return self._sampler.choose()

    # --- the end -------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the new evidence. Call it when the crawl of the site ends."""
        self.walks.end_repetitions()
        self.memory.save({key: self.learner.record_of(key) for key in self.learner.changed})
        self.learner.changed.clear()

    def knowledge(self) -> SiteKnowledge:
        """Return the present state of discovery."""
        dropped = Counter(self.links.dropped)
        dropped["links after failed samples"] += self._sampler.given_up()
        return SiteKnowledge(
            templates={
                key: (found.kind, found.links + found.feed + found.sitemap)
                for key, found in self.learner.evidence.items()
                if not key.startswith("~")
            },
            undecided={
                key: count
                for key, _, count in self.memory.waiting_counts()
                if not self.links.is_decided(key)
            },
            listings=len(self.links.asked),
            samples=Counter(self._sampler.outcomes),
            dropped=dropped,
            stopped=sorted(self.learner.stopped),
        )


_KINDS: dict[str, ListingKind] = {"feed": "feed", "sitemap": "sitemap", "section": "section"}


def _as_entry(link: Link) -> Entry:
    return Entry(link.url, "section", headline=link.text or None)
