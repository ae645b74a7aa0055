"""Read the pages in files and folders. The content of a file decides what it is."""

import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from newsclean.archives import frames
from newsclean.archives.gzipped import MAGIC, GzipMembers, Readable, read_up_to
from newsclean.archives.html import find_url, looks_like_html
from newsclean.archives.page import SavedPage, Unavailable, reject_empty, reject_large
from newsclean.archives.remote import fetched, is_remote, list_objects
from newsclean.archives.tables import PARQUET_MAGIC, read_json_lines, read_parquet
from newsclean.archives.verdict import Verdict
from newsclean.archives.warc import SIGNATURE, read_warc
from newsclean.rejections import Rejection
from newsclean.zstd import zstd

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
_TEXT_SUFFIXES = frozenset({".txt", ".text"})
_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson", ".jl"})
_COMPRESSED = frozenset({".gz", ".zst"})
_SNIFF = 1 << 12  # bytes at the start of a file that show its kind


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is not a page, such as a style sheet, an image or a script."""

    path: Path


Found = SavedPage | Rejection | Skipped | Unavailable | Verdict


def read_saved(
    paths: Iterable[Path | str], *, limit: int, part: tuple[int, int] | None = None
) -> Iterator[Found]:
    """Yield the saved pages in *paths* one by one; only one is in memory at a time.

    A path is a file, a folder, or an object or folder in S3 (``s3://bucket/folder/``). Folders are
    read with all that is in them, in the order of the names. Symbolic links are followed, but each
    folder is read once. The content decides what a file is. Text without markup is read if the
    file's suffix is ``.txt``, or if the user named the file itself.

    A page of more than *limit* bytes is rejected. Raise nothing: a file that cannot be read gives a
    `Rejection`. *part* is for gzipped WARC files only: read the records that begin between these
    two offsets.

    >>> [found.reason for found in read_saved([Path("no such file.html")], limit=1_000)]
    ['unreadable']
    """
    for path in paths:
        if not isinstance(path, Path):
            yield from _read_remote(path, limit=limit, part=part)
        elif path.is_dir():
            for found in _walk(path):
                if isinstance(found, _Closed):
                    yield _reject_unreadable(found.path, found.error)
                else:
                    yield from _read_file(found, limit=limit, named=False)
        else:
            yield from _read_file(path, limit=limit, named=True, part=part)


def list_files(path: Path | str) -> Iterator[tuple[Path | str, int]]:
    """Yield (file, size in bytes) for each file that `read_saved` reads in *path*, in the same
    order. A folder without read permission is yielded itself: reading it gives the reason."""
    if is_remote(path):
        yield from list_objects(str(path))
        return
    for found in _walk(Path(path)):
        if isinstance(found, _Closed):
            yield found.path, 0
            continue
        try:
            yield found, found.stat().st_size
        except OSError:
            yield found, 0  # reading it says why


def _read_remote(url: str, *, limit: int, part: tuple[int, int] | None) -> Iterator[Found]:
    try:
        for one, _size in list_objects(url):
            with fetched(one) as file:
                name = Path(one.rpartition("/")[2])
                named = one == url
                yield from _read_safely(file, name, one, limit=limit, named=named, part=part)
    except OSError as error:
        yield Rejection(url=url, reason="unreadable", detail=str(error)[:300])


@dataclass(frozen=True, slots=True)
class _Closed:
    """A file or folder that the operating system does not let us read."""

    path: Path
    error: OSError


def _walk(folder: Path) -> Iterator[Path | _Closed]:
    """Yield the files below *folder*, or *folder* itself if it is a file."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            yield _Closed(path, error)
            continue
        waiting.extend(path / name for name in names)


def _read_file(
    path: Path, *, limit: int, named: bool, part: tuple[int, int] | None = None
) -> Iterator[Found]:
    url = path.absolute().as_uri()
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block for ever
            yield _not_a_page(path, named)
            return
        with path.open("rb") as file:
            yield from _read_safely(file, path, url, limit=limit, named=named, part=part)
    except OSError as error:
        yield _reject_unreadable(path, error)


def _read_safely(
    file: IO[bytes], path: Path, url: str, *, limit: int, named: bool, part: tuple[int, int] | None
) -> Iterator[Found]:
    """As `_read_open`, but yield a `Rejection` for a truncated or damaged file. Raise OSError."""
    try:
        yield from _read_open(file, path, url, limit=limit, named=named, part=part)
    except EOFError as error:
        yield Rejection(url=url, reason="truncated", detail=str(error))
    except (zlib.error, zstd.ZstdError) as error:
        yield Rejection(url=url, reason="damaged", detail=str(error))


def _unpacked(file: IO[bytes]) -> Readable:
    """Return a stream of the content of *file*, decompressed if need be. Raise ZstdError."""
    head = file.read(4)
    file.seek(0)
    if head in {frames.MAGIC, frames.DICTIONARY_MAGIC}:
        return frames.ZstdFrames(file)
    return GzipMembers(file) if head.startswith(MAGIC) else file


def _read_start(stream: Readable, size: int) -> bytes:
    """Return the first *size* bytes of *stream*. Raise what `read` raises, unless the stream is an
    archive: an archive is read past its damage."""
    start = b""
    try:
        while len(start) < size and (part := stream.read(size - len(start))):
            start += part
    except (EOFError, zlib.error, zstd.ZstdError):
        if not start.startswith(SIGNATURE):
            raise
    return start


def _read_open(
    file: IO[bytes], path: Path, url: str, *, limit: int, named: bool, part: tuple[int, int] | None
) -> Iterator[Found]:
    stream = _unpacked(file)
    start = _read_start(stream, min(_SNIFF, limit + 1))
    if start.startswith(SIGNATURE):
        file.seek(0)
        yield from read_warc(file, url, limit=limit, part=part)
        return
    suffixes = [one for suffix in path.suffixes if (one := suffix.lower()) not in _COMPRESSED]
    suffix = suffixes[-1] if suffixes else ""
    if start.startswith(PARQUET_MAGIC):
        file.seek(0)
        yield from read_parquet(file, url, limit=limit)
        return
    if suffix in _LINES_SUFFIXES:
        file.seek(0)
        yield from read_json_lines(_unpacked(file), url, limit=limit)
        return
    is_html = suffix in _HTML_SUFFIXES or looks_like_html(start)
    is_text = suffix in _TEXT_SUFFIXES or (named and b"\0" not in start)
    if start.startswith(b"%PDF-") or not (is_html or is_text):
        yield _not_a_page(path, named)
        return
    body = start + read_up_to(stream, limit + 1 - len(start))
    if len(body) > limit:
        yield reject_large(url, limit)
    elif not body.strip():
        yield reject_empty(url)
    elif is_html:
        yield SavedPage(find_url(body) or url, body, "html")
    else:
        yield SavedPage(url, body, "text")


def _not_a_page(path: Path, named: bool) -> Rejection | Skipped:
    """Return a rejection if the user named the file; other files in a folder are only counted."""
    if not named:
        return Skipped(path)
    return Rejection(
        url=path.absolute().as_uri(),
        reason="not-html",
        detail="expected an HTML page, text, a WARC or WET archive, or a table of pages",
    )


def _reject_unreadable(path: Path, error: OSError) -> Rejection:
    return Rejection(
        url=path.absolute().as_uri(),
        reason="unreadable",
        detail=error.strerror or type(error).__name__,
    )
