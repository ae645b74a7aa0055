"""A ledger that fails at any call of the extension: one line, an exit code, no exception."""

import asyncio
import logging

import pytest

from newsclean.exit_codes import FAILED, exit_code
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.items import Rejection
from newsclean.ledger import LedgerError, Policy
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
