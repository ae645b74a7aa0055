"""EXPORT and SHOW: Scrapy extensions for the feed, progress, the run report and health."""
