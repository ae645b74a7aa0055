"""A run over archives in shards, from the plan to the report. It continues where a killed run
ended."""

from __future__ import annotations

import json
import shutil
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from newsclean import __version__
from newsclean.archives.remote import is_remote
from newsclean.article import utc
from newsclean.cluster.engine import connected, engine_problem, read_shards
from newsclean.cluster.plan import SHARD_BYTES, Shard, make_plan
from newsclean.cluster.publish import Publisher
from newsclean.exit_codes import FAILED, INTERRUPTED, LOCKED_OUT, MEANINGS, NOTHING_FOUND
from newsclean.export.files import FeedLockedError, open_locked
from newsclean.export.formats import JSON_LINES
from newsclean.export.places import is_local, path_problem, rejected_uri
from newsclean.extras import extra_problem
from newsclean.printable import printable
from newsclean.reports import (
    CheckResult,
    Crawl,
    Tally,
    render_report,
    render_summary,
    run_to_json,
)
from newsclean.schema import read_lines
from newsclean.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import NoReturn

    from newsclean.reports import Run

PLACEHOLDER = "%(shard)s"
_WORK = ".newsclean"
_ENGINE = "engine"  # folder in it, for the files of a local engine
_FORMATS = (*JSON_LINES, "gz", "zst", "parquet")
_TOLD_EVERY = 10.0  # seconds between two lines of progress
_MAX_SHOWN = 20_000  # articles that a report shows one by one
_MAX_FAILED_SHOWN = 5  # failed shards that the error message names


@dataclass(frozen=True, slots=True)
class Job:
    """The options of the user. *settings* and *arguments* are those of the crawl ``archive``,
    without its path. *assignments* are the user's own settings (``NAME=VALUE``)."""

    paths: Sequence[str]
    output: str
    engine: str
    workers: int | None = None
    shard_bytes: int = SHARD_BYTES
    settings: Mapping[str, Any] = field(default_factory=dict)
    arguments: Mapping[str, str] = field(default_factory=dict)
    assignments: Sequence[str] = ()
    run_file: str | None = None
    report: str | None = None

    @property
    def format(self) -> str:
        """The format of the files, by their suffix."""
        return self.output.rpartition(".")[2]

    @property
    def folder(self) -> Path:
        """Where the files of the shards are."""
        return Path(self.output).absolute().parent

    def path_of(self, shard: Shard) -> Path:
        """Return the file of *shard*."""
        return Path(self.output.replace(PLACEHOLDER, shard.name)).absolute()

    def rejected_of(self, shard: Shard) -> Path:
        """Return the file of the rejections of *shard*."""
        return Path(rejected_uri(str(self.path_of(shard))) or "")


def check_job(job: Job) -> None:
    """Raise ValueError, in one line, for the first mistake in *job*."""
    problem = engine_problem(job.engine)
    if problem is not None:
        raise ValueError(problem)
    name = Path(job.output).name
    example = "'articles/%(shard)s.jsonl.zst'"
    if not is_local(job.output) or name.count("%(") != 1 or PLACEHOLDER not in name:
        raise ValueError(f"-o {job.output}: with --engine, expected local files such as {example}")
    if "%(" in str(job.folder):
        raise ValueError(
            f"-o {job.output}: expected %(shard)s in the name of the file, not of a folder"
        )
    if job.format not in _FORMATS:
        raise ValueError(f"-o {job.output}: with --engine, expected .jsonl, .gz, .zst or .parquet")
    problem = path_problem(job.folder, folder=True)
    if problem is not None:
        raise ValueError(problem)
    if job.format == "parquet" and (problem := extra_problem("parquet")):
        raise ValueError(problem)


