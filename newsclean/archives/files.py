"""Files and folders: what each file is, by what is in it, and the pages that it holds."""

import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newsclean.archives.gzipped import MAGIC, GzipMembers, read_up_to
from newsclean.archives.html import find_url, looks_like_html
from newsclean.archives.page import SavedPage, Unavailable, reject_empty, reject_large
from newsclean.archives.warc import SIGNATURE, read_warc
from newsclean.items import Rejection

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht", ".shtml"})
_TEXT_SUFFIXES = frozenset({".txt", ".text"})
_SNIFF = 1 << 12


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is no page: a style sheet, an image, a script."""

    path: Path


Found = SavedPage | Rejection | Skipped | Unavailable


def read_saved(paths: Iterable[Path], *, limit: int) -> Iterator[Found]:
    """Yield every saved page in *paths*, lazily, one in memory at a time.

    A folder is read through, in the order of its names; symbolic links are followed,
    each folder once. What a file is, its content says and, for text without markup, its
    suffix (``.txt``) or that it was named itself. A page of more than *limit* bytes is
    refused. Raise nothing: a file that cannot be read is a `Rejection`.
    """
    for path in paths:
        if path.is_dir():
            for found in _walk(path):
                if isinstance(found, Rejection):
                    yield found
                else:
                    yield from _read_file(found, limit=limit, named=False)
        else:
            yield from _read_file(path, limit=limit, named=True)


def _walk(folder: Path) -> Iterator[Path | Rejection]:
    """Yield the files below *folder*, and a refusal for each folder that is closed."""
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
            yield _reject_unreadable(path, error)
            continue
        waiting.extend(path / name for name in names)


def _read_file(path: Path, *, limit: int, named: bool) -> Iterator[Found]:
    url = path.absolute().as_uri()
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block for ever
            yield _not_a_page(path, named)
            return
        with path.open("rb") as file:
            yield from _read_open(file, path, url, limit=limit, named=named)
    except OSError as error:
        yield _reject_unreadable(path, error)
    except EOFError as error:
        yield Rejection(url=url, reason="truncated", detail=str(error))
    except zlib.error as error:
        yield Rejection(url=url, reason="damaged", detail=str(error))


def _read_open(file: BinaryIO, path: Path, url: str, *, limit: int, named: bool) -> Iterator[Found]:
    gzipped = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    stream = GzipMembers(file) if gzipped else file
    start = read_up_to(stream, min(_SNIFF, limit + 1))
    if start.startswith(SIGNATURE):
        file.seek(0)
        yield from read_warc(file, url, limit=limit)
        return
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    suffix = suffixes[-1] if suffixes else ""
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
    """What the user named deserves an answer; what lies in a folder beside is counted."""
    if not named:
        return Skipped(path)
    return Rejection(
        url=path.absolute().as_uri(),
        reason="not-html",
        detail="neither an HTML page nor text nor a WARC or WET archive",
    )


def _reject_unreadable(path: Path, error: OSError) -> Rejection:
    return Rejection(
        url=path.absolute().as_uri(),
        reason="unreadable",
        detail=error.strerror or type(error).__name__,
    )
