"""Spiders with pages that make the reading process hang, end, or use too much memory."""

import os
import signal
import time

from newsclean.fetched import PageReader
from newsclean.spiders.article import ArticleSpider
from newsclean.spiders.site import SiteSpider
from newsclean.spiders.site_pages import SitePageReader


class BadReader:
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


class BadPageReader(BadReader, PageReader):
    pass


class BadSiteReader(BadReader, SitePageReader):
    pass


class BadPages(ArticleSpider):
    name = "bad_pages"
    reader_class = BadPageReader


class BadSite(SiteSpider):
    name = "bad_site"
    reader_class = BadSiteReader
