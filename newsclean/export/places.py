"""Local paths of feeds, the URI of the second feed, and reasons why a path cannot be written."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote


def rejected_uri(uri: str) -> str | None:
    """Return the URI of the second feed of *uri*: in the same folder, with the suffix
    ``.rejected.jsonl``. None for standard output and for a feed of rejections.

    >>> rejected_uri("s3://bucket/articles.jsonl.gz")
    's3://bucket/articles.rejected.jsonl'
    """
    if is_stdout(uri) or uri.endswith(".rejected.jsonl"):
        return None
    folder, slash, name = uri.rstrip("/").rpartition("/")
    for compressed in (".gz", ".zst", ".bz2", ".xz"):
        name = name.removesuffix(compressed)
    stem = name.rpartition(".")[0] or name
    return f"{folder}{slash}{stem}.rejected.jsonl"


def is_stdout(uri: str) -> bool:
    """Return True if the feed *uri* is standard output."""
    return uri == "-" or uri.startswith("stdout:")


def is_local(uri: str) -> bool:
    """Return True if the feed *uri* is a file or folder on this machine."""
    return not is_stdout(uri) and (uri.startswith("file:") or "://" not in uri)


def local_path(uri: str) -> Path | None:
    """Return the path of the feed *uri*. None if it is not local, or if it has placeholders such as
    ``%(time)s``."""
    return as_path(uri) if is_local(uri) and "%(" not in uri else None


def as_path(uri: str) -> Path:
    """Return the path of a local feed, which may have placeholders."""
    if not uri.startswith("file://"):
        return Path(uri)
    return Path(unquote("/" + uri.removeprefix("file://").partition("/")[2]))


def working_path(path: Path) -> Path:
    """Return the path to which the file *path* is written until it is complete."""
    real = path.resolve()
    return real.with_name(f"{real.name}.part")


def is_special(path: Path) -> bool:
    """Return True if *path* exists and is neither a file nor a folder, such as a device or a
    pipe."""
    return path.exists() and not path.is_file() and not path.is_dir()


def is_utf8(path: Path) -> bool:
    """Return True if the absolute path of *path* is valid in UTF-8, so that it can be stored."""
    try:
        str(path.absolute()).encode()
    except UnicodeEncodeError:
        return False
    return True


def path_problem(path: Path, *, folder: bool = False) -> str | None:
    """Return why the feed *path* cannot be written, in one line. None if it can. *folder* is true
    if the feed is a folder of files."""
    if path.is_dir() != folder and path.exists():
        found, expected = ("file", "folder") if folder else ("folder", "file")
        return f"{path}: is a {found}, expected a {expected}"
    if path.exists():
        return None if os.access(path, os.W_OK) else f"{path}: cannot be written (permission)"
    parent = path.absolute().parent
    while not parent.exists():
        parent = parent.parent
    if not parent.is_dir():
        return f"{path}: {parent} is not a folder"
    if not os.access(parent, os.W_OK):
        return f"{path}: the folder {parent} cannot be written to (permission)"
    return None


def file_problem(path: Path) -> str | None:
    """Return why the file *path*, which a new file replaces, cannot be written, in one line. None
    if it can. Unlike a feed, it is not written if its folder does not exist."""
    problem = path_problem(path)
    folder = path.resolve().parent
    if problem is None and not folder.is_dir():
        problem = f"{path}: the folder {folder} does not exist"
    if problem is None and not is_special(path) and not os.access(folder, os.W_OK):
        problem = f"{path}: the folder {folder} cannot be written to (permission)"
    return problem
