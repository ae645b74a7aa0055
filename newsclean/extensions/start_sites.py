"""Collect the results of the start sites of a crawl from its spider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scrapy import signals
from scrapy.http import HtmlResponse

from newsclean.discovery.front import front_problem
from newsclean.discovery.links import read_outline
from newsclean.extraction import Page, decode
from newsclean.extraction.shell import is_shell
from newsclean.reports.start_site import LinkCount, StartSite, why_nothing
from newsclean.urls import site_of, split_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newsclean.extensions.counts import Counts

MAX_TEMPLATES = 20  # of a site, the most frequent ones


class Knowledge(Protocol):
    """The results of discovery for a site."""

    @property
    def templates(self) -> Mapping[str, tuple[str | None, int]]:
        """Page type (None if undecided) and number of links, by URL template."""

    @property
    def undecided(self) -> Mapping[str, int]:
        """Number of undecided links, by URL template."""

    @property
    def samples(self) -> Mapping[str, int]:
        """Number of sampled pages, by page type."""

    @property
    def dropped(self) -> Mapping[str, int]:
        """Number of things that were left out, by limit."""

    @property
    def stopped(self) -> Iterable[str]:
        """URL templates of articles whose pages are no longer articles."""


class FrontPages:
    """Checks the front pages of a crawl. ``found`` is the problem with the front page, by site:
    ``ok`` or ``unchanged`` for none, ``no-answer`` until there is a response."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.found: dict[str, str] = {}
        crawler.signals.connect(self.request_scheduled, signals.request_scheduled)
        crawler.signals.connect(self.response_received, signals.response_received)

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Note that a front page was requested."""
        if self._is_start(request, spider):
            self.found.setdefault(site_of(request.url), "no-answer")

    def response_received(self, response: Response, request: Request, spider: Spider) -> None:
        """Check a front page. If a site has several start URLs, one good front page is enough."""
        # Scrapy passes the request of the last redirect.
        if not self._is_start(request, spider):
            return
        site = site_of(_origin(request))
        if self.found.get(site) not in {"ok", "unchanged"}:
            self.found[site] = _judge(response, site)

    def failed(self, request: Request, reason: str) -> None:
        """Note that the front page *request* could not be fetched, and why."""
        if self.found.get(site_of(_origin(request))) == "no-answer":
            self.found[site_of(_origin(request))] = reason

    def _is_start(self, request: Request, spider: Spider) -> bool:
        starts: Mapping[str, Iterable[str]] = getattr(spider, "starts", {})
        url = _origin(request)
        return url in starts.get(site_of(url), ())


def _origin(request: Request) -> str:
    url: str = request.meta.get("redirect_urls", [request.url])[0]
    return url


def _judge(response: Response, site: str) -> str:
    if response.status == 304:
        return "unchanged"
    if not 200 <= response.status < 300:
        return f"http-{response.status}"
    if site_of(response.url) != site:
        return "other-site"
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    if "html" not in kind and not isinstance(response, HtmlResponse):
        return "ok"  # a start URL may be a feed or a sitemap
    page = Page(decode(response.body, kind), response.url)
    if read_outline(page.root, response.url, site).leads_on:
        return "ok"
    if is_shell(page.root):
        return "needs-javascript"
    parts = split_url(response.url)
    return front_problem(page.root, parts.path if parts else "") or "ok"


def start_sites(
    starts: Mapping[str, Iterable[str]],
    counts: Counts,
    *,
    fronts: Mapping[str, str],
    known: Iterable[str],
    knowledge: Mapping[str, Knowledge],
    complete: bool = True,
) -> dict[str, StartSite]:
    """Return the result of each site in *starts* (site → start URLs).

    *fronts* is the problem with the front page of each site, ``ok`` for none. *known* are the sites
    whose listings name pages of earlier runs. *knowledge* are the results of discovery. If the
    crawl is not *complete*, because a signal ended it, no reasons are given for sites without
    articles.
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
            is_told = complete or not start.has_front
            is_new = not start.known or start.lost > 0
            start.why = why_nothing(start) if is_told and is_new else None
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
