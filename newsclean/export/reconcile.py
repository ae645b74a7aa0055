"""Making a feed file and the ledger agree again, at the start of a run.

A crawl writes to the file first and confirms to the ledger then. After a kill the file may be
longer than the ledger knows. In a file of JSON lines the additional lines are counted, because
each says what the ledger needs; those whose article another machine has exported since are taken
out. In any other format they are cut off, and their pages are fetched again. A file may also be
shorter: a power cut, a full disk, or somebody edited it. Then the pages whose article is not in
it any more are fetched again. A file that was moved away or replaced between runs is taken as a
new one, and its pages stay exported. A ledger that does not know the file, because the old ledger
was deleted, takes the articles from it, in every format.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.export.formats import FORMATS, JSON_LINES
from newsclean.export.read_back import can_read_back, read_back
from newsclean.export.records import export_of
from newsclean.export.repair import has_foot, repair
from newsclean.export.tail import before, cut_to, feed_key, head_of, read_tail_lines, size_of
from newsclean.ledger.batch import Batch, Export, FileMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from newsclean.export.parts import About
    from newsclean.ledger import Ledger
    from newsclean.ledger.feeds import OpenFeed


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was done: bytes cut off, lines counted, pages to be fetched again because their
    lines are lost, and lines that are no record of an article (left in the file)."""

    cut_bytes: int = 0
    counted: int = 0
    missed: int = 0
    unreadable: int = 0


def reconcile(
    ledger: Ledger,
    path: Path,
    *,
    now: str,
    format_name: str = "jsonlines",
    cut: bool = False,
    about: About | None = None,
) -> Reconciled:
    """Make the file *path* and the *ledger* agree, and open the feed from *now* (UTC) on.

    Call it with the file locked, before anything is appended. *cut* has lines that are not
    counted cut off even if they could be counted: other feeds of the crawl may lack them.
    *about* is what completes a part later: its lines are counted there too. Raise OSError for a
    file that cannot be read or written, LedgerError for the ledger.
    """
    key = feed_key(path)
    part = about.to_json() if about is not None else None
    known = ledger.feeds.look_up(key)
    mark = known.mark if known is not None else FileMark(key, 0)
    cut_bytes = missed = counted = 0
    if known is not None and _ends_in_ours(known, path, format_name, cut=cut):
        cut_bytes = cut_to(path, mark.counted)
    cut_bytes += repair(path, format_name).cut_bytes
    if ledger.is_shared and known is not None and _goes_on(known, path, format_name):
        cut_bytes += _take_out_exported(ledger, path, mark.counted, now)
    head, size = head_of(path), size_of(path)
    if mark.counted > 0 and head != mark.head and part is None:
        ledger.feeds.detach([key])
        mark = FileMark(key, 0)
    elif size < mark.counted or (mark.tail and mark.tail != before(path, mark.counted)):
        if part is None and format_name in JSON_LINES:
            missed, counted = _after_edit(ledger, path, key, now)
        else:
            missed = ledger.feeds.mark_lost(key, size, now)
        mark = FileMark(key, size)
    ledger.feeds.open(FileMark(key, mark.counted, head, None, part), now)
    unreadable = 0
    if format_name in JSON_LINES:
        lines = _read_exports(path, mark.counted, now)
        new, unreadable = _count(ledger, lines, path, about)
        counted += new
    elif known is None and can_read_back(format_name):
        counted, unreadable = _take_over(ledger, path, format_name, now)
    part = about.to_json() if about is not None else None
    ledger.feeds.open(FileMark(key, size, head, before(path, size), part), now)
    return Reconciled(cut_bytes, counted, missed, unreadable)


def _ends_in_ours(known: OpenFeed, path: Path, format_name: str, *, cut: bool) -> bool:
    """Return True if a killed crawl wrote what lies after the counted length. Lines that another
    program appended to a closed file stay."""
    if FORMATS[format_name].folder:
        return False
    mark = known.mark
    if mark.counted > 0 and (mark.head != head_of(path) or mark.tail != before(path, mark.counted)):
        return False
    if has_foot(path, mark.counted, format_name):
        return False  # `repair` cuts it off
    return known.closed is None and (cut or format_name not in JSON_LINES)


