"""A spider whose crawl is closed while its first item is in the pipelines."""

import asyncio

import scrapy

from newsclean.items import Article, Metadata


class Closing(scrapy.Spider):
    name = "closing"

    async def start(self):
        yield Article(url="https://news.example/7", headline="Rain", metadata=Metadata())


class ClosePipeline:
    def __init__(self, crawler):
        self.crawler = crawler
        self.closing = None

    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler)

    async def process_item(self, item):
        closing = self.crawler.engine.close_spider_async(reason="finished")
        self.closing = asyncio.ensure_future(closing)
        await asyncio.sleep(0.1)
        return item
