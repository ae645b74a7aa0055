"""Scrapy's downloader, which sends no more requests to a site at a time than allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader import Downloader, Slot

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from scrapy import Request
    from scrapy.http import Response
    from twisted.internet.defer import Deferred


class LimitedDownloader(Downloader):
    """Obeys ``CONCURRENT_REQUESTS_PER_DOMAIN`` also without a ``DOWNLOAD_DELAY``.

    Scrapy 2.19 takes requests from the queue of a site while the site has a free slot, and starts a
    task for each. A request occupies its slot only when its task runs, after the whole queue was
    taken. So 64 requests were sent to one site at a time, and each opened a connection.
    """

    # A private method of Scrapy 2.19, which has no public hook between the queue and the task.
    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)
