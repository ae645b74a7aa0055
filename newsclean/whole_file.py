"""Write a text file whose readers never see only a part of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write *pieces* to the file *path* in UTF-8, and replace an existing file when all is written.
    Raise OSError; then an existing file does not change.

    A device or pipe, such as ``/dev/stdout``, is written to and is not replaced. If *path* is a
    symbolic link, its target is replaced.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "report.html"), ["<p>", "Two runs"])
    ...     Path(folder, "report.html").read_text("utf-8")
    '<p>Two runs'
    """
    real = path.resolve()
    if real.exists() and not real.is_file():
        _write(real, pieces)
        return
    part = real.with_name(f"{real.name}.part")
    try:
        _write(part, pieces)
        part.replace(real)
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(pieces)
