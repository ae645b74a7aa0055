"""A temporary SQLite database of this process, for tables that are too large for memory."""

from __future__ import annotations

import hashlib
import sqlite3

_CACHE_KIB = 8_192  # KiB of memory for the tables; the rest is in the file


def open_temporary(*tables: str) -> sqlite3.Connection:
    """Return a new database with *tables*, each a ``CREATE TABLE`` statement. Closing it deletes
    its file. Raise sqlite3.Error.

    Everything is written in one transaction that is never committed, because no other process
    reads the file, and a commit for each row is slow.

    >>> database = open_temporary("CREATE TABLE seen (key INTEGER PRIMARY KEY)")
    >>> database.execute("INSERT INTO seen VALUES (7)").rowcount
    1
    """
    database = sqlite3.connect("", isolation_level=None)  # "": a temporary file
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    database.execute("PRAGMA journal_mode = OFF")
    for table in tables:
        database.execute(table)
    database.execute("BEGIN")
    return database


def short_hash(key: str) -> int:
    """Return a 64-bit hash of *key*, which takes less memory than the key. Among a million keys,
    two have the same hash with a probability of 1e-7.

    >>> short_hash("https://news.example/7")
    -2116930888639597939
    """
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
