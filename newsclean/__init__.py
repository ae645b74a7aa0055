"""newsclean crawls news sites and exports clean articles.

The path of the data, package by package::

    discovery   FIND       sitemaps, feeds, links → the pages to fetch; pure
    spiders     FETCH      article, site, archive: URLs or files → pages
    extraction  READ       page → Article with its body still raw; pure
    cleaning    CLEAN      raw body → clean text and HTML; pure
    pipelines   PROCESS    one item pipeline per file, in the order of settings.py
    export      EXPORT     the feeds, and when an article counts as stored
    ledger      REMEMBER   which pages are discovered, exported, rejected, gone
    extensions  CONNECT    Scrapy's signals with the ledger, progress, errors and health
    reports     SHOW       stats and feed → HTML and JSON; pure
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.article import read_article

__all__ = ["__version__", "read_article"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import `read_article` at its first use, because its import takes over half a second."""
    if name == "read_article":
        from newsclean.article import read_article  # noqa: PLC0415

        return read_article
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
