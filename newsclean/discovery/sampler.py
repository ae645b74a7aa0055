"""Choose the pages of a site to fetch as samples of their URL templates, and the navigation links
to request as sections."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from newsclean.discovery.entry import Entry
from newsclean.discovery.evidence import SAMPLES
from newsclean.discovery.learner import OWN_DECISION
from newsclean.discovery.outline import text_size
from newsclean.discovery.page_kind import HEADLINE_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.discovery.evidence import Outcome
    from newsclean.discovery.site_links import SiteLinks

FIRST_PAGES = 4  # pages that are read before links can count as navigation
_NAVIGATION_BATCH = 4  # navigation links that are requested at a time
_TAG_CLOUD = 12  # navigation links of one template; more of them are not sections but tags
_MAX_WAITING = 200  # undecided links of a template from which samples are chosen
_MAX_FAILED = 4  # samples of a template in a row that failed; the next run tries others
_OTHER_PAGES = 5  # pages in a row that are not listings, of one template in the navigation


class Sampler:
    """Chooses samples from the *links* of a site. ``outcomes`` counts the samples of this run by
    kind. ``may_be_further`` returns True for a URL that may be page 2 or later of an article,
    ``is_below`` for one that only one section links to. All methods may raise LedgerError."""

    def __init__(
        self,
        links: SiteLinks,
        may_be_further: Callable[[str], bool],
        is_below: Callable[[str], bool],
    ) -> None:
        self._links = links
        self._is_below = is_below
        self._learner = links.learner
        self._memory = links.memory
        self._may_be_further = may_be_further
        self.outcomes: Counter[str] = Counter()
        self._out: set[str] = set()
        self._other_pages: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._nothing_at: tuple[int, ...] | None = None  # the last state without a sample

    def choose(self) -> list[Entry]:
        """Return the next samples, which are pages to fetch now. The result is empty if there are
        no more, or if pages that will be fetched anyway show the same."""
        state = self._state()
        if state == self._nothing_at:
            return []
        entries = self._choose()
        self._nothing_at = None if entries else state
        return entries

    def _state(self) -> tuple[int, ...]:
        """Return the numbers that a choice depends on. If they have not changed, no new choice is
        made, because a choice reads each template from the ledger."""
        links, pages = self._links, self._learner.pages
        to_come = links.to_come if pages < FIRST_PAGES else 0
        return pages, to_come, links.kept, links.decided, len(links.asked), self.outcomes.total()

    def _choose(self) -> list[Entry]:
        links = self._links
        wasted = sum(count for name, count in self.outcomes.items() if name != "article")
        for choose in (
            self._first_samples,
            self._navigation,
            self._undecided,
            self._extra_listings,
        ):
            if choose != self._navigation and wasted >= links.limits.samples:
                links.dropped["samples"] = max(links.dropped["samples"], len(choose()))
                continue
            entries = [
                entry for entry in choose()
                if entry.url not in self._out and entry.url not in links.asked
            ]  # fmt: skip
            known = self._memory.known(entry.url for entry in entries)
            entries = [entry for entry in entries if entry.url not in known]
            if entries:
                self._out.update(entry.url for entry in entries)
                links.take(entries)
                return entries
            if (
                choose == self._first_samples
                and self._learner.pages < FIRST_PAGES
                and links.to_come > 0
            ):
                return []  # articles from a feed show the same
        return []

    def page_done(self, url: str, outcome: Outcome | Literal["failed"]) -> None:
        """Add the result of the page *url*, if it was a sample."""
        if url in self._out:
            self._out.discard(url)
            self.outcomes[outcome] += 1
            unit = self._learner.unit_of(url) or ""
            self._failed[unit] = self._failed[unit] + 1 if outcome == "failed" else 0
            self._other_pages[unit] = self._other_pages[unit] + 1 if outcome == "other" else 0

    def given_up(self) -> int:
        """Return the number of undecided links whose samples failed in a row. The next run tries
        samples of them again."""
        return sum(
            count
            for key, family, count in self._memory.waiting_counts()
            if max(self._failed[key], self._failed[family]) >= _MAX_FAILED
            and not self._links.is_decided(key)
        )

    def _first_samples(self) -> list[Entry]:
        """Return a few pages of the largest templates. They show the common parts of all pages of
        the site, and its navigation. Links with a text like a title come first, because "About us"
        cannot be distinguished from an article before that is known."""
        room = FIRST_PAGES - self._learner.pages
        if room <= 0 or self._links.to_come >= room:
            return []
        wide: list[Entry] = []
        narrow: list[Entry] = []
        for key in self._units():
            for entry in self._best(key, room):
                (wide if self._width_of(entry) >= HEADLINE_SIZE else narrow).append(entry)
            if len(wide) >= room:
                break
        return [*wide, *narrow][:room]

    def _navigation(self) -> list[Entry]:
        """Return the next links of the navigation that may be sections."""
        links = self._links
        if links.wanted.sections:
            return []
        urls = [url for url in self._learner.navigation() if url not in links.asked]
        units: dict[str, list[str]] = {}
        for url in urls:
            unit = self._learner.unit_of(url)
            if (
                unit is not None
                and links.rule(url) in {None, "section"}
                and links.is_in_folder(url)
            ):
                units.setdefault(unit, []).append(url)
        known = self._memory.known(urls)
        chosen: list[Entry] = []
        # A tag cloud comes after the sections.
        for unit in sorted(units, key=lambda unit: len(units[unit]) > _TAG_CLOUD):
            if links.is_worn_out(unit) or self._other_pages[unit] >= _OTHER_PAGES:
                continue
            fresh = [url for url in units[unit] if url not in known]
            for url in fresh[: max(1, _NAVIGATION_BATCH - len(chosen))]:
                if sum(self.outcomes.values()) + len(chosen) < links.limits.sections:
                    chosen.append(Entry(url, "section"))
            if len(chosen) >= _NAVIGATION_BATCH:
                break
        return chosen

    def _undecided(self) -> list[Entry]:
        """Return samples of the undecided templates."""
        chosen: list[Entry] = []
        for key in self._units():
            found = self._learner.evidence.get(key)
            need = SAMPLES - (found.fetched if found is not None else 0)
            chosen += self._best(key, max(1, need))
        return chosen

    def _extra_listings(self) -> list[Entry]:
        """Return listings outside of the navigation while they have new titles: subsections, which
        only their section links to, then tags. Both may have the same template."""
        links = self._links
        units: dict[str, list[Entry]] = {}
        for key, _, _ in self._memory.waiting_counts():
            waiting = self._memory.waiting(key, _MAX_WAITING)
            known = self._memory.known(entry.url for entry in waiting)
            for entry in waiting:
                unit = self._learner.unit_of(entry.url)
                if unit is None or entry.url in known or links.is_worn_out(unit):
                    continue
                if links.kind_of(entry.url) == "listing":
                    units.setdefault(unit, []).append(entry)
        return [
            entry
            for found in units.values()
            for entry in sorted(found, key=lambda entry: not self._is_below(entry.url))[:2]
        ]

    def _units(self) -> list[str]:
        """Return the keys of undecided links, those most similar to articles first."""
        units: Counter[str] = Counter()
        for key, family, count in self._memory.waiting_counts():
            found = self._learner.evidence.get(key)
            if found is not None and found.kind is not None:
                continue
            if found is not None and (
                found.links + found.sitemap >= OWN_DECISION or self._links.is_decided(family)
            ):
                units[key] += found.titles + found.dated + count
            else:
                units[family] += count
        return [
            key
            for key, _ in units.most_common()
            if not self._links.is_decided(key) and self._failed[key] < _MAX_FAILED
        ]

    def _best(self, key: str, count: int) -> list[Entry]:
        """Return the *count* links with *key* that are most similar to titles."""
        links = self._links
        waiting = self._memory.waiting(key, _MAX_WAITING)
        # Another version of a page that was fetched may still be undecided: it is the same page.
        known = self._memory.known(entry.url for entry in waiting)
        waiting = [
            entry for entry in waiting
            if entry.url not in known
            and not links.is_navigation(entry.url) and links.kind_of(entry.url) is None
        ]  # fmt: skip
        # Page 2 of an article comes last: it would be fetched as a sample and for the article.
        waiting.sort(
            key=lambda entry: (
                self._width_of(entry) < HEADLINE_SIZE, self._may_be_further(entry.url)
            )
        )  # fmt: skip
        return waiting[:count]

    def _width_of(self, entry: Entry) -> int:
        """Return the width of the link text of *entry* in columns."""
        return max(text_size(entry.headline or ""), self._learner.width_of(entry.url))
