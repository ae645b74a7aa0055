"""``newsclean checksite FILE [PAGE]``: check a site rule and show what it reads."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsclean.article import clean_article
from newsclean.cli.options import mistake
from newsclean.extraction import Page, decode, read_page
from newsclean.extraction.pagination.find import next_by_rule
from newsclean.printable import printable
from newsclean.serialization import as_record
from newsclean.sites import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.items import Article
    from newsclean.sites import SiteFile, SiteRule

MAX_BYTES = 20 * 1024 * 1024  # bytes of a saved page; the same as DOWNLOAD_MAXSIZE of a crawl
_LEFT_OUT = ("url", "metadata", "articleBodyHtml", "articleBodyRaw")


@click.command(
    "checksite",
    epilog="""\b
Examples:
  newsclean checksite sites/news.toml
  newsclean checksite sites/news.toml page.html --url https://news.example/7
  newsclean checksite sites/news.toml https://news.example/7
""",
)
@click.argument("arguments", nargs=-1, metavar="FILE [PAGE]")
@click.option("--url", metavar="URL", help="URL of the saved page PAGE.")
def command(arguments: tuple[str, ...], url: str | None) -> None:
    """Check the site rule in FILE (TOML). With PAGE, a saved HTML file or a URL, show the record of
    the page: each field, its source, and the selectors that match nothing.

    The exit code is 2 if the rule is invalid or the page cannot be read.
    """
    if not 1 <= len(arguments) <= 2:
        raise click.UsageError(
            "expected FILE [PAGE], e.g. newsclean checksite sites/news.toml page.html"
        )
    try:
        file = read_file(Path(arguments[0]))
        print(f"{printable(arguments[0])}: a rule for {', '.join(file.hosts)}")
        if len(arguments) == 2:
            for line in _answer(file, arguments[1], url):
                print(line)
    except ValueError as error:
        raise mistake(error) from None


def _answer(file: SiteFile, name: str, url: str | None) -> Iterator[str]:
    """Yield the lines that show what the rule *file* reads from the page *name*."""
    now = datetime.now(UTC)
    if name.startswith(("http://", "https://")):
        from newsclean.cli.page_fetch import fetch_page  # noqa: PLC0415 - Scrapy

        raw, content_type, url = fetch_page(name)
    else:
        raw, content_type = _read(Path(name)), None
        url = url or f"https://{file.hosts[0]}/"
    if not file.holds_for(url):
        yield f"{printable(url)} is not on {', '.join(file.hosts)}: a crawl would not use this rule"
    rule = file.rule(now.date())
    page = Page(decode(raw, content_type), url, now)
    article = clean_article(read_page(page, rule=rule))
    yield from _fields(article)
    yield from _misses(rule, page, article)
    if rule.next_page:
        yield f"next page: {printable(next_by_rule(page, rule) or 'none')}"
    kind = rule.kind_of(url)
    if kind is not None:
        yield f"kind of page, by its URL: {kind}"


def _fields(article: Article) -> Iterator[str]:
    record = as_record(article)
    for name, value in record.items():
        if name in _LEFT_OUT or name.endswith("Raw"):
            continue
        source = article.metadata.fieldSources.get(name, "")
        yield f"{name:<19} {source:<28} {printable(_shown(value))}".rstrip()
    if not article.articleBody:
        yield "no articleBody: a crawl would reject this page"


def _shown(value: Any) -> str:
    """Return *value* in one line: the names of authors, the URLs of images, other values as they
    are."""
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, dict):
        return str(value.get("name") or value.get("url") or value)
    return " ".join(str(value).split())


def _misses(rule: SiteRule, page: Page, article: Article) -> Iterator[str]:
    """Yield a line for each selector that matches nothing on the page, and for each field whose
    selectors give no value."""
    for name, selectors in {**rule.fields, "remove": rule.remove}.items():
        given = article.metadata.fieldSources.get(name, "").startswith("rule:")
        for selector in selectors:
            found = selector.find(page.root)
            if not found:
                yield f"{name}: {printable(selector.text)} matches nothing"
            elif name != "remove" and not given:
                yield f"{name}: {printable(selector.text)} matches, but the match has no value"


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    if len(raw) > MAX_BYTES:
        raise ValueError(f"{path}: more than {MAX_BYTES:,} bytes")
    return raw
