"""Short pages of articles for large archives: each made of its number, all different.

The page of every 500th number comes a second time under another URL, and the page of every 700th
is fetched again on a later day, when it is longer. Both are in a file far from the first one.
"""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING

from bench.pages import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPEATED, UPDATED = 500, 700
_NAMES = ("Maud Tressick", "Ivo Kerrigan", "Lena Foss", "Pia Holm", "Arne Voss", "Nora Blythe")
_SITES = 50
_RECORD = (
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
    "WARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
)
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
_FIRST, _LATER = "2026-04-18T09:30:00Z", "2026-04-20T09:30:00Z"


def url_of(number: int) -> str:
    """Return the URL of the article *number*."""
    return f"https://site{number % _SITES}.example/2026/04/report-{number}.html"


def is_updated(number: int) -> bool:
    """Return True if the page *number* is fetched a second time, with one more paragraph."""
    return number % UPDATED == 1


def page(number: int, *, later: bool = False) -> bytes:
    """Return the page of the article *number*, of about 1.5 kB; *later*: with a last paragraph
    that says so."""
    say = random.Random(number)

    def words(low: int, high: int) -> str:
        return " ".join(say.choices(WORDS, k=say.randint(low, high)))

    title = f"{words(4, 7).capitalize()} {number}"
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-04-18T08:00:00Z",
        "author": {"@type": "Person", "name": say.choice(_NAMES)},
    }
    paragraphs = [
        " ".join(f"{words(8, 18).capitalize()}." for _ in range(say.randint(2, 4)))
        for _ in range(3)
    ]
    if later:
        paragraphs.append("This sentence was added on the second day, after the vote.")
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>"
        f'<script type="application/ld+json">{json.dumps(data)}</script></head>'
        f"<body><article><h1>{title}</h1><div class=text>{body}</div></article></body></html>"
    ).encode()


def records(numbers: range, total: int) -> Iterator[bytes]:
    """Yield the WARC records of the articles *numbers* of *total*. After each of them come those
    of an article half the total away: its repetition, its later fetch."""
    for number in numbers:
        yield _record(number, url_of(number), _FIRST, page(number))
        far = (number + total // 2) % total
        if far % REPEATED == 0:
            yield _record(far, url_of(far).replace("/2026/", "/news/2026/"), _FIRST, page(far))
        if is_updated(far):
            yield _record(far, url_of(far), _LATER, page(far, later=True))


def _record(number: int, url: str, date: str, body: bytes) -> bytes:
    block = _HTTP + body
    head = _RECORD.format(url=url, date=date, number=number, length=len(block))
    return head.encode() + block + b"\r\n\r\n"


def write_file(path: Path, numbers: range, total: int) -> None:
    """Write the WARC file *path*, one gzip member a record."""
    with path.open("wb") as file:
        for record in records(numbers, total):
            file.write(gzip.compress(record, 1))
