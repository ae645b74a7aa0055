"""Reads a large archive with ``--engine local`` and kills the run again and again.

    python -m tests.cluster.campaign --pages 1000000 --kills 5

makes WARC files of short articles, all different, with repetitions and later fetches (`pages`). It
reads them and kills the whole process group at random moments, and now and then a single process.
Then it checks that every article came out exactly once, and prints time, CPU and memory. The
archive stays in the folder, so a second campaign begins at once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from newsclean.schema import read_lines
from tests.cluster.pages import REPEATED, is_updated, write_file

PAGES_IN_FILE = 20_000
_EVERY = 2.0  # seconds between two looks at the processes
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_NUMBER = re.compile(r"report-(\d+)\.html")


class Watch:
    """Samples memory and CPU of a run's processes. Times are in seconds, memory is in MB."""

    def __init__(self):
        self.cpu = {}  # (process, its start) → CPU time so far
        self.main = []  # (share of the shards that is done, memory)
        self.most = Counter()  # kind of process → its highest memory

    def look(self, process, share):
        """Take a sample of *process* and its descendants; return them, by kind."""
        found = {}
        for pid, kind, memory, cpu, began in _tree(process.pid):
            self.cpu[pid, began] = cpu
            self.most[kind] = max(self.most[kind], memory)
            found.setdefault(kind, []).append(pid)
            if pid == process.pid:
                self.main.append((share, memory))
        return found

    def curve(self, steps=10):
        """Return the highest memory of the main process in each tenth of the work."""
        bins = [[] for _ in range(steps)]
        for share, memory in self.main:
            bins[min(steps - 1, int(share * steps))].append(memory)
        return [round(max(one)) if one else None for one in bins]


