"""The commands ``scrapy crawl``, ``scrapy clean`` and others. Scrapy finds them by entry point.

``crawl`` is found by COMMANDS_MODULE, because it replaces a command of Scrapy.
"""
