"""``newsclean ledger --export``: write the feed again from the saved pages."""

from __future__ import annotations

import sys

from scrapy.crawler import AsyncCrawlerProcess

from newsclean.cli.running import crawl_settings, keep_duplicates, run_crawler
from newsclean.exit_codes import NOTHING_FOUND, TOO_MUCH_FAILED, UNHEALTHY
from newsclean.export.durability import check_feeds
from newsclean.printable import printable
from newsclean.spiders.rebuild import RebuildSpider

# The ledger and the WARC files do not change.
_SETTINGS = {
    "LOG_LEVEL": "WARNING",
    "NEWSCLEAN_LEDGER": None,
    "NEWSCLEAN_WARC": None,
    "NEWSCLEAN_MAX_FAILED": 1.0,
}


def write_again(ledger: str, folder: str, output: str) -> int:
    """Write each article that the *ledger* counts as exported to *output*, from the WARC files in
    *folder*. *output* is replaced, as with ``crawl -O``.

    Return the exit code of the crawl, or 4 if any article is missing. Print the URLs of missing
    articles to standard error. Raise ValueError with one line if *output* cannot be written.
    """
    settings = crawl_settings(_SETTINGS, overwrite=[output])
    # No duplicates are dropped: two articles that are alike now were both exported.
    keep_duplicates(settings)
    check_feeds(settings, ledger=False)
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(RebuildSpider)
    code = run_crawler(process, crawler, {"path": folder, "ledger": ledger})
    if code in {0, NOTHING_FOUND, UNHEALTHY} and isinstance(crawler.spider, RebuildSpider):
        return _name_missing(crawler.spider) or code
    return code


def _name_missing(spider: RebuildSpider) -> int:
    """Print the missing articles. Return the exit code for them, or 0 if none is missing."""
    if not spider.missing:
        return 0
    message = f"{spider.missing:,} exported pages gave no article, for these reasons:"
    print(f"newsclean ledger: {message}", file=sys.stderr)
    for url, reason in spider.first_missing:
        print(f"  {printable(url)}  {reason}", file=sys.stderr)
    if spider.missing > len(spider.first_missing):
        print("  and others: see the rejected feed", file=sys.stderr)
    return TOO_MUCH_FAILED
