"""A table that is larger than the memory for it: SQLite in a temporary file of this process."""

from __future__ import annotations

import hashlib
import sqlite3

_CACHE_KIB = 8_192  # memory for the tables' pages; the rest is in the file


def open_temporary(*tables: str) -> sqlite3.Connection:
    """Return a new database with *tables*, each a ``CREATE TABLE`` statement. Closing it deletes
    its file. Raise sqlite3.Error.

    All that is written is one transaction that is never committed: no other process reads the
    file, and a commit for each row is slow.

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
    """Return a number of 64 bits for *key*, to look it up in little memory. Among a million keys,
    two have the same number with a probability of 1e-7.

    >>> short_hash("https://news.example/7")
    -2116930888639597939
    """
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
