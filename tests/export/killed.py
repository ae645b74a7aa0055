"""A crawl that is killed again and again: ``python -m tests.export.killed``, a job a line (JSON).

One process imports everything and forks a crawl for each life, so that a life costs little. The
spider takes pages from the ledger and makes articles of them without a network. For each job it
prints as JSON how often the crawl was killed, the exit codes of the lives that ended by
themselves, and how many pages there were in the end.
"""

import asyncio
import gc
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.extensions.feedexport import BlockingFeedStorage
from scrapy.settings import Settings

from newsclean.discovery.entry import Entry
from newsclean.exit_codes import exit_code
from newsclean.extensions.ledger_keeper import LedgerKeeper
from newsclean.items import Article, Author, Metadata
from newsclean.ledger import LedgerError, utc_now
from tests.fork_server import import_all

HOSTS = ("news.example", "paper.example")
BODY = 'The boat, "Una", came in at noon;\nthe harbour was calm.\n\n'


def url_of(number):
    return f"https://{HOSTS[number % 2]}/2026/report-{number}"


def article_of(number):
    return Article(
        url=url_of(number),
        headline=f"=Report {number}\u2028",
        authors=[Author("Una Marsh")],
        datePublished="2026-04-18",
        articleBody=BODY * (1 + number * 7 % 40),
        metadata=Metadata(
            dateDownloaded=utc_now(),
            contentHash=f"h{number}",
            fieldSources={"headline": "meta"},
            cleaning={"unescape": {"json": number}},
            version=1,
        ),
    )


class Items(scrapy.Spider):
    name = "items"
    needs_ledger = True
    done = 0

    async def start(self):
        keeper = self.crawler.get_extension(LedgerKeeper)
        if keeper.ledger is None or self.crawler.engine.spider is None:
            return
        try:
            async for article in self.articles(keeper.ledger, keeper.run_id):
                yield article
        except LedgerError as error:  # as our spiders do
            keeper.give_up(error)

    async def articles(self, ledger, run):
        for at, host in enumerate(HOSTS):
            entries = [Entry(url_of(n), "feed") for n in range(at, self.count, 2)]
            ledger.pages.discover(host, entries, utc_now())
        while due := [
            page for host in HOSTS for page in ledger.pages.due(host, utc_now(), 7, run=run)
        ]:
            for page in due:
                await asyncio.sleep(self.pause)
                self.done += 1
                if self.done == self.act_at:
                    await asyncio.sleep(0.1)  # the articles before are written
                    subprocess.run(self.act, shell=True, check=True)
                yield article_of(int(page.url.rpartition("-")[2]))


class FakeStorage(BlockingFeedStorage):
    """Uploads into the folder ``bucket``, in two writes; fails as often as ``failing`` says."""

    failing = 0.0

    def __init__(self, uri, *, feed_options=None):
        self.path = Path("bucket") / uri.removeprefix("fake://")

    def _store_in_thread(self, file):
        with file:
            file.seek(0)
            data = file.read()
            time.sleep(0.02)
            if random.random() < FakeStorage.failing:
                raise ConnectionError("the bucket is away\nfor now")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part = self.path.with_name(f".{self.path.name}")
            part.write_bytes(data)
            part.replace(self.path)  # an object appears at once


class FakeGoogle:
    """The client of Google Cloud Storage, as far as Scrapy uses it, over a folder ``bucket``."""

    def __init__(self, project=None):
        self.path = Path()

    def bucket(self, name):
        self.path = Path(name)
        return self

    def blob(self, name):
        self.path /= name
        return self

    def upload_from_file(self, file, predefined_acl=None):
        FakeStorage(f"fake://../{self.path}")._store_in_thread(file)


def fake_google():
    """Have ``from google.cloud.storage import Client`` give `FakeGoogle`."""
    for name in ("google", "google.cloud", "google.cloud.storage"):
        sys.modules[name] = ModuleType(name)
    sys.modules["google.cloud.storage"].Client = FakeGoogle


def live(job):
    """One life of the crawl; return its exit code."""
    settings = Settings()
    settings.setmodule("newsclean.settings", priority="project")
    settings.setdict(
        {
            "LOG_LEVEL": "INFO",
            "LOG_FILE": "log",
            "ITEM_PIPELINES": {},
            "NEWSCLEAN_SUMMARY": False,
            "NEWSCLEAN_PROGRESS": False,
            "NEWSCLEAN_LEDGER": job.get("ledger", "ledger.sqlite"),
            "FEEDS": job["feeds"],
            "FEED_STORAGES": {"fake": FakeStorage},
            **job.get("settings", {}),
        },
        priority="cmdline",
    )
    if job.get("fsize"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["fsize"], job["fsize"]))
    FakeStorage.failing = job.get("failing", 0.0)
    random.seed(os.urandom(8))
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Items)
    act = job.get("act", {})
    process.crawl(
        crawler,
        count=job["count"],
        pause=job.get("pause", 0.002),
        act_at=act.get("at", 0),
        act=act.get("do", ""),
    )
    process.start()
    return exit_code(crawler.stats.get_stats())


def fork(job):
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = live(job)
        finally:
            os._exit(code)
    return child


def ended(child, seconds):
    """Return the exit code of *child*, None if it lives after *seconds*."""
    deadline = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            return None
        time.sleep(0.002)


def trouble(job, chance):
    """Do what is to happen between two lives: ``between`` are commands of which one may run,
    ``room`` says how much a file may grow in the next life (bytes, from and to)."""
    if "between" in job and chance.random() < 0.4:
        subprocess.run(
            chance.choice(job["between"]), shell=True, check=False, stderr=subprocess.DEVNULL
        )
    if "room" in job:
        sizes = [path.stat().st_size for path in Path().rglob("*") if path.is_file()]
        job["fsize"] = max(sizes, default=100_000) + chance.randint(*job["room"])


def run(job):
    """Run and kill the crawl of *job*, then run it without a kill until all is stored."""
    os.chdir(job["folder"])
    chance = random.Random(job["seed"])
    kills, codes = 0, []
    window = job.get("window", 1.5)
    while kills < job["kills"]:
        trouble(job, chance)
        began = time.monotonic()
        child = fork(job)
        code = ended(child, chance.uniform(0.02, window))
        if code is None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            kills += 1
            window *= 1.2  # on a busy machine, a life may not have come far
        else:
            codes.append(code)
            window = time.monotonic() - began  # any moment of a life, and few lives in vain
            job["count"] += job.get("more", 10)  # there is something to do in each life
    if "room" in job:
        job["fsize"] = None
    for _ in range(job.get("lives", 40)):
        code = ended(fork(job), 300)
        codes.append(code)
        if code in {0, 3}:
            break
    return {"kills": kills, "codes": codes, "count": job["count"]}


if __name__ == "__main__":
    fake_google()
    import_all()
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)
