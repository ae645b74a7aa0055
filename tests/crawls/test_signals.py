"""Ctrl-C and SIGTERM: the exit code shows an interrupted crawl, and the next run continues it."""

import signal
import time

import pytest

from newsclean.exit_codes import INTERRUPTED
from tests.crawls.run import crawl, lines
from tests.crawls.test_kill import start
from tests.news_site import News
from tests.server import serve

SLOW = ("-s", "DOWNLOAD_DELAY=0.3", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")


def wait_for_a_line(feed, process):
    deadline = time.monotonic() + 60
    while not feed.exists() or not feed.stat().st_size:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_with_work_outstanding_has_an_exit_code_of_its_own(tmp_path, sign):
    with serve() as site:
        news = News(site, 30)
        process = start(tmp_path, site, *SLOW)
        wait_for_a_line(tmp_path / "articles.jsonl", process)
        process.send_signal(sign)
        assert process.wait(60) == INTERRUPTED, (tmp_path / "log").read_text()[-2000:]
        assert 0 < len(lines(tmp_path / "articles.jsonl")) < 30
        assert b"site_yields_nothing" not in (tmp_path / "log").read_bytes()
        done = crawl(
            *("site", "-a", f"url={site.url('/')}", "-o", "articles.jsonl"), folder=tmp_path
        )
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        found = sorted(line["url"] for line in lines(tmp_path / "articles.jsonl"))
        assert found == sorted(map(news.url, news.texts))


def test_a_second_signal_stops_at_once_and_says_so(tmp_path):
    with serve() as site:
        News(site, 30)
        answers = site.pages

        class Slow(dict):
            def get(self, path, default=None):
                if "report-9-" in path:
                    time.sleep(20)
                return answers.get(path, default)

        site.pages = Slow()
        process = start(tmp_path, site, *SLOW[:2], "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=4")
        wait_for_a_line(tmp_path / "articles.jsonl", process)
        while not any("report-9-" in path for path in site.paths):
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == INTERRUPTED


def test_the_whole_crawl_has_its_usual_exit_code(tmp_path):
    with serve() as site:
        News(site, 2)
        process = start(tmp_path, site, "-s", "DOWNLOAD_DELAY=0")
        assert process.wait(60) == 0
