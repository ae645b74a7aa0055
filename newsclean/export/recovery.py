"""Repair the files of a killed or failed crawl, and publish or continue its parts."""

from __future__ import annotations

import logging
import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.export.durability import Durability
from newsclean.export.files import is_locked
from newsclean.export.formats import JSON_LINES
from newsclean.export.parts import About, Part
from newsclean.export.places import as_path, is_local, local_path
from newsclean.export.reconcile import reconcile
from newsclean.export.repair import repair
from newsclean.export.tail import before, feed_key
from newsclean.ledger import Batch, utc_now

if TYPE_CHECKING:
    from newsclean.export.extension import FeedExport
    from newsclean.export.feed import Feed
    from newsclean.ledger import Ledger
    from newsclean.ledger.feeds import OpenFeed

logger = logging.getLogger(__name__)


async def recover(export: FeedExport, ledger: Ledger) -> None:
    """Make every file that an earlier crawl left open consistent with the *ledger*.

    A part is published, unless this crawl continues it. A file that another crawl is writing is not
    changed. Raise OSError or LedgerError.
    """
    here = f"{socket.gethostname()}:"
    for known in ledger.feeds.unclosed(here):
        path = Path(known.mark.feed.removeprefix(here))
        if is_locked(path):
            continue
        if known.mark.part is None:
            _recover_in_place(export, ledger, path)
        else:
            await _recover_part(export, ledger, known, path)


def _recover_in_place(export: FeedExport, ledger: Ledger, path: Path) -> None:
    for feed in export.written.values():
        configured = local_path(feed.uri)
        if configured is None or feed_key(configured) != feed_key(path):
            continue
        if not feed.plan.in_place and feed.plan.written_as == feed.options["format"]:
            # A killed crawl did not complete the file: continue it, although -O would replace it.
            feed.plan = replace(feed.plan, durability=Durability.APPENDABLE, in_place=True)
        return
    if path.suffix.lstrip(".") in JSON_LINES:  # a feed that is not in the settings of this crawl
        export.log_reconciled(path, reconcile(ledger, path, now=utc_now()))
        ledger.confirm(Batch(closed=[feed_key(path)]))


async def _recover_part(export: FeedExport, ledger: Ledger, known: OpenFeed, path: Path) -> None:
    assert known.mark.part is not None
    about = About.from_json(known.mark.part)
    if _was_published(about, known, path):
        logger.info("%s was published by a crawl that was killed immediately after", about.uri)
    elif about.counts:
        done = reconcile(
            ledger,
            path,
            now=utc_now(),
            format_name=about.written_as,
            cut=export.has_several_feeds,
            about=about,
        )
        export.log_reconciled(path, done)
    else:
        repair(path, about.written_as)
    feed = export.written.get(about.feed)
    part = Part(path, about, export.complete, in_place=False)
    if feed is not None and path.exists() and _goes_on(feed, part):
        feed.open_part(about.cell, carried=about)
        return
    try:
        await export.complete(part)
    except Exception:
        logger.debug("%s is kept, because it could not be completed", path, exc_info=True)


def _goes_on(feed: Feed, part: Part) -> bool:
    """Return True if this crawl continues *part*."""
    about = part.about
    if feed.plan.in_place or about.cell in feed.parts:
        return False
    if about.written_as != feed.plan.written_as:
        return False
    part.end = part.path.stat().st_size
    if about.rotated != (feed.rotation is not None):
        return False
    if feed.rotation is not None:
        return feed.rotation.spans_runs and not feed.is_complete(part, None)
    return "%(" not in about.feed


def _was_published(about: About, known: OpenFeed, path: Path) -> bool:
    """Return True if the part was renamed, and the crawl was killed before the ledger recorded
    it."""
    if path.exists() or not is_local(about.uri) or known.mark.counted == 0:
        return False
    return before(as_path(about.uri), known.mark.counted) == known.mark.tail
