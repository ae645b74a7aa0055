"""``newsclean get URL…``: fetch the articles of single pages."""

from __future__ import annotations

from typing import Any

import click

from newsclean.cli.options import Crawl, crawl_options, named_urls


@click.command(
    "get",
    epilog="""\b
Examples:
  newsclean get https://news.example/7
  newsclean get https://news.example/7 https://news.example/8 -f markdown
  newsclean get -i urls.txt -f jsonl | head
  newsclean get -i urls.txt.gz -o articles.jsonl
  printf '%s' https://news.example/7 | newsclean get -
""",
)
@click.argument("urls", nargs=-1, metavar="[URL… | -]")
@click.option(
    "-i", "--input", "listed", metavar="FILE",
    help="File with one URL per line, # begins a comment; also .gz, .bz2, .xz, .zst; - for stdin.",
)  # fmt: skip
@crawl_options(fetching=True, printed=True)
def command(urls: tuple[str, ...], listed: str | None, form: str, **options: Any) -> int:
    """Fetch the pages URL… and print their articles in the same order.

    For a page without an article, a line on standard error gives the reason. With -o or -O, the
    articles are written to files, and a summary is printed.
    """
    crawl = Crawl("article", {"url": named_urls(urls, listed)}, options)
    return crawl.run_printing(form, NEWSCLEAN_SUMMARY=False)
