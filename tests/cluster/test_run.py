"""Archives in shards: killed at any moment and begun again, every article comes out once."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsclean.cluster import engine, run, shard
from newsclean.cluster.engine import read_shards
from newsclean.cluster.plan import make_plan
from newsclean.cluster.run import Job, check_job, run_job
from newsclean.schema import read_lines
from tests.cluster.warcs import record, url_of, write_archive
from tests.crawls.run import ROOT
from tests.server import article_page

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
FILES, PAGES = 6, 8


@pytest.fixture
def warcs(tmp_path):
    """Archives that have some pages in common: an article under two URLs, one of a later day."""
    folder = tmp_path / "warcs"
    folder.mkdir()
    for number in range(FILES):
        more = []
        if number == 2:
            body = article_page(1, paragraphs=6)
            more = [record(url_of(1), body, "2026-04-20T09:30:00Z")]
        if number == 4:
            more = [
                record(f"{url_of(0)}?print=1&id=7", article_page(0)),
                record("https://site0.example/empty", b"<html><body>Soon.</body></html>"),
            ]
        first = number * PAGES
        write_archive(folder / f"{number}.warc.gz", range(first, first + PAGES), *more)
    return folder


def articles(folder):
    return [
        json.loads(line) for path in sorted(folder.glob("*.jsonl.zst")) for line in read_lines(path)
    ]


def rejections(folder):
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.rejected.jsonl"))
        for line in read_lines(path)
    ]


def check(folder):
    """All articles are there once, the later version of one of them, and the manifest says so."""
    found = {article["url"]: article for article in articles(folder)}
    assert len(articles(folder)) == len(found)
    assert set(found) == {url_of(number) for number in range(FILES * PAGES)}
    assert "Paragraph 5" in found[url_of(1)]["articleBody"]
    reasons = sorted(one["reason"] for one in rejections(folder))
    assert reasons == ["duplicate", "no-body"] or reasons == ["duplicate", "short-body"], reasons
    entries = list(map(json.loads, read_lines(folder / "feed.manifest.jsonl")))
    assert sum(entry["lines"] for entry in entries) == FILES * PAGES
    assert sorted(entry["path"] for entry in entries) == [
        path.name for path in sorted(folder.glob("*.jsonl.zst"))
    ]


def start(folder):
    (folder / "tmp").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "newsclean", "archive", "warcs", "--engine", "local"]
    command += ["--workers", "2", "--shard-size", "0.004", "-o", "out/%(shard)s.jsonl.zst"]
    return subprocess.Popen(
        [*command, "--run-file", "run.json", "--report", "report.html"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "tmp")},
        stderr=(folder / "log").open("ab"),
        stdout=subprocess.DEVNULL,
    )


def processes():
    """(process, parent, command) of what runs now."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            stat = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        yield int(path.name), int(stat[1]), command


def family(process):
    """Those of `processes` that descend from *process*."""
    running = list(processes())
    parents = {pid: parent for pid, parent, _ in running}
    for pid, parent, command in running:
        above = pid
        while above in parents and above != process.pid:
            above = parents[above]
        if above == process.pid:
            yield pid, parent, command


def readers_of(process):
    """The workers of *process* that read a shard at the moment."""
    readers = shard_processes(process)
    return [
        parent for pid, parent, _ in family(process) if pid in readers and parent not in readers
    ]


def wait_for(found, process, seconds=180):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, "it has ended"
        if result := found():
            return result
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def done(folder):
    return [path for path in (folder / "out" / ".newsclean").glob("[0-9]*") if path.suffix == ""]


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_killed_workers_and_killed_runs_cost_nothing(warcs, tmp_path):
    process = start(tmp_path)
    try:
        workers = wait_for(lambda: list(readers_of(process)), process)
        os.kill(random.choice(workers), signal.SIGKILL)
        wait_for(lambda: len(done(tmp_path)) >= 2, process)
    finally:
        readers = shard_processes(process)
        process.kill()
        process.wait()
    wait_for_end(readers)
    read = done(tmp_path)
    assert 2 <= len(read) < FILES, "killed in the middle"
    for path in read:  # what is read is not read again
        archive = warcs / f"{int(path.name)}.warc.gz"
        archive.write_bytes(b"\0" * archive.stat().st_size)
    again = start(tmp_path)
    assert again.wait(300) == 0, (tmp_path / "log").read_text()
    check(tmp_path / "out")
    totals = json.loads((tmp_path / "run.json").read_text())["totals"]
    assert (totals["exported"], totals["rejected"]) == (FILES * PAGES, 2)
    assert "Report number 5" in (tmp_path / "report.html").read_text()
    assert not done(tmp_path), "what is published needs no copy"
    left = [*(tmp_path / "tmp").iterdir(), *(tmp_path / "out" / ".newsclean").glob("engine*")]
    assert not left, "the files of the engine are deleted, also those of the killed run"


