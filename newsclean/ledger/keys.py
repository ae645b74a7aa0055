"""The keys of locks on sites and shards, and the assignment of sites to shards."""

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
        """Return the shard that *text* names. Raise ValueError if it is not a shard.

        >>> Shard.parse("3/8")
        Shard(number=3, count=8)
        >>> Shard.parse("0/8")
        Traceback (most recent call last):
        ValueError: '0/8' is not a shard, expected NUMBER/COUNT from 1/8 to 8/8
        """
        number, _, count = text.partition("/")
        whole = number.isdecimal() and count.isdecimal() and len(count) <= _MAX_DIGITS
        if not whole or not int(count):
            raise ValueError(f"{text[:50]!r} is not a shard, expected NUMBER/COUNT, e.g. 3/8")
        if not 1 <= int(number) <= int(count):
            last = int(count)
            raise ValueError(
                f"{text[:50]!r} is not a shard,"
                f" expected NUMBER/COUNT from 1/{last} to {last}/{last}"
            )
        return cls(int(number), int(count))

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


_MAX_DIGITS = 6  # digits of the number of shards


def shard_number(site: str, count: int) -> int:
    """Return the number (1 to *count*) of the shard of *site*. It depends on the name of the site
    alone, so it is the same on every machine.

    >>> [shard_number(site, 8) for site in ("a.example", "b.example", "c.example")]
    [3, 4, 1]
    """
    digest = hashlib.sha256(site.encode("utf8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) % count + 1


def list_digest(sites: Iterable[str]) -> str:
    """Return a digest of *sites* (12 hexadecimal digits) that does not depend on their order."""
    text = "\n".join(sorted(sites))
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:12]


def site_lock(site: str) -> str:
    """Return the key of the lock on *site*.

    >>> site_lock("news.example")
    'site news.example'
    """
    return f"site {site}"


def shard_lock(shard: Shard, digest: str) -> str:
    """Return the key of the lock on *shard* of the list with the *digest*.

    >>> shard_lock(Shard(3, 8), "1a2b3c")
    'shard 3/8 of 1a2b3c'
    """
    return f"shard {shard} of {digest}"
