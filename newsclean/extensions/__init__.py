"""CONNECT: Scrapy extensions for the ledger, progress, errors, the report and health."""
