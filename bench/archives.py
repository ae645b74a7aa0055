"""How many pages a second ``newsclean crawl archive`` reads from a WARC file, CPU included."""

from __future__ import annotations

import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.pages import escaped_page, news_page, url_of

PAGES = 400  # of two kinds, half each
_RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
    "WARC-Date: 2026-04-18T09:30:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
)
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def bench_archives(rounds: int, first: int) -> dict[str, Any]:
    """Read *rounds* fresh archives of 400 pages; print and return the pages a second.

    *first* numbers the first page. The time is that of the whole command, with its start.
    """
    wall: list[float] = []
    cpu: list[float] = []
    for turn in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "pages.warc.gz"
            write_archive(archive, first + turn * PAGES)
            command = [sys.executable, "-m", "newsclean", "crawl", "archive"]
            command += ["-a", f"path={archive}", "-O", f"{folder}/out.jsonl", "-L", "WARNING"]
            before, start = os.times(), time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            wall.append(PAGES / (time.perf_counter() - start))
            after = os.times()
            used = after.children_user + after.children_system
            used -= before.children_user + before.children_system
            cpu.append(PAGES / used)
    print(
        f"archives ({PAGES} fresh pages of 30 and 170 kB, median of {rounds}):"
        f" {statistics.median(wall):.0f} pages/s, {statistics.median(cpu):.0f} a CPU second"
    )
    return {"pages_per_second": wall, "pages_per_cpu_second": cpu}


def write_archive(path: Path, first: int) -> None:
    """Write pages to the WARC file *path*, one gzip member a record."""
    with path.open("wb") as file:
        for number in range(first, first + PAGES):
            html = news_page(number) if number % 2 else escaped_page(number)
            block = _HTTP + html.encode()
            head = _RECORD.format(url=url_of(number), number=number, length=len(block))
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 1))
