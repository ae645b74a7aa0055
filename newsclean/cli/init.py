"""``newsclean init``: write a ``newsclean.toml`` with a comment for each entry."""

from __future__ import annotations

import json
from pathlib import Path

import click

from newsclean.cli.options import CONFIG_FILE, mistake

_TEMPLATE = """\
# The configuration of `newsclean run`. Paths are relative to this file. An entry after a # shows
# the default value, or an example if there is no default.

# The sites: the URL of each front page. Or a file with one URL per line.
sites = {sites}
# sites_file = "sites.txt"

# The files for the articles: .jsonl, .jsonl.gz, .jsonl.zst, .csv, .json, .xml, .parquet, s3://…
# feeds = ["articles.jsonl"]
# Begin a new file each "run", each "day" or at a size such as "100MB". The name may have %(date)s.
# rotate = "day"

# The state of each page. With it, the next run stores only new and changed articles.
# ledger = "ledger.sqlite"

# A folder of your site rules, for sites whose fields are read wrongly.
# rules = "sites"

# Skip articles published before this day. Store at most this many articles in one run. Crawl
# only below these paths.
# since = 2026-11-01
# max_articles = 500
# sections = ["/politics", "/sport"]

# Save every response in WARC files in this folder.
# warc = "pages"

# The report of each run (HTML), and its numbers (JSON).
# report = "report.html"
# run_file = "run.json"

# The interval in the systemd timer of `newsclean run --timer`: "30 min", "2 h", "1 d".
# every = "30 min"

# Any setting of newsclean or Scrapy.
[settings]
# DOWNLOAD_DELAY = 1.0
# USER_AGENT = "my-news (+https://example.org/contact)"
"""


@click.command(
    "init",
    epilog="""\b
Examples:
  newsclean init https://news.example/
  newsclean init https://news.example/ https://paper.example/ --config paper.toml
""",
)
@click.argument("urls", nargs=-1, metavar="[URL…]")
@click.option(
    "-c", "--config", "name", metavar="FILE", default=CONFIG_FILE, show_default=True,
    help="File to write. An existing file is not changed.",
)  # fmt: skip
def command(urls: tuple[str, ...], name: str) -> None:
    """Write newsclean.toml, the configuration of `newsclean run`, with the sites URL…"""
    from newsclean.spiders.arguments import check_url  # noqa: PLC0415 - pydantic

    try:
        sites = [check_url(url) for url in urls] or ["https://news.example/"]
        with Path(name).open("x", encoding="utf-8") as file:
            file.write(config_text(sites))
    except FileExistsError:
        raise mistake(f"{name}: the file exists and was not changed") from None
    except OSError as error:
        raise mistake(f"{name}: {error.strerror}") from None
    except ValueError as error:
        raise mistake(error) from None
    print(f"{name}: edit it, then run: newsclean run")


def config_text(sites: list[str]) -> str:
    """Return the text of ``newsclean.toml`` for *sites*."""
    return _TEMPLATE.format(sites=json.dumps(sites, ensure_ascii=False))
