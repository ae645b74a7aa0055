"""Measure one crawl of many small sites: pages per second, memory, and the articles of each site.

``python -m bench.sites serve SITES PAGES FILE`` serves the sites, each at its own loopback address
(127.16.0.1 …), and writes their URLs to FILE. A site has a front page, two sections and PAGES
articles.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import uvloop

from bench.pages import page, path
from bench.server import HEAD, Answers

SECTIONS = ("harbour", "council")
_ON_FRONT = 10  # articles of each section that the front page links to
_OPEN_FILES = 20_000  # a socket for each site, and its connections


def bench_sites(sites: int, pages: int) -> dict[str, Any]:
    """Crawl *sites* sites of *pages* articles in one run. Print and return pages per second, memory
    in MiB, and the number of articles and of complete sites."""
    with tempfile.TemporaryDirectory() as folder:
        urls = Path(folder) / "sites.txt"
        command = [sys.executable, "-m", "bench.sites", "serve", str(sites), str(pages), str(urls)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            server.stdout.readline()
            start = time.perf_counter()
            subprocess.run(_crawl(urls), cwd=folder, check=True)
            seconds = time.perf_counter() - start
        finally:
            server.kill()
            server.wait()
        lines = (Path(folder) / "articles.jsonl").read_bytes().splitlines()
    by_site = Counter(json.loads(line)["url"].split("/")[2] for line in lines)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = sum(1 for count in by_site.values() if count == pages)
    result = {
        "sites": sites,
        "articles": len(lines),
        "whole_sites": whole,
        "pages_per_second": len(lines) / seconds,
        "mebibytes": usage.ru_maxrss // 1024,
    }
    print(f"sites ({sites:,} sites of {pages} articles, each with a front page and two sections)")
    print(
        f"  {len(lines):,} articles of {len(by_site):,} sites, {whole:,} sites whole;"
        f" {result['pages_per_second']:.0f} pages/s, {result['mebibytes']:,} MiB"
    )
    return result


def _crawl(urls: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "newsclean", "crawl", "site", "-a", f"urls={urls}"),
        *("-o", "articles.jsonl", "-L", "WARNING"),
        *("-s", "NEWSCLEAN_SUMMARY=False", "-s", "NEWSCLEAN_PROGRESS=False"),
        *("-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS=64"),
        *("-s", "NEWSCLEAN_ALLOW_NETWORKS=127.0.0.0/8"),
    ]


def host(number: int) -> str:
    """Return the address of the site of that *number*."""
    return f"127.{16 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}"


def _links(numbers: range) -> str:
    return "".join(
        f'<li><a href="{path(number)}">Ferry number {number} comes to the bay</a> 2026-04-18</li>'
        for number in numbers
    )


def answers(pages: int) -> dict[bytes, bytes]:
    """Return path → response, the same for all sites."""
    navigation = "".join(f'<a href="/{name}/">{name}</a>' for name in SECTIONS)
    half = pages // 2
    parts = {"/": _links(range(min(_ON_FRONT, half))) + _links(range(half, half + _ON_FRONT))}
    parts["/harbour/"], parts["/council/"] = _links(range(half)), _links(range(half, pages))
    bodies = {
        place: f"<!DOCTYPE html><title>Bay</title><nav>{navigation}</nav><ul>{links}</ul>".encode()
        for place, links in parts.items()
    }
    bodies |= {path(number): page(number) for number in range(pages)}
    return {place.encode(): HEAD % len(body) + body for place, body in bodies.items()}


async def serve(sites: int, pages: int, file: Path) -> None:
    """Serve until killed; print a line when all sites can be asked."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    most = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    ready = answers(pages)
    loop = asyncio.get_running_loop()
    urls = []
    for number in range(sites):
        server = await loop.create_server(lambda: Answers(ready), host(number), 0)
        urls.append(f"http://{host(number)}:{server.sockets[0].getsockname()[1]}/\n")
    file.write_text("".join(urls))
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])))
