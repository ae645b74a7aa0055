"""``scrapy ledger``: what the ledger knows, and to make it forget."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from newsclean.exit_codes import USER_MISTAKE
from newsclean.extensions.ledger_keeper import DEFAULT_LEDGER
from newsclean.extensions.log_format import printable
from newsclean.ledger import Ledger, LedgerError
from newsclean.ledger.page import STATES
from newsclean.urls import page_key, site_of

if TYPE_CHECKING:
    import argparse

_MAX_NEXT = 40  # looks that --next lists


class Command(ScrapyCommand):
    """Counts by site and state, one URL's history, forgetting."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[URL] [--site SITE] [--next [SITE]] [--forget URL|SITE]"

    def short_desc(self) -> str:
        """Return the line in Scrapy's list of commands."""
        return "Show what the ledger knows of sites and pages, or make it forget"

    def long_desc(self) -> str:
        """Return the help's first paragraph."""
        return (
            "Without arguments, count the pages of each site by state. With a URL, show its"
            " history. --site shows what was learnt of a site: its URL templates and what they lead"
            " to. --next lists what is fetched next, and when. --forget takes a URL, or a site"
            " (news.example) with all its pages and listings, out of the ledger. The ledger is"
            " NEWSCLEAN_LEDGER, or ledger.sqlite."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--forget", metavar="URL|SITE")
        parser.add_argument("--site", metavar="SITE")
        parser.add_argument("--next", metavar="SITE", nargs="?", const="")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do it; a ledger that cannot be read and a URL that is not in it end in exit code 2."""
        assert self.settings is not None
        place = str(self.settings.get("NEWSCLEAN_LEDGER") or DEFAULT_LEDGER)
        if "://" not in place and not Path(place).is_file():
            self._mistake(f"no ledger at {place}; NEWSCLEAN_LEDGER says where it is")
            return
        try:
            with Ledger.open(place) as ledger:
                self._answer(ledger, args, opts)
        except LedgerError as error:
            self._mistake(str(error))

    def _answer(self, ledger: Ledger, args: list[str], opts: argparse.Namespace) -> None:
        if opts.forget:
            self._forget(ledger, opts.forget)
        elif opts.site:
            self._site(ledger, site_of(f"http://{opts.site}"))
        elif opts.next is not None:
            _next(ledger, site_of(f"http://{opts.next}") if opts.next else None)
        elif args:
            for url in args:
                self._history(ledger, url)
        else:
            _counts(ledger)

    def _forget(self, ledger: Ledger, what: str) -> None:
        if "://" in what:
            page = ledger.pages.look_up(page_key(what))
            count = int(ledger.inspection.forget_url(page_key(what)))
            if page is not None:
                # Only a listing that is read can name the page again.
                ledger.listings.forget(page.site)
        else:
            count = ledger.inspection.forget_site(site_of(f"http://{what}"))
        if not count:
            self._mistake(f"the ledger knows nothing of {what}")
            return
        print(f"forgot {count:,} page{'' if count == 1 else 's'}")

    def _site(self, ledger: Ledger, site: str) -> None:
        templates = ledger.discovery.templates(site)
        waiting = {key: count for key, _, count in ledger.discovery.waiting(site)}
        if not templates and not waiting:
            self._mistake(f"the ledger has learnt nothing of {site}")
            return
        print(f"{'template':<50} {'leads to':<10} {'decided':<21} evidence")
        for key in sorted({*templates, *waiting}):
            if key.startswith("~"):  # the evidence of a family is the sum of its templates'
                continue
            said = dict(templates.get(key, {}))
            kind, decided = said.pop("kind", "undecided"), said.pop("decided", "")
            evidence = [f"{name} {count}" for name, count in said.items()]
            if waiting.get(key):
                evidence.append(f"waiting {waiting[key]}")
            print(f"{printable(key):<50} {kind:<10} {decided:<21} {', '.join(evidence)}")

    def _history(self, ledger: Ledger, url: str) -> None:
        found = ledger.inspection.history(page_key(url))
        if found is None:
            self._mistake(f"the ledger knows nothing of {url}")
            return
        page, events = found
        print(f"{printable(page.canonical)}  {page.state}: {STATES[page.state]}")
        print(f"  site {page.site}, found {page.first_seen}, last named {page.last_seen}")
        print(f"  fetched {page.fetched_at or 'never'}, next {page.next_fetch_at or 'never'}")
        for event in events:
            print(f"  {event.at}  {event.what}  {printable(event.detail or '')}".rstrip())

    def _mistake(self, message: str) -> None:
        print(f"scrapy ledger: {message}", file=sys.stderr)
        self.exitcode = USER_MISTAKE


def _counts(ledger: Ledger) -> None:
    counts, looks = ledger.inspection.counts(), ledger.inspection.next_looks()
    print(f"{'site':<34}" + "".join(f"{state:>12}" for state in STATES) + "  next look")
    for site, states in sorted(counts.items()):
        numbers = "".join(f"{states.get(state, 0):>12,}" for state in STATES)
        print(f"{printable(site):<34}{numbers}  {looks.get(site, 'never')}")


def _next(ledger: Ledger, site: str | None) -> None:
    """Print what is fetched next: when, what it is, how often a listing is asked, its URL."""
    looks = [
        (one.next_fetch_at or "", one.kind, _interval(one.interval), one.url)
        for one in ledger.listings.next(_MAX_NEXT, site)
    ]
    looks += [
        (one.next_fetch_at or "", one.state, "", one.url)
        for one in ledger.inspection.next_pages(_MAX_NEXT, site)
    ]
    print(f"{'next look':<21} {'what':<11} {'every':<8} URL")
    for moment, what, every, url in sorted(looks)[:_MAX_NEXT]:
        print(f"{moment:<21} {what:<11} {every:<8} {printable(url)}")


def _interval(seconds: int | None) -> str:
    """Return a listing's interval for people: ``run`` (every run), ``40 min``, ``6 h``, ``2 d``."""
    if not seconds:
        return "run"
    for unit, size in (("d", 86_400), ("h", 3_600)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 60:.0f} min"
