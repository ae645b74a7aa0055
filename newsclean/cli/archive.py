"""``newsclean archive PATH…``: the articles of pages that are on disk."""

from __future__ import annotations

from typing import Any

import click

from newsclean.cli.options import Crawl, crawl_options, mistake


@click.command(
    "archive",
    short_help="Print or store the articles of saved pages, folders, WARC and WET files.",
    epilog="""\b
Examples:
  newsclean archive page.html
  newsclean archive saved/ pages.warc.gz -O articles.jsonl
  newsclean archive pages.warc.gz -f jsonl | head
""",
)
@click.argument("paths", nargs=-1, metavar="PATH…", type=click.Path(exists=True))
@crawl_options(fetching=False, printed=True)
def command(paths: tuple[str, ...], form: str, **options: Any) -> int:
    """Read the pages in PATH…: HTML files, folders of them, text dumps (headline, byline, body),
    WARC and WET files, plain or gzipped. Nothing is fetched."""
    if not paths:
        raise mistake("expected PATH…")
    crawl = Crawl("archive", {"path": paths}, options)
    return crawl.run_printing(form)
