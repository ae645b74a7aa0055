"""scrapy clean and the other commands; Scrapy finds them by entry point."""
