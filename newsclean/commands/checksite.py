"""``scrapy checksite FILE [PAGE]``: whether a site rule is right, and what it reads."""

from __future__ import annotations

import sys
import time
import urllib.request
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from newsclean import __version__
from newsclean.article import clean_article
from newsclean.exit_codes import USER_MISTAKE
from newsclean.extensions.log_format import printable
from newsclean.extraction import Page, decode, read_page
from newsclean.extraction.pagination.find import next_by_rule
from newsclean.items import as_record
from newsclean.sites import read_file

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from newsclean.items import Article
    from newsclean.sites import SiteFile, SiteRule

_MOST_SECONDS, _MOST_BYTES = 20, 20 * 1024 * 1024
_CHUNK = 64 * 1024
_LEFT_OUT = ("url", "metadata", "articleBodyHtml", "articleBodyRaw")


class Command(ScrapyCommand):
    """Checks a rule before a crawl does, on one page."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "FILE [PAGE] [--url URL]"

    def short_desc(self) -> str:
        """Return the line in Scrapy's list of commands."""
        return "Check a site rule and show what it reads from a page"

    def long_desc(self) -> str:
        """Return the help's first paragraph."""
        return (
            "Check the site rule in FILE (TOML). With PAGE, a saved HTML file or an http address,"
            " show the record that it reads: each field, where it came from, and the selectors that"
            " found nothing. Exits with 2 where the rule is wrong or the page cannot be had."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--url", metavar="URL", help="where a saved page came from")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do it; a mistake is told in one line."""
        if not 1 <= len(args) <= 2:
            self._mistake("expected FILE [PAGE], e.g. scrapy checksite sites/news.toml page.html")
            return
        try:
            file = read_file(Path(args[0]))
            print(f"{printable(args[0])}: a rule for {', '.join(file.hosts)}")
            if len(args) == 2:
                for line in _answer(file, args[1], opts.url):
                    print(line)
        except ValueError as error:
            self._mistake(str(error))

    def _mistake(self, message: str) -> None:
        print(f"scrapy checksite: {printable(message)}", file=sys.stderr)
        self.exitcode = USER_MISTAKE


def _answer(file: SiteFile, name: str, url: str | None) -> Iterator[str]:
    """Yield the lines that say what *file* makes of the page *name*."""
    now = datetime.now(UTC)
    if name.startswith(("http://", "https://")):
        raw, content_type, url = _fetch(name)
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
        yield f"its next page: {printable(next_by_rule(page, rule) or 'none')}"
    kind = rule.kind_of(url)
    if kind is not None:
        yield f"its address is that of: {kind}"


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
    """Return *value* in a line: names of people, addresses of images, the rest as it is."""
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, dict):
        return str(value.get("name") or value.get("url") or value)
    return " ".join(str(value).split())


def _misses(rule: SiteRule, page: Page, article: Article) -> Iterator[str]:
    """Yield a line for each selector that finds nothing on the page, and for each field of
    which no selector gave a value."""
    for name, selectors in {**rule.fields, "remove": rule.remove}.items():
        given = article.metadata.fieldSources.get(name, "").startswith("rule:")
        for selector in selectors:
            found = selector.find(page.root)
            if not found:
                yield f"{name}: {printable(selector.text)} matches nothing"
            elif name != "remove" and not given:
                yield f"{name}: {printable(selector.text)} matches, but gives no value"


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    return _bounded(raw, str(path))


def _fetch(url: str) -> tuple[bytes, str | None, str]:
    """Return the page *url*, its content type and where it came from; raise ValueError where it
    does not come in 20 seconds and 20 MB."""
    until = time.monotonic() + _MOST_SECONDS
    headers = {"User-Agent": f"newsclean/{__version__}"}
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - http, see above
        with urllib.request.urlopen(request, timeout=_MOST_SECONDS) as answer:  # noqa: S310
            raw = bytearray()
            while (part := answer.read1(_CHUNK)) and len(raw) <= _MOST_BYTES:
                raw += part
                if time.monotonic() > until:
                    raise TimeoutError
            kind, came_from = answer.headers.get("Content-Type"), answer.geturl()
    except TimeoutError:
        raise ValueError(f"{url}: no answer in {_MOST_SECONDS} seconds") from None
    except (OSError, ValueError, HTTPException) as error:
        raise ValueError(f"{url}: {getattr(error, 'reason', None) or error}") from None
    return _bounded(bytes(raw), url), kind, came_from


def _bounded(raw: bytes, name: str) -> bytes:
    if len(raw) > _MOST_BYTES:
        raise ValueError(f"{name}: more than {_MOST_BYTES:,} bytes")
    return raw
