"""Make a command of `newsclean.cli` available in Scrapy's command line.

This module is not in `newsclean.commands`, because Scrapy lists each command class that is defined
in a module there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand

from newsclean.cli.main import COMMANDS, run_command

if TYPE_CHECKING:
    import argparse

    import click


class Adapter(ScrapyCommand):
    """Passes all arguments except Scrapy's options to the command of the same name. That command
    is imported late, because Scrapy creates an instance of each command at every start."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    @property
    def name(self) -> str:
        """The name of the command, which is the name of its module."""
        return type(self).__module__.rpartition(".")[2]

    @property
    def command(self) -> click.Command:
        """The command of `newsclean.cli`."""
        command: click.Command = import_module(f"newsclean.cli.{self.name}").command
        return command

    def syntax(self) -> str:
        """Return the text after the name of the command in the help."""
        return f"[ARGUMENTS]; newsclean {self.name} --help shows all options"

    def short_desc(self) -> str:
        """Return the line in Scrapy's list of commands."""
        return COMMANDS[self.name]

    def long_desc(self) -> str:
        """Return the first paragraph of the help."""
        return " ".join((self.command.help or "").split())

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the command with the ledger in the settings of the project."""
        assert self.settings is not None
        place = self.settings.get("NEWSCLEAN_LEDGER")
        defaults = {"place": str(place)} if place and self.name == "ledger" else None
        self.exitcode = run_command(self.command, args, f"scrapy {self.name}", default_map=defaults)
