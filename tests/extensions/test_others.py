"""Extensions as units: a signal in, stats and log lines out."""

import asyncio
import logging
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.http import HtmlResponse

from newsclean.extensions import progress
from newsclean.extensions.background import repeat
from newsclean.extensions.log_format import LogFormat
from newsclean.extensions.politeness import Politeness
from newsclean.extensions.start_sites import FrontPages
from newsclean.items import Article, Metadata
from newsclean.pipelines.compare_versions import UnchangedArticle
from newsclean.pipelines.rejected import RejectedPage
from newsclean.rejections import Rejection
from newsclean.signals import error_caught, line_written
from tests.units import crawler, make

URL = "https://bay.example/1"


@pytest.mark.parametrize(
    ("theirs", "ours", "delay", "counted"),
    [(5, 1.0, 5.0, True), (500, 1.0, 60.0, True), (0.5, 1.0, 1.0, False), (None, 1.0, 1.0, False)],
)
def test_the_longer_delay_holds(theirs, ours, delay, counted, caplog):
    polite, stats = make(Politeness, NEWSCLEAN_MAX_DELAY=60)
    slot = SimpleNamespace(delay=ours)
    downloader = SimpleNamespace(slots={"bay.example": slot})
    polite.crawler.engine = SimpleNamespace(downloader=downloader)
    robots = SimpleNamespace(crawl_delay=lambda agent: theirs)
    with caplog.at_level(logging.INFO):
        polite.robots_parsed(robots, Request(URL))
    assert slot.delay == delay
    assert stats() == ({"crawl_delays": 1} if counted else {})
    assert ("capped from 500" in caplog.text) == (theirs == 500)


def said(result):
    return result["msg"] % result["args"]


def test_log_lines_name_the_page_and_nothing_of_it_is_raw(caplog):
    caplog.set_level(logging.DEBUG, "scrapy.core.scraper")  # else no line is made for an article
    lines = LogFormat()
    article = Article(url=URL, headline="Rain\x1b[31m\nagain", wordCount=7, metadata=Metadata())
    line = said(lines.scraped(article, None, None))
    assert line.startswith(f"Article {URL} Rain")
    assert line.endswith("(7 words)")
    assert "\x1b" not in line
    assert "\n" not in line
    rejection = Rejection(url=URL, reason="no-body", detail="nothing\x07")
    line = said(lines.dropped(rejection, RejectedPage(rejection), None, None))
    assert line.startswith(f"No article: {URL} no-body (nothing")
    assert "\x07" not in line
    unchanged = UnchangedArticle(article)
    assert said(lines.dropped(article, unchanged, None, None)) == f"Unchanged: {URL}"
    line = said(lines.dropped(article, DropItem("why\x00not"), None, None))
    assert line.startswith("Dropped: why")
    assert "\x00" not in line


@pytest.mark.parametrize(("level", "is_written"), [(logging.INFO, False), (logging.DEBUG, True)])
def test_a_log_line_that_no_handler_writes_is_not_made(monkeypatch, level, is_written):
    handler = logging.StreamHandler()
    handler.setLevel(level)
    monkeypatch.setattr(logging.root, "handlers", [logging.NullHandler(), handler])
    monkeypatch.setattr(logging.root, "level", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger("scrapy"), "level", logging.DEBUG)
    lines, (response, request) = LogFormat(), answer(URL, b"")
    assert (lines.crawled(request, response, None) is not None) == is_written
    assert (lines.scraped(Article(url=URL), response, None) is not None) == is_written


def answer(url, body, status=200):
    request = Request(url)
    return HtmlResponse(url, status=status, body=body, request=request), request


@pytest.mark.parametrize(
    ("body", "status", "found"),
    [
        ("<a href=/{}>A report from the harbour today</a>", 200, "ok"),
        ("", 304, "unchanged"),
        ("", 404, "http-404"),
        ("<input type=password>", 200, "login"),
    ],
)
def test_a_front_page_is_judged(body, status, found):
    fronts = FrontPages(crawler())
    spider = SimpleNamespace(starts={"bay.example": ["https://bay.example/"]})
    text = "".join(body.replace("{}", str(number)) for number in range(12))
    response, request = answer("https://bay.example/", text.encode(), status)
    fronts.request_scheduled(request, spider)
    assert fronts.found == {"bay.example": "no-answer"}
    other, asked = answer("https://bay.example/7", b"<p>x</p>")
    fronts.response_received(other, asked, spider)  # no start of a site
    assert fronts.found == {"bay.example": "no-answer"}
    fronts.response_received(response, request, spider)
    assert fronts.found == {"bay.example": found}


def test_a_front_page_that_failed_says_why():
    fronts = FrontPages(crawler())
    spider = SimpleNamespace(starts={"bay.example": ["https://bay.example/"]})
    request = Request("https://bay.example/")
    fronts.request_scheduled(request, spider)
    fronts.failed(request, "dns")
    assert fronts.found == {"bay.example": "dns"}


def test_what_repeats_goes_on_after_an_exception():
    owner = Listener(crawler())
    calls = iter([ValueError("once"), True, False])

    def call():
        found = next(calls)
        if isinstance(found, Exception):
            raise found
        return found

    asyncio.run(repeat(owner.crawler, 0, call))
    assert owner.told == ["once"]
    assert next(calls, "none left") == "none left"


class Listener:
    """Hears what the background tells."""

    def __init__(self, crawler):
        self.crawler = crawler
        self.told = []
        crawler.signals.connect(self.hear, error_caught)

    def hear(self, error):
        self.told.append(str(error))


def test_the_progress_counts_what_happens(monkeypatch):
    with pytest.raises(NotConfigured):
        make(progress.Progress, NEWSCLEAN_PROGRESS=False, NEWSCLEAN_PROGRESS_INTERVAL=0)
    # Without a reactor, Scrapy makes no repeated call.
    monkeypatch.setattr(progress, "create_looping_call", lambda call: None)
    shown, _ = make(progress.Progress, NEWSCLEAN_PROGRESS=False, NEWSCLEAN_PROGRESS_INTERVAL=60)
    owner = shown.crawler
    owner.engine = SimpleNamespace(downloader=SimpleNamespace(slots={}), scheduler=[1, 2])
    send = owner.signals.send_catch_log
    for item in (Article(url=URL, headline="Rain"), Rejection(f"{URL}0", "no-body")):
        send(line_written, item=item, spider=None, request=None, response=None)
    now = shown.snapshot()
    assert (now.latest, now.queue) == ("Rain", 2)
    assert {"exported": 1, "rejected": 1}.items() <= now.totals.items()
    assert now.sites["bay.example"]["exported"] == 1
