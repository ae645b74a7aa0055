"""Articles that are written to a feed and not confirmed to the ledger yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.export.parts import Part
from newsclean.ledger.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsclean.export.parts import Direct
    from newsclean.ledger import Ledger
    from newsclean.ledger.batch import Export


class Pending:
    """The pending articles of a crawl with *ledger*. Without a ledger there are none, and `confirm`
    only flushes the files.

    Each article has the file that decides whether it counts as exported (`deciding_file`).
    """

    def __init__(self, ledger: Ledger | None = None) -> None:
        self._ledger = ledger
        self._articles: list[tuple[Export, Part]] = []

    def __len__(self) -> int:
        return len(self._articles)

    def add(self, export: Export, part: Part) -> None:
        """Add the article *export*, which is decided by the file *part*."""
        self._articles.append((export, part))

    def has(self, canonical: str) -> bool:
        """Return True if the article of the page *canonical* is pending."""
        return any(export.canonical == canonical for export, _ in self._articles)

    def confirm(self, parts: Iterable[Part | Direct]) -> None:
        """Flush the files *parts*. Confirm all articles, in one transaction with the length of each
        file. Raise OSError or LedgerError."""
        changed = []
        for part in parts:
            mark = part.checkpoint()
            if mark is None or not isinstance(part, Part):
                continue
            is_known = part.counts or not part.in_place
            if is_known and mark != part.confirmed:
                changed.append((part, mark))
        if self._ledger is not None and (self._articles or changed):
            exports = [(one, part.key, part.end, part.in_place) for one, part in self._articles]
            self._ledger.confirm(Batch(exports, [mark for _, mark in changed]))
            for part, mark in changed:
                part.confirmed = mark
        self._articles.clear()

    def confirm_moved(self, part: Part) -> None:
        """Complete the file *part*, which another program moved or truncated, and confirm its
        articles as stored. Raise OSError or LedgerError."""
        if self._ledger is None:
            return
        moved = [one for one, file in self._articles if file is part]
        self._articles = [(one, file) for one, file in self._articles if file is not part]
        part.checkpoint()
        part.slot.finish_exporting()
        self._ledger.confirm(Batch([(one, None, None, True) for one in moved], moved=[part.key]))


def deciding_file(parts: Iterable[Part | Direct]) -> Part | None:
    """Return the file among *parts* that decides when an article counts as exported: the one that
    is published last. Return None if the ledger records none of them."""
    deciding = [part for part in parts if isinstance(part, Part) and part.counts]
    return next((one for one in deciding if not one.in_place), deciding[0] if deciding else None)