def _tree(root):
    """Yield (process, kind, MB, CPU seconds, start) for *root* and what descends from it."""
    rows = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text().rpartition(")")[2].split()
            command = (path / "cmdline").read_bytes()
            shared = int((path / "statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
        rows[int(path.name)] = (int(stat[1]), command, shared, stat)
    for pid, (parent, command, resident, stat) in rows.items():
        above = pid
        while above in rows and above != root:
            above = rows[above][0]
        if above != root:
            continue
        if pid == root:
            kind = "main"
        elif b"newsclean.cluster.shard" in command:
            is_fork = parent in rows and b"newsclean.cluster.shard" in rows[parent][1]
            kind = "reader" if is_fork else "starter"
        else:
            kind = "worker"
        cpu = (int(stat[11]) + int(stat[12])) / _TICK
        yield pid, kind, resident * _PAGE / 1e6, cpu, stat[19]


def make_archive(folder, pages):
    """Write the archive to *folder*, unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, first in enumerate(range(0, pages, PAGES_IN_FILE)):
        path = folder / f"{number:05}.warc.gz"
        if not path.exists():
            part = folder / f"{number:05}.part"
            write_file(part, range(first, min(first + PAGES_IN_FILE, pages)), pages)
            part.rename(path)


def start(folder, workers, shard_size):
    """Start the run in a process group of its own."""
    command = [sys.executable, "-m", "newsclean", "archive", "warcs", "--engine", "local"]
    command += ["--workers", str(workers), "--shard-size", str(shard_size)]
    command += ["-o", "out/%(shard)s.jsonl.zst", "--run-file", "run.json"]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        start_new_session=True,
        stderr=(folder / "log").open("ab"),
        stdout=subprocess.DEVNULL,
    )


def progress(folder):
    """Return (shards that are read, shards that are published, all shards)."""
    work = folder / "out" / ".newsclean"
    try:
        total = len(json.loads((work / "plan.json").read_bytes())["job"]["shards"])
    except OSError:
        return 0, 0, 0
    read = sum(one.name.isdigit() for one in work.iterdir())
    return read, len(list((folder / "out").glob("*.jsonl.zst"))), total


def live(folder, process, watch, dice, until):
    """Watch *process* until it ends, or until the share *until* of the work is done (reading is
    1, publishing another 1); kill it then. Return its exit code, None for a kill."""
    single = dice.uniform(0, 60)  # seconds until one of its processes is killed
    began = told = time.monotonic()
    share = 0.0  # never less than before: what is published loses its copy at the end
    while process.poll() is None:
        read, published, total = progress(folder)
        share = max(share, (read + published) / total if total else 0.0)
        found = watch.look(process, share / 2)
        now = time.monotonic()
        if now - told > 60:
            told = now
            print(f"  {now - began:.0f} s: {read} read, {published} published, {total}", flush=True)
        if until is not None and share >= until:
            time.sleep(dice.uniform(0, 5))
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return None
        others = [pid for kind in ("reader", "worker") for pid in found.get(kind, ())]
        if until is not None and now - began > single and others:
            single = float("inf")
            victim = dice.choice(others)
            kind = next(kind for kind, pids in found.items() if victim in pids)
            print(f"  kills one {kind} at {share / 2:.0%}", flush=True)
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        time.sleep(_EVERY)
    return process.returncode


def check(folder, pages):
    """Return what is wrong with the output, in lines: none if every article is there once."""
    seen = bytearray(pages)
    wrong = []
    stale = 0
    files = sorted((folder / "out").glob("*.jsonl.zst"))
    for path in files:
        for line in read_lines(path):
            article = json.loads(line)
            number = int(_NUMBER.search(article["url"])[1])
            seen[number] = min(255, seen[number] + 1)
            is_later = "added on the second day" in article["articleBody"]
            stale += is_later != is_updated(number)
    counts = Counter(seen)
    if counts != Counter({1: pages}):
        wrong.append(f"times an article came out: {dict(counts)}")
    if stale:
        wrong.append(f"{stale} articles are not of their last fetch")
    reasons = Counter(
        json.loads(line)["reason"]
        for path in sorted((folder / "out").glob("*.rejected.jsonl"))
        for line in read_lines(path)
    )
    if reasons != Counter(duplicate=len(range(0, pages, REPEATED))):
        wrong.append(f"rejected: {dict(reasons)}")
    entries = list(map(json.loads, read_lines(folder / "out" / "feed.manifest.jsonl")))
    if sorted(one["path"] for one in entries) != [path.name for path in files]:
        wrong.append("the manifest names other files")
    if sum(one["lines"] for one in entries) != pages:
        wrong.append(f"the manifest counts {sum(one['lines'] for one in entries)} articles")
    totals = json.loads((folder / "run.json").read_bytes())["totals"]
    if totals["exported"] != pages:
        wrong.append(f"run.json counts {totals['exported']} articles")
    return wrong


def main():
    parser = argparse.ArgumentParser(prog="tests.cluster.campaign", description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=5, help="of the whole process group")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--shard-size", type=float, default=8, metavar="MB")
    parser.add_argument("--folder", type=Path, default=Path("campaign"))
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    options = parser.parse_args()
    folder = options.folder.absolute()
    dice = random.Random(options.seed)
    print(f"{options.pages:,} pages, seed {options.seed}", flush=True)
    make_archive(folder / "warcs", options.pages)
    shutil.rmtree(folder / "out", ignore_errors=True)
    # The last kill is while the shards are published, the others while they are read.
    ends = sorted(dice.uniform(0, 1) for _ in range(options.kills - 1))
    ends += [dice.uniform(1, 2)] if options.kills else []
    watch = Watch()
    began = time.monotonic()
    for number, until in enumerate([*ends, None]):
        start_of_life = time.monotonic()
        code = live(folder, start(folder, options.workers, options.shard_size), watch, dice, until)
        read, published, total = progress(folder)
        end = "was killed" if code is None else f"ended with code {code}"
        print(
            f"life {number + 1}: {end} after {time.monotonic() - start_of_life:.0f} s,"
            f" {read} of {total} shards read, {published} published",
            flush=True,
        )
        if code is not None:
            break
    print(f"seconds: {time.monotonic() - began:.0f}, of CPU {sum(watch.cpu.values()):.0f}")
    print(f"main process, MB in each tenth of the work: {watch.curve()}")
    print(f"most of one process, MB: { {kind: round(most) for kind, most in watch.most.items()} }")
    wrong = (
        [f"ended with code {code}, see {folder / 'log'}"] if code else check(folder, options.pages)
    )
    print("\n".join(wrong) or f"every one of {options.pages:,} articles came out exactly once")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