def shard_processes(process):
    """The processes of the run *process* that read shards, or that fork to do so."""
    return {pid for pid, _, command in family(process) if "newsclean.cluster.shard" in command}


def wait_for_end(readers):
    """The kernel ends what reads for a process that was killed."""
    until = time.monotonic() + 30
    while readers & {pid for pid, _, command in processes() if "cluster.shard" in command}:
        assert time.monotonic() < until, "a reader outlived its run"
        time.sleep(0.1)


# --- without an engine ----------------------------------------------------------------------------


def here(monkeypatch, fail=frozenset()):
    """Have shards read in this process's children, one after another; *fail* are left out."""

    def read_shards(client, orders):
        for order in orders:
            number = order["shard"]["number"]
            yield number, "was killed" if number in fail else shard.read_shard(order)

    monkeypatch.setattr(run, "connected", lambda engine, workers, folder: nullcontext())
    monkeypatch.setattr(run, "read_shards", read_shards)


def job(folder, warcs, **options):
    output = options.pop("output", str(folder / "out" / "%(shard)s.jsonl.zst"))
    size = options.pop("shard_bytes", 12_000)
    return Job((str(warcs),), output, "local", shard_bytes=size, **options)


def test_a_bad_shard_is_reported_and_read_by_the_next_run(warcs, tmp_path, monkeypatch, capsys):
    here(monkeypatch, fail={0})
    assert run_job(job(tmp_path, warcs)) == 1
    said = capsys.readouterr().err
    assert "shard 00000: was killed" in said
    assert "1 of 3 shards could not be read (00000); run the same command to try them again" in said
    first = articles(tmp_path / "out")
    assert 0 < len(first) < FILES * PAGES
    here(monkeypatch)
    assert run_job(job(tmp_path, warcs)) == 0
    found = articles(tmp_path / "out")
    assert len(found) == len({one["url"] for one in found}) == FILES * PAGES
    assert all(one in found for one in first), "what was published stays"
    (tmp_path / "out" / ".newsclean" / "00001").mkdir()  # as if killed before it was deleted
    assert run_job(job(tmp_path, warcs)) == 0
    assert "all 3 shards are done" in capsys.readouterr().err
    assert not done(tmp_path)


def test_an_article_is_no_duplicate_of_a_fetch_that_is_left_out(tmp_path, monkeypatch):
    here(monkeypatch)
    other = url_of(0).replace("/2026/", "/again/2026/")
    later = record(url_of(0), article_page(0, paragraphs=6), "2026-04-20T09:30:00Z")
    (tmp_path / "warcs").mkdir()
    write_archive(tmp_path / "warcs" / "0.warc.gz", range(1), record(other, article_page(0)))
    write_archive(tmp_path / "warcs" / "1.warc.gz", range(1, PAGES), later)
    size = (tmp_path / "warcs" / "1.warc.gz").stat().st_size
    assert run_job(job(tmp_path, tmp_path / "warcs", shard_bytes=size)) == 0
    found = {article["url"]: article for article in articles(tmp_path / "out")}
    assert set(found) == {other, *(url_of(number) for number in range(PAGES))}
    assert "Paragraph 5" in found[url_of(0)]["articleBody"]


def test_a_shard_without_articles_is_read_and_gives_no_file(tmp_path, monkeypatch):
    here(monkeypatch)
    (tmp_path / "warcs").mkdir()
    empty = b"<html><body>Soon.</body></html>"
    write_archive(tmp_path / "warcs" / "0.warc.gz", (), record("https://a.example/1", empty))
    write_archive(tmp_path / "warcs" / "1.warc.gz", range(PAGES))
    size = (tmp_path / "warcs" / "1.warc.gz").stat().st_size
    assert run_job(job(tmp_path, tmp_path / "warcs", shard_bytes=size)) == 0
    names = sorted(path.name for path in (tmp_path / "out").glob("0*"))
    assert names == ["00000.rejected.jsonl", "00001.jsonl.zst"]


def test_another_job_does_not_mix_with_it(warcs, tmp_path, monkeypatch):
    here(monkeypatch)
    assert run_job(job(tmp_path, warcs / "0.warc.gz")) == 0
    with pytest.raises(ValueError, match="has the shards of other archives or settings"):
        run_job(job(tmp_path, warcs))
    (tmp_path / "out" / ".newsclean" / "plan.json").write_bytes(b"")
    with pytest.raises(
        ValueError, match=r"plan\.json: damaged: delete .*\.newsclean to start over"
    ):
        run_job(job(tmp_path, warcs))


