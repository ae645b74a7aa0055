"""Crawls whose ledger fails from one of its calls on, as if its disk were gone.

``python -m tests.faults.ledger_calls FOLDER POINTS SEED`` prints one JSON object for each call
that was chosen: POINTS at random in a first crawl and in one that finds everything known, and the
first and the last of the first crawl.
"""

import json
import logging
import random
import sqlite3
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from newsclean.ledger import LedgerError
from newsclean.ledger.database import Database
from newsclean.spiders.site import SiteSpider
from tests.faults.campaign import CHECK_EVERY, check_often, crawl, run_in_reactor
from tests.news_site import News
from tests.server import serve

PAGES = 3


class Calls:
    """Counts the transactions of every ledger; from the call number ``fail_from`` on each raises
    LedgerError, none if that is 0."""

    def __init__(self):
        self.made = self.fail_from = 0
        for name in ("read", "write"):
            setattr(Database, name, self.counted(getattr(Database, name)))

    def counted(self, method):
        @contextmanager
        def call(database):
            self.made += 1
            if 0 < self.fail_from <= self.made:
                raise LedgerError("the disk is gone")
            with method(database) as connection:
                yield connection

        return call


class Errors(logging.Handler):
    """Keeps the lines of errors, and whether one of them has a traceback."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage() + (" Traceback" if record.exc_info else ""))


def end_process(ledger):
    """Leave the locks as the end of the process does, that could not give them back."""
    no_tables_yet = suppress(sqlite3.OperationalError)
    with closing(sqlite3.connect(ledger)) as database, no_tables_yet, database:
        database.execute("UPDATE lock SET process_started = '0'")


async def main(folder, points, seed):
    check_often(CHECK_EVERY)
    errors, calls = Errors(), Calls()
    logging.getLogger().addHandler(errors)

    async def run(place, site, at):
        place.mkdir(exist_ok=True)
        calls.made, calls.fail_from = 0, at
        errors.lines.clear()
        done = await crawl(place, SiteSpider, {"url": site.url("/")})
        if at:
            end_process(place / "ledger.sqlite")
        urls = [line["url"] for line in done["exported"]]
        return {
            "at": at,
            "calls": calls.made,
            "code": done["code"],
            "errors": list(errors.lines),
            "urls": urls,
        }

    with serve() as site:
        News(site, PAGES)
        first = await run(folder / "first", site, 0)
        second = await run(folder / "first", site, 0)
        chooser = random.Random(seed)
        for again, last in ((False, first["calls"]), (True, second["calls"])):
            among = range(1, last + 1)
            chosen = set(chooser.sample(among, min(points, last)))
            chosen |= set() if again else {1, last}
            for at in sorted(chosen):
                place = folder / f"{at} {again}"
                before = [await run(place, site, 0)] if again else []
                failed = await run(place, site, at)
                after = await run(place, site, 0)
                record = {"again": again, "before": before, "failed": failed, "after": after}
                print(json.dumps(record | {"wanted": sorted(second["urls"])}), flush=True)


if __name__ == "__main__":
    run_in_reactor(lambda: main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
