"""WHERE: sitemaps, feeds and link lists, from bytes to entries. Pure: no Scrapy, no I/O, no globals."""
