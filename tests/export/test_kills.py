"""A crawl is killed at any moment and started again: each article is published exactly once.

``pytest tests/export/test_kills.py --kill-seed N`` repeats a run. ``--kills 30`` kills that often
in each case (three times by default), and runs each case on PostgreSQL as well.
"""

import collections
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import make_url

from newsclean.ledger import Ledger
from tests.conftest import new_seed
from tests.crawls.run import ROOT
from tests.export.killed import url_of
from tests.export.read_back import urls_under
from tests.postgres import BINARIES, postgres

pytestmark = pytest.mark.slow

KILLS = 3  # by default: there are many cases
CAMPAIGN = 30  # kills from which on what takes long is done, too
ROTATE = "NEWSCLEAN_FEED_ROTATE"


def one(uri, name, **options):
    return {uri: {"format": name, **options}}


RUN, SIZE = {ROTATE: "run"}, {ROTATE: "20kB"}
# What is configured, the settings, and which published files hold every article once.
CASES = {
    "jsonl": (one("a.jsonl", "jsonl"), {}, ["a.jsonl"]),
    "gz": (one("a.jsonl.gz", "gz"), {}, ["a.jsonl.gz"]),
    "zst": (one("a.jsonl.zst", "zst"), {}, ["a.jsonl.zst"]),
    "csv": (one("a.csv", "csv"), {}, ["a.csv"]),
    "json": (one("a.json", "json"), {}, ["a.json"]),
    "xml": (one("a.xml", "xml"), {}, ["a.xml"]),
    "markdown": (one("md", "markdown"), {}, ["md/*.md"]),
    "parquet by run": (one("f/%(date)s.parquet", "parquet"), RUN, ["f/*.parquet"]),
    "jsonl by run and site": (one("f/%(site)s/%(date)s.jsonl", "jsonl"), RUN, ["f/*/*.jsonl"]),
    "gz by size": (one("f/a.jsonl.gz", "gz"), {ROTATE: "2kB"}, ["f/*.gz"]),
    "csv by size": (one("f/a.csv", "csv"), SIZE, ["f/*.csv"]),
    "upload": (one("fake://%(time)s.jsonl", "jsonl"), {}, ["bucket/*.jsonl"]),
    "upload of parquet": (one("fake://%(time)s.parquet", "parquet"), {}, ["bucket/*.parquet"]),
    "two feeds": (
        one("a.jsonl", "jsonl") | one("b.csv", "csv"),
        {},
        ["a.jsonl", "b.csv"],
    ),
    "a feed and an upload": (
        one("a.jsonl.gz", "gz") | one("fake://%(time)s.jsonl", "jsonl"),
        {},
        ["a.jsonl.gz", "bucket/*.jsonl"],
    ),
}


