"""The progress of a crawl in a real terminal, and in a log where there is none."""

import itertools
import re
import sys
import time

import pytest

from tests.crawls.run import crawl, lines
from tests.extensions.tmux import terminal
from tests.news_site import News
from tests.server import serve

LOG_LINE = re.compile(r"2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d \[[\w.]+\] [A-Z]+: ")
# One request at a time.
ONE = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
HOSTILE = "Calm\x1b]0;evil\x07 [bold]sea[/bold] \x1b[2J\x1b[31mred"


@pytest.fixture
def slow():
    """A site of thirty articles that takes its time; some of its answers are a 500. It gives no
    more of them than ``allowed`` until that is raised."""
    with serve() as site:
        news = News(site, 30, failing=0.1)
        answer = news.answer
        site.allowed = sys.maxsize
        numbers = itertools.count(1)

        def late(path, headers):
            time.sleep(0.1)
            number, deadline = next(numbers) if "/news/" in path else 0, time.monotonic() + 60
            while number > site.allowed and time.monotonic() < deadline:
                time.sleep(0.02)
            return answer(path, headers)

        news.answer = late
        yield site


@pytest.fixture
def screen(tmp_path):
    with terminal(tmp_path) as screen:
        yield screen


def numbers(screen):
    """The counts of the line of totals."""
    line = re.search(r"^found .*failed [\d,]+", screen, re.M)
    assert line, screen
    return {kind: int(count) for kind, count in re.findall(r"(\w+) (\d+)", line[0])}


def test_it_shows_numbers_sites_and_waits_and_leaves_the_summary(slow, screen, tmp_path):
    slow.allowed = 8
    screen.crawl(
        *("site", "-a", f"url={slow.url('/')}", "-O", "a.jsonl", "-s", "RETRY_TIMES=3"),
        *(*ONE, "-L", "DEBUG"),
    )
    seen = screen.wait("pages a second", "exported", "waits for", "latest    Report number")
    first = numbers(seen)
    assert "127.0.0.1" in seen
    slow.allowed = 20
    more = "|".join(str(number) for number in range(first["exported"] + 1, 31))
    screen.wait(re.compile(rf"^found .*exported ({more})\b", re.M))
    # A crawl that is killed could not give the cursor back: it stays.
    assert screen.format("cursor_flag") == "1"
    slow.allowed = sys.maxsize
    screen.wait("a.jsonl: ", "ready>")
    text = screen.text
    # The display is gone, the summary is there, and the log is whole.
    assert "pages a second" not in text and "waits for" not in text
    assert "exported 30" in text
    assert text.rstrip().endswith("ready>")
    articles = [
        line for line in text.splitlines() if "[scrapy.core.scraper] DEBUG: Article" in line
    ]
    assert len(articles) == len(lines(tmp_path / "a.jsonl")) == 30
    assert all(re.fullmatch(LOG_LINE.pattern + r"Article \S+ .*words\)", line) for line in articles)


HOSTILE_SPIDER = f"""
import asyncio, scrapy
from newsclean.items import Article, RawBody
from newsclean.rejections import Rejection

class Hostile(scrapy.Spider):
    name = "hostile"

    async def start(self):
        text = {HOSTILE!r}
        self.logger.info(text)
        url = "http://evil\\x07\\x1bc.example/"
        yield Article(url=url, headline=text, articleBodyRaw=RawBody("The sea is calm. " * 9))
        yield Rejection(url=url, reason="no-body", detail=text)
        await asyncio.sleep(3)
"""


def test_what_a_page_says_does_nothing_to_the_terminal(screen, tmp_path):
    (tmp_path / "hostile.py").write_text(HOSTILE_SPIDER)
    title = screen.format("pane_title")
    arguments = ("hostile.py", "-O", "a.jsonl", "-L", "DEBUG")
    screen.crawl(*arguments, command=("-m", "newsclean", "runspider"))
    seen = screen.wait("latest    Calm")
    assert re.search(r"^latest    Calm.*\[bold\]sea\[/bold\]", seen, re.M), seen
    assert re.search(r"^evil\ufffd\ufffdc\.example +0 +1", seen, re.M), seen
    assert "[hostile] INFO: Calm\ufffd]0;evil\ufffd [bold]sea" in screen.text
    screen.wait("a.jsonl: 1 line", "ready>")
    assert screen.format("pane_title") == title
    # Nothing has cleared the screen.
    assert "newsclean runspider" in screen.text


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_gives_the_terminal_back(slow, screen, times):
    screen.crawl("site", "-a", f"url={slow.url('/')}", "-O", "a.jsonl", "-s", "DOWNLOAD_DELAY=0.5")
    screen.wait("pages a second", "exported")
    for _ in range(times):
        screen.type("C-c")
        time.sleep(0.3)
    screen.wait("ready>")
    screen.type("-l", "echo $((6 * 7)) is; stty -a | grep -o ' echo '")
    screen.type("Enter")
    seen = screen.wait("42 is", " echo ")
    assert "pages a second" not in seen or times == 2
    assert re.search(r"^ready> echo", seen, re.M), seen
    assert screen.format("cursor_flag") == "1"


def test_without_a_terminal_there_is_a_line_now_and_then(slow, tmp_path):
    run = crawl(
        *("site", "-a", f"url={slow.url('/')}", "-O", "a.jsonl"),
        *("-s", "NEWSCLEAN_PROGRESS_INTERVAL=0.5", *ONE),
        folder=tmp_path,
    )
    log = run.stderr.decode()
    assert "\x1b" not in log
    said = [line for line in log.splitlines() if "[newsclean.extensions.progress] INFO: " in line]
    assert len(said) >= 2, log
    pattern = LOG_LINE.pattern + (
        r"found \d+, fetched \d+, exported \d+, unchanged 0, rejected \d+, failed \d+,"
        r" \d+\.\d pages a second, queue \d+, retries 0(; waits for 127\.0\.0\.1 [a-z. \d]+)?"
    )
    assert all(re.fullmatch(pattern, line) for line in said), said
    exported = [int(re.search(r"exported (\d+)", line)[1]) for line in said]
    assert exported == sorted(exported) and exported[-1] > 0
    assert "Crawled 0 pages" not in log


@pytest.mark.parametrize(("wish", "shown"), [("True", True), ("False", False)])
def test_it_does_what_the_setting_says(slow, tmp_path, wish, shown):
    # Enough articles that the display is drawn anew between the first and the last, on any machine.
    run = crawl(
        *("site", "-a", f"url={slow.url('/')}", "-a", "max_articles=25", "-O", "a.jsonl"),
        *("-s", f"NEWSCLEAN_PROGRESS={wish}", *ONE),
        folder=tmp_path,
    )
    log = run.stderr.decode()
    assert ("latest    Report number" in log) is shown
    assert ("\x1b[2K" in log) is shown
