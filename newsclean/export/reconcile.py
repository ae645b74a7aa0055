"""Make a feed file and the ledger consistent, at the start of a run.

A crawl writes to the file first and then confirms to the ledger. After a kill, the file may be
longer than its recorded length. In a file of JSON lines, the additional lines are recorded, because
they have all data that the ledger needs; lines of articles that another machine has exported since
are removed. In other formats, the additional bytes are cut off, and their pages are fetched again.

A file may also be shorter, after a power failure, on a full disk, or because another program edited
it. Then the pages whose articles are missing are fetched again. A file that was moved or replaced
between runs counts as a new file, and the pages of the old file stay exported. If the ledger does
not know the file, because the old ledger was deleted, it records the articles of the file, in every
format.
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
    """The changes that were made: bytes cut off, lines recorded, pages to fetch again because their
    lines are lost, and lines without an article (which stay in the file)."""

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
    """Make the file *path* and the *ledger* consistent, and open the feed from *now* (UTC) on.

    Call this with the file locked, before anything is appended. With *cut*, lines that are not
    recorded are cut off even if they could be recorded, because other feeds of the crawl may lack
    them. *about* is the description of a part; its number of lines is updated. Raise OSError if the
    file cannot be read or written, and LedgerError.
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
    """Return True if a killed crawl wrote the bytes after the recorded length. Lines that another
    program appended to a closed file stay in it."""
    if FORMATS[format_name].folder:
        return False
    mark = known.mark
    if mark.counted > 0 and (mark.head != head_of(path) or mark.tail != before(path, mark.counted)):
        return False
    if has_foot(path, mark.counted, format_name):
        return False  # `repair` cuts it off
    return known.closed is None and (cut or format_name not in JSON_LINES)


def _goes_on(known: OpenFeed, path: Path, format_name: str) -> bool:
    """Return True if *path* is a file of JSON lines that begins with its recorded content."""
    mark = known.mark
    if format_name not in JSON_LINES:
        return False
    if mark.counted == 0:
        return known.closed is None
    return mark.head == head_of(path) and mark.tail == before(path, mark.counted)


def _take_out_exported(ledger: Ledger, path: Path, counted: int, now: str) -> int:
    """Remove lines after the offset *counted* of the file *path* whose articles another crawl has
    exported since this crawl was killed. Return the number of removed bytes.

    A kill in the middle loses only lines that are not recorded. Their pages are fetched again.
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
    """Compare all lines of a file that was edited or truncated with the ledger. Return the number
    of pages to fetch again, and the number of lines that were new to the ledger."""
    kept: dict[str, int] = {}
    ends: dict[str, int] = {}
    for export, end in _read_exports(path, 0, now):
        if export is not None and export.version >= kept.get(export.canonical, 0):
            kept[export.canonical] = export.version
            ends[export.canonical] = end
    missed = ledger.feeds.keep_only(key, kept, now)
    ledger.feeds.move(key, ends)
    known = ledger.pages.versions(kept)
    new = (
        (export, end)
        for export, end in _read_exports(path, 0, now)
        if export is not None and export.version > known.get(export.canonical, 0)
    )
    return missed, _count(ledger, new, path, None)[0]


def _read_exports(path: Path, start: int, now: str) -> Iterator[tuple[Export | None, int]]:
    """Yield the article of each line after the offset *start* with the offset of the line's end.
    The article is None for a line without one."""
    for line in read_tail_lines(path, start):
        yield (export_of(line.record, now) if line.record is not None else None), line.end


def _take_over(ledger: Ledger, path: Path, format_name: str, now: str) -> tuple[int, int]:
    """Confirm the articles of the file *path*, which the *ledger* does not know. Return the number
    of articles that were new to it, and the number of records without an article. The offsets of
    the records are unknown, so the pages stay exported if the file is truncated later."""
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
    """Confirm the articles of *lines*, which are in the file *path*. Return the number of articles,
    and the number of lines without an article.

    The number of lines in *about* is updated in the same transaction, because a part without lines
    is deleted instead of published.
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


_AT_ONCE = 500  # lines that are confirmed in one transaction
