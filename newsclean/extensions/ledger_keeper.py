"""REMEMBER: the ledger extension: open the ledger of a crawl, hold its locks, record outcomes.

`newsclean.export` confirms articles when they are stored. This extension records all other outcomes
of pages.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from newsclean.export.records import further_pages
from newsclean.extensions.background import repeat
from newsclean.extensions.ending import end_crawl, note_why
from newsclean.identity import identity_of
from newsclean.items import Article
from newsclean.ledger import Export, LedgerError, LockedError, Policy, utc_now
from newsclean.ledger.keys import site_lock
from newsclean.ledger.policy import DEFAULT_LEDGER
from newsclean.rejections import Rejection, is_failure
from newsclean.serialization import as_record
from newsclean.signals import confirmation_wanted, line_written, page_unchanged
from newsclean.urls import page_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from newsclean.ledger import Ledger
    from newsclean.ledger.page import DuePage

logger = logging.getLogger(__name__)

FLUSH_EVERY = 1.0  # seconds
# Parts of the time of a lease. It is renewed after the first. If it could not be renewed until the
# second, no requests are sent until it is. The rest is for responses to requests in progress.
_RENEWED_AFTER, _SURE_FOR = 0.2, 0.5
_MINUTE, _HOUR = 60, 3600  # seconds


def ledger_place(settings: BaseSettings, spider_needs_one: bool) -> str | None:
    """Return the path or the SQLAlchemy URL of the crawl's ledger. None if it has no ledger."""
    place = settings.get("NEWSCLEAN_LEDGER")
    return place or (DEFAULT_LEDGER if spider_needs_one else None)


def policy_of(settings: BaseSettings) -> Policy:
    """Return the policy by *settings*, which have hours and minutes instead of seconds."""
    return replace(
        Policy(),
        look_again_within=int(settings.getfloat("NEWSCLEAN_LOOK_AGAIN_WITHIN") * _HOUR),
        look_again_every=int(settings.getfloat("NEWSCLEAN_LOOK_AGAIN_EVERY") * _HOUR),
        give_up_after=settings.getint("NEWSCLEAN_GIVE_UP_AFTER"),
        listing_min_interval=int(settings.getfloat("NEWSCLEAN_LISTING_MIN_MINUTES") * _MINUTE),
        listing_max_interval=int(settings.getfloat("NEWSCLEAN_LISTING_MAX_HOURS") * _HOUR),
        lease_seconds=settings.getint("NEWSCLEAN_LEASE_SECONDS"),
    )


