"""Crawls of generated sites in memory: the frontier over a ledger, with a reader that only looks
for text and a date. As a real crawl, a hundred times faster."""

import hashlib
import re

from protego import Protego

from newsclean.cleaning.tree import parse_html
from newsclean.discovery.feeds import read_feed
from newsclean.discovery.frontier import SiteFrontier
from newsclean.discovery.learner import PageFacts
from newsclean.discovery.links import find_feeds, read_outline
from newsclean.discovery.listing_request import Wanted
from newsclean.discovery.outline import links_digest
from newsclean.discovery.sitemap import read_sitemap
from newsclean.ledger import Ledger, utc_now
from newsclean.ledger.batch import Export
from newsclean.urls import page_key

_CANONICAL = re.compile(rb"<link rel=canonical href='([^']+)'")
_WORDS = re.compile(rb"<p>([^<]+)")
_DATE = re.compile(rb"\b20\d\d-\d\d-\d\d\b")


class DryCrawl:
    """Runs on one site; the ledger is kept between them. ``exported`` are the URLs of a run."""

    def __init__(self, site, limits=None):
        self.site, self.limits = site, limits
        self.host = site.root.partition("://")[2].partition(":")[0]
        self.ledger = Ledger.open("sqlite://")
        self.first = {}  # an article's words or canonical URL → its page's key

    def run(self, *, since=None):
        site, self.exported = self.site, []
        site.asked.clear()
        self.run_id = self.ledger.runs.begin(self.host, utc_now())
        memory = self.ledger.discovery.of_site(self.host)
        frontier = self.frontier = SiteFrontier(
            self.host, [site.url("/")], memory,
            now=utc_now(), wanted=Wanted(since), limits=self.limits,
        )  # fmt: skip
        frontier.sitemaps = list(Protego.parse(self.fetch("/robots.txt").decode()).sitemaps)
        listings = frontier.start()
        while True:
            while listings:
                listings = listings[1:] + self.ask(listings[0])
            for url, after in frontier.second_look():
                self.ledger.listings.fetched(
                    url, site=self.host, kind="section", changed=True, now=utc_now()
                )
                while after:
                    after = after[1:] + self.ask(after[0])  # noqa: PLW2901
            samples = frontier.samples()
            for entry in samples:
                listings += self.page(entry.url, sample=True)
            if not samples:
                dues = self.ledger.pages.due(self.host, utc_now(), 50, run=self.run_id)
                for due in dues:
                    listings += self.page(due.url, due)
                if not dues and not listings:
                    break
        frontier.save()
        return self.exported

    def fetch(self, url):
        path = url.removeprefix(self.site.root)
        status, _, body = self.site.answer(path, {})
        return body if status == 200 else b""

    def ask(self, listing):
        body = self.fetch(listing.url)
        if not body:
            self.frontier.failed(listing, missing=True)
            return []
        known = self.ledger.listings.look_up(self.host, listing.url)
        outline = None
        digest = hashlib.sha256(body).hexdigest()
        if listing.kind in {"front", "section"}:
            root = parse_html(body.decode())
            outline = read_outline(root, listing.url, self.host)
            digest = links_digest(outline)
        same = known is not None and known.content_hash == digest
        if listing.kind == "feed":
            listings = self.frontier.read_entries(listing, read_feed(body, listing.url).entries)
        elif listing.kind == "sitemap":
            found = read_sitemap(body, listing.url)
            listings = self.frontier.read_entries(
                listing, found.entries, [one.url for one in found.sitemaps]
            )
        elif same and not self.frontier.walks.needs_reading(listing):
            listings = self.frontier.unchanged(listing)
        else:
            feeds = find_feeds(root, listing.url)
            listings = (
                self.frontier.front_read(listing.url, feeds) if listing.kind == "front" else []
            )
            listings += self.frontier.read_section(listing, outline, feeds)
        if not listing.of and not self.frontier.walks.is_missing(listing):
            self.ledger.listings.fetched(
                listing.url, site=self.host, kind=listing.kind.replace("front", "section"),
                changed=not same, now=utc_now(), content_hash=digest,
            )  # fmt: skip
        return listings

    def page(self, url, due=None, *, sample=False):
        canonical = page_key(url)
        if sample and not self.ledger.pages.claim([url], run=self.run_id):
            return []
        body = self.fetch(url)
        if not body:
            self.frontier.page_done(url, "failed")
            self.ledger.outcomes.missing(canonical, reason="http-404", now=utc_now(), final=True)
            return []
        root = parse_html(body.decode())
        outline = read_outline(root, url, self.host)
        facts = PageFacts(
            body=sum(piece.size for piece in outline.pieces if not piece.url and piece.size > 20),
            has_date=len(_DATE.findall(body)) > 0,
            is_structured=body.count(b'"NewsArticle"') == 1,
        )
        named = due is not None and due.hints.found_in == "feed"
        kind = self.frontier.page_read(url, outline, facts, named=named)
        if kind == "listing":
            self.ledger.outcomes.rejected(canonical, reason="listing-page", now=utc_now())
            self.ledger.listings.fetched(
                url, site=self.host, kind="section", changed=True, now=utc_now()
            )
            listings = self.frontier.page_is_listing(url, outline)
            self.frontier.page_done(url, "listing")
            return listings
        if kind == "other":
            self.ledger.outcomes.rejected(canonical, reason="not-article", now=utc_now())
            self.frontier.page_done(url, "other")
            return []
        claimed = _CANONICAL.search(body)
        claims = page_key(claimed[1].decode()) if claimed else canonical
        words = hash(b" ".join(_WORDS.findall(body)))
        if any(self.first.setdefault(one, canonical) != canonical for one in (words, claims)):
            self.ledger.outcomes.rejected(canonical, reason="duplicate", now=utc_now())
            self.frontier.page_done(url, "variant")
            return []
        self.exported.append(url)
        export = Export(canonical, self.host, url, "x", 1, utc_now())
        self.ledger.outcomes.exported(export)
        self.frontier.page_done(url, "article", has_date=facts.has_date)
        return []


def dry_measure(site, number):
    """Return what is `Measured` of *site* in three dry runs."""
    from tests.generated_sites.measure import measured

    site.root = f"http://127.8.0.{number}"
    site.publish()
    wanted = {site.url(one.path) for one in site.ones}
    listed = len(site.listings())
    crawl = DryCrawl(site)
    runs = [(list(crawl.run()), list(site.asked), set())]
    first = crawl.frontier
    runs.append((list(crawl.run()), list(site.asked), set()))
    new = site.add()
    site.publish()
    runs.append((list(crawl.run()), list(site.asked), {site.url(new.path)}))
    return measured(site, wanted, listed, runs), first
