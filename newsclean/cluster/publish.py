"""Publishes the shards. An article that several shards have is published once."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

import orjson
from scrapy.utils.misc import load_object

from newsclean.cluster.shard import ARTICLES, NUMBERS, REJECTIONS
from newsclean.export.formats import FORMATS
from newsclean.export.formats.jsonl import line_of
from newsclean.export.manifest import NAME, Manifest
from newsclean.identity import Identity, identity_of
from newsclean.items import Article
from newsclean.pipelines.drop_duplicates import DropDuplicatesPipeline
from newsclean.rejections import Rejection
from newsclean.schema import read_lines
from newsclean.serialization import as_record, from_record
from newsclean.temporary_database import open_temporary, short_hash
from newsclean.urls import page_key
from newsclean.whole_file import open_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from newsclean.cluster.plan import Shard
    from newsclean.reports import Tally

_CHOICE = "choice.json"
_GROUP = 1 << 20  # bytes of a compressed group


@dataclass(slots=True)
class Choice:
    """The lines of a shard that are left out: ``older`` has those of older fetches, ``duplicates``
    those that repeat an article (line → URL of that article)."""

    older: set[int] = field(default_factory=set)
    duplicates: dict[int, str] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write the choice to *path*, completely or not at all."""
        record = {"older": sorted(self.older), "duplicates": sorted(self.duplicates.items())}
        _write_whole(path, lambda file: file.write(json.dumps(record).encode()))

    @classmethod
    def load(cls, path: Path) -> Choice | None:
        """Return the choice that was written to *path*, None if there is none."""
        if not path.exists():
            return None
        record = json.loads(path.read_bytes())
        return cls(set(record["older"]), dict(record["duplicates"]))


class Publisher:
    """Publishes the shards in the folder *work* as files of the format *format_name*. ``path_of``
    gives the file of a shard, ``rejected_of`` the file of its rejections. *tally* counts what is
    published.

    Of several fetches of a page, the last one with an article is published. Of several pages with
    the same article, the first one in the order of the archive is published. A choice stays once it
    was made, even if a shard that failed is read later.
    """

    def __init__(
        self,
        work: Path,
        format_name: str,
        path_of: Callable[[Shard], Path],
        rejected_of: Callable[[Shard], Path],
        tally: Tally,
    ) -> None:
        self.work = work
        self.format = format_name
        self.path_of = path_of
        self.rejected_of = rejected_of
        self.tally = tally
        self.read = self.older = self.lines = 0
        self._newest = open_temporary(
            "CREATE TABLE newest (key INTEGER PRIMARY KEY, date TEXT, shard INTEGER, line INTEGER)"
        )
        self._seen = DropDuplicatesPipeline()
        self._manifest = Manifest(work.parent / NAME)

    def publish(self, shards: list[Shard]) -> Iterator[Shard]:
        """Publish *shards*, which must all be read; yield each when it is done. Raise OSError."""
        chosen = [one for one in shards if (self._folder(one) / _CHOICE).exists()]
        others = [one for one in shards if not (self._folder(one) / _CHOICE).exists()]
        for number, group in enumerate((chosen, others)):
            for shard in group:
                self._note_fetches(shard, may_replace=number > 0)
        for shard in [*chosen, *others]:
            self._publish(shard)
            yield shard
        self._newest.close()
        self._seen.close_spider()

    def _folder(self, shard: Shard) -> Path:
        return self.work / shard.name

    def _articles(self, shard: Shard) -> Iterator[tuple[int, dict[str, Any]]]:
        path = self._folder(shard) / ARTICLES
        if path.exists():
            for number, line in enumerate(read_lines(path)):
                yield number, orjson.loads(line)

    def _note_fetches(self, shard: Shard, *, may_replace: bool) -> None:
        """Note the last fetch of each page. A published line always counts as the last."""
        choice = Choice.load(self._folder(shard) / _CHOICE) or Choice()
        for number, record in self._articles(shard):
            if number in choice.older:
                continue
            date = str(record["metadata"].get("dateDownloaded") or "") if may_replace else "~"
            self._newest.execute(
                "INSERT INTO newest VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
                " date = excluded.date, shard = excluded.shard, line = excluded.line"
                " WHERE excluded.date >= date",
                [short_hash(page_key(record["url"])), date, shard.number, number],
            )

    def _is_newest(self, shard: Shard, number: int, record: dict[str, Any]) -> bool:
        query = "SELECT shard, line FROM newest WHERE key = ?"
        row = self._newest.execute(query, [short_hash(page_key(record["url"]))]).fetchone()
        return bool(row == (shard.number, number))

    def _choose(self, shard: Shard) -> Choice:
        """Return which articles of *shard* are left out; the answer is the same after a restart."""
        path = self._folder(shard) / _CHOICE
        known = Choice.load(path)
        choice = known or Choice()
        for number, record in self._articles(shard):
            if known is None and not self._is_newest(shard, number, record):
                choice.older.add(number)
            if number in choice.older or number in choice.duplicates:
                continue
            first = self._seen.first_url(_identity_of(record), record["url"])
            if first and known is None:
                choice.duplicates[number] = first
        if known is None:
            choice.save(path)
        return choice

    def _publish(self, shard: Shard) -> None:
        choice = self._choose(shard)
        moments: list[str] = []
        rejected: list[dict[str, Any]] = []
        kept = 0

        def write_articles(file: IO[bytes]) -> None:
            nonlocal kept
            exporter = load_object(FORMATS[self.format].exporter)(file)
            exporter.start_exporting()
            for number, record in self._articles(shard):
                if number in choice.older:
                    continue
                if number in choice.duplicates:
                    article = from_record(Article, record)
                    first = choice.duplicates[number]
                    rejected.append(as_record(Rejection.as_duplicate(article, first)))
                    continue
                exporter.export_item(record)
                if exporter.waiting >= _GROUP:
                    exporter.checkpoint()
                self.tally.add_article(record)
                moments.append(str(record["metadata"].get("dateDownloaded") or ""))
                kept += 1
            exporter.finish_exporting()

        path = self.path_of(shard)
        _write_whole(path, write_articles)
        self._publish_rejections(shard, rejected)
        self.lines += kept
        self.older += len(choice.older)
        numbers = json.loads((self._folder(shard) / NUMBERS).read_bytes())
        self.read += numbers["totals"].get("read") or 0
        if not kept:
            path.unlink()
            return
        known = sorted(filter(None, moments))
        first, last = (known[0], known[-1]) if known else (None, None)
        self._manifest.add(path, kept, first, last)

    def _publish_rejections(self, shard: Shard, more: list[dict[str, Any]]) -> None:
        source = self._folder(shard) / REJECTIONS
        path = self.rejected_of(shard)

        def write(file: IO[bytes]) -> None:
            lines = read_lines(source) if source.exists() else iter(())
            for record in [*map(orjson.loads, lines), *more]:
                self.tally.add_rejection(record)
                file.write(line_of(record))

        if more or source.exists():
            _write_whole(path, write)


def _identity_of(record: dict[str, Any]) -> Identity:
    content_hash = record["metadata"].get("contentHash")
    return identity_of(
        record["url"], record.get("canonicalUrl"), record.get("headline"), content_hash
    )


def _write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Create the file *path* with *write*. Readers see it only when it is complete."""
    with open_whole(path) as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