@pytest.fixture(scope="module")
def crawler():
    """The process of `tests.export.killed`."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.export.killed"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def lives(crawler, tmp_path):
    """Run a crawl in a folder of its own and kill it; gives what it says of that."""

    def lives(feeds, settings=None, **job):
        job = {"count": 60, "kills": 0, "seed": 0, "window": 2.0, **job}
        job |= {"folder": str(tmp_path), "feeds": feeds, "settings": settings or {}}
        crawler.stdin.write(json.dumps(job) + "\n")
        crawler.stdin.flush()
        return json.loads(crawler.stdout.readline())

    return lives


def check(folder, patterns, count, seed):
    wanted = collections.Counter(map(url_of, range(count)))
    for pattern in patterns:
        found = collections.Counter(urls_under(folder, pattern))
        missing, twice = wanted - found, found - wanted
        assert not missing and not twice, (
            f"{pattern}: {len(missing)} missing, {len(twice)} too often; --kill-seed {seed}"
        )


def publish(folder):
    """Give the parts that wait for more the names that they would get, to read them."""
    for part in folder.rglob("*.part"):
        part.rename(part.with_suffix(""))


@pytest.mark.parametrize("case", CASES)
def test_every_article_exactly_once(lives, tmp_path, kill_seed, kills, case):
    if "parquet" in case:
        pytest.importorskip("pyarrow")
    seed = new_seed(kill_seed)
    feeds, settings, patterns = CASES[case]
    done = lives(feeds, settings, kills=kills, seed=seed)
    assert done["codes"][-1] in {0, 3}, (tmp_path / "log").read_text("utf8")[-3000:]
    publish(tmp_path)
    check(tmp_path, patterns, done["count"], seed)


@pytest.mark.parametrize("case", CASES)
def test_on_postgresql_too(lives, tmp_path, kill_seed, kills, where, case):
    if not str(where).startswith("postgresql"):
        pytest.skip("SQLite is tested above")
    if kills < CAMPAIGN and case not in {"csv", "jsonl by run and site"}:
        pytest.skip(f"only with --kills {CAMPAIGN}")
    seed = new_seed(kill_seed)
    feeds, settings, patterns = CASES[case]
    done = lives(feeds, settings, kills=kills, seed=seed, ledger=str(where))
    publish(tmp_path)
    check(tmp_path, patterns, done["count"], seed)


@pytest.mark.skipif(BINARIES is None, reason="no PostgreSQL is installed")
@pytest.mark.parametrize("case", ["csv", "jsonl by run and site", "upload"])
def test_a_postgresql_that_is_restarted_again_and_again(lives, tmp_path, kill_seed, kills, case):
    seed = new_seed(kill_seed)
    feeds, settings, patterns = CASES[case]
    (tmp_path / "crawl").mkdir()
    ended = threading.Event()
    with postgres() as server:

        def restart():
            chance = random.Random(seed)
            while not ended.wait(chance.uniform(0.5, 3)):
                server.stop(chance.choice(["fast", "immediate"]))
                server.start()

        thread = threading.Thread(target=restart)
        thread.start()
        try:
            done = lives(feeds, settings, kills=kills, seed=seed, ledger=server.url)
        finally:
            ended.set()
            thread.join()
        assert done["codes"][-1] in {0, 3}, (tmp_path / "log").read_text("utf8")[-3000:]
    check(tmp_path, patterns, done["count"], seed)


FULL = {
    "jsonl": CASES["jsonl"],
    "gz": CASES["gz"],
    "csv": CASES["csv"],
    "json": CASES["json"],
    "jsonl by run and site": CASES["jsonl by run and site"],
    "upload": CASES["upload"],
}


@pytest.mark.parametrize("case", FULL)
def test_kills_while_the_disk_is_full_again_and_again(lives, tmp_path, kill_seed, kills, case):
    seed = new_seed(kill_seed)
    feeds, settings, patterns = FULL[case]
    room = [2_000, 60_000]  # bytes by which a file may grow in one life
    done = lives(feeds, settings, kills=kills, seed=seed, room=room)
    check(tmp_path, patterns, done["count"], seed)


BETWEEN = {
    # A file whose beginning is cut off is a new one: its articles stay exported.
    "lines removed": ("jsonl", ["sed -i 25,27d a.jsonl", "sed -i 30d a.jsonl"], ["a.jsonl"]),
    "parts moved": (
        "jsonl by run and site",
        ["mkdir -p old; find f -name '2*.jsonl' -exec mv -t old --backup=t {} +"],
        ["f/*/*.jsonl", "old/*"],
    ),
}


@pytest.mark.parametrize("what", BETWEEN)
def test_kills_and_feeds_that_are_edited_in_between(lives, tmp_path, kill_seed, kills, what):
    seed = new_seed(kill_seed)
    case, commands, patterns = BETWEEN[what]
    feeds, settings, _ = CASES[case]
    done = lives(feeds, settings, kills=kills, seed=seed, between=commands)
    wanted = dict.fromkeys(map(url_of, range(done["count"])), 1)
    found = [url for pattern in patterns for url in urls_under(tmp_path, pattern)]
    assert collections.Counter(found) == wanted, f"--kill-seed {seed}"


def test_kills_and_a_feed_that_is_deleted_in_between(lives, tmp_path, kill_seed, kills):
    seed = new_seed(kill_seed)
    feeds = one("a.jsonl", "jsonl")
    commands = ["mv a.jsonl $(date +%s%N).gone"]
    done = lives(feeds, kills=kills, seed=seed, between=commands)
    last = collections.Counter(urls_under(tmp_path, "a.jsonl"))
    assert set(last.values()) <= {1}, f"--kill-seed {seed}"
    gone = {
        json.loads(line)["url"]
        for path in tmp_path.glob("*.gone")
        for line in path.read_bytes().split(b"\n")[:-1]  # the last one may be torn
    }
    wanted = set(map(url_of, range(done["count"])))
    assert set(last) | gone == wanted, f"nothing is lost; --kill-seed {seed}"


def test_kills_while_a_crawl_uploads_to_s3(lives, tmp_path, kill_seed, kills):
    pytest.importorskip("boto3")
    pytest.importorskip("moto.server")
    from tests.export.test_s3 import serve_s3

    seed = new_seed(kill_seed)
    feeds = one("s3://bucket/%(time)s.jsonl", "jsonl") | one("a.csv", "csv")
    with serve_s3() as bucket:
        bucket.name = "bucket"
        bucket.make()
        given = iter(bucket.options(bucket.server))
        settings = dict(option.split("=", 1) for name, option in zip(given, given, strict=True))
        done = lives(feeds, settings, kills=kills, seed=seed, window=4.0)
        found = collections.Counter(record["url"] for record in bucket.records())
    assert found == dict.fromkeys(map(url_of, range(done["count"])), 1), f"--kill-seed {seed}"
    check(tmp_path, ["a.csv"], done["count"], seed)


@contextmanager
def broken_by(down, target):
    """The port of a proxy to *target* that is down while the file *down* is there."""
    listener = socket.create_server(("127.0.0.1", 0))
    open_ones = []
    ended = threading.Event()

    def pass_on(source, sink):
        with suppress(OSError):
            while data := source.recv(1 << 14):
                sink.sendall(data)

    def accept():
        while not ended.is_set():
            with suppress(OSError):
                client, _ = listener.accept()
                if down.exists():
                    client.close()
                    continue
                server = socket.create_connection(target)
                open_ones.extend((client, server))
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=pass_on, args=pair, daemon=True).start()

    def watch():
        while not ended.wait(0.005):
            if down.exists():
                while open_ones:
                    with suppress(OSError):
                        open_ones.pop().shutdown(socket.SHUT_RDWR)

    for task in (accept, watch):
        threading.Thread(target=task, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        ended.set()
        listener.close()


def test_a_postgresql_that_goes_away_in_the_middle(lives, tmp_path, where):
    if not str(where).startswith("postgresql"):
        pytest.skip("SQLite has no server")
    down = tmp_path / "down"
    feeds = one("a.jsonl.gz", "gz")
    url = make_url(str(where))
    with broken_by(down, (url.host, url.port)) as port:
        ledger = url.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
        act = {"at": 30, "do": "touch down; sleep 0.2"}
        gone = lives(feeds, ledger=ledger, act=act, pause=0.01, lives=1)
        assert gone["codes"] == [1]
        log = (tmp_path / "log").read_text("utf8")
        assert "The ledger cannot be used, the crawl ends: " in log
        assert "Traceback" not in log
        down.unlink()
        restarted = lives(
            feeds, ledger=ledger, act={"at": 9, "do": "touch down; sleep 0.2; rm down"}
        )
        assert restarted["codes"] == [0], "a server that is back is used again"
    check(tmp_path, ["a.jsonl.gz"], 60, 0)


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_uploads_that_fail_half_of_the_time(lives, tmp_path, kill_seed, kills, name):
    seed = new_seed(kill_seed)
    done = lives(one(f"fake://%(time)s.{name}", name), kills=kills, seed=seed, failing=0.5)
    check(tmp_path, [f"bucket/*.{name}"], done["count"], seed)
    assert not list((tmp_path / "newsclean-unsent").iterdir())


def test_an_upload_that_fails_is_kept_named_and_sent_by_the_next_run(lives, tmp_path):
    feeds = one("fake://a/%(time)s.csv", "csv")
    assert lives(feeds, failing=1.0, lives=1)["codes"] == [9]
    log = (tmp_path / "log").read_text("utf8")
    (kept,) = (tmp_path / "newsclean-unsent").iterdir()
    assert f"kept in {kept}, the next run sends it again" in log
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:
        counts = ledger.inspection.counts()
    assert list(counts.values()) == [{"written": 30}] * 2
    assert lives(feeds, failing=0.0)["codes"] == [3]  # nothing new, and the old is sent
    check(tmp_path, ["bucket/a/*.csv"], 60, 0)


@pytest.mark.parametrize("append", [True, False])
def test_an_ftp_upload_that_breaks_off_is_done_again(lives, tmp_path, append):
    pytest.importorskip("pyftpdlib")
    from tests.export.ftp_server import serve_ftp

    (tmp_path / "bucket").mkdir()
    with serve_ftp(tmp_path / "bucket") as (port, breaks):
        uri = f"ftp://news:secret@127.0.0.1:{port}/feeds/%(time)s.jsonl"
        feeds = one(uri, "jsonl", overwrite=not append)
        breaks.set()
        assert lives(feeds, lives=1)["codes"] == [9]
        (torn,) = (tmp_path / "bucket" / "feeds").iterdir()
        breaks.clear()
        assert lives(feeds, count=70)["codes"] == [0]
    assert torn.stat().st_size > 0
    check(tmp_path, ["bucket/feeds/*.jsonl"], 70, 0)


def test_google_cloud_storage(lives, tmp_path):
    feeds = one("gs://bucket/feeds/%(time)s.jsonl.gz", "gz")
    assert lives(feeds, failing=1.0, lives=1)["codes"] == [9]
    assert lives(feeds, failing=0.0, count=70)["codes"] == [0]
    check(tmp_path, ["bucket/feeds/*.jsonl.gz"], 70, 0)


@pytest.mark.parametrize("name", ["jsonl", "csv", "json"])
def test_a_full_disk_costs_nothing(lives, tmp_path, name):
    feeds = one(f"a.{name}", name)
    codes = lives(feeds, fsize=250_000, count=300, lives=1)["codes"]
    assert codes[0] in {1, 6}, "neither the feed nor the ledger met the limit"
    done = lives(feeds, count=300)
    check(tmp_path, [f"a.{name}"], done["count"], 0)


MOVED = {
    "moved": "mv a.jsonl old.jsonl",
    "moved, and a new one made": "mv a.jsonl old.jsonl && touch a.jsonl",
    "copied and cut": "cp a.jsonl old.jsonl && truncate -s 0 a.jsonl",
}


@pytest.mark.parametrize("how", MOVED)
def test_a_feed_that_is_rotated_by_another_program_meanwhile(lives, tmp_path, how):
    feeds = one("a.jsonl", "jsonl")
    lives(feeds, act={"at": 30, "do": MOVED[how]}, pause=0.01)
    assert (tmp_path / "a.jsonl").stat().st_size > 0
    lives(feeds, count=70)
    check(tmp_path, ["*.jsonl"], 70, 0)


def test_lines_removed_from_the_middle_come_again_and_no_other(lives, tmp_path):
    feeds = one("a.jsonl", "jsonl")
    lives(feeds)
    lines = (tmp_path / "a.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines[:20] + lines[30:]))
    lives(feeds, count=62)
    check(tmp_path, ["a.jsonl"], 62, 0)


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_a_feed_that_is_deleted_is_not_exported_again(lives, tmp_path, name):
    feeds = one(f"a.{name}", name)
    lives(feeds)
    (tmp_path / f"a.{name}").unlink()
    lives(feeds, count=63)
    assert len(urls_under(tmp_path, f"a.{name}")) == 3


def test_parts_that_are_moved_away_are_not_exported_again(lives, tmp_path):
    feeds, settings, _ = CASES["jsonl by run and site"]
    lives(feeds, settings)
    (tmp_path / "f").rename(tmp_path / "elsewhere")
    lives(feeds, settings, count=64)
    assert len(urls_under(tmp_path, "f/*/*.jsonl")) == 4


def test_overwriting_keeps_the_old_file_until_the_new_one_is_complete(lives, tmp_path):
    feeds = one("a.jsonl", "jsonl", overwrite=True)
    lives(feeds, count=20)
    old = (tmp_path / "a.jsonl").read_bytes()
    lives(feeds, count=120, kills=1, pause=0.05, window=2.0, lives=0, seed=5)
    assert (tmp_path / "a.jsonl").read_bytes() == old
    lives(feeds, count=120)
    found = urls_under(tmp_path, "a.jsonl")
    assert sorted(found) == sorted(map(url_of, range(20, 120)))


AT_ONCE = {
    "rotated": (one("f/%(date)s.jsonl", "jsonl"), RUN, "f/*.jsonl"),
    "uploaded": (one("fake://%(time)s.jsonl", "jsonl"), {}, "bucket/*.jsonl"),
}


@pytest.mark.parametrize("case", AT_ONCE)
def test_two_crawls_that_begin_in_the_same_second(lives, tmp_path, case):
    feeds, settings, pattern = AT_ONCE[case]
    job = {"count": 20, "kills": 0, "seed": 0, "folder": str(tmp_path), "feeds": feeds}
    job |= {"settings": settings, "ledger": "other.sqlite"}
    command = [sys.executable, "-m", "tests.export.killed"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        for _ in range(3):
            job["count"] += 10
            other.stdin.write(json.dumps(job) + "\n")
            other.stdin.flush()
            lives(feeds, settings, count=job["count"])
            assert json.loads(other.stdout.readline())["codes"] == [0]
        other.stdin.close()
    found = collections.Counter(urls_under(tmp_path, pattern))
    assert found == dict.fromkeys(map(url_of, range(50)), 2)


def test_two_ledgers_on_one_feed_file(lives, tmp_path):
    job = {"count": 60, "kills": 0, "seed": 0, "folder": str(tmp_path), "pause": 1.0}
    job |= {"feeds": one("a.jsonl", "jsonl"), "ledger": "other.sqlite"}
    command = [sys.executable, "-m", "tests.export.killed"]
    options = {"stdin": subprocess.PIPE, "text": True, "start_new_session": True}
    with subprocess.Popen(command, cwd=ROOT, **options) as other:
        other.stdin.write(json.dumps(job) + "\n")
        other.stdin.flush()
        feed = tmp_path / "a.jsonl"
        while not feed.exists() or not feed.stat().st_size:
            time.sleep(0.05)
        assert lives(one("a.jsonl", "jsonl"), lives=1)["codes"] == [5]
        os.killpg(other.pid, signal.SIGKILL)
    assert "is being written by another crawl" in (tmp_path / "log").read_text("utf8")
    lives(one("a.jsonl", "jsonl"))
    check(tmp_path, ["a.jsonl"], 60, 0)
