"""One feed of the settings during a crawl: it chooses the file of each item."""

from __future__ import annotations

import glob
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from scrapy.extensions.feedexport import FeedSlot, ItemFilter, apply_uri_params
from scrapy.utils.conf import feed_complete_default_values_from_settings
from scrapy.utils.defer import ensure_awaitable

from newsclean.export.durability import UNIQUE
from newsclean.export.files import FeedLockedError, remove_if_left
from newsclean.export.formats import FORMATS
from newsclean.export.manifest import Manifest, manifest_of
from newsclean.export.parts import SPOOL_PATTERN, About, Direct, Part, read_items, spool_name
from newsclean.export.places import as_path, is_local, working_path
from newsclean.export.reconcile import reconcile
from newsclean.export.repair import repair
from newsclean.export.rotation import first_free, part_pattern, site_name
from newsclean.ledger import FileMark, utc_now
from newsclean.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy import Spider

    from newsclean.export.durability import Plan
    from newsclean.export.extension import FeedExport

MAX_PARTS = 100  # files that a feed has open, one per site


class Feed:
    """The feed *uri*, which `FeedExport` writes according to *plan*.

    ``parts`` are its open files by cell. The cell is the value of the placeholder ``%(site)s``,
    which depends on the item, or an empty string.
    """

    def __init__(
        self,
        export: FeedExport,
        uri: str,
        plan: Plan,
        spider: Spider,
        *,
        options: dict[str, Any],
        second: bool = False,
    ) -> None:
        self.export = export
        self.uri = uri
        self.plan = plan
        self.spider = spider
        self.second = second
        self.options = options
        self.filter = export.filters.get(uri) or ItemFilter(None)
        self.ledger = None if second else export.ledger
        self.rotation = None if second else export.rotation
        self.parts: dict[str, Part | Direct] = {}
        self._begun: set[str] = set()  # cells that have had a part
        self.manifest = Manifest(manifest_of(str(as_path(uri))))

    @property
    def eager(self) -> bool:
        """True if the file is opened at the start of the crawl, not for the first item."""
        lazy = self.second or self.rotation is not None or "%(site)s" in self.uri
        return not lazy

    def part_for(self, item: Any) -> Part | Direct:
        """Return the open file for *item*. Raise OSError or LedgerError."""
        cell = ""
        if "%(site)s" in self.uri:
            cell = site_name(site_of(str(getattr(item, "url", ""))))
        part = self.parts.get(cell)
        if part is not None and part.is_lost():
            self.export.leave(self, cell)
            part = None
        if part is None:
            if len(self.parts) >= MAX_PARTS:
                self.export.seal(self, next(iter(self.parts)))
            part = self.open_part(cell)
        return part

    def open_part(self, cell: str = "", carried: About | None = None) -> Part | Direct:
        """Open a file for *cell*. *carried* describes the part of an earlier run to continue."""
        part = self._make_part(cell, carried)
        part.slot = self._slot(part)
        part.slot.start_exporting()
        part.checkpoint()
        self.parts[cell] = part
        self._begun.add(cell)
        return part

    def _make_part(self, cell: str, carried: About | None) -> Part | Direct:
        if carried is not None:
            part = Part(self._path_of(carried.uri), carried, self.export.complete, in_place=False)
            part.open(self.spider)
        elif self.plan.in_place and not is_local(self.uri):
            uri = self._resolve(cell, utc_now())
            # Private method of Scrapy 2.19, which has no public way to get the storage of a URI.
            storage = self.export._get_storage(uri, self.options)
            return Direct(storage, uri, self.export.spool, self.export.not_stored)
        else:
            part = self._new_part(cell)
        self._prepare(part, carried)
        return part

    def _new_part(self, cell: str) -> Part:
        """Return a new part for *cell*, open and locked. If another crawl takes its name or
        publishes a part with that name at the same moment, a part of a rotated feed gets another
        name."""
        in_place = self.plan.in_place
        overwrite = bool(self.options.get("overwrite")) and not self.second
        truncate = not in_place or (overwrite and self.ledger is None)
        while True:
            now = utc_now()
            about = About(
                uri=self._resolve(cell, now),
                feed=self.uri,
                format=str(self.options["format"]),
                written_as=self.plan.written_as,
                begun=now,
                counts=self.ledger is not None,
                rotated=self.rotation is not None,
                cell=cell,
            )
            path = self._path_of(about.uri)
            part = Part(path, about, self.export.complete, in_place=in_place, truncate=truncate)
            try:
                part.open(self.spider)
            except FeedLockedError:
                if self.rotation is None:
                    raise
                continue
            if self.rotation is None or not (is_local(self.uri) and self._published()(about.uri)):
                return part
            part.close(discard=True)

    def _prepare(self, part: Part, carried: About | None) -> None:
        """Repair the locked file and record it in the ledger."""
        name = part.about.written_as
        if self.ledger is None:
            if self.plan.in_place and name in FORMATS:
                repair(part.path, name)
            if not self.plan.in_place and self.export.ledger is not None:
                said = FileMark(part.key, 0, part=part.about.to_json())
                self.export.ledger.feeds.open(said, utc_now())
        elif self.plan.in_place:
            self.export.log_reconciled(
                part.path,
                reconcile(
                    self.ledger,
                    part.path,
                    now=utc_now(),
                    format_name=name,
                    cut=self.export.has_several_feeds,
                ),
            )
        elif carried is None:
            said = FileMark(part.key, 0, part=part.about.to_json())
            self.ledger.feeds.open(said, utc_now())
        part.end = part.open().seek(0, 2)

    def _path_of(self, uri: str) -> Path:
        if not is_local(uri):
            return self.export.spool / spool_name(uri, uri.rpartition("/")[2])
        path = as_path(uri)
        if FORMATS.get(self.plan.written_as, FORMATS["csv"]).folder:
            path.mkdir(parents=True, exist_ok=True)
            return path / ".lock"
        return path if self.plan.in_place else working_path(path)

    def _resolve(self, cell: str, now: str) -> str:
        """Return the URI with its placeholders filled in. In a rotated feed, return the URI of a
        part that does not exist and never existed."""
        # Private method of Scrapy 2.19, which has no public way to get the documented parameters.
        params = self.export._get_uri_params(self.spider, self.options["uri_params"])
        params["date"] = now[:10]
        if cell not in self._begun and not self.options["uri_params"]:
            params["time"] = self.export.time  # so that the second feed has the same name
        if "%(site)s" in self.uri:
            params["site"] = cell
        if not is_local(self.uri):
            # Crawls on several machines that upload in the same second must not replace each
            # other's object.
            for name in UNIQUE & params.keys():
                params[name] = f"{params[name]}-{self.export.run_token}"
            uri = apply_uri_params(self.uri, params)
            return first_free(uri, self._is_stored) if "%(" in self.uri else uri
        uri = apply_uri_params(self.uri, params)
        if self.rotation is None:
            return uri
        is_published = self._published()
        return first_free(
            uri, lambda name: is_published(name) or working_path(as_path(name)).exists()
        )

    def _published(self) -> Callable[[str], bool]:
        """Return a function that returns True for the name of a part that was ever published."""
        folder, used = self.manifest.path.parent, self.manifest.names()

        def is_published(name: str) -> bool:
            path = as_path(name)
            return path.exists() or path.absolute().relative_to(folder).as_posix() in used

        return is_published

    def _is_stored(self, uri: str) -> bool:
        """Return True if a part waits to be uploaded to *uri*, or if this run has uploaded one to
        it."""
        return uri in self.export.stored or self._path_of(uri).exists()

    def remove_left(self) -> None:
        """Delete the empty files of crawls that were killed after they created a part and before
        they recorded it in the ledger."""
        if self.plan.in_place:
            return
        if is_local(self.uri):
            pattern = part_pattern(str(working_path(as_path(self.uri))).removesuffix(".part"))
            found = glob.glob(f"{pattern}.part")
        else:
            found = glob.glob(f"{glob.escape(str(self.export.spool))}/{SPOOL_PATTERN}")
        for name in found:
            remove_if_left(Path(name))

    def _slot(self, part: Part | Direct) -> FeedSlot:
        """Return Scrapy's slot with *part* as its storage."""
        name = part.about.written_as if part.about else str(self.options["format"])
        options = dict(self.options)
        if name != self.options["format"]:  # write all fields; `render` selects fields later
            defaults = feed_complete_default_values_from_settings(
                {"format": name}, self.export.settings, self.uri
            )
            options = {**defaults, "fields": None, "indent": None, "item_export_kwargs": {}}
        return self._new_slot(part, options, self.options["store_empty"], self._shown(part))

    def _shown(self, part: Part | Direct) -> str:
        return part.about.uri if part.about else part.uri  # type: ignore[union-attr]

    def _new_slot(self, storage: Any, options: dict[str, Any], empty: bool, uri: str) -> FeedSlot:
        return FeedSlot(
            storage=storage,
            uri=uri,
            format=str(options["format"]),
            store_empty=empty,
            batch_id=1,
            uri_template=self.uri,
            filter=self.filter,
            feed_options=options,
            spider=self.spider,
            exporters=self.export.exporters,
            settings=self.export.settings,
            crawler=self.export.crawler,
        )

    def render(self, lines: Path, file: IO[bytes]) -> None:
        """Write the items of the JSON lines file *lines* to *file* in the format of the feed."""
        slot = self._new_slot(_Given(file), self.options, True, self.uri)
        slot.start_exporting()
        assert slot.exporter is not None
        for item in read_items(lines):
            slot.exporter.export_item(item)
        slot.finish_exporting()
        # Closes the postprocessing plugins. Private method of Scrapy 2.19 without a public one.
        self.export._get_file(slot)

    async def upload(self, part: Part) -> None:
        """Render *part* and store it with Scrapy's storage. Raise the exceptions of the storage.

        After a failed upload, the part is uploaded again from its beginning. So the storage must
        not append, as it would on an FTP server.
        """
        options = {**self.options, "overwrite": True}
        # Private method of Scrapy 2.19, which has no public way to get the storage of a URI.
        storage = self.export._get_storage(part.about.uri, options)
        file = storage.open(self.spider)
        self.render(part.path, file)
        await ensure_awaitable(storage.store(file))

    def is_complete(self, part: Part | Direct, reason: str | None) -> bool:
        """Return True if *part* can be published. *reason* is the reason for which the crawl ends,
        None while it is running."""
        if part.in_place or part.about is None:
            return reason is not None
        rotation = self.rotation
        if rotation is None:
            waits = self.ledger is not None or getattr(self.spider, "needs_whole_feed", False)
            replaces = bool(self.options.get("overwrite")) and waits
            return reason is not None and not (replaces and reason in INCOMPLETE)
        if rotation.by == "day" and part.about.begun[:10] < today():
            return True
        if rotation.max_bytes is not None and part.end >= rotation.max_bytes:
            return True
        return reason is not None and (rotation.by == "run" or self.ledger is None)


# After these reasons a crawl is not complete, so a part that would replace an old file is kept.
INCOMPLETE = frozenset({"shutdown", "cancelled", "feed_failed", "ledger_failed", "locked_out"})


class _Given:
    """A storage for a file that is already open."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def open(self, spider: Spider) -> IO[bytes]:
        return self._file

    def store(self, file: IO[bytes]) -> None:
        return None


def today() -> str:
    """Return the current date in UTC, as ``YYYY-MM-DD``."""
    return datetime.now(UTC).strftime("%Y-%m-%d")
