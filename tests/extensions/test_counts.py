"""Pages counted from the signals of a crawl."""

import pytest
from scrapy import Request, signals
from scrapy.http import Response
from scrapy.signalmanager import SignalManager

from newsclean.extensions.counts import KINDS, Counts
from newsclean.items import Article
from newsclean.rejections import Rejection
from newsclean.signals import line_written, page_unchanged
from tests.units import crawler

URL = "http://news.example/1"


@pytest.fixture
def sent():
    return SignalManager(object())


@pytest.fixture
def counts(sent):
    return Counts(sent)


def found(sent, url=URL, **meta):
    sent.send_catch_log(signals.request_scheduled, request=Request(url, meta=meta), spider=None)


def fetched(sent, url=URL, **meta):
    request, response = Request(url, meta=meta), Response(url)
    sent.send_catch_log(signals.response_received, request=request, response=response, spider=None)


def written(sent, item):
    named = {"request": None, "response": None}
    sent.send_catch_log(line_written, item=item, spider=None, **named)


def test_each_kind(sent, counts):
    found(sent)
    fetched(sent)
    written(sent, Article(url=URL))
    written(sent, Rejection(url=URL, reason="no-body"))
    written(sent, Rejection(url=URL, reason="timeout"))
    sent.send_catch_log(page_unchanged, url=URL, spider=None, request=None, response=None)
    assert counts.totals == dict.fromkeys(KINDS, 1)
    assert counts.by_site == {kind: {"news.example": 1} for kind in KINDS}
    moments = counts.timeline.moments()
    assert [sum(getattr(one, kind) for one in moments) for kind in KINDS[1:]] == [1] * 5


def test_a_page_is_found_once_and_robots_txt_is_none(sent, counts):
    found(sent)
    found(sent, retry_times=1)
    found(sent, redirect_times=1)
    fetched(sent, "http://news.example/robots.txt")
    fetched(sent, URL, newsclean_page=2)  # its article's first page has been counted
    assert (counts.totals["found"], counts.totals["fetched"]) == (1, 0)


def test_a_page_without_a_host(sent, counts):
    written(sent, Rejection(url="pages/1.html", reason="no-body"))
    written(sent, Rejection(url="http://[broken/", reason="no-body"))
    assert counts.by_site["rejected"] == {"(other)": 2}


def test_the_components_of_a_crawl_share_their_counts():
    one, other = crawler(), crawler()
    counts = Counts.of(one)
    assert Counts.of(one) is counts
    assert Counts.of(other) is not counts
    found(one.signals)
    assert counts.totals["found"] == 1
    assert Counts.of(other).totals["found"] == 0
