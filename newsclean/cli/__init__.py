"""The command line ``newsclean``, built on Click: one module for each command.

Nothing here imports Scrapy before a crawl begins, so ``--help``, completion and error messages
are fast. ``newsclean.commands`` offers the same commands to ``scrapy …``.
"""
