"""What became of the sites that a crawl was started with, gathered from its spider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from newsclean.reports.start_site import LinkCount, StartSite, why_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsclean.extensions.counts import Counts

MAX_TEMPLATES = 20  # of a site, the most frequent ones


class Knowledge(Protocol):
    """What discovery learnt of a site: by URL template the kind of its pages (None for undecided)
    and the number of links, samples by what they were, what limits left out, and the templates of
    articles whose pages were no articles any more."""

    @property
    def templates(self) -> Mapping[str, tuple[str | None, int]]:
        """Kind and number of links by template."""

    @property
    def undecided(self) -> Mapping[str, int]:
        """Links that wait for a verdict, by template."""

    @property
    def samples(self) -> Mapping[str, int]:
        """Sampled pages by what they were."""

    @property
    def dropped(self) -> Mapping[str, int]:
        """What was left out, by limit."""

    @property
    def stopped(self) -> Iterable[str]:
        """Templates that stopped to match."""


def start_sites(
    starts: Mapping[str, Iterable[str]],
    counts: Counts,
    *,
    fronts: Mapping[str, str],
    known: Iterable[str],
    knowledge: Mapping[str, Knowledge],
) -> dict[str, StartSite]:
    """Return what became of each site in *starts* (site → URLs that it begins at).

    *fronts* says what is wrong with a site's front page, ``ok`` for nothing; *known* are the
    sites whose listings named pages of earlier runs; *knowledge* is what discovery learnt.
    """
    known = set(known)
    found = {}
    for site, urls in starts.items():
        new = dict(counts.new.get(site, {}))
        start = StartSite(
            urls=list(urls),
            front=fronts.get(site),
            known=site in known or "duplicate" in new,
            newExported=new.pop("exported", 0),
            newLost=new,
        )
        if site in knowledge:
            _add_knowledge(start, knowledge[site])
        if not (counts.by_site["exported"][site] or counts.by_site["unchanged"][site]):
            start.why = why_nothing(start) if not start.known or start.lost else None
        found[site] = start
    return found


def _add_knowledge(start: StartSite, learnt: Knowledge) -> None:
    links = {
        template: LinkCount(kind or "undecided", count)
        for template, (kind, count) in learnt.templates.items()
    }
    for template, count in learnt.undecided.items():
        links.setdefault(template, LinkCount("undecided", count))
    most = sorted(links.items(), key=lambda one: -one[1].count)[:MAX_TEMPLATES]
    start.links = dict(most)
    start.samples = {name: count for name, count in learnt.samples.items() if count}
    start.dropped = {name: count for name, count in learnt.dropped.items() if count}
    start.stopped = list(learnt.stopped)
