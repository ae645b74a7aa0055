"""Read the data of an article that the ledger needs from its feed line."""

from __future__ import annotations

import re
from typing import Any

from newsclean.identity import identity_of
from newsclean.ledger.batch import Export
from newsclean.urls import page_key

_HASH = re.compile(r"\w{1,100}")
_MAX_VERSION = 1_000_000  # a larger number is no version, and may not fit into the database


def export_of(record: dict[str, Any], now: str) -> Export | None:
    """Return the article of a feed line for the ledger. None if the line has no ``url``. Another
    program may have written the line, so any value may have any type."""
    url = record.get("url")
    if not isinstance(url, str):
        return None
    metadata = record.get("metadata")
    said: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
    version, published = said.get("version"), record.get("datePublished")
    fetched, canonical = said.get("dateDownloaded"), record.get("canonicalUrl")
    headline, words = record.get("headline"), said.get("contentHash")
    if not isinstance(words, str) or not _HASH.fullmatch(words):
        words = ""
    article = identity_of(
        url,
        canonical if isinstance(canonical, str) else None,
        headline if isinstance(headline, str) else None,
        words,
    )
    return Export(
        canonical=article.key,
        site=article.site,
        url=url,
        content_hash=words,
        version=version if isinstance(version, int) and 0 < version <= _MAX_VERSION else 1,
        at=now,
        published=published if isinstance(published, str) else None,
        further=further_pages(said),
        fetched=fetched if isinstance(fetched, str) else None,
        claims=article.claims,
        title=article.title,
    )


def further_pages(metadata: dict[str, Any]) -> list[str]:
    """Return the canonical URLs of the further pages in the *metadata* of a feed line, including
    pages that could not be joined."""
    pages, missing = metadata.get("pages"), metadata.get("missingPages")
    urls = pages[1:] if isinstance(pages, list) else []
    urls += [
        one.get("url")
        for one in (missing if isinstance(missing, list) else [])
        if isinstance(one, dict)
    ]
    return [page_key(url) for url in urls if isinstance(url, str)]
