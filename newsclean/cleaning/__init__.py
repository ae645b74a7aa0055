"""CLEAN: from a raw body to clean text and HTML. Pure: no Scrapy, no I/O, no globals."""
