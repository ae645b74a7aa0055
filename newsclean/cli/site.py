"""``newsclean site URL…``: find the articles of sites, and only new ones in later runs."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from newsclean.cli.options import DEFAULT_FEED, Crawl, crawl_options, named_urls
from newsclean.ledger.policy import DEFAULT_LEDGER


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date, expected e.g. 2026-11-01") from None


@click.command(
    "site",
    epilog="""\b
Examples:
  newsclean site https://news.example/
  newsclean site https://news.example/ -o articles.jsonl --since 2026-11-01
  newsclean site -i sites.txt --max-articles 500 --sections /politics,/sport
  newsclean site -i sites.txt -o 'feeds/%(date)s.jsonl' --rotate day
  newsclean site -i sites.txt --shard 3/8 --ledger postgresql+psycopg://news@db/ledger
""",
)
@click.argument("urls", nargs=-1, metavar="[URL… | -]")
@click.option(
    "-i",
    "--input",
    "listed",
    metavar="FILE",
    help="File with one URL of a site per line, # begins a comment; - for stdin.",
)
@click.option(
    "--since",
    callback=_day,
    metavar="DATE",
    help="Skip articles published before DATE, e.g. 2026-11-01.",
)
@click.option(
    "--max-articles",
    type=click.IntRange(min=1),
    metavar="N",
    help="Store at most N articles in this run.",
)
@click.option("--sections", metavar="PATHS", help="Crawl only below these paths: /politics,/sport.")
@click.option(
    "--shard",
    metavar="NUMBER/COUNT",
    help="Share the sites with other crawls on one ledger: 3/8 is the third of eight.",
)
@click.option(
    "--ledger",
    metavar="PLACE",
    default=DEFAULT_LEDGER,
    show_default=True,
    help="The ledger, which stores the state of each page: a file or postgresql+psycopg://…",
)
@click.option(
    "--rotate", metavar="RULE", help="Begin a new file at each run, day or size (100MB)."
)  # fmt: skip
@crawl_options(fetching=True, printed=False)
def command(
    *,
    urls: tuple[str, ...],
    listed: str | None,
    since: date | None,
    max_articles: int | None,
    sections: str | None,
    shard: str | None,
    ledger: str,
    rotate: str | None,
    **options: Any,
) -> int:
    """Find the articles of the sites URL…, and store them.

    A later run with the same ledger stores only new and changed articles. Without -o or -O,
    articles are appended to articles.jsonl, with --shard 3/8 to articles-3-of-8.jsonl.
    """
    arguments: dict[str, Any] = {"url": named_urls(urls, listed)}
    if since is not None:
        arguments["since"] = since
    if max_articles is not None:
        arguments["max_articles"] = max_articles
    if sections is not None:
        arguments["sections"] = sections
    feed = DEFAULT_FEED
    if shard is not None:
        arguments["shard"] = shard
        feed = DEFAULT_FEED.replace(".", f"-{shard.replace('/', '-of-')}.", 1)
    if not options["output"] and not options["overwrite_output"]:
        options["output"] = (feed,)
    crawl = Crawl("site", arguments, options)
    return crawl.run(NEWSCLEAN_LEDGER=ledger, NEWSCLEAN_FEED_ROTATE=rotate)
