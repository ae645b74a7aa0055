"""A crawl is killed at any moment and started again: then the feed has each article once.

``pytest tests/crawls/test_kill.py --kill-seed N`` repeats a run.
"""

import os
import random
import signal
import subprocess
import time

import pytest

from tests import fork_server
from tests.conftest import new_seed
from tests.crawls.run import lines, our_environment
from tests.news_site import News
from tests.server import serve

REQUESTS = 14  # of a crawl before it is killed, at most


def start(folder, site, *options, limit=None):
    """Begin a crawl in a process group of its own."""
    command = ["scrapy", "crawl", "site", "-a", f"url={site.url('/')}"]
    command += ["-o", "articles.jsonl", "-s", "RETRY_TIMES=6", "-L", "WARNING", *options]
    with (folder / "log").open("ab") as log:
        return fork_server.Process(
            command, cwd=folder, env=our_environment(), stderr=log, file_limit=limit
        )


def kill_until_done(folder, site, chance, sign, *options, most=400):
    """Run the crawl and kill it, again and again, until it ends by itself; return how often.

    A life is as long as some requests and a moment take, however busy the machine is."""
    kills = 0
    while kills < most:
        last = len(site.asked) + chance.randint(1, REQUESTS)
        crawl = start(folder, site, *options)
        deadline = time.monotonic() + 60
        while len(site.asked) < last and crawl.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        try:
            crawl.wait(chance.uniform(0, 0.06))
        except subprocess.TimeoutExpired:
            os.killpg(crawl.pid, sign)
            crawl.wait(60)
            kills += 1
            continue
        assert crawl.returncode == 0, (folder / "log").read_text()[-3000:]
        return kills
    raise AssertionError("it never ends")


def check(folder, news, seed):
    found = [line["url"] for line in lines(folder / "articles.jsonl")]
    wanted = sorted(news.url(number) for number in news.texts)
    assert sorted(found) == wanted, f"--kill-seed {seed}"


@pytest.mark.parametrize(
    ("sign", "least", "failing"),
    [
        pytest.param(signal.SIGKILL, 20, 0.0, id="SIGKILL"),
        pytest.param(signal.SIGKILL, 5, 0.1, id="SIGKILL and a server that fails a tenth"),
        pytest.param(signal.SIGTERM, 5, 0.0, id="SIGTERM"),
    ],
)
def test_every_article_exactly_once(tmp_path, kill_seed, sign, least, failing):
    seed = new_seed(kill_seed)
    chance = random.Random(seed)
    # Few at once: a crawl that is asked to end gets what it has begun.
    slow = ("-s", "DOWNLOAD_DELAY=0.05", "-s", "CONCURRENT_REQUESTS=4")
    with serve() as site:
        news = News(site, 70 if least > 5 else 40, failing=failing, seed=seed)
        # What failed for good in one run comes back an hour later.
        kills = kill_until_done(tmp_path, site, chance, sign, *slow)
        while kills < least:  # it was lucky, and gets more to do
            known = len(news.texts)
            news.texts |= dict.fromkeys(range(known, known + 20), 0)
            kills += kill_until_done(tmp_path, site, chance, sign, *slow)
    check(tmp_path, news, seed)


def test_a_full_disk_costs_nothing(tmp_path, kill_seed):
    seed = new_seed(kill_seed)
    with serve() as site:
        news = News(site, 150, seed=seed)
        for limit in (150_000, 170_000, 200_000):
            crawl = start(tmp_path, site, "-s", "DOWNLOAD_DELAY=0", limit=limit)
            assert crawl.wait(60) != 0
        crawl = start(tmp_path, site, "-s", "DOWNLOAD_DELAY=0")
        assert crawl.wait(60) == 0, (tmp_path / "log").read_text()[-3000:]
    check(tmp_path, news, seed)
