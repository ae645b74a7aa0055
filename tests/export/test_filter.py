"""Which items a feed takes: items in, yes or no and one line of the log out."""

import logging

import pytest
from scrapy.extensions.feedexport import ItemFilter

from newsclean.export.filter import FeedFilter
from newsclean.items import Article
from newsclean.rejections import Rejection

URL = "https://bay.example/1"


@pytest.mark.parametrize("name", ["jsonlines", "csv", "parquet", "markdown"])
def test_rejections_have_a_feed_of_their_own(name):
    feed = FeedFilter(ItemFilter({}), "a", name)
    assert feed.accepts(Article(url=URL))
    assert not feed.accepts(Rejection(URL, "no-body"))


def test_scrapys_filter_holds():
    feed = FeedFilter(ItemFilter({"item_classes": [dict]}), "a.csv", "csv")
    assert feed.accepts({})
    assert not feed.accepts(Article(url=URL))


def test_items_that_a_format_cannot_hold_are_named_once(caplog):
    with caplog.at_level(logging.WARNING):
        assert FeedFilter(ItemFilter({}), "a.csv", "csv").accepts({})
        feed = FeedFilter(ItemFilter({}), "a.parquet", "parquet")
        assert [feed.accepts({}) for _ in range(3)] == [False] * 3
    assert [record.getMessage() for record in caplog.records] == [
        "a.parquet: the format parquet holds only articles, items of the class dict are not written"
    ]
