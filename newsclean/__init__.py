"""newsclean crawls news sites and leaves clean articles behind.

The way of the data, folder by folder::

    discovery   WHERE      sitemaps, feeds, links: bytes → entries; pure
    spiders     FETCH      article, site, archive: URLs or files → pages
    extraction  READ       page → Article with its body still raw; pure
    cleaning    CLEAN      raw body → clean text and HTML; pure
    pipelines   STATIONS   one class a file, in the order of settings.py
    ledger      REMEMBER   what is discovered, exported, rejected, gone
    extensions  EXPORT     feed, progress, report, health
    reports     SHOW       stats and feed → HTML and JSON; pure
"""

from newsclean.article import read_article

__all__ = ["__version__", "read_article"]
__version__ = "0.1.0"
