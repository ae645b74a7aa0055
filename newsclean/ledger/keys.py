"""The keys under which crawls hold what they work on, and which shard of a list a site is in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Shard:
    """Part *number* (from 1) of a list of sites that *count* crawls share."""

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Return the shard that *text* names; raise ValueError.

        >>> Shard.parse("3/8")
        Shard(number=3, count=8)
        >>> Shard.parse("0/8")
        Traceback (most recent call last):
        ValueError: '0/8' is no shard, expected NUMBER/COUNT from 1/8 to 8/8
        """
        number, _, count = text.partition("/")
        whole = number.isdecimal() and count.isdecimal() and len(count) <= _MAX_DIGITS
        if not whole or not int(count):
            raise ValueError(f"{text[:50]!r} is no shard, expected NUMBER/COUNT, e.g. 3/8")
        if not 1 <= int(number) <= int(count):
            last = int(count)
            raise ValueError(
                f"{text[:50]!r} is no shard, expected NUMBER/COUNT from 1/{last} to {last}/{last}"
            )
        return cls(int(number), int(count))

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


_MAX_DIGITS = 6


def shard_number(site: str, count: int) -> int:
    """Return in which of *count* shards, numbered from 1, *site* is: always the same, on every
    machine, whatever else is in the list.

    >>> [shard_number(site, 8) for site in ("a.example", "b.example", "c.example")]
    [3, 4, 1]
    """
    digest = hashlib.sha256(site.encode("utf8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) % count + 1


def list_digest(sites: Iterable[str]) -> str:
    """Return a short text that is the same for the same *sites* in any order."""
    text = "\n".join(sorted(sites))
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:12]


def site_lock(site: str) -> str:
    """Return the key under which *site* is held.

    >>> site_lock("news.example")
    'site news.example'
    """
    return f"site {site}"


def shard_lock(shard: Shard, digest: str) -> str:
    """Return the key under which *shard* of the list with the *digest* is held.

    >>> shard_lock(Shard(3, 8), "1a2b3c")
    'shard 3/8 of 1a2b3c'
    """
    return f"shard {shard} of {digest}"
