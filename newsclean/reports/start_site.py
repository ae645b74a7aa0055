"""The result of a start site of the crawl, and the reason if it gave no article."""

from __future__ import annotations

from dataclasses import dataclass, field

# Reasons of rejections that are not a loss: the article is on another page, or was not wanted.
NO_LOSS = frozenset({"duplicate", "further-page", "too-old", "not-article", "listing-page"})
_MAX_NAMED = 3  # templates, reasons and limits in one line

# Problem of a front page → what a user can do about it.
_FRONT_HINTS = {
    "login": "the site needs a login, which newsclean does not support",
    "empty-page": "the page may need JavaScript: see NEWSCLEAN_RENDER",
    "needs-javascript": "the page needs JavaScript: see NEWSCLEAN_RENDER",
    "robots": "robots.txt forbids it: see ROBOTSTXT_OBEY",
    "dns": "check the spelling of the host",
    "no-answer": "see the log for the error of the download",
    "http-403": "the site refuses this client: see USER_AGENT",
    "http-404": "check the URL of the front page",
    "http-410": "check the URL of the front page",
    "other-site": "crawl the URL that it redirects to",
}
_LOSS_HINTS = {
    "no-body": "write a site rule with articleBody, or see NEWSCLEAN_RENDER",
    "short-body": "see NEWSCLEAN_MIN_LETTERS",
    "needs-javascript": "see NEWSCLEAN_RENDER",
    "robots": "robots.txt forbids the articles: see ROBOTSTXT_OBEY",
    "http-403": "the site refuses this client: see USER_AGENT",
    "other-site": "crawl the site that the pages redirect to",
}


@dataclass(slots=True)
class LinkCount:
    """The number of links of a site with one URL template, and the kind of their pages:
    ``article``, ``listing``, ``other`` or ``undecided``."""

    kind: str
    count: int


@dataclass(slots=True)
class StartSite:
    """The result of one start site.

    ``front`` is ``ok``, ``unchanged``, the reason why the front page cannot be used, or None if it
    was not requested. ``known`` is True if its listings link to pages of earlier runs.
    ``newExported`` and ``newLost`` (by reason) count pages that no earlier run exported. ``links``
    maps URL templates to their links, ``samples`` counts sampled pages by kind, ``dropped`` counts
    the links and pages that a limit left out. ``stopped`` lists templates of articles that no
    longer match. ``why`` is one line for a site that gave no article.
    """

    urls: list[str] = field(default_factory=list)
    front: str | None = None
    known: bool = False
    newExported: int = 0
    newLost: dict[str, int] = field(default_factory=dict)
    links: dict[str, LinkCount] = field(default_factory=dict)
    samples: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)
    why: str | None = None

    @property
    def has_front(self) -> bool:
        """True unless the front page was requested and cannot be used."""
        return self.front in {None, "ok", "unchanged"}

    @property
    def lost(self) -> int:
        """The number of new pages that should be articles but gave none. Pages that only might be
        articles do not count, unless their URL template led to articles before."""
        lost = sum(count for reason, count in self.newLost.items() if reason not in NO_LOSS)
        return lost + (self.newLost.get("not-article", 0) if self.stopped else 0)


def why_nothing(start: StartSite) -> str:
    """Return in one line why *start* gave no article: the front page, its links by URL template,
    the samples, the pages, and a hint.

    >>> links = {"/news/#.html": LinkCount("undecided", 48), "/about": LinkCount("other", 6)}
    >>> why_nothing(StartSite(front="ok", links=links, samples={"other": 3}))
    '54 links: 48 like /news/#.html undecided, 6 like /about other; 3 samples read: 3 other; \
hint: write a site rule with article_links'
    """
    parts = []
    if not start.has_front:
        parts.append(f"front page: {start.front}")
    total = sum(one.count for one in start.links.values())
    if total:
        shown = sorted(start.links.items(), key=lambda one: -one[1].count)[:_MAX_NAMED]
        named = [f"{one.count:,} like {template} {one.kind}" for template, one in shown]
        parts.append(f"{total:,} link{'' if total == 1 else 's'}: {', '.join(named)}")
    elif start.front == "ok":
        parts.append("no link to a page of the site")
    if start.samples:
        count = sum(start.samples.values())
        parts.append(f"{count:,} sample{'' if count == 1 else 's'} read: {_counts(start.samples)}")
    if start.newLost:
        count = sum(start.newLost.values())
        parts.append(f"{count:,} page{'' if count == 1 else 's'}: {_counts(start.newLost)}")
    if start.dropped:
        parts.append(f"left out by limits: {_counts(start.dropped)}")
    hint = _hint(start, total)
    if hint:
        parts.append(f"hint: {hint}")
    return "; ".join(parts) or "nothing was fetched"


def _hint(start: StartSite, links: int) -> str | None:
    if not start.has_front:
        return _FRONT_HINTS.get(start.front or "")
    most = sorted(start.newLost, key=lambda reason: -start.newLost[reason])
    for reason in most:
        if reason in _LOSS_HINTS:
            return _LOSS_HINTS[reason]
    if set(start.samples) == {"failed"}:
        return "each sample failed; the next run tries other pages"
    if set(most) == {"too-old"}:
        return "every article is older than since"
    if links:
        return "write a site rule with article_links"
    return "the page may need JavaScript: see NEWSCLEAN_RENDER" if start.front == "ok" else None


def _counts(counts: dict[str, int]) -> str:
    most = sorted(counts.items(), key=lambda one: -one[1])[:_MAX_NAMED]
    return ", ".join(f"{count:,} {name}" for name, count in most)
