"""What export tells the ledger: which articles are stored, and how far each file is written.

An article is *written* when its line is in a file that is not complete yet (a part that will be
renamed or uploaded), and *exported* when it is where the feed's readers find it. The ledger
takes both in one transaction with the length of every file, so a killed crawl can cut each file
back to exactly what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Export:
    """An article that was written. ``canonical`` is the canonical URL of its page, ``asked`` that
    of the page that was asked for and led to it. ``published`` is the article's date, ISO 8601.
    ``further`` are the canonical URLs of its further pages. ``at`` (UTC) is when it was written,
    ``fetched`` when its page was downloaded: years before, if it comes from an archive. ``claims``
    and ``title`` are those of its `newsclean.identity.Identity`."""

    canonical: str
    site: str
    url: str
    content_hash: str
    version: int
    at: str
    etag: str | None = None
    last_modified: str | None = None
    published: str | None = None
    further: Sequence[str] = ()
    asked: str | None = None
    fetched: str | None = None
    claims: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class FileMark:
    """How far a file is written: ``counted`` in bytes. ``head`` and ``tail`` are digests of how
    the file begins and of what lies before ``counted``, None if nothing is in it. ``part`` is
    what export needs to complete the file later (JSON), None for a file that readers see."""

    feed: str
    counted: int
    head: str | None = None
    tail: str | None = None
    part: str | None = None


@dataclass(slots=True)
class Batch:
    """What `Ledger.confirm` takes at once. All feeds are named by their keys.

    ``exports`` are articles with the file that decides about each: its key, its length after
    the article, and whether readers see that file. ``marks`` say how far files are written.
    ``stored`` are files that are complete and published: what was written to them is exported.
    ``closed`` are files that get no more lines from this crawl. ``moved`` are files that
    another program moved away: their articles stay exported and are not looked for in them.
    """

    exports: Sequence[tuple[Export, str | None, int | None, bool]] = field(default_factory=list)
    marks: list[FileMark] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