def run_job(job: Job) -> int:
    """Run *job*, which `check_job` accepted, and return the exit code. Raise ValueError if its
    folder has the shards of another job."""
    work = job.folder / _WORK
    work.mkdir(parents=True, exist_ok=True)
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        with open_locked(work / "lock"):
            return _run(job, work)
    except FeedLockedError:
        print(f"newsclean: {job.folder} is being written by another run", file=sys.stderr)
        return LOCKED_OUT
    except KeyboardInterrupt:
        print("newsclean: interrupted; run the same command to continue", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        print(f"newsclean: {printable(str(error), 300)}", file=sys.stderr)
        return FAILED
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _run(job: Job, work: Path) -> int:
    started = datetime.now(UTC)
    shards, is_complete = _load_plan(job, work)
    if is_complete:
        _delete_copies(work, shards)  # a run that was killed at its very end left them
        print(f"{job.folder}: all {len(shards):,} shards are done", file=sys.stderr)
        return 0
    for left in (work / _ENGINE, *work.glob("*.part")):  # of a run and workers that were killed
        shutil.rmtree(left, ignore_errors=True)
    failed = _read(job, work, shards)
    tally = Tally()
    publisher = Publisher(work, job.format, job.path_of, job.rejected_of, tally)
    ready = [shard for shard in shards if (work / shard.name).is_dir()]
    progress = _Progress("published", len(ready), 0)
    for _shard in publisher.publish(ready):
        progress.tell()
    run = tally.run(
        Crawl(
            spider="archive",
            started=utc(started),
            finished=utc(datetime.now(UTC)),
            finish_reason="finished",
            read=publisher.read,
            version=__version__,
            arguments={"path": ",".join(job.paths), "engine": job.engine},
        )
    )
    code = FAILED if failed else 0 if publisher.lines else NOTHING_FOUND
    run.exitCode = code
    if failed:
        run.why = _why(failed, shards)
    if code:
        run.health = [CheckResult("exit_code", None, "failed", code, 0, MEANINGS[code])]
    _report(job, run, ready)
    if not failed:
        _save_plan(job, work, shards, is_complete=True)
        _delete_copies(work, shards)
    return code


def _delete_copies(work: Path, shards: list[Shard]) -> None:
    """Delete the copies of *shards*, which are all published."""
    for shard in shards:
        shutil.rmtree(work / shard.name, ignore_errors=True)


def _read(job: Job, work: Path, shards: list[Shard]) -> dict[int, str]:
    """Read those of *shards* that are not read yet. Return why shards failed, by their number."""
    left = [shard for shard in shards if not (work / shard.name).is_dir()]
    failed: dict[int, str] = {}
    if not left:
        return failed
    orders = [
        {
            "shard": shard.to_json(),
            "into": str(work / shard.name),
            "settings": dict(job.settings),
            "arguments": dict(job.arguments),
            "assignments": list(job.assignments),
        }
        for shard in left
    ]
    progress = _Progress("read", len(shards), len(shards) - len(left))
    progress.show()
    with connected(job.engine, job.workers, work / _ENGINE) as client:
        for number, why in read_shards(client, orders):
            if why is not None:
                failed[number] = why
                print(f"shard {number:05}: {printable(why, 300)}", file=sys.stderr)
            progress.tell()
    for shard in left:
        if not (work / shard.name).is_dir():
            failed.setdefault(shard.number, "the engine returned no result for it")
    return failed


def _why(failed: dict[int, str], shards: list[Shard]) -> str:
    names = ", ".join(f"{number:05}" for number in sorted(failed)[:_MAX_FAILED_SHOWN])
    return (
        f"{len(failed)} of {len(shards)} shards could not be read ({names})"
        "; run the same command to try them again"
    )


def _load_plan(job: Job, work: Path) -> tuple[list[Shard], bool]:
    """Return the shards of *job*, and True if all of them are done. Raise ValueError if the folder
    has the shards of another job."""
    paths = [one if is_remote(one) else Path(one) for one in job.paths]
    shards = make_plan(paths, job.shard_bytes)
    path = work / "plan.json"
    if not path.exists():
        _save_plan(job, work, shards, is_complete=False)
        return shards, False
    try:
        plan = json.loads(path.read_bytes())
        is_same, is_complete = plan["job"] == _signature(job, shards), bool(plan["complete"])
    except (ValueError, KeyError, TypeError):  # not even its own plan, after a power failure
        raise ValueError(f"{path}: damaged: delete {work} to start over") from None
    if not is_same:
        raise ValueError(
            f"{job.folder} has the shards of other archives or settings: use another folder,"
            f" or delete {work} to start over"
        )
    return shards, is_complete


def _save_plan(job: Job, work: Path, shards: list[Shard], *, is_complete: bool) -> None:
    plan = {"job": _signature(job, shards), "complete": is_complete}
    part = work / "plan.json.new"
    part.write_bytes(orjson.dumps(plan))
    part.replace(work / "plan.json")


def _signature(job: Job, shards: list[Shard]) -> dict[str, Any]:
    """Return what must not change between two runs of the same job."""
    settings = {name: value for name, value in job.settings.items() if name.startswith("NEWS")}
    return json.loads(  # type: ignore[no-any-return]
        json.dumps(
            {
                "shards": [shard.to_json() for shard in shards],
                "output": Path(job.output).name,
                "settings": settings,
                "arguments": dict(job.arguments),
                "assignments": list(job.assignments),
            },
            default=str,
        )
    )


class _Progress:
    """Prints the progress of a run on standard error."""

    def __init__(self, what: str, total: int, done: int) -> None:
        self.what = what
        self.total = total
        self.done = done
        self._began = self._told = time.monotonic()
        self._first = done

    def tell(self) -> None:
        """Count one more shard. Print a line if the last one is some seconds old."""
        self.done += 1
        now = time.monotonic()
        if now - self._told < _TOLD_EVERY and self.done < self.total:
            return
        self._told = now
        seconds = (now - self._began) / (self.done - self._first) * (self.total - self.done)
        rest = f", about {seconds / 60:.0f} min left" if seconds >= 60 else ""
        self.show(rest)

    def show(self, rest: str = "") -> None:
        """Print a line that ends with *rest*."""
        print(f"{self.what} {self.done:,} of {self.total:,} shards{rest}", file=sys.stderr)


def _report(job: Job, run: Run, shards: list[Shard]) -> None:
    lines = [*render_summary(run), printable(job.output, 200)]
    if job.run_file:
        record = orjson.dumps(run_to_json(run), option=orjson.OPT_INDENT_2)
        write_whole(Path(job.run_file), [record.decode(), "\n"])
        lines.append(printable(job.run_file, 80))
    if job.report:
        articles = _records(map(job.path_of, shards))
        rejections = _records(map(job.rejected_of, shards))
        write_whole(Path(job.report), render_report(run, articles, rejections))
        lines.append(printable(job.report, 80))
    print("\n".join(lines), file=sys.stderr)


def _records(paths: Iterator[Path]) -> Iterator[dict[str, Any]]:
    """Yield the records of the files *paths*, at most as many as a report shows."""
    shown = 0
    for path in paths:
        if not path.exists() or path.suffix == ".parquet":
            continue
        for line in read_lines(path):
            if shown >= _MAX_SHOWN:
                return
            shown += 1
            yield orjson.loads(line)
