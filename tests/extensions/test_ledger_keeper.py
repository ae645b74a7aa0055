"""Rejections and signals change the states of pages in the ledger. If a call of the ledger fails,
the crawl ends with one log line and an exit code, without an exception."""

import asyncio
import logging
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response

from newsclean.discovery.entry import Entry
from newsclean.exit_codes import FAILED, exit_code
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.items import Article, Metadata
from newsclean.ledger import Batch, Ledger, LedgerError, Policy, utc_now
from newsclean.rejections import Rejection
from tests.units import crawler

URL = "https://bay.example/1"


class Broken:
    """A ledger of which every call fails."""

    def __getattr__(self, name):
        return self

    def __call__(self, *arguments, **named):
        raise LedgerError("the disk is gone")


class Engine:
    async def close_spider_async(self, *, reason):
        pass


@pytest.fixture
def keeper(tmp_path):
    keeper = LedgerKeeper(crawler(), "", Policy())
    with Ledger.open(tmp_path / "ledger.sqlite") as keeper.ledger:
        yield keeper


def state(keeper, url=URL):
    page = keeper.ledger.pages.look_up(url)
    return page.state, page.reason


@pytest.mark.parametrize(
    ("rejection", "expected"),
    [
        (Rejection(URL, "timeout"), ("failed", "timeout")),
        (Rejection(URL, "http-404"), ("failed", "http-404")),
        (Rejection(URL, "http-410"), ("gone", "http-410")),
        (Rejection(URL, "no-body"), ("rejected", "no-body")),
        (Rejection(URL, "duplicate", duplicateOf=f"{URL}0"), ("duplicate", f"{URL}0")),
    ],
)
def test_what_became_of_a_page_without_an_article(keeper, rejection, expected):
    keeper.ledger.pages.discover("bay.example", [Entry(URL, "feed")], utc_now())
    keeper.line_written(rejection, None)
    assert state(keeper) == expected


def test_a_page_that_redirects_to_a_known_one_is_its_duplicate(keeper):
    old = "https://bay.example/old"
    keeper.ledger.pages.discover("bay.example", [Entry(old, "feed")], utc_now())
    item = Article(url=URL, headline="Rain", metadata=Metadata(contentHash="a", version=1))
    request = Request(URL, meta={"redirect_urls": [old]})
    response = Response(URL, headers={"ETag": '"1"'})
    export = keeper.export_of(item, request, response)
    assert (export.canonical, export.asked, export.etag) == (URL, old, '"1"')
    keeper.ledger.confirm(Batch([(export, None, None, True)]))
    assert (state(keeper), state(keeper, old)) == (("exported", None), ("duplicate", URL))
    keeper.page_unchanged(URL, None, request, Response(URL, headers={"ETag": '"2"'}))
    assert keeper.ledger.pages.look_up(URL).etag == '"2"'


def test_a_crawl_that_cannot_open_its_ledger_ends(tmp_path):
    owner = crawler()
    (tmp_path / "ledger.sqlite").write_text("not a database" * 100)
    keeper = LedgerKeeper(owner, str(tmp_path / "ledger.sqlite"), Policy())
    reasons = []

    async def close(*, reason):
        keeper.close({})  # as the report does, when the engine has stopped
        await asyncio.sleep(0)
        reasons.append(reason)

    owner.engine = SimpleNamespace(running=True, close_spider_async=close)

    async def run():
        assert keeper.open(SimpleNamespace(name="site")) is None
        for _ in range(5):
            await asyncio.sleep(0)

    asyncio.run(run())
    assert reasons == ["ledger_failed"]


CALLS = {
    "unchanged": lambda keeper: keeper.page_unchanged(URL, None),
    "failed": lambda keeper: keeper.line_written(Rejection(URL, "timeout"), None),
    "missing": lambda keeper: keeper.line_written(Rejection(URL, "http-404"), None),
    "rejected": lambda keeper: keeper.line_written(Rejection(URL, "no-body"), None),
    "duplicate": lambda keeper: keeper.line_written(
        Rejection(URL, "duplicate", duplicateOf=f"{URL}0"), None
    ),
    "closed": lambda keeper: keeper.spider_closed(None),
    "earlier runs": lambda keeper: keeper.earlier_runs(),
    "end": lambda keeper: keeper.close({}),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_ledger_that_fails_is_said_once(call, caplog):
    owner = crawler()
    owner.engine = Engine()
    keeper = LedgerKeeper(owner, "ledger.sqlite", Policy())
    keeper.ledger = Broken()

    async def run():
        call(keeper)
        # What follows at the end of a crawl whose ledger has failed says nothing more.
        keeper.spider_closed(None)
        assert keeper.earlier_runs() == []
        keeper.close({})

    with caplog.at_level(logging.ERROR):
        asyncio.run(run())
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.endswith(": the disk is gone")
    assert exit_code(owner.stats.get_stats() | {"newsclean/exported": 1}) == FAILED
