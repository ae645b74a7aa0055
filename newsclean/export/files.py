"""Lock feed files, and detect whether another program has moved them."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path


class FeedLockedError(OSError):
    """Another process is writing the file. The message says so in one line."""


def open_locked(path: Path, *, truncate: bool = False) -> IO[bytes]:
    """Open the file *path* for appending and lock it. If *truncate* is True, delete its content.

    The lock belongs to the open file, so it ends with the process in any case. Raise
    FeedLockedError if another process holds the lock, and OSError if the file cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        file = path.open("ab")
        try:
            lock(file, path)
            if not was_moved(file, path):  # by another process, before it was locked here
                if truncate:
                    file.truncate(0)
                return file
        except BaseException:
            file.close()
            raise
        file.close()


def lock(file: IO[bytes], path: Path) -> bool:
    """Lock the open *file* and return True. Raise FeedLockedError if another process holds the
    lock. Return False on a file system without locks, where only the ledger's locks protect the
    file."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FeedLockedError(f"{path} is being written by another crawl") from None
    except OSError:
        return False
    return True


def remove_if_left(path: Path) -> None:
    """Delete the file *path* if it is empty and not locked. A crawl created it and was killed
    before it wrote to it."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        # Another process may have completed the file before it was locked here.
        if lock(file, path) and not os.fstat(file.fileno()).st_size and not was_moved(file, path):
            path.unlink()


def is_locked(path: Path) -> bool:
    """Return True if another process is writing the file *path*."""
    try:
        with path.open("rb") as file:
            lock(file, path)
    except FeedLockedError:
        return True
    except OSError:
        return False
    return False


def was_moved(file: IO[bytes], path: Path) -> bool:
    """Return True if *path* is no longer the open *file*, because it was renamed, deleted or
    replaced, for example by log rotation."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return not os.path.samestat(there, os.fstat(file.fileno()))


def sync(path: Path) -> None:
    """Write the file *path* and its name to the disk (fsync)."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Write the names in *folder* to the disk (fsync), if the system supports it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
