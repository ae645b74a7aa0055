"""``newsclean republished FEED…``: find republished articles in feeds."""

from __future__ import annotations

import sqlite3
import sys
from typing import IO, TYPE_CHECKING

import click
import orjson

from newsclean.cli.options import mistake
from newsclean.export.read_back import read_records
from newsclean.printable import printable
from newsclean.republications import Republications

if TYPE_CHECKING:
    from newsclean.republications import Group

_MAX_HEADLINE = 70  # characters; the rest of a line of 100
_STDIN = "-"


@click.command(
    "republished",
    epilog="""\b
Examples:
  newsclean republished articles.jsonl
  newsclean republished feeds/*.jsonl.gz --across-sites
  newsclean republished - -f jsonl < articles.jsonl
""",
)
@click.argument("feeds", nargs=-1, metavar="FEED… | -")
@click.option(
    "-f", "--format", "form", type=click.Choice(("text", "jsonl")), default="text",
    show_default=True, help="Groups as text, or one JSON object for each article of a group.",
)  # fmt: skip
@click.option(
    "--similarity", "at_least", metavar="SHARE", type=click.FloatRange(0.5, 1), default=0.5,
    show_default=True, help="Minimum share of four-word sequences that two texts have in common.",
)  # fmt: skip
@click.option(
    "--across-sites", is_flag=True, help="List only groups with articles of several sites."
)
def command(feeds: tuple[str, ...], *, form: str, at_least: float, across_sites: bool) -> None:
    """List groups of articles with the same text, or almost the same, the earliest first.

    A feed is JSON lines, JSON, XML or CSV, plain or compressed (gzip, zstd); `-` is standard
    input. If a page is in a feed several times, its first version is used. Dates are compared in
    UTC; a date without a time means the end of that day.

    Each line has the date, the similarity to the first article of the group, and the URL. If an
    article names a page of another site as its canonical URL, that URL is in the next line.
    """
    if not feeds:
        raise click.UsageError(
            "expected at least one feed, e.g. newsclean republished articles.jsonl"
        )
    found = Republications()
    try:
        for name in feeds:
            _read(name, found)
        if not found.articles:
            raise mistake(f"{', '.join(feeds)}: no record has a url and an articleBody")
        write = _write_text if form == "text" else _write_lines
        groups = copies = 0
        for number, group in enumerate(found.groups(at_least, across_sites=across_sites), 1):
            write(number, group)
            groups, copies = number, copies + group.articles
    except sqlite3.Error as error:
        raise mistake(f"temporary files: {error}; SQLITE_TMPDIR sets their folder") from None
    finally:
        found.close()
    sys.stdout.flush()
    print(_summary(found, groups, copies), file=sys.stderr)


def _read(name: str, found: Republications) -> None:
    """Add the articles of the feed *name* to *found*. Raise UsageError if it cannot be read."""
    unreadable = 0
    try:
        with _open(name) as file:
            for record in read_records(file):
                if record is None:
                    unreadable += 1
                else:
                    found.add(record)
    except (OSError, ValueError) as error:
        raise mistake(f"{_shown(name)}: {getattr(error, 'strerror', None) or error}") from None
    if unreadable:
        lines = f"{unreadable:,} line{'' if unreadable == 1 else 's'}"
        print(f"newsclean republished: {_shown(name)}: {lines} skipped: not JSON", file=sys.stderr)


def _open(name: str) -> IO[bytes]:
    return sys.stdin.buffer if name == _STDIN else open(name, "rb")


def _shown(name: str) -> str:
    return "standard input" if name == _STDIN else name


def _write_text(number: int, group: Group) -> None:
    for place, copy in enumerate(group.copies):
        if place == 0:
            sites = f"on {group.sites:,} site{'' if group.sites == 1 else 's'}"
            headline = printable(copy.headline or copy.url, _MAX_HEADLINE)
            if number > 1:
                print()
            print(f"{group.articles:,} articles {sites}: {headline}")
        alike = f"{copy.similarity:.0%}" if place else "first"
        print(f"  {_minute(copy.datePublished):<16}  {alike:>5}  {printable(copy.url, 2_000)}")
        if copy.canonicalUrl is not None:
            print(f"{'':27}names {printable(copy.canonicalUrl, 2_000)}")


def _write_lines(number: int, group: Group) -> None:
    for copy in group.copies:
        record = {
            "group": number,
            "articles": group.articles,
            "sites": group.sites,
            **{name: getattr(copy, name) for name in copy.__slots__},
        }
        known = {name: value for name, value in record.items() if value is not None}
        sys.stdout.buffer.write(orjson.dumps(known) + b"\n")  # UTF-8 in any locale


def _minute(published: str | None) -> str:
    """Return *published* to the minute, in the time zone of its page."""
    return printable((published or "undated")[:16].replace("T", " "))


def _summary(found: Republications, groups: int, copies: int) -> str:
    count = found.without_text
    without = f", {count:,} line{'' if count == 1 else 's'} without text" if count else ""
    summary = f"{groups:,} group{'' if groups == 1 else 's'} with {copies:,} articles"
    return f"{summary} among {found.articles:,}{without}"