class LedgerKeeper:
    """Opens the ledger of a crawl and writes to it.

    ``ledger`` is None before it is opened, and if another crawl holds a lock (``locked_out``).
    """

    def __init__(self, crawler: Crawler, place: str, policy: Policy) -> None:
        self.crawler = crawler
        self.place = place
        self.policy = policy
        self.ledger: Ledger | None = None
        self.run_id = 0
        self.site = ""
        self.holder = ""
        self.locked_out = False
        self.given_up = False
        self.finished: dict[str, str | None] = {}  # lock to release → its site, None for a shard
        self._beat = 0.0  # time of the last heartbeat (monotonic clock), seconds
        self._closing: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, connected. Raise NotConfigured for a crawl without a ledger."""
        place = ledger_place(crawler.settings, getattr(crawler.spider, "needs_ledger", False))
        if place is None:
            raise NotConfigured
        keeper = cls(crawler, place, policy_of(crawler.settings))
        connect = crawler.signals.connect
        connect(keeper.spider_opened, signals.spider_opened)
        connect(keeper.line_written, line_written)
        connect(keeper.page_unchanged, page_unchanged)
        connect(keeper.spider_closed, signals.spider_closed)
        return keeper

    def spider_opened(self, spider: Spider) -> None:
        """Open the ledger, unless the feed export has opened it."""
        self.open(spider)

    def open(self, spider: Spider, feeds: Sequence[str] = ()) -> Ledger | None:
        """Open the ledger once, and lock the sites of this crawl and *feeds*, the keys of its feed
        files. If this fails, end the crawl and return None."""
        if self.ledger is not None or self.locked_out:
            return self.ledger
        sites: list[str] = getattr(spider, "sites", [])
        self.site = getattr(spider, "history", None) or ",".join(sites)[:300] or spider.name
        self.holder = f"crawl {spider.name}"
        keys = [*map(site_lock, sites), *feeds]
        try:
            from newsclean.ledger import Ledger  # noqa: PLC0415 - SQLAlchemy, half a second

            ledger = Ledger.open(self.place, self.policy)
            try:
                self._beat = time.monotonic()
                ledger.locks.acquire(keys, holder=self.holder, now=ledger.now())
                moved = ledger.check_clock(utc_now())
                if moved is not None:
                    logger.warning(
                        "The clock was ahead in an earlier run: %d pages are due now", moved
                    )
                self.run_id = ledger.runs.begin(self.site, utc_now())
            except LedgerError:
                ledger.close()
                raise
        except LedgerError as error:
            self._leave(error)
            return None
        self.ledger = ledger
        self._task = asyncio.ensure_future(repeat(self.crawler, FLUSH_EVERY, self.keep))
        return ledger

    def _leave(self, error: LedgerError) -> None:
        self.locked_out = True
        locked = isinstance(error, LockedError)
        why = f"{'Locked out' if locked else 'The ledger cannot be used'}: {error}"
        logger.error("%s", why)
        reason = "locked_out" if locked else "ledger_failed"
        # A separate task, because the end of the crawl calls `close`, which cancels `_task`.
        self._closing = asyncio.ensure_future(end_crawl(self.crawler, reason, why))

    def keep(self) -> bool:
        """Write buffered outcomes, renew leases and release finished sites. This is called every
        second. Return False if the ledger is closed or has failed."""
        if self.ledger is None or self.given_up:
            return False
        try:
            self.ledger.flush()
            if self._since_beat() >= _RENEWED_AFTER * self.policy.lease_seconds:
                self._renew(self.ledger)
            if self.finished:
                self.crawler.signals.send_catch_log(confirmation_wanted)
                self._give_back(self.ledger)
        except LedgerError as error:
            self.give_up(error)
        return not self.given_up

    def _since_beat(self) -> float:
        return time.monotonic() - self._beat

    def _renew(self, ledger: Ledger) -> None:
        """Renew the leases. Raise LockedError if another crawl has taken over a lock."""
        start = time.monotonic()
        if ledger.locks.heartbeat(ledger.now()) < len(ledger.locks.held):
            raise LockedError(
                "another crawl took over a site, because the lease was not renewed in time"
            )
        self._beat = start

    def _give_back(self, ledger: Ledger) -> None:
        """Release the locks of finished sites and shards. Their articles must be confirmed
        before."""
        if self.given_up or not self.finished:
            return
        finished, self.finished = self.finished, {}
        sites = [site for site in finished.values() if site is not None]
        ledger.locks.finish(sites, finished, ledger.now())

    def may_ask(self) -> bool:
        """Return True if this crawl still holds its locks, so that it may send requests. If it was
        suspended for long, check the ledger. On a ledger of one machine, locks are never taken
        over."""
        if self.ledger is None or not self.ledger.is_shared:
            return True
        if self.given_up:
            return False
        if self._since_beat() >= _SURE_FOR * self.policy.lease_seconds:
            try:
                self._renew(self.ledger)
            except LedgerError as error:
                self.give_up(error)
        return not self.given_up

    def give_up(self, error: BaseException) -> None:
        """End the crawl, because it cannot record outcomes without its ledger. The next run records
        the articles in the feed that are not recorded yet."""
        if self.given_up:
            return
        self.given_up = True
        locked = isinstance(error, LockedError)
        what = "Locked out" if locked else "The ledger cannot be used"
        self._failed(f"{what}, the crawl ends", error)
        assert self.crawler.engine is not None
        reason = "locked_out" if locked else "ledger_failed"
        closing = self.crawler.engine.close_spider_async(reason=reason)
        self._closing = asyncio.ensure_future(closing)

    def line_written(
        self,
        item: Article | Rejection,
        spider: Spider,
        request: Request | None = None,
        response: Response | None = None,
    ) -> None:
        """Record a page without an article."""
        if self.ledger is None or self.given_up or not isinstance(item, Rejection):
            return
        asked = key_asked_for(request, item.url)
        outcomes, now = self.ledger.outcomes, utc_now()
        try:
            if is_failure(item.reason):
                outcomes.failed(asked, reason=item.reason, now=now)
            elif item.reason in {"http-404", "http-410"}:
                final = item.reason == "http-410"
                outcomes.missing(asked, reason=item.reason, now=now, final=final)
            elif item.duplicateOf is not None:
                outcomes.duplicate(asked, of=page_key(item.duplicateOf), now=now, look_again=True)
            else:
                outcomes.rejected(asked, reason=item.reason, now=now)
        except LedgerError as error:
            self.give_up(error)

    def export_of(
        self, item: Article, request: Request | None, response: Response | None
    ) -> Export:
        """Return the data of the article *item* for the ledger."""
        headers = response.headers if response is not None else {}
        words = item.metadata.contentHash or ""
        article = identity_of(item.url, item.canonicalUrl, item.headline, words)
        return Export(
            canonical=article.key,
            site=article.site,
            url=item.url,
            content_hash=words,
            version=item.metadata.version or 1,
            at=utc_now(),
            etag=header_text(headers.get("ETag")) or self._saved_etag(item.url),
            last_modified=header_text(headers.get("Last-Modified")),
            published=item.datePublished,
            further=further_pages(as_record(item.metadata)),
            asked=key_asked_for(request, item.url),
            fetched=item.metadata.dateDownloaded,
            claims=article.claims,
            title=article.title,
        )

    def _saved_etag(self, url: str) -> str | None:
        """Return the ETag that the archive spider generated for the page *url*."""
        etags: dict[str, str] = getattr(self.crawler.spider, "etags", {})
        return etags.get(page_key(url))

    def page_unchanged(
        self,
        url: str,
        spider: Spider,
        request: Request | None = None,
        response: Response | None = None,
        downloaded: str | None = None,
    ) -> None:
        """Record that the page has not changed. *downloaded* is the time of its download, None for
        now."""
        if self.ledger is None or self.given_up:
            return
        asked, key = key_asked_for(request, url), page_key(url)
        headers = response.headers if response is not None else {}
        try:
            self.ledger.outcomes.unchanged(
                key,
                now=utc_now(),
                etag=header_text(headers.get("ETag")) or self._saved_etag(url),
                last_modified=header_text(headers.get("Last-Modified")),
                fetched=downloaded,
            )
            if asked != key:
                self.ledger.outcomes.duplicate(asked, of=key, now=utc_now())
        except LedgerError as error:
            self.give_up(error)

    def spider_closed(self, spider: Spider) -> None:
        """Write buffered outcomes."""
        if self.ledger is None or self.given_up:
            return
        try:
            self.ledger.flush()
        except LedgerError as error:
            self.given_up = True
            self._failed("The ledger cannot be written, the next run repairs it", error)

    def earlier_runs(self, limit: int = 10) -> list[dict[str, Any]]:
        """Return the numbers of earlier runs on the same sites, oldest first."""
        if self.ledger is None or self.given_up:
            return []
        try:
            runs = self.ledger.runs.last(self.site, limit + 1)
        except LedgerError as error:
            self.given_up = True
            self._failed("The ledger cannot be read", error)
            return []
        return [run.numbers for run in reversed(runs) if run.numbers and run.id != self.run_id]

    def close(self, numbers: dict[str, Any]) -> None:
        """Store the *numbers* of this run, release the locks and close the ledger."""
        ledger, self.ledger = self.ledger, None
        if self._task is not None:
            self._task.cancel()
        if ledger is None:
            return
        try:
            if not self.given_up:
                ledger.flush()
                self._give_back(ledger)
                ledger.runs.end(self.run_id, numbers, utc_now())
            ledger.close()
        except LedgerError as error:
            if not self.given_up:
                self._failed("The ledger cannot be closed", error)

    def _failed(self, what: str, error: BaseException) -> None:
        """Log in one line that the ledger failed, and count it for the exit code."""
        logger.error("%s: %s", what, error)
        note_why(self.crawler, f"{what}: {error}")
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value("newsclean/ledger_errors")


def key_asked_for(request: Request | None, url: str) -> str:
    """Return the key of the page that *request* requested, before redirects to another page. If
    there is no request, return the key of *url*."""
    if request is None:
        return page_key(url)
    due: DuePage | None = request.meta.get("newsclean_due")
    if due is not None:
        return due.canonical
    return page_key(request.meta.get("redirect_urls", [request.url])[0])


def request_of(response: Response | Failure | None) -> Request | None:
    """Return the request of *response*, which is an argument of a signal."""
    if response is None:
        return None
    request: Request | None = getattr(response, "request", None)
    return request


def header_text(header: Any) -> str | None:
    """Return the value of an HTTP header as text. None if there is none."""
    return header.decode("latin-1") if isinstance(header, bytes) else None