def _goes_on(known: OpenFeed, path: Path, format_name: str) -> bool:
    """Return True if *path* is a file of lines that begins with what is counted of it."""
    mark = known.mark
    if format_name not in JSON_LINES:
        return False
    if mark.counted == 0:
        return known.closed is None
    return mark.head == head_of(path) and mark.tail == before(path, mark.counted)


def _take_out_exported(ledger: Ledger, path: Path, counted: int, now: str) -> int:
    """Take the lines out of the file *path* that lie after the offset *counted* and whose article
    another crawl has exported since this one was killed. Return how many bytes those are.

    A kill in the middle loses only lines that nobody has counted: their pages are fetched again.
    """
    if size_of(path) <= counted:
        return 0
    lines = list(_read_exports(path, counted, now))
    versions = {one.canonical: one.version for one, _ in lines if one is not None}
    gone = ledger.feeds.counted_elsewhere(feed_key(path), versions)
    if not gone:
        return 0
    kept = []
    with path.open("r+b") as file:
        start = counted
        for export, end in lines:
            file.seek(start)
            line = file.read(end - start)
            if export is None or export.canonical not in gone:
                kept.append(line)
            start = end
        file.truncate(counted)
        file.seek(counted)
        file.writelines(kept)
        file.flush()
        os.fsync(file.fileno())
    return start - counted - sum(map(len, kept))


def _after_edit(ledger: Ledger, path: Path, key: str, now: str) -> tuple[int, int]:
    """The file was edited or lost its end: compare all of its lines with the ledger. Return how
    many pages are to be fetched again, and how many lines the ledger did not know."""
    kept: dict[str, int] = {}
    for export, _end in _read_exports(path, 0, now):
        if export is not None:
            kept[export.canonical] = max(export.version, kept.get(export.canonical, 0))
    missed = ledger.feeds.keep_only(key, kept, now)
    ledger.feeds.detach([key])
    known = ledger.pages.versions(kept)
    new = (
        (export, end)
        for export, end in _read_exports(path, 0, now)
        if export is not None and export.version > known.get(export.canonical, 0)
    )
    return missed, _count(ledger, new, path, None)[0]


def _read_exports(path: Path, start: int, now: str) -> Iterator[tuple[Export | None, int]]:
    """Yield the article of each line after the offset *start*, None for a line that has none,
    with the offset where the line ends."""
    for line in read_tail_lines(path, start):
        yield (export_of(line.record, now) if line.record is not None else None), line.end


def _take_over(ledger: Ledger, path: Path, format_name: str, now: str) -> tuple[int, int]:
    """Confirm the articles of the file *path*, which the *ledger* does not know. Return how many
    articles were new to it, and how many records have none. The offsets of the records are not
    known, so the pages stay exported if the file is cut later."""
    counted = unreadable = 0
    records = read_back(path, format_name)
    while some := list(islice(records, _AT_ONCE)):
        exports = [export_of(record, now) for record in some if record is not None]
        read = [export for export in exports if export is not None]
        known = ledger.pages.versions([export.canonical for export in read])
        new = [one for one in read if one.version > known.get(one.canonical, 0)]
        ledger.confirm(Batch([(export, None, None, True) for export in new]))
        counted += len(new)
        unreadable += len(some) - len(read)
    return counted, unreadable


def _count(
    ledger: Ledger,
    lines: Iterable[tuple[Export | None, int]],
    path: Path,
    about: About | None,
) -> tuple[int, int]:
    """Confirm the articles of *lines*, which are in the file *path*; return how many, and how
    many lines have none.

    *about* counts them in the same transaction: a part that says that it has no lines is deleted
    instead of published.
    """
    counted = unreadable = 0
    key, head = feed_key(path), head_of(path)
    lines = iter(lines)
    while some := list(islice(lines, _AT_ONCE)):
        marks = []
        exports = [(export, key, end, about is None) for export, end in some if export is not None]
        if about is not None:
            about.lines += len(exports)
            end = some[-1][1]
            marks = [FileMark(key, end, head, before(path, end), about.to_json())]
        ledger.confirm(Batch(exports, marks))
        counted += len(exports)
        unreadable += len(some) - len(exports)
    return counted, unreadable


_AT_ONCE = 500  # lines counted in one transaction
