"""``newsclean ledger``: show the content of the ledger, or delete parts of it."""

from __future__ import annotations

from pathlib import Path

import click

from newsclean.cli.options import ledger_option, mistake
from newsclean.ledger import Ledger, LedgerError
from newsclean.ledger.page import STATES
from newsclean.printable import printable
from newsclean.urls import page_key, site_of

_MAX_NEXT = 40  # lines of --next


@click.command(
    "ledger",
    epilog="""\b
Examples:
  newsclean ledger
  newsclean ledger https://news.example/7
  newsclean ledger --site news.example
  newsclean ledger --next news.example
  newsclean ledger --forget news.example
  newsclean ledger --export articles.parquet --warc pages
""",
)
@click.argument("urls", nargs=-1, metavar="[URL…]")
@click.option("--site", metavar="SITE", help="Show the URL templates of a site.")
@click.option(
    "--next",
    "next_",
    metavar="SITE",
    is_flag=False,
    flag_value="",
    help="List the next scheduled requests, of all sites or of SITE.",
)
@click.option(
    "--forget",
    metavar="URL|SITE",
    help="Delete a page, or a site with all its pages, from the ledger.",
)
@click.option(
    "--export", "output", metavar="FILE",
    help="Write every exported article to FILE again, in any format, from the WARC files.",
)  # fmt: skip
@click.option(
    "--warc", metavar="FOLDER", envvar="NEWSCLEAN_WARC", show_envvar=True,
    help="Folder of the WARC files that the crawls wrote, for --export.",
)  # fmt: skip
@ledger_option()
def command(
    urls: tuple[str, ...], place: str, output: str | None, warc: str | None, **asked: str | None
) -> int:
    """Count the pages of each site by state. With URL, show the history of that page.

    The exit code is 2 if the ledger cannot be read or the URL is not in it. With --export, the exit
    codes are those of a crawl, and 4 if the WARC files lack an article.
    """
    if "://" not in place and not Path(place).is_file():
        raise mistake(
            f"{place}: no such ledger, expected its place in --ledger or NEWSCLEAN_LEDGER"
        )
    try:
        if output is not None:
            return _export(place, output, warc)
        with Ledger.open(place, reading=asked["forget"] is None) as ledger:
            _answer(ledger, urls, **asked)
    except (LedgerError, ValueError) as error:
        raise mistake(error) from None
    return 0


def _export(place: str, output: str, warc: str | None) -> int:
    from newsclean.cli.rebuild import write_again  # noqa: PLC0415 - Scrapy

    if warc is None:
        raise mistake("--export needs --warc, the folder of the WARC files that the crawls wrote")
    if not Path(warc).is_dir():
        raise mistake(f"--warc {warc}: no such folder, expected the folder of the WARC files")
    Ledger.open(place, reading=True).close()  # raises if the ledger cannot be used
    return write_again(place, warc, output)


def _answer(
    ledger: Ledger,
    urls: tuple[str, ...],
    *,
    forget: str | None,
    site: str | None,
    next_: str | None,
) -> None:
    if forget:
        _forget(ledger, forget)
    elif site:
        _site(ledger, site_of(f"http://{site}"))
    elif next_ is not None:
        _next(ledger, site_of(f"http://{next_}") if next_ else None)
    elif urls:
        for url in urls:
            _history(ledger, url)
    else:
        _counts(ledger)


def _forget(ledger: Ledger, what: str) -> None:
    if "://" in what:
        page = ledger.pages.look_up(page_key(what))
        count = int(ledger.inspection.forget_url(page_key(what)))
        if page is not None:
            # The page can only be found again if its listing is read again.
            ledger.listings.forget(page.site)
    else:
        count = ledger.inspection.forget_site(site_of(f"http://{what}"))
    if not count:
        raise mistake(f"{what} is not in the ledger")
    print(f"deleted {count:,} page{'' if count == 1 else 's'}")


def _site(ledger: Ledger, site: str) -> None:
    templates = ledger.discovery.templates(site)
    waiting = {key: count for key, _, count in ledger.discovery.waiting(site)}
    if not templates and not waiting:
        raise mistake(f"the ledger has no URL templates of {site}")
    print(f"{'template':<50} {'leads to':<10} {'decided':<21} evidence")
    for key in sorted({*templates, *waiting}):
        if key.startswith("~"):  # a family; its evidence is the sum over its templates
            continue
        record = dict(templates.get(key, {}))
        kind, decided = record.pop("kind", "undecided"), record.pop("decided", "")
        evidence = [f"{name} {count}" for name, count in record.items()]
        if waiting.get(key):
            evidence.append(f"waiting {waiting[key]}")
        print(f"{printable(key):<50} {kind:<10} {decided:<21} {', '.join(evidence)}")


def _history(ledger: Ledger, url: str) -> None:
    found = ledger.inspection.history(page_key(url))
    if found is None:
        raise mistake(f"{url} is not in the ledger")
    page, events = found
    print(f"{printable(page.canonical)}  {page.state}: {STATES[page.state]}")
    print(f"  site {page.site}, found {page.first_seen}, last listed {page.last_seen}")
    print(f"  fetched {page.fetched_at or 'never'}, next {page.next_fetch_at or 'never'}")
    for event in events:
        print(f"  {event.at}  {event.what}  {printable(event.detail or '')}".rstrip())


def _counts(ledger: Ledger) -> None:
    """Print a table of the states that occur. It fits into a terminal of 80 columns, unless the
    names of sites are long."""
    counts, looks = ledger.inspection.counts(), ledger.inspection.next_looks()
    if not counts:
        print("the ledger has no pages yet")
        return
    states = [state for state in STATES if any(state in found for found in counts.values())]
    widest = max(4, *(len(printable(site)) for site in counts))
    print(f"{'site':<{widest}}" + "".join(f"{state:>12}" for state in states) + "  next fetch")
    for site, found in sorted(counts.items()):
        numbers = "".join(f"{found.get(state, 0):>12,}" for state in states)
        look = looks[site][:16].replace("T", " ") if site in looks else "never"
        print(f"{printable(site):<{widest}}{numbers}  {look}")


def _next(ledger: Ledger, site: str | None) -> None:
    """Print the next requests: the time, the kind of page, the interval of a listing, the URL."""
    looks = [
        (one.next_fetch_at or "", one.kind, _interval(one.interval), one.url)
        for one in ledger.listings.next(_MAX_NEXT, site)
    ]
    looks += [
        (one.next_fetch_at or "", one.state, "", one.url)
        for one in ledger.inspection.next_pages(_MAX_NEXT, site)
    ]
    print(f"{'next fetch':<21} {'what':<11} {'every':<8} URL")
    for moment, what, every, url in sorted(looks)[:_MAX_NEXT]:
        print(f"{moment:<21} {what:<11} {every:<8} {printable(url)}")


def _interval(seconds: int | None) -> str:
    """Return the interval of a listing as text: ``run`` (every run), ``40 min``, ``6 h``."""
    if not seconds:
        return "run"
    for unit, size in (("d", 86_400), ("h", 3_600)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 60:.0f} min"
