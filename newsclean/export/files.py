"""Files that one crawl at a time writes, and that other programs may move away meanwhile."""

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
    """Another process writes the file. Its text says so in one line."""


def open_locked(path: Path, *, anew: bool = False) -> IO[bytes]:
    """Open the file *path* for appending, *anew* as an empty file, and lock it.

    The lock belongs to the open file: it ends with the process, however that ends. Raise
    FeedLockedError if another process has it, OSError if the file cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        file = path.open("ab")
        try:
            lock(file, path)
            if not was_moved(file, path):  # by another process, before the lock was ours
                if anew:
                    file.truncate(0)
                return file
        except BaseException:
            file.close()
            raise
        file.close()


def lock(file: IO[bytes], path: Path) -> bool:
    """Lock the open *file*, and return True; raise FeedLockedError. Return False on a file system
    without locks: the ledger's locks still hold."""
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
    """Delete the file *path* if it is empty and no process has it: a crawl made it, and was killed
    before it could write to it."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        # Another process may have had it, and completed it, before the lock was ours.
        if lock(file, path) and not os.fstat(file.fileno()).st_size and not was_moved(file, path):
            path.unlink()


def is_locked(path: Path) -> bool:
    """Return True if another process writes the file *path*."""
    try:
        with path.open("rb") as file:
            lock(file, path)
    except FeedLockedError:
        return True
    except OSError:
        return False
    return False


def was_moved(file: IO[bytes], path: Path) -> bool:
    """Return True if *path* is not the open *file* any more: renamed, deleted or replaced, as
    log rotation does."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return not os.path.samestat(there, os.fstat(file.fileno()))


def sync(path: Path) -> None:
    """Have the operating system write the file *path* and its name to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in *folder* written to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
