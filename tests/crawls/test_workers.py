"""Crawls whose pages are read by worker processes."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from newsclean.ledger import Ledger
from newsclean.urls import page_key
from tests.crawls.run import FAST, OPEN, ROOT, crawl, lines, stats
from tests.crawls.test_archive import _Nowhere, save
from tests.crawls.test_spread import Spread
from tests.news_site import News
from tests.server import article_page, serve

TWO = ("-s", "NEWSCLEAN_WORKERS=2")
BAD = ("-s", "SPIDER_MODULES=newsclean.spiders,tests.crawls.bad_pages")
SECONDS = 120  # for what takes a second on a machine with nothing else to do


def children(process):
    """The ids of the processes that *process* started and that run."""
    with suppress(OSError):
        return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return []


def runs(pid):
    """True while the process *pid* runs: not when it has ended and nobody has asked for it."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


def wait_for(condition):
    deadline = time.monotonic() + SECONDS
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def start(folder, *options):
    """Begin a crawl in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", *FAST, *OPEN, *options],
        cwd=folder,
        env=os.environ | {"SCRAPY_SETTINGS_MODULE": "newsclean.settings", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def newsclean(*arguments, folder):
    return subprocess.run(
        [sys.executable, "-m", "newsclean", *map(str, arguments)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def without_time(line):
    line["metadata"].pop("dateDownloaded")
    return line


def test_a_bad_page_costs_that_page_only(tmp_path):
    with serve() as site:
        names = ["kill", "hang", "eat", "raise", *"abcdef"]
        for number, name in enumerate(names):
            site.pages[f"/{name}"] = article_page(number, extra=f"<i>{name}</i>")
        urls = ",".join(site.url(f"/{name}") for name in names)
        limits = ("-s", "NEWSCLEAN_WORKER_TIMEOUT=20", "-s", "NEWSCLEAN_WORKER_MEMORY=400000000")
        run = crawl(
            *("bad_pages", "-a", f"url={urls}", "-O", "a.jsonl", *TWO, *BAD, *limits),
            folder=tmp_path,
        )
    assert len(lines(tmp_path / "a.jsonl")) == 6
    rejected = {
        line["url"].rpartition("/")[2]: (line["reason"], line["detail"])
        for line in lines(tmp_path / "a.rejected.jsonl")
    }
    assert rejected == {
        "kill": ("worker-killed", "the process that read it ended: signal SIGKILL"),
        "hang": ("too-slow", "reading it took more than 20 seconds"),
        "eat": ("too-much-memory", "reading it took more than 400 MB of memory"),
        "raise": ("error", rejected["raise"][1]),
    }
    assert rejected["raise"][1].startswith("LookupError at ")
    assert b"what the page says" in run.stderr  # the log has the traceback of the worker
    assert run.returncode == 8  # for the page that raised, as without workers
    assert stats(run)["workers/lost"] == 2


def test_a_page_that_ended_its_worker_comes_back_later(tmp_path):
    with serve() as site:
        news = News(site, 12)
        make = news.make

        def make_bad(path):
            made = make(path)
            if made is None or path != news.path(4):
                return made
            return made[0], made[1].replace(b"<h1>", b"<i>kill</i><h1>")

        news.make = make_bad
        for number in range(2):
            asked = len(site.asked)
            run = crawl(
                *("bad_site", "-a", f"url={site.url('/')}", "-o", "a.jsonl", *TWO, *BAD),
                folder=tmp_path,
            )
            assert b"Traceback" not in run.stderr
            again = [path for path in site.paths[asked:] if path == news.path(4)]
            assert len(again) == (1 if number == 0 else 0), "it is asked again after an hour"
    assert len(lines(tmp_path / "a.jsonl")) == 11
    (rejected,) = lines(tmp_path / "a.rejected.jsonl")
    assert (rejected["url"], rejected["reason"]) == (news.url(4), "worker-killed")
    page = Ledger.open(tmp_path / "ledger.sqlite").pages.look_up(page_key(news.url(4)))
    assert (page.state, page.reason, page.failures) == ("failed", "worker-killed", 1)


def test_no_worker_outlives_a_crawl_that_is_killed(tmp_path):
    with serve() as site:
        site.pages["/hang"] = article_page(1, extra="<i>hang</i>")
        run = start(tmp_path, "bad_pages", "-a", f"url={site.url('/hang')}", *TWO, *BAD)
        try:
            # It is killed while the worker reads the page.
            (worker,) = wait_for(lambda: site.asked and children(run))
            time.sleep(2)
            assert runs(worker)
        finally:
            run.kill()
            run.wait()
    wait_for(lambda: not runs(worker))


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_processes_ends_the_crawl_only(tmp_path, sign):
    with serve() as site:
        for number in range(200):
            site.pages[f"/{number}"] = article_page(number)
        (tmp_path / "urls.txt").write_text("\n".join(map(site.url, site.pages)))
        options = ("-O", "a.jsonl", "-s", "DOWNLOAD_DELAY=0.1", "-a", "urls=urls.txt", *TWO)
        run = start(tmp_path, "article", *options)
        workers = wait_for(lambda: len(site.asked) > 5 and children(run))
        os.killpg(run.pid, sign)
        assert run.wait(SECONDS) == 10
    assert not any(map(runs, workers))
    assert len(lines(tmp_path / "a.jsonl")) >= 1
    assert not (tmp_path / "a.rejected.jsonl").exists()  # no page was lost with a worker


def test_a_crawl_gives_the_same(tmp_path):
    found = {}
    with serve() as site:
        News(site, 24)
        for workers in (0, 2):
            folder = tmp_path / str(workers)
            folder.mkdir()
            run = crawl(
                *("site", "-a", f"url={site.url('/')}", "-O", "a.jsonl"),
                *("-s", f"NEWSCLEAN_WORKERS={workers}"),
                folder=folder,
            )
            assert run.returncode == 0, run.stderr.decode()
            assert stats(run).get("workers/lost", 0) == 0
            assert ("workers/started" in stats(run)) == bool(workers)
            records = map(without_time, lines(folder / "a.jsonl"))
            found[workers] = sorted(records, key=lambda line: line["url"])
    assert len(found[0]) == 24
    assert found[0] == found[2]


def test_an_archive_gives_the_same_in_the_same_order(tmp_path):
    news = Spread(_Nowhere(), {1: 3, 2: 1, 3: 2, 4: 1, 5: 1})
    places = [(n, part) for n, parts in news.articles.items() for part in range(parts, 0, -1)]
    save(tmp_path, news, [*places, *places[:4], (5, 1)])  # some are fetched twice
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(12):
        large = "<p>The harbour is calm.</p>" * (8000 * (number % 4 == 0))
        (pages / f"{number:02}.html").write_bytes(article_page(number, extra=large))
    (pages / "05-empty.html").write_bytes(b"")
    for workers in (0, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        run = newsclean(
            *("archive", tmp_path / "a.warc", pages, "-O", "a.jsonl", "--workers", workers),
            folder=folder,
        )
        assert run.returncode == 0, run.stderr
    for name in ("a.jsonl", "a.rejected.jsonl"):
        assert (tmp_path / "0" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    assert len(lines(tmp_path / "2" / "a.jsonl")) > 12
