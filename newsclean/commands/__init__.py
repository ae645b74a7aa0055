"""scrapy crawl, clean and the other commands; Scrapy finds them by entry point.

``crawl`` is found through COMMANDS_MODULE, since it takes the place of Scrapy's own.
"""
