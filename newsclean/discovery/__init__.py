"""FIND: read sitemaps, feeds and links, and decide which pages of a site are fetched. Pure: no
Scrapy, no I/O."""
