"""No page is lost by an exception: exceptions in, rejections and numbers out."""

from types import SimpleNamespace

import pytest
from scrapy import Request, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from newsclean.export.extension import FeedExport
from newsclean.extensions.error_net import ErrorNet
from newsclean.items import Article
from newsclean.signals import line_written
from newsclean.spiders.article import ArticleSpider
from tests.units import make

URL = "https://bay.example/1"


@pytest.fixture
def net():
    """The extension, what it rejected, and its stats."""
    net, stats = make(ErrorNet)
    net.crawler.spider = ArticleSpider(arguments=None)
    net.crawler.get_extension = lambda _: None
    rejected = []
    # As the feed export would send it: weakly referenced, so kept here.
    net.keep = lambda item: rejected.append((item.url, item.reason, item.detail))
    net.crawler.signals.connect(net.keep, line_written)
    yield net, rejected, stats
    net.engine_stopped()


def failure(error):
    try:
        raise error
    except ValueError:
        return Failure()


def answer(url=URL, **meta):
    return Response(url, request=Request(url, meta=meta))


def test_a_page_whose_callback_raises_is_rejected(net):
    net, rejected, stats = net
    asked = answer("https://bay.example/moved", redirect_urls=[URL])
    net.spider_error(failure(ValueError("no colon")), asked, net.crawler.spider)
    ((url, reason, detail),) = rejected
    assert (url, reason) == (URL, "error")
    assert "ValueError" in detail and "test_error_net" in detail
    assert stats() == {"rejected/error": 1}
    assert dict(net.by_site) == {"bay.example": 1}


def test_a_page_whose_item_makes_a_pipeline_raise_is_rejected(net):
    net, rejected, stats = net
    net.item_error(Article(url=URL), answer(), net.crawler.spider, failure(ValueError()))
    net.item_error({}, answer(), net.crawler.spider, failure(ValueError()))
    assert [one[:2] for one in rejected] == [(URL, "error")] * 2
    assert stats() == {"rejected/error": 2}


def test_an_exception_without_a_page_is_counted(net):
    net, rejected, stats = net
    net.spider_error(failure(ValueError()), None, net.crawler.spider)
    net.item_error({}, None, net.crawler.spider, failure(ValueError()))
    assert rejected == []
    assert stats() == {"errors": 2}
    assert dict(net.by_site) == {"(other)": 2}


def test_a_page_that_nobody_says_anything_of_is_rejected_when_the_spider_is_idle(net):
    net, rejected, stats = net
    spider, send = net.crawler.spider, net.crawler.signals.send_catch_log
    requests = [spider.page_request(f"{URL}{number}") for number in range(3)]
    for request in requests:
        send(signals.request_scheduled, request=request, spider=spider)
    send(signals.item_scraped, item={}, response=Response(URL, request=requests[0]), spider=spider)
    net.settle(requests[1])
    send(signals.spider_idle, spider=spider)
    assert [one[0] for one in rejected] == [f"{URL}2"]
    send(signals.spider_idle, spider=spider)
    assert stats() == {"rejected/error": 1}


def test_an_item_that_the_feed_export_loses_is_rejected(net):
    net, rejected, stats = net
    receiver = SimpleNamespace(__self__=FeedExport.__new__(FeedExport))
    sent = {"item": Article(url=URL), "response": None}
    net.handler_failed(signals.item_scraped, receiver, ValueError(), sent)
    net.handler_failed(signals.item_scraped, len, ValueError(), sent)  # somebody else's handler
    assert [one[:2] for one in rejected] == [(URL, "error")]
    assert stats() == {"rejected/error": 1, "errors": 2}
