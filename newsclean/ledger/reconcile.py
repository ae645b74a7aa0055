"""Making a feed file and the ledger agree again, at the start of a run.

A line is flushed to the feed before the ledger counts it. So after a kill the feed may end
in a torn line, which is cut, and hold whole lines that the ledger does not know, which are
counted. After a power cut or a full disk the file may lack lines that the ledger counted:
their pages are fetched anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsclean.ledger.feeds import Feeds
from newsclean.ledger.outcomes import Outcomes
from newsclean.ledger.tail import head_of, read_tail_lines, repair_tail
from newsclean.urls import page_key, site_of


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was done: bytes of a torn line cut, lines counted, lines missed and so pages
    to be fetched anew, and lines that are no record of an article (left in the file)."""

    cut_bytes: int = 0
    counted: int = 0
    missed: int = 0
    unreadable: int = 0


def key_of_record(record: dict[str, Any]) -> tuple[str, str] | None:
    """Return the canonical URL and the site of the page that a feed line came from.

    By default those of its ``url``; None if it has none.
    """
    url = record.get("url")
    return (page_key(url), site_of(url)) if isinstance(url, str) else None


def reconcile(
    feeds: Feeds,
    outcomes: Outcomes,
    path: Path,
    *,
    now: str,
    key_of: Callable[[dict[str, Any]], tuple[str, str] | None] = key_of_record,
) -> Reconciled:
    """Make the feed file *path* and the ledger agree, and open the feed from *now* (UTC) on.

    Call it with the feed's lock held, before anything is appended. *key_of* gives a
    record's canonical URL and site. A file that was moved away or replaced since counts
    as a new one: its pages stay exported, and lines that it holds are counted. Raise
    OSError for a file that cannot be read or written, LedgerError for the ledger.
    """
    tail = repair_tail(path)
    head = head_of(path)
    mark = feeds.look_up(path)
    counted = mark.counted if mark is not None else 0
    missed = 0
    if mark is not None and mark.head is not None and mark.head != head:
        feeds.detach(path)
        counted = 0
    elif counted > tail.size:
        missed = feeds.miss(path, tail.size, now)
        counted = tail.size
    feeds.open(path, counted=counted, head=head, now=now)
    lines = unreadable = 0
    for line in read_tail_lines(path, counted):
        found = key_of(line.record) if line.record is not None else None
        if found is None or line.record is None:
            unreadable += 1
            continue
        lines += 1
        outcomes.exported(
            found[0], site=found[1], now=now, feed=path, feed_end=line.end, **_said(line.record)
        )
    outcomes.flush()
    feeds.open(path, counted=tail.size, head=head, now=now)
    return Reconciled(tail.cut_bytes, lines, missed, unreadable)


def _said(record: dict[str, Any]) -> dict[str, Any]:
    """What a feed line says of its export; of lines that others wrote it may be anything."""
    metadata = record.get("metadata")
    said: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
    version, published = said.get("version"), record.get("datePublished")
    return {
        "url": str(record.get("url")),
        "content_hash": str(said.get("contentHash") or ""),
        "version": version if isinstance(version, int) and version > 0 else 1,
        "published": published if isinstance(published, str) else None,
        "further": further_pages(said),
    }


def further_pages(metadata: dict[str, Any]) -> list[str]:
    """Return the canonical URLs of the further pages that the *metadata* of an article's feed
    line names, those that could not be joined among them."""
    pages, missing = metadata.get("pages"), metadata.get("missingPages")
    urls = pages[1:] if isinstance(pages, list) else []
    urls += [
        one.get("url")
        for one in (missing if isinstance(missing, list) else [])
        if isinstance(one, dict)
    ]
    return [page_key(url) for url in urls if isinstance(url, str)]
