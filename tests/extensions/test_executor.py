"""A large page is read and cleaned beside the event loop; a small one is not worth a thread."""

import asyncio
import threading
import time
from types import SimpleNamespace

import pytest
from scrapy.http import HtmlResponse, Request
from scrapy.utils.misc import build_from_crawler

from newsclean.extensions.executor import MIN_BYTES, Executor
from newsclean.items import Article, RawBody
from newsclean.pipelines.clean_body import CleanBodyPipeline
from newsclean.spiders.article import ArticleSpider
from tests.server import article_page
from tests.units import crawler, make

URL = "https://news.example/2026/report-1"
PARAGRAPH = "<p>The harbour was calm, and <b>nobody</b> came to the mole.</p>"
LARGE = PARAGRAPH * (5 * MIN_BYTES // len(PARAGRAPH))


async def ticks_during(work):
    """What the awaitable *work* gives, and how often the event loop had a turn meanwhile."""
    count = 0

    async def tick():
        nonlocal count
        while True:
            await asyncio.sleep(0.001)
            count += 1

    ticking = asyncio.ensure_future(tick())
    await asyncio.sleep(0)
    try:
        return await work, count
    finally:
        ticking.cancel()


def test_only_large_inputs_need_a_thread():
    async def main():
        executor = Executor()
        here = threading.get_ident()
        assert await executor.run(MIN_BYTES - 1, None, threading.get_ident) == here
        assert await executor.run(MIN_BYTES, None, threading.get_ident) != here
        for size in (0, MIN_BYTES):
            with pytest.raises(KeyError):
                await executor.run(size, None, {}.__getitem__, "a")

    asyncio.run(main())


def test_one_at_a_time():
    running, most = 0, 0

    def work():
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.01)
        running -= 1

    async def main():
        executor = Executor()
        await asyncio.gather(*(executor.run(MIN_BYTES, None, work) for _ in range(4)))

    asyncio.run(main())
    assert most == 1


def test_the_loop_goes_on_while_a_large_page_is_read(monkeypatch):
    monkeypatch.setattr(ArticleSpider, "budget", None)  # that needs an engine
    spider = build_from_crawler(ArticleSpider, crawler(), url=URL)
    page = article_page(1).replace(b"</article>", LARGE.encode() + b"</article>")
    headers = {"Content-Type": "text/html"}
    large = HtmlResponse(URL, body=page, headers=headers, request=Request(URL))
    small = large.replace(body=article_page(1))

    async def main():
        read, ticks = await ticks_during(spider.read_in_executor(large))
        assert "nobody" in read.article.articleBody and ticks > 3
        read, ticks = await ticks_during(spider.read_in_executor(small))
        assert read.article.headline and ticks == 0

    asyncio.run(main())


def test_the_loop_goes_on_while_a_large_body_is_cleaned():
    pipeline, stats = make(CleanBodyPipeline)
    article = Article(url=URL, articleBodyRaw=RawBody(LARGE))

    async def main():
        cleaned, ticks = await ticks_during(pipeline.process_item(article))
        assert cleaned is article and ticks > 3
        assert article.articleBody.count("nobody came") == LARGE.count("</b>")

    asyncio.run(main())
    small = Article(url=URL, articleBodyRaw=RawBody(PARAGRAPH))
    assert pipeline.process_item(small) is small and "nobody came" in small.articleBody


@pytest.mark.parametrize(("free_pages", "started"), [(0, 3), (50, 0)])
def test_an_archive_starts_its_workers_at_once(free_pages, started):
    calls = []
    pool = SimpleNamespace(most=3, start_one=lambda: calls.append(1))
    Executor(pool, free_pages=free_pages).start()
    Executor().start()  # without workers
    assert len(calls) == started
