"""The exit codes of a crawl."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsclean.rejections import is_failure

if TYPE_CHECKING:
    from collections.abc import Mapping

# The codes of the shell; `MEANINGS` describes them. Click uses 2 for a mistake in a command, too.
USER_MISTAKE = 2
FAILED = 1
NOTHING_FOUND = 3
TOO_MUCH_FAILED = 4
LOCKED_OUT = 5
FEED_FAILED = 6
UNHEALTHY = 7
ERRORS = 8
UNSENT = 9
INTERRUPTED = 10

# Exit code → meaning, for the documentation.
MEANINGS: dict[int, str] = {
    0: "the crawl completed, and no check failed",
    FAILED: "the crawl could not start, or stopped because of an error",
    USER_MISTAKE: "a mistake in the command, the settings or a file: nothing was fetched",
    NOTHING_FOUND: "no article was found, neither new nor unchanged",
    TOO_MUCH_FAILED: "more pages failed than NEWSCLEAN_MAX_FAILED allows",
    LOCKED_OUT: "another crawl has locked this site or this feed",
    FEED_FAILED: "the feed, the WARC files, the report or the run file could not be written",
    UNHEALTHY: "a health check against earlier runs failed",
    ERRORS: "an error in newsclean or the project's code: see `error` in the rejected feed",
    UNSENT: "a feed could not be uploaded: it is kept, and the next run uploads it",
    INTERRUPTED: "a signal (Ctrl-C, SIGTERM) ended the crawl before it was complete",
}

# Rejections because of another URL of an article in the feed: the article was found.
_DUPLICATE = "rejected/duplicate"
_BY_REASON = {
    "feed_failed": FEED_FAILED,
    "feed_mistake": USER_MISTAKE,
    "warc_failed": FEED_FAILED,
    "locked_out": LOCKED_OUT,
    "ledger_failed": FAILED,
    "start_error": FAILED,
    "extension_failed": FAILED,
    "shutdown": INTERRUPTED,
}


def exit_code(stats: Mapping[str, Any], *, max_failed: float = 0.5) -> int:
    """Return the exit code of a crawl that ended with Scrapy's *stats*. *max_failed* is the share
    of its pages that may fail.

    >>> exit_code({"finish_reason": "finished"})  # nothing was found
    3
    """
    reason = str(stats.get("finish_reason", ""))
    if reason in _BY_REASON:
        return _BY_REASON[reason]
    if stats.get("newsclean/ledger_errors"):  # it failed at the end of the crawl
        return FAILED
    if stats.get("newsclean/unwritten"):
        return FEED_FAILED
    if stats.get("newsclean/unsent"):
        return UNSENT
    if stats.get("newsclean/errors") or stats.get("newsclean/rejected/error"):
        return ERRORS
    found = ("exported", "other_items", "unchanged", "known", _DUPLICATE)
    good = sum(stats.get(f"newsclean/{name}", 0) for name in found)
    failed = rejected = 0
    for name, count in stats.items():
        if name.startswith("newsclean/rejected/") and not name.endswith(_DUPLICATE):
            if is_failure(name.rpartition("/")[2]):
                failed += count
            else:
                rejected += count
    if failed and failed > max_failed * (good + rejected + failed):
        return TOO_MUCH_FAILED
    if not good and not stats.get("newsclean/no_sites_left"):
        return NOTHING_FOUND
    return UNHEALTHY if stats.get("newsclean/health") == "failed" else 0
