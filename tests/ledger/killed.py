"""A crawl without the crawling: ``python -m tests.ledger.killed LEDGER FEED PAGES``.

It flushes a line, in two writes as a large one is, and counts it. `test_kill` kills it.
"""

import json
import sys
import time
from pathlib import Path

from newsclean.discovery.entry import Entry
from newsclean.export.reconcile import reconcile
from newsclean.export.tail import feed_key
from newsclean.ledger import Batch, Export, FileMark, Ledger, utc_now

SITE = "news.example"


def crawl(ledger, feed, count):
    ledger.locks.acquire([SITE], holder="a crawl", now=utc_now())
    run = ledger.runs.begin(SITE, utc_now())
    reconcile(ledger, feed, now=utc_now())
    pages = (Entry(f"https://{SITE}/{number}", "sitemap") for number in range(count))
    ledger.pages.discover(SITE, pages, utc_now())
    pending = []
    with feed.open("ab", buffering=0) as file:
        while due := ledger.pages.due(SITE, utc_now(), 50, run=run):
            for page in due:
                line = json.dumps({"url": page.url, "articleBody": "x" * 5000}).encode() + b"\n"
                file.write(line[:3000])
                file.write(line[3000:])
                export = Export(page.canonical, SITE, page.url, "h", 1, utc_now())
                pending.append((export, feed_key(feed), file.tell(), True))
                if len(pending) == 20:
                    ledger.confirm(Batch(pending, [FileMark(feed_key(feed), file.tell())]))
                    pending.clear()
                time.sleep(0.002)
        ledger.confirm(Batch(pending, [FileMark(feed_key(feed), file.tell())]))


if __name__ == "__main__":
    where, feed, count = sys.argv[1:]
    with Ledger.open(where) as ledger:
        crawl(ledger, Path(feed), int(count))
