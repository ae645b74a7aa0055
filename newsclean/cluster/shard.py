"""Reads one shard with the crawl ``archive``, in its own process and into its own file.

`read_shard` runs in a worker of the engine. The worker starts a process ``python -m
newsclean.cluster.shard``, which forks for each shard. A page that crashes its process, or fills its
memory, does no harm to the worker.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import traceback
import uuid
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

ATTEMPTS = 3  # at a shard whose process was killed
ARTICLES, REJECTIONS, NUMBERS, LOG = (
    "articles.jsonl.zst",
    "articles.rejected.jsonl",
    "run.json",
    "log",
)
# Exit codes of a crawl that read all of its pages, with or without articles.
_READ = frozenset({0, 3, 4, 7, 8})
_KILLED_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_COMPONENTS = ("EXTENSIONS", "ITEM_PIPELINES", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES")
_PAGE = "<title>The ferry</title><article><h1>The ferry</h1><p>It runs again.</p></article>"
_COMPONENT = re.compile(r"[a-z_0-9]+(?:\.\w+)*\.[A-Z]\w+")


def read_shard(order: dict[str, Any]) -> str | None:
    """Read the shard that *order* describes. Store its articles, rejections and numbers in the
    folder that ``into`` names. Return None, or why that failed, in one line.

    The folder gets its name when it is complete. If it exists already, nothing is done.
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
    """Read a shard into *folder*; return the exit code, negative for a signal."""
    global _starter  # noqa: PLW0603 - one for all shards of this worker
    if _starter is None or not _starter.is_running:
        _starter = _Starter()
    return _starter.run(order, folder)


class _Starter:
    """A process that has imported everything and forks itself for each shard. Without it, each
    shard would take three more seconds of CPU, to start Python and import the modules."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "newsclean.cluster.shard"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=_end_with_parent,  # noqa: PLW1509
        )

    @property
    def is_running(self) -> bool:
        """True if the process can take an order."""
        return self._process.poll() is None

    def run(self, order: dict[str, Any], folder: Path) -> int:
        """Read a shard into *folder*, in a fork of the process; return the fork's exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        line = json.dumps({"order": order, "folder": str(folder)}).encode() + b"\n"
        with self._turn:
            try:
                self._process.stdin.write(line)
                self._process.stdin.flush()
                line = self._process.stdout.readline()
            except OSError:
                line = b""
            if not line:  # it was killed itself
                self._process.kill()
                return -abs(self._process.wait()) or -signal.SIGKILL
            return int(line)


_starter: _Starter | None = None


def _end_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends (Linux)."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415

        ctypes.CDLL(None).prctl(_KILLED_WITH_PARENT, signal.SIGKILL)


def _publish(attempt: Path, into: Path) -> None:
    """Rename the folder *attempt* to *into*, unless another worker did so first."""
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
    lines = path.read_text("utf8", "replace").split("\n") if path.exists() else []
    return next(
        (line.strip()[:300] for line in reversed(lines) if line.strip()), "no error was logged"
    )


def main() -> None:
    """Read the shards that standard input names, one in each line, each in a fork of this process.
    Print the exit code of each."""
    _import_all()
    gc.freeze()  # otherwise each fork copies all memory at its first garbage collection
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        process = os.fork()
        if process == 0:
            _end_with_parent()
            code = 1
            try:
                code = _crawl(asked["order"], Path(asked["folder"]))
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _import_all() -> None:
    """Import what a crawl needs: the spiders, and the components that the settings name."""
    from scrapy.spiderloader import get_spider_loader  # noqa: PLC0415
    from scrapy.utils.conf import build_component_list  # noqa: PLC0415

    from newsclean.article import read_article  # noqa: PLC0415
    from newsclean.cli.running import crawl_settings  # noqa: PLC0415
    from newsclean.export.formats import FORMATS  # noqa: PLC0415

    settings = crawl_settings({})
    get_spider_loader(settings)
    components = [value for value in settings.values() if isinstance(value, str)]
    for name in _COMPONENTS:
        table = settings.get_component_priority_dict_with_base(name)
        components += map(str, build_component_list(table))
    components += [one.exporter for one in FORMATS.values()]
    for component in components:
        if _COMPONENT.fullmatch(component):
            with suppress(ImportError):  # of an extra
                import_module(component.rpartition(".")[0])
    read_article(_PAGE, url="http://news.example/")  # loads the models and the public suffix list


def _crawl(order: dict[str, Any], folder: Path) -> int:
    """Read the shard that *order* names into *folder*; return the exit code."""
    from newsclean.cli.running import (  # noqa: PLC0415 - Scrapy
        crawl_settings,
        keep_duplicates,
        run_spider,
    )

    os.chdir(folder)
    with open(LOG, "wb") as log, open(os.devnull, "r+b") as nothing:
        os.dup2(log.fileno(), 2)
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    own = {
        "LOG_ENABLED": True,
        "LOG_LEVEL": "WARNING",
        "NEWSCLEAN_LEDGER": None,
        "NEWSCLEAN_PROGRESS": False,
        "NEWSCLEAN_SUMMARY": False,
        "NEWSCLEAN_WORKERS": 0,  # the engine has a process on each core
        "NEWSCLEAN_RUN_FILE": NUMBERS,
    }
    logging.disable(logging.INFO)  # Scrapy would format a line for each article
    settings = crawl_settings(
        {**order["settings"], **own}, overwrite=[ARTICLES], assignments=order["assignments"]
    )
    keep_duplicates(settings)  # only `publish` has the articles of all shards
    shard = order["shard"]
    arguments: dict[str, Any] = {**order["arguments"], "path": tuple(shard["paths"])}
    if shard["part"]:
        arguments["part"] = tuple(shard["part"])
    return run_spider(settings, "archive", arguments)


if __name__ == "__main__":
    main()
