"""A process that is really killed, at random moments, loses nothing and repeats nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from newsclean.ledger import Ledger

PAGES = 400
SITE = "news.example"
# A crawl without the crawling: it flushes a line, in two writes as a large one is, and counts it.
CRAWL = """
import json, sys, time
from pathlib import Path
from newsclean.discovery.entry import Entry
from newsclean.export.reconcile import reconcile
from newsclean.export.tail import feed_key
from newsclean.ledger import Batch, Export, FileMark, Ledger, utc_now

ledger, feed = Ledger.open(sys.argv[1]), Path(sys.argv[2])
ledger.locks.acquire(["news.example"], holder="a crawl", now=utc_now())
run = ledger.runs.begin("news.example", utc_now())
reconcile(ledger, feed, now=utc_now())
pages = (Entry(f"https://news.example/{number}", "sitemap") for number in range(int(sys.argv[3])))
ledger.pages.discover("news.example", pages, utc_now())
pending = []
with feed.open("ab", buffering=0) as file:
    while due := ledger.pages.due("news.example", utc_now(), 50, run=run):
        for page in due:
            line = json.dumps({"url": page.url, "articleBody": "x" * 5000}).encode() + b"\\n"
            file.write(line[:3000])
            file.write(line[3000:])
            export = Export(page.canonical, "news.example", page.url, "h", 1, utc_now())
            pending.append((export, feed_key(feed), file.tell(), True))
            if len(pending) == 20:
                ledger.confirm(Batch(pending, [FileMark(feed_key(feed), file.tell())]))
                pending.clear()
            time.sleep(0.002)
    ledger.confirm(Batch(pending, [FileMark(feed_key(feed), file.tell())]))
ledger.close()
"""


@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGTERM])
def test_every_line_is_whole_and_there_once(where, tmp_path, seed, kill):
    feed = tmp_path / "articles.jsonl"
    arguments = [sys.executable, "-c", CRAWL, str(where), str(feed), str(PAGES)]
    chance = random.Random(seed)
    kills = 0
    while True:
        before = feed.stat().st_size if feed.exists() else 0
        with subprocess.Popen(arguments, env=os.environ, stderr=subprocess.PIPE) as crawl:
            # Killed while it writes, not while Python starts.
            while crawl.poll() is None and (feed.stat().st_size if feed.exists() else 0) <= before:
                time.sleep(0.001)
            time.sleep(chance.random() / 4)
            crawl.send_signal(kill)
            error = crawl.stderr.read().decode()
        if crawl.returncode == 0:
            break
        assert crawl.returncode == -kill, error
        kills += 1
        assert kills < 200
    assert kills >= 3
    urls = sorted(json.loads(line)["url"] for line in feed.read_bytes().splitlines())
    assert urls == sorted(f"https://news.example/{number}" for number in range(PAGES))
    with Ledger.open(where) as ledger:
        assert ledger.inspection.counts() == {SITE: {"exported": PAGES}}
