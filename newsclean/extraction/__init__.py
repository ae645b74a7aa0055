"""READ: from a page to an Article whose body is still raw. Pure: no Scrapy, no I/O, no globals."""