def test_parquet(warcs, tmp_path, monkeypatch):
    parquet = pytest.importorskip("pyarrow.parquet")
    here(monkeypatch)
    wanted = job(tmp_path, warcs / "3.warc.gz", output=str(tmp_path / "p" / "%(shard)s.parquet"))
    check_job(wanted)
    assert run_job(wanted) == 0
    table = parquet.read_table(tmp_path / "p" / "00000.parquet")
    assert table.num_rows == PAGES
    assert set(table["url"].to_pylist()) == {url_of(3 * PAGES + number) for number in range(PAGES)}


@pytest.mark.parametrize(("code", "attempts"), [(-9, shard.ATTEMPTS), (1, 1)])
def test_a_killed_reader_is_tried_again(tmp_path, monkeypatch, code, attempts):
    tried = []

    def ended(order, folder):
        tried.append(folder)
        (folder / shard.LOG).write_text("first\nthe last word\n")
        return code

    monkeypatch.setattr(shard, "_run", ended)
    why = shard.read_shard({"into": str(tmp_path / "00000")})
    assert len(tried) == attempts
    assert why.endswith("the last word")
    assert ("SIGKILL" in why) == (code == -9)
    assert list(tmp_path.iterdir()) == []


def test_every_shard_is_ordered_however_few_workers_there_are():
    distributed = pytest.importorskip("distributed")
    with distributed.Client(processes=False, n_workers=1, dashboard_address=None) as client:
        orders = [{"shard": {"number": number}, "into": "/"} for number in range(25)]
        assert sorted(read_shards(client, orders)) == [(number, None) for number in range(25)]


def test_a_local_worker_that_does_not_come_back_is_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "_LOST", 0)
    monkeypatch.setattr(engine, "_CHECK", 100)  # milliseconds
    with engine.connected("local", 1, tmp_path / "engine") as client:
        first = client.cluster.workers[0]
        client.cluster.sync(first.close)
        until = time.monotonic() + 60
        while client.cluster.workers.get(0) in {None, first}:
            assert time.monotonic() < until
            time.sleep(0.1)
        orders = [{"shard": {"number": 0}, "into": "/"}]
        assert list(read_shards(client, orders)) == [(0, None)]


@pytest.mark.parametrize("times", [2, 3])
def test_workers_that_do_not_start_are_begun_again(tmp_path, monkeypatch, times):
    class Cluster(nullcontext):
        started = 0
        loop = SimpleNamespace(add_callback=lambda call: None)
        scale = print

        def __init__(self, **options):
            super().__init__(self)
            Cluster.started += 1
            if Cluster.started <= times:
                raise RuntimeError("Nanny failed to start.")

    monkeypatch.setattr("distributed.LocalCluster", Cluster)
    monkeypatch.setattr("distributed.Client", lambda *_, **__: nullcontext("client"))
    wrong = pytest.raises(OSError, match="--engine local: Nanny failed")
    connected = engine.connected("local", 1, tmp_path / "engine")
    with wrong if times == 3 else nullcontext(), connected as client:
        assert client == "client"
    assert Cluster.started == 3


def test_a_shard_of_which_the_engine_says_nothing_is_a_failed_one(
    warcs, tmp_path, monkeypatch, capsys
):
    here(monkeypatch)
    monkeypatch.setattr(run, "read_shards", lambda client, orders: iter(()))
    assert run_job(job(tmp_path, warcs)) == 1
    assert "3 of 3 shards could not be read" in capsys.readouterr().err


def test_a_large_archive_is_divided_and_small_ones_come_together(warcs, tmp_path):
    size = (warcs / "0.warc.gz").stat().st_size
    plan = make_plan([warcs / "0.warc.gz"], size // 3)
    assert plan[0].part[0] == 0
    assert [one.part[1] for one in plan] == [*(one.part[0] for one in plan[1:]), size]
    assert len(plan) == 3
    assert len(make_plan([warcs], size * 3)) == 3
    assert make_plan([warcs], size * 3) == make_plan([warcs], size * 3)


def test_a_divided_archive_gives_every_article_once(warcs, tmp_path, monkeypatch):
    here(monkeypatch)
    archive = warcs / "0.warc.gz"
    size = archive.stat().st_size
    divided = Job((str(archive),), str(tmp_path / "d" / "%(shard)s.jsonl.zst"), "local")
    divided = Job(divided.paths, divided.output, "local", shard_bytes=size // 2)
    assert run_job(divided) == 0
    assert len(list((tmp_path / "d").glob("*.jsonl.zst"))) == 2
    assert sorted(one["url"] for one in articles(tmp_path / "d")) == sorted(
        url_of(number) for number in range(PAGES)
    )
