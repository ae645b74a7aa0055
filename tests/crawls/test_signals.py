"""Ctrl-C and SIGTERM: the exit code shows an interrupted crawl, and the next run continues it."""

import signal
import time

import pytest

from newsclean.exit_codes import INTERRUPTED
from tests.crawls.run import FAST, crawl, lines
from tests.crawls.test_kill import start
from tests.news_site import News
from tests.server import article_page, serve

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


MENU = "".join(f"<a href=/{name}>{name}</a> " for name in ("harbour", "imprint", "people"))
TEXT = "<p>All that happens at the quays of the bay, told by those who work there.</p>" * 4


def small_site(site, before_the_article=lambda: None):
    """A site whose section is no different from other pages until its menu is known: short titles
    below a text. *before_the_article* is called before the article on the front page is sent."""

    def page(main):
        return f"<p>{MENU}</p>{main}".encode()

    def first(handler):
        while "/harbour" not in site.paths:
            time.sleep(0.02)
        time.sleep(0.5)  # until the section is judged
        before_the_article()
        return article_page(1, extra=f"<p>{MENU}</p>")

    titles = "".join(f"<li><a href=/n/{number}.html>Rain {number}</a>" for number in (2, 3, 4))
    title = "<a href=/n/{0}.html>Report number {0} from the harbour</a>"
    site.pages = {f"/n/{number}.html": article_page(number) for number in (2, 3, 4)} | {
        "/": page(title.format(1) + title.format(9)),
        "/harbour": page(f"{TEXT}<ul>{titles}</ul>"),
        "/people": page(TEXT),
        "/imprint": page(TEXT),
        "/n/1.html": first,
    }


def check_small_site(site, folder):
    """The next crawl finds the articles of the section, which the first one did not."""
    feed = folder / "articles.jsonl"
    assert [line["url"] for line in lines(feed)] == [site.url("/n/1.html")]
    done = crawl("site", "-a", f"url={site.url('/')}", "-o", "articles.jsonl", folder=folder)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found = sorted(line["url"] for line in lines(feed))
    assert found == [site.url(f"/n/{number}.html") for number in (1, 2, 3, 4)]


def test_a_section_that_a_stopped_crawl_took_for_another_page_is_found(tmp_path):
    with serve() as site:
        small_site(site, lambda: process.send_signal(signal.SIGTERM))
        process = start(tmp_path, site, *FAST)
        assert process.wait(60) == INTERRUPTED, (tmp_path / "log").read_text()[-2000:]
        check_small_site(site, tmp_path)


def test_a_section_that_a_full_crawl_took_for_another_page_is_found(tmp_path):
    with serve() as site:
        small_site(site)
        given = ("-a", f"url={site.url('/')}", "-a", "max_articles=1", "-o", "articles.jsonl")
        crawl("site", *given, folder=tmp_path)
        check_small_site(site, tmp_path)


def test_the_whole_crawl_has_its_usual_exit_code(tmp_path):
    with serve() as site:
        News(site, 2)
        process = start(tmp_path, site, "-s", "DOWNLOAD_DELAY=0")
        assert process.wait(60) == 0
