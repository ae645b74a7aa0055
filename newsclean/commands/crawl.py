"""``scrapy crawl``: Scrapy's command with one-line error messages and more exit codes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands.crawl import Command as ScrapyCrawl

from newsclean.exit_codes import USER_MISTAKE

if TYPE_CHECKING:
    import argparse


class Command(ScrapyCrawl):
    """Check the spider's name and arguments and the feeds before anything starts."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Set the settings. End with one line and exit code 2 for a mistake."""
        from newsclean.cli.checks import check_crawl  # noqa: PLC0415 - only for a crawl

        for names in (opts.output, opts.overwrite_output):
            if names and "-" in names:  # standard output, without a format
                names[names.index("-")] = "-:jsonlines"
        super().process_options(args, opts)
        assert self.settings is not None
        if len(args) != 1:
            return  # Scrapy prints its own error
        try:
            check_crawl(self.settings, args[0], opts.spargs)
        except ValueError as mistake:
            print(f"scrapy crawl: {mistake}", file=sys.stderr)
            sys.exit(USER_MISTAKE)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider and set the exit code (`newsclean.exit_codes`)."""
        from newsclean.cli.running import run_crawler  # noqa: PLC0415

        if len(args) != 1:
            super().run(args, opts)
            return
        assert self.crawler_process is not None
        # Private method of Scrapy 2.19, as its command calls it.
        crawler = self._create_crawler(args[0])
        self.exitcode = run_crawler(self.crawler_process, crawler, opts.spargs)
