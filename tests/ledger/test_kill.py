"""A process that is really killed, at random moments, loses nothing and repeats nothing."""

import json
import os
import random
import signal
import time

import pytest

from newsclean.ledger import Ledger
from tests import fork_server
from tests.crawls.run import ROOT
from tests.ledger.killed import SITE

pytestmark = pytest.mark.slow

PAGES = 400


@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGTERM])
def test_every_line_is_whole_and_there_once(where, tmp_path, seed, kill):
    feed = tmp_path / "articles.jsonl"
    arguments = ["tests.ledger.killed", where, feed, PAGES]
    log = tmp_path / "log"
    chance = random.Random(seed)
    kills = 0
    while True:
        before = feed.stat().st_size if feed.exists() else 0
        with log.open("wb") as stderr:
            crawl = fork_server.Process(arguments, cwd=ROOT, env=os.environ, stderr=stderr)
        # Killed while it writes, not while it starts.
        while crawl.poll() is None and (feed.stat().st_size if feed.exists() else 0) <= before:
            time.sleep(0.001)
        time.sleep(chance.random() / 4)
        crawl.send_signal(kill)
        if crawl.wait(60) == 0:
            break
        assert crawl.returncode == -kill, log.read_text()
        kills += 1
        assert kills < 200
    assert kills >= 3
    urls = sorted(json.loads(line)["url"] for line in feed.read_bytes().splitlines())
    assert urls == sorted(f"https://news.example/{number}" for number in range(PAGES))
    with Ledger.open(where) as ledger:
        assert ledger.inspection.counts() == {SITE: {"exported": PAGES}}
