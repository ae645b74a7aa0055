"""Reading one shard, in a process of its own: the crawl ``archive`` with a file of its own.

`read_shard` runs in a worker of the engine. It starts ``python -m newsclean.cluster.shard``, so a
page that kills its process, or fills its memory, costs the worker nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

ATTEMPTS = 3  # at a shard whose process was killed
ARTICLES, REJECTIONS, NUMBERS, LOG = (
    "articles.jsonl.zst",
    "articles.rejected.jsonl",
    "run.json",
    "log",
)
# Exit codes of a crawl that read all of its pages, whatever it found.
_READ = frozenset({0, 3, 4, 7, 8})
_KILLED_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def read_shard(order: dict[str, Any]) -> str | None:
    """Do what *order* says: read the shard ``shard`` with ``settings``, and leave its articles,
    rejections and numbers in the folder ``into``. Return None, or in one line why that failed.

    The folder has its name only when it is complete. If it is there already, nothing is done.
    """
    into = Path(order["into"])
    why = None
    for _ in range(ATTEMPTS):
        if into.is_dir():
            return None
        attempt = into.with_name(f"{into.name}.{uuid.uuid4().hex[:8]}.part")
        attempt.mkdir(parents=True)
        try:
            code = _run(order, attempt)
            if code in _READ:
                _publish(attempt, into)
                return None
            why = f"its process {_ended(code)}: {_last_line(attempt / LOG)}"
            if code > 0:  # it will do so again
                break
        finally:
            shutil.rmtree(attempt, ignore_errors=True)
    return why


def _run(order: dict[str, Any], folder: Path) -> int:
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "newsclean.cluster.shard"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
        )
        try:
            process.communicate(json.dumps(order).encode())
        finally:
            process.kill()
            process.wait()
    return process.returncode


def _end_with_parent() -> None:
    """Have the kernel kill this process when its worker is killed."""
    import ctypes  # noqa: PLC0415

    ctypes.CDLL(None).prctl(_KILLED_WITH_PARENT, signal.SIGKILL)


def _publish(attempt: Path, into: Path) -> None:
    """Give the folder its name; another worker may have done so first."""
    for path in attempt.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    try:
        attempt.rename(into)
    except OSError:
        if not into.is_dir():
            raise


def _ended(code: int) -> str:
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"was killed by signal {-code}"


def _last_line(path: Path) -> str:
    lines = path.read_text("utf8", "replace").split("\n")
    return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "no word of why")


def main() -> int:
    """Read the shard that the order on standard input names, into this folder."""
    from newsclean.cli.running import crawl_settings, run_spider  # noqa: PLC0415 - Scrapy

    order = json.load(sys.stdin)
    own = {
        "LOG_ENABLED": True,
        "LOG_LEVEL": "WARNING",
        "NEWSCLEAN_LEDGER": None,
        "NEWSCLEAN_PROGRESS": False,
        "NEWSCLEAN_SUMMARY": False,
        "NEWSCLEAN_RUN_FILE": NUMBERS,
    }
    settings = crawl_settings(
        {**order["settings"], **own}, overwrite=[ARTICLES], assignments=order["assignments"]
    )
    shard = order["shard"]
    arguments: dict[str, Any] = {"path": tuple(shard["paths"])}
    if shard["part"]:
        arguments["part"] = tuple(shard["part"])
    return run_spider(settings, "archive", arguments)


if __name__ == "__main__":
    sys.exit(main())
