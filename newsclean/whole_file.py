"""Write a file whose readers never see only a part of it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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
    is_special = real.exists() and not real.is_file()
    with real.open("wb") if is_special else open_whole(real) as file:
        file.writelines(piece.encode("utf-8", "replace") for piece in pieces)


@contextmanager
def open_whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that replaces *path* at the end of the block, unless the block raises an
    exception.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_whole(Path(folder, "numbers.json")) as file:
    ...         size = file.write(b"{}")
    ...     Path(folder, "numbers.json").read_bytes()
    b'{}'
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
