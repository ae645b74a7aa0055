"""The data that export passes to the ledger: stored articles and the lengths of feed files.

An article is *written* when its line is in a file that is not complete yet (a part that will be
renamed or uploaded). It is *exported* when its line is in a published file. The ledger records both
in one transaction with the length of every file. So after a kill, each file can be truncated to
exactly the recorded length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Export:
    """An article that was written.

    ``canonical`` is the canonical URL of its page, ``asked`` the canonical URL of the page that was
    requested and led to the article. ``published`` is the date of the article, ISO 8601.
    ``further`` are the canonical URLs of its further pages. ``at`` (UTC) is the time at which it
    was written. ``fetched`` is the time of the download, which may be years earlier in an archive.
    ``claims`` and ``title`` are those of its `newsclean.identity.Identity`.
    """

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
    """The recorded length of a feed file, ``counted``, in bytes.

    ``head`` and ``tail`` are digests of its beginning and of the bytes before ``counted``, None for
    an empty file. ``part`` is the data (JSON) that export needs to complete the file later, None
    for a published file.
    """

    feed: str
    counted: int
    head: str | None = None
    tail: str | None = None
    part: str | None = None


@dataclass(slots=True)
class Batch:
    """The changes that `Ledger.confirm` records in one transaction. Files are named by their keys.

    ``exports`` are articles, each with the key of the file that decides whether it is exported, the
    length of this file after the article in bytes, and True if the file is published. ``marks``
    are the lengths of files. ``stored`` are files that are complete and published: the articles
    written to them are exported. ``closed`` are files that get no more lines from this crawl.
    ``moved`` are files that another program moved away: their articles stay exported, and the
    ledger no longer expects them in these files.
    """

    exports: Sequence[tuple[Export, str | None, int | None, bool]] = field(default_factory=list)
    marks: list[FileMark] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
