"""SHOW: from stats and feed to HTML and JSON. Pure: no Scrapy, no I/O, no globals."""
