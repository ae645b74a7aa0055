"""``newsclean get URL…``: fetch the articles of single pages."""

from __future__ import annotations

from typing import Any

import click

from newsclean.cli.options import Crawl, crawl_options, named_urls


@click.command(
    "get",
    short_help="Print or store the articles of pages, in the order of their URLs.",
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
    help="URLs, one a line, # begins a comment; also .gz, .bz2, .xz, .zst; - for standard input.",
)  # fmt: skip
@crawl_options(fetching=True, printed=True)
def command(urls: tuple[str, ...], listed: str | None, form: str, **options: Any) -> int:
    """Get the articles of the pages URL… and print them in that order.

    A page that gives no article has a line on standard error that says why. With -o or -O, the
    articles are stored and a summary is shown instead.
    """
    crawl = Crawl("article", {"url": named_urls(urls, listed)}, options)
    return crawl.run_printing(form, NEWSCLEAN_SUMMARY=False)
