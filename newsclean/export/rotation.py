"""Rotated feeds: when a part is complete, and the names of the parts."""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SIZE = re.compile(r"(\d{1,12})\s*(k|m|g)?b?\Z", re.IGNORECASE)
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}
MAX_SITE = 100  # characters of a host name in a path; host names have up to 253
_PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-z]")  # as in %(site)s, %(batch_id)05d
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Rotation:
    """The value of ``NEWSCLEAN_FEED_ROTATE``. ``by`` is ``run``, ``day`` (UTC) or ``size``. With
    ``size``, a part is complete when it has ``max_bytes``."""

    by: str
    max_bytes: int | None = None

    @property
    def spans_runs(self) -> bool:
        """True if the next run continues an incomplete part."""
        return self.by != "run"


def read_rotation(value: object) -> Rotation | None:
    """Return the rotation of a setting. None if there is no rotation. Raise ValueError.

    >>> read_rotation("100MB")
    Rotation(by='size', max_bytes=100000000)
    """
    text = str(value or "").strip().lower()
    if not text or text == "none":
        return None
    if text in {"run", "day"}:
        return Rotation(text)
    found = _SIZE.match(text)
    if found is None or int(found[1]) == 0:
        raise ValueError(
            f"NEWSCLEAN_FEED_ROTATE is {text[:80]!r}, expected run, day or a size such as 100MB"
        )
    return Rotation("size", int(found[1]) * _UNITS[(found[2] or "").lower()])


def site_name(host: str) -> str:
    """Return *host*, which comes from the URL of a page, as a safe part of a path.

    >>> site_name("../News.example:80")
    'news.example-80'
    """
    return _NOT_IN_A_NAME.sub("-", host.lower())[:MAX_SITE].strip(".-") or "unknown"


def numbered(path: str, number: int) -> str:
    """Return the name of part *number* of the file *path*. The first part has no number.

    >>> numbered("feeds/2026-04-18.jsonl.gz", 2)
    'feeds/2026-04-18-2.jsonl.gz'
    """
    if number == 1:
        return path
    stem, suffix = _split(path)
    return f"{stem}-{number}{suffix}"


def part_pattern(path: str) -> str:
    """Return a pattern for `glob` that matches all numbers of the file *path*, with any values of
    its placeholders.

    >>> part_pattern("feeds/%(site)s/articles-[1].jsonl.gz")
    'feeds/*/articles-[[]1]*.jsonl.gz'
    """
    stem, suffix = _split(path)
    return "*".join(map(glob.escape, _PLACEHOLDER.split(stem))) + "*" + glob.escape(suffix)


def _split(path: str) -> tuple[str, str]:
    """Return *path* without its suffix, and the suffix."""
    folder, slash, name = path.rpartition("/")
    suffix = "".join(PurePosixPath(name.lstrip(".")).suffixes[-2:])
    # In 2026.04.18.jsonl, only .jsonl is a suffix.
    while suffix.count(".") > 1 and not suffix.endswith((".gz", ".zst")):
        suffix = suffix[suffix.index(".", 1) :]
    return f"{folder}{slash}{name.removesuffix(suffix)}", suffix


def first_free(path: str, is_used: Callable[[str], bool]) -> str:
    """Return the first of the `numbered` names of *path* that is not used.

    >>> first_free("a.jsonl", {"a.jsonl", "a-2.jsonl"}.__contains__)
    'a-3.jsonl'
    """
    return next(name for number in count(1) if not is_used(name := numbered(path, number)))
