"""``scrapy crawl``: Scrapy's own, with mistakes told in a line and exit codes that say more."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.spiderloader import get_spider_loader

from newsclean.addresses import parse_networks, parse_ports
from newsclean.discovery.budget import SiteBudgets
from newsclean.exit_codes import FAILED, INTERRUPTED, USER_MISTAKE, exit_code
from newsclean.export.durability import check_feeds
from newsclean.export.places import path_problem
from newsclean.extensions.ledger_keeper import ledger_place
from newsclean.middlewares.render import render_problem
from newsclean.pipelines.item_fields import ItemFields
from newsclean.spiders.page import PageSpider, site_rules

if TYPE_CHECKING:
    import argparse


class Command(ScrapyCrawl):
    """Check the spider's name and arguments and the feeds before anything starts."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Set the settings; end with one line and exit code 2 for a mistake."""
        for names in (opts.output, opts.overwrite_output):
            if names and "-" in names:  # standard output, without a format
                names[names.index("-")] = "-:jsonlines"
        super().process_options(args, opts)
        problem = self._problem(args, opts.spargs)
        if problem is not None:
            print(f"scrapy crawl: {problem}", file=sys.stderr)
            sys.exit(USER_MISTAKE)

    def _problem(self, args: list[str], spargs: dict[str, Any]) -> str | None:
        assert self.settings is not None
        if len(args) != 1:
            return None  # Scrapy says what it thinks of that
        problem = render_problem(self.settings)
        if problem is not None:
            return problem
        try:
            ItemFields.parse(self.settings.getdict("NEWSCLEAN_FIELDS"))
        except ValueError as error:
            return str(error)
        loader = get_spider_loader(self.settings)
        if args[0] not in loader.list():
            return f"no spider {args[0]!r}; there are: {', '.join(sorted(loader.list()))}"
        spider = loader.load(args[0])
        try:
            parse_networks(self.settings.getlist("NEWSCLEAN_ALLOW_NETWORKS"))
            parse_ports(self.settings.getlist("NEWSCLEAN_ALLOW_PORTS"))
            SiteBudgets(self.settings.getdict("NEWSCLEAN_SITE_BUDGET"))
        except json.JSONDecodeError:
            return 'NEWSCLEAN_SITE_BUDGET: expected a JSON object, e.g. {"requests": 1000}'
        except ValueError as error:
            return str(error)
        if issubclass(spider, PageSpider):
            try:
                arguments = spider.check_arguments(spargs)
                getattr(arguments, "all_urls", list)()
                site_rules(self.settings)
            except ValueError as error:
                return str(error)
        try:
            place = ledger_place(self.settings, getattr(spider, "needs_ledger", False))
            check_feeds(self.settings, ledger=place is not None)
        except ValueError as error:
            return f"feed {error}"
        folder = self.settings.get("NEWSCLEAN_WARC")
        problem = path_problem(Path(folder), folder=True) if folder else None
        if problem is not None:
            return f"NEWSCLEAN_WARC {problem}"
        return None

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider; the exit code says how it went (`newsclean.exit_codes`)."""
        if len(args) != 1:
            super().run(args, opts)
            return
        assert self.crawler_process is not None
        crawler = self._create_crawler(args[0])
        self.closed = False
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed:
            self.exitcode = FAILED
        elif not self.closed:  # a second signal: the process ends without closing the spider
            self.exitcode = INTERRUPTED
        elif crawler.stats is not None:
            self.exitcode = exit_code(
                crawler.stats.get_stats(),
                max_failed=crawler.settings.getfloat("NEWSCLEAN_MAX_FAILED"),
            )

    def spider_closed(self) -> None:
        """Note that the crawl came to an orderly end."""
        self.closed = True
