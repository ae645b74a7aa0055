"""The command ``newsclean``: one module for each of its commands, on Click.

Nothing here imports Scrapy before a crawl begins, so that ``--help``, completion and mistakes
are quick. ``newsclean.commands`` offers the same commands to ``scrapy …``.
"""
