"""Spiders whose pages do to their reader what they say, in the process that reads them."""

import os
import signal
import time

from newsclean.fetched import PageReader
from newsclean.spiders.article import ArticleSpider
from newsclean.spiders.site import SiteSpider


class BadReader(PageReader):
    def read(self, fetched):
        if b"<i>kill</i>" in fetched.body:
            os.kill(os.getpid(), signal.SIGKILL)
        if b"<i>hang</i>" in fetched.body:
            time.sleep(1000)
        if b"<i>eat</i>" in fetched.body:
            hoard = []
            while True:
                hoard.append(b"x" * 10_000_000)
        if b"<i>raise</i>" in fetched.body:
            raise LookupError("what the page says")
        return super().read(fetched)


class WithBadReader:
    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.reader = BadReader(spider.rules)
        return spider


class BadPages(WithBadReader, ArticleSpider):
    name = "bad_pages"


class BadSite(WithBadReader, SiteSpider):
    name = "bad_site"
