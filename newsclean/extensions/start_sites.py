"""What became of the sites that a crawl was started with, gathered from its spider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.reports.start_site import LinkCount, StartSite, why_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newsclean.discovery.frontier import SiteKnowledge
    from newsclean.extensions.counts import Counts

MAX_TEMPLATES = 20  # of a site, the most frequent ones


def start_sites(
    starts: Mapping[str, Iterable[str]],
    counts: Counts,
    *,
    fronts: Mapping[str, str],
    known: Iterable[str],
    knowledge: Mapping[str, SiteKnowledge],
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
            known=site in known,
            newExported=new.pop("exported", 0),
            newLost=new,
        )
        if site in knowledge:
            _add_knowledge(start, knowledge[site])
        if not (counts.by_site["exported"][site] or counts.by_site["unchanged"][site]):
            start.why = why_nothing(start) if not start.known or start.lost else None
        found[site] = start
    return found


def _add_knowledge(start: StartSite, learnt: SiteKnowledge) -> None:
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
