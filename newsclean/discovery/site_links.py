"""The links of one site. Links to articles become pages to fetch. Undecided links wait in the
ledger until samples have decided their URL template."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from newsclean.discovery.evidence import Evidence
from newsclean.discovery.learner import SiteLearner, family_key
from newsclean.discovery.outline import text_size
from newsclean.discovery.page_kind import HEADLINE_SIZE
from newsclean.discovery.templates import template_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsclean.discovery.entry import Entry
    from newsclean.discovery.listing_request import Limits, Wanted
    from newsclean.discovery.memory import Memory

_PROMOTED = 1_000  # links that become pages at a time


class SiteLinks:
    """The links of *site*. All methods may raise LedgerError.

    ``asked`` are the listings that were requested in this run. ``to_come`` is the number of pages
    that were discovered and are not fetched yet. ``dropped`` counts what a limit left out, by the
    name of the limit. ``kept`` is the number of undecided links, ``decided`` that of decisions.
    """

    def __init__(
        self,
        site: str,
        memory: Memory,
        *,
        now: str,
        rule: Callable[[str], str | None],
        wanted: Wanted,
        limits: Limits,
    ) -> None:
        self.site = site
        self.memory = memory
        self.now = now
        self.rule = rule
        self.wanted = wanted
        self.limits = limits
        records = memory.load()
        self.learner = SiteLearner(
            site, {key: Evidence.from_record(record) for key, record in records.items()}
        )
        self.asked: set[str] = set()
        self.to_come = 0
        self.dropped: Counter[str] = Counter()
        # True if an earlier run exported an article; True if a listing still links to one of them.
        self.has_articles = memory.has_articles()
        self.names_exported = False
        self.kept = sum(count for _, _, count in memory.waiting_counts())
        self.decided = 0
        self._promote: deque[str] = deque()

    def kind_of(self, url: str) -> str | None:
        """Return the kind of page of *url* by the site rule or the evidence, or None if it is
        undecided."""
        return self.rule(url) or self.learner.kind_of(url)

    def is_navigation(self, url: str) -> bool:
        """Return True if *url* is in the navigation, and no rule decides it."""
        return self.rule(url) is None and self.learner.is_navigation(url)

    def may_be_article(self, url: str) -> bool:
        """Return True if *url* leads to an article, or may do so by the width of its link text."""
        if self.learner.may_be_article(url):
            return True
        is_wide = self.learner.width_of(url) >= HEADLINE_SIZE
        return is_wide and self.kind_of(url) is None and not self.learner.is_common(url)

    def may_lead_to_article(self, url: str) -> bool:
        """Return True unless *url* is known to be something else than an article. If a crawl was
        killed, the next run knows the links of a section, but not yet their kinds."""
        return self.kind_of(url) in {None, "article"} and not self.learner.is_common(url)

    def is_elsewhere(self, url: str) -> bool:
        """Return True if *url* is known not to be the next page of a listing."""
        return url in self.asked or self.learner.is_common(url) or self.learner.may_be_article(url)

    def is_wanted(self, entry: Entry) -> bool:
        """Return True if *entry* passes the filters of the user by its date and path."""
        if not self.is_in_folder(entry.url):
            return False
        since = self.wanted.since
        published = entry.date_published or (
            entry.date_modified if entry.found_in != "section" else None
        )
        if since and published and published[:10] < since:
            return False
        if self.wanted.sections:
            return _path_of(entry.url).startswith(self.wanted.sections)
        return True

    def is_in_folder(self, url: str) -> bool:
        """Return True if *url* is in the folder of a user at which this crawl begins, or if it
        begins elsewhere."""
        folders = self.wanted.folders
        return not folders or _path_of(url).startswith(folders)

    def is_decided(self, key: str) -> bool:
        """Return True if the kind of the template *key* is known."""
        found = self.learner.evidence.get(key)
        return found is not None and found.kind is not None

    def is_worn_out(self, key: str) -> bool:
        """Return True if listings of the template *key* have nothing new."""
        found = self.learner.evidence.get(key)
        return found is not None and found.is_worn_out

    def decide(self) -> None:
        """Decide templates by the new evidence. `promote` uses the links of the decided ones."""
        decided = self.learner.decide(self.now)
        self.decided += len(decided)
        self._promote.extend(decided)

    def sort(self, entries: Sequence[Entry]) -> tuple[int, int]:
        """Discover the articles in *entries*, and store the undecided ones. Return how many are
        new, and how many of these are articles or may be by the width of their link text."""
        articles, undecided = [], []
        self.note_exported(entries)
        for entry in entries:
            if not self.is_wanted(entry):
                continue
            kind = self.kind_of(entry.url)
            if kind == "article" and not self.is_navigation(entry.url):
                articles.append(entry)
            elif kind not in {"other", "section"}:  # a section by rule is requested at once
                if kind == "listing" and self.is_worn_out(self.learner.unit_of(entry.url) or ""):
                    continue
                template = template_of(entry.url, self.site)
                if template is not None and entry.url not in self.asked:
                    undecided.append((entry, template.key, family_key(template)))
        new = self.discover(articles)
        kept = self._keep(undecided)
        titles = [
            entry
            for entry in kept
            if text_size(entry.headline or "") >= HEADLINE_SIZE
            or self.learner.may_be_article(entry.url)
        ]
        return new + len(kept), new + len(titles)

    def _keep(self, links: list[tuple[Entry, str, str]]) -> list[Entry]:
        """Store *links* until their template is decided. Return the new undecided ones."""
        if not links:
            return []
        known = self.memory.known(entry.url for entry, _, _ in links)
        new = [one for one in links if one[0].url not in known]
        room = max(0, self.limits.links - self.kept)
        self.dropped["links"] += len(new[room:])
        fresh = self.memory.keep(new[:room])
        self.kept += len(fresh)
        return [entry for entry in fresh if self.kind_of(entry.url) is None]

    def note_exported(self, entries: Sequence[Entry]) -> None:
        """Note if one of *entries* was exported by an earlier run."""
        if self.has_articles and not self.names_exported:
            self.names_exported = self.memory.has_exported(entry.url for entry in entries)

    def discover(self, entries: Sequence[Entry]) -> int:
        """Add *entries* to the pages to fetch; return how many are new."""
        if not entries:
            return 0
        new = self.memory.discover(entries)
        self.to_come += new
        return new

    def take(self, entries: Sequence[Entry]) -> None:
        """Add *entries* to the pages to fetch now, then delete them from the undecided links. If
        the crawl is killed between the two, no link is lost."""
        if entries:
            self.discover(entries)
            self.memory.drop([entry.url for entry in entries])

    def promote(self) -> None:
        """Add the stored links of decided templates to the pages to fetch."""
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
                    if self.kind_of(entry.url) == "article" and not self.is_navigation(entry.url)
                ]
                self.discover(chunk)
                self.memory.drop([entry.url for entry in chunk])


def user_folders(starts: Sequence[str]) -> tuple[str, ...]:
    """Return the folders of users in which the URLs *starts* are, or nothing if one of them is
    elsewhere. Each folder is a site of its own.

    >>> user_folders(["https://a.example/~jo/news/"]), user_folders(["https://a.example/news/"])
    (('/~jo/',), ())
    """
    names = [_path_of(url).partition("?")[0].split("/")[1] for url in starts]
    return tuple(f"/{name}/" for name in names) if all(one[:1] == "~" for one in names) else ()


def _path_of(url: str) -> str:
    """Return the path of *url* with its query. ``%7E`` at its beginning is ``~``."""
    path = "/" + url.partition("://")[2].partition("/")[2]
    return f"/~{path[4:]}" if path[:4].lower() == "/%7e" else path
