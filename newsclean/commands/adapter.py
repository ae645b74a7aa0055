"""Offers a command of `newsclean.cli` to Scrapy's command line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

if TYPE_CHECKING:
    import argparse

    import click


class Adapter(ScrapyCommand):
    """Passes everything but Scrapy's own options on to the command of the same name, which is
    imported late: Scrapy makes one of each of its commands at every start."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    @property
    def name(self) -> str:
        """The command's name: that of its module."""
        return type(self).__module__.rpartition(".")[2]

    @property
    def command(self) -> click.Command:
        """The command of `newsclean.cli`."""
        command: click.Command = import_module(f"newsclean.cli.{self.name}").command
        return command

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return f"[ARGUMENTS]; newsclean {self.name} --help tells more"

    def short_desc(self) -> str:
        """Return the line in Scrapy's list of commands."""
        return self.command.get_short_help_str(100)

    def long_desc(self) -> str:
        """Return the help's first paragraph."""
        return " ".join((self.command.help or "").split())

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the command with the ledger of the project's settings."""
        from newsclean.cli.main import run_command  # noqa: PLC0415

        assert self.settings is not None
        place = self.settings.get("NEWSCLEAN_LEDGER")
        defaults = {"place": str(place)} if place and self.name == "ledger" else None
        self.exitcode = run_command(self.command, args, f"scrapy {self.name}", default_map=defaults)
