"""``newsclean archive PATH…``: read the articles of saved pages."""

from __future__ import annotations

import os
from typing import Any

import click

from newsclean.cli.options import Crawl, crawl_options, crawl_values, mistake


@click.command(
    "archive",
    epilog="""\b
Examples:
  newsclean archive page.html
  newsclean archive saved/ pages.warc.gz -O articles.jsonl
  newsclean archive pages.warc.gz -f jsonl | head
  newsclean archive warcs/ --engine local -o 'articles/%(shard)s.jsonl.zst'
""",
)
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option(
    "--engine",
    metavar="local|tcp://HOST:PORT",
    help="Read many archives in parallel shards: local for the cores of this machine, or the"
    " address of a Dask scheduler (newsclean[cluster]).",
)
@click.option(
    "--workers",
    metavar="N|auto",
    help="Number of processes that read pages; auto: one per core. With --engine local, of"
    " processes that read shards.  [default: none; with --engine local: one per core]",
)
@click.option(
    "--shard-size",
    type=click.FloatRange(min=0.001),
    metavar="MB",
    default=64,
    show_default=True,
    help="Size of the compressed pages in one shard, with --engine.",
)
@click.option(
    "--ignore-verdicts",
    is_flag=True,
    help="Also read pages that the crawl that saved them (--warc) rejected as not an article.",
)
@crawl_options(fetching=False, printed=True)
def command(
    paths: tuple[str, ...],
    *,
    form: str,
    engine: str | None,
    workers: str | None,
    shard_size: float,
    ignore_verdicts: bool,
    **options: Any,
) -> int:
    """Read saved pages and print their articles. No page is fetched.

    PATH is an HTML file, a plain-text page (headline, byline, body), a WARC or WET file, JSON lines
    or Parquet with a column html, plain or compressed; a folder of these files; or a folder in S3
    (s3://BUCKET/FOLDER/). With -o or -O, the articles are written to files, and a summary is
    printed."""
    if not paths:
        raise mistake("expected PATH…")
    if engine is None:
        options["workers"] = workers
    verdicts = {"verdicts": "ignore"} if ignore_verdicts else {}
    crawl = Crawl("archive", {"path": paths, **verdicts}, options)
    if engine is not None:
        count = None if workers in {None, "auto"} else _count(str(workers))
        return _run_shards(crawl, engine, count, round(shard_size * 1_000_000))
    if any("%(shard)" in one for one in (*options["output"], *options["overwrite_output"])):
        raise mistake("-o: %(shard)s needs --engine")
    return crawl.run_printing(form, NEWSCLEAN_SUMMARY=False)


def _count(text: str) -> int:
    """Return the number *text* of processes; raise UsageError."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise mistake(f"--workers: {text!r}: expected 'auto' or a number from 1")
    return int(text)


def _run_shards(crawl: Crawl, engine: str, workers: int | None, size: int) -> int:
    from newsclean.cli.checks import check_crawl  # noqa: PLC0415 - Scrapy
    from newsclean.cli.running import crawl_settings  # noqa: PLC0415
    from newsclean.cluster.run import Job, check_job, run_job  # noqa: PLC0415

    options = crawl.options
    if len(options["output"]) != 1 or options["overwrite_output"]:
        raise mistake("--engine: expected one -o, e.g. -o 'articles/%(shard)s.jsonl.zst'")
    if workers is not None and engine != "local":
        raise mistake("--workers needs --engine local")
    values = crawl_values(options)
    rules = values["NEWSCLEAN_SITES"]
    settings = {"NEWSCLEAN_SITES": os.path.abspath(rules)} if rules else {}
    arguments = {name: value for name, value in crawl.arguments.items() if name != "path"}
    job = Job(
        paths=crawl.arguments["path"],
        arguments=arguments,
        output=options["output"][0],
        engine=engine,
        workers=workers,
        shard_bytes=size,
        settings=settings,
        assignments=options["assignments"],
        run_file=options["run_file"],
        report=options["report"],
    )
    try:
        chosen = crawl_settings(settings, assignments=job.assignments)
        if chosen.get("NEWSCLEAN_LEDGER"):
            raise ValueError(
                "--engine cannot use a ledger, because its workers may be on several machines: add"
                " -s NEWSCLEAN_LEDGER= or remove --engine"
            )
        check_crawl(chosen, crawl.spider, crawl.arguments)
        check_job(job)
        return run_job(job)
    except ValueError as error:
        raise mistake(error) from None
