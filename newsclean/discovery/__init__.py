"""FIND: read sitemaps, feeds and links, from bytes to entries. Pure: no Scrapy, no I/O."""
