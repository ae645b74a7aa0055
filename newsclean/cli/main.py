"""``newsclean …``: find the command, and print a user's mistake in one line."""

from __future__ import annotations

import difflib
import errno
import io
import os
import platform
import sys
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from typing import Any

import click
from click.shell_completion import CompletionItem

from newsclean import __version__
from newsclean.exit_codes import FEED_FAILED, INTERRUPTED, USER_MISTAKE
from newsclean.garbage import collect_rarely
from newsclean.printable import printable

# Command → its line in ``newsclean --help``, in this order. Its module has the same name, and is
# imported when the command runs: together, the modules take a second.
COMMANDS = {
    "get": "Print or store the articles of pages, in the order of their URLs.",
    "site": "Find and store the articles of sites; in later runs, new and changed ones.",
    "archive": "Print or store the articles of saved pages, folders, WARC and WET files.",
    "run": "Crawl the sites that newsclean.toml names.",
    "init": "Write a newsclean.toml, with a comment for each entry.",
    "clean": "Clean article bodies from files or standard input.",
    "checksite": "Check a site rule and show what it reads from a page.",
    "ledger": "Show the state of sites and pages in the ledger, or delete it.",
    "report": "Write the report of a feed, or of all runs with --history.",
    "republished": "List articles of feeds that repeat the text of other articles.",
    "completion": "Print the script that completes commands and options in your shell.",
}
# Scrapy's own commands, which are passed on unchanged.
SCRAPYS = frozenset(
    "bench check crawl edit fetch genspider list parse runspider settings shell startproject"
    " version view".split()
)
_OWN_OPTIONS = frozenset({"--help", "-h", "--version"})
# A full disk, a quota, a limit on the size of files, a broken disk. These errors name no file.
_CANNOT_WRITE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_EXAMPLES = """\b
Examples:
  newsclean https://news.example/2026/04/18/the-ferry-runs-again
  newsclean get -i urls.txt -o articles.jsonl
  newsclean site https://news.example/ -o articles.jsonl
  newsclean archive pages.warc.gz -f jsonl
"""


class Commands(click.Group):
    """Loads a command when it is needed. URLs without a command are for ``get``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of commands for ``--help``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of newsclean or Scrapy, or None if there is none."""
        if cmd_name in COMMANDS:
            command: click.Command = import_module(f"newsclean.cli.{cmd_name}").command
            return command
        return _scrapys(cmd_name) if cmd_name in SCRAPYS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin with *incomplete*, without importing them, and the
        options."""
        found = [
            CompletionItem(name, help=line)
            for name, line in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read ``newsclean [OPTIONS] URL…`` as ``newsclean get [OPTIONS] URL…``. A first word of
        letters is a command, perhaps a misspelled one."""
        is_get = bool(args) and not args[0].isalpha() and args[0] not in _OWN_OPTIONS
        if is_get and any("://" in one for one in args):
            args = ["get", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of *args*. Raise UsageError with the most similar name."""
        name = args[0]
        if self.get_command(ctx, name) is not None:
            return super().resolve_command(ctx, args)
        nearest = difflib.get_close_matches(name, [*COMMANDS, *SCRAPYS], 1)
        hint = (
            f"did you mean {nearest[0]!r}?"
            if nearest
            else f"expected one of: {', '.join(COMMANDS)}"
        )
        if "." in name and not nearest:
            hint = f"a URL begins with http:// or https://, e.g. https://{name}"
        raise click.UsageError(f"unknown command {name!r}; {hint}", ctx)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EXAMPLES,
)
@click.option("--version", "show_version", is_flag=True, help="Show the versions and exit.")
@click.pass_context
def cli(ctx: click.Context, show_version: bool) -> None:
    """Read news pages, crawl news sites and get clean articles.

    `newsclean URL…` prints the article of each page. It is short for `newsclean get URL…`.
    Scrapy's commands (crawl, shell, fetch, …) are available, too.
    """
    if show_version:
        click.echo(
            f"newsclean {__version__} (Scrapy {version('scrapy')},"
            f" Python {platform.python_version()})"
        )
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _scrapys(name: str) -> click.Command:
    """Return Scrapy's command *name*, which parses its own arguments."""

    @click.command(
        name,
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    )
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def command(arguments: tuple[str, ...]) -> None:
        run_scrapy([name, *arguments])

    return command


def run_scrapy(arguments: list[str]) -> None:
    """Run Scrapy's command line. The settings are those of a Scrapy project in this folder or
    above, if there is one."""
    from scrapy.cmdline import execute  # noqa: PLC0415
    from scrapy.utils.conf import closest_scrapy_cfg  # noqa: PLC0415

    if not closest_scrapy_cfg():
        os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "newsclean.settings")
    try:
        execute(["scrapy", *arguments])  # which ends with SystemExit
    finally:
        sys.stdout.flush()


def run_command(command: click.Command, arguments: list[str], name: str, **context: Any) -> int:
    """Run *command* with *arguments* and return the exit code. *context* is passed to Click.

    A user's mistake is printed as one line on standard error. The line begins with *name* and the
    name of the command. The same applies if output cannot be written, as on a full disk.
    """
    try:
        code: Any = command.main(arguments, prog_name=name, standalone_mode=False, **context)
        sys.stdout.flush()
    except click.ClickException as mistake:
        where = (
            mistake.ctx.command_path
            if isinstance(mistake, click.UsageError) and mistake.ctx
            else name
        )
        print(f"{where}: {one_line(mistake.format_message())}", file=sys.stderr)
        return USER_MISTAKE
    except (click.Abort, KeyboardInterrupt):
        # During a crawl, Scrapy handles the signal. Before, nothing was requested.
        print(f"{name}: interrupted before it ended", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of standard output has closed it
        _discard_output()
        return 0
    except OSError as error:
        if error.errno not in _CANNOT_WRITE or error.filename is not None:
            raise
        print(f"{name}: output cannot be written: {error.strerror}", file=sys.stderr)
        _discard_output()
        return FEED_FAILED
    return code if isinstance(code, int) else 0


def _discard_output() -> None:
    """Write the rest of standard output to the null device. Otherwise Python would fail again at
    its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def one_line(text: str) -> str:
    """Return *text* in one line that is safe to print on a terminal.

    >>> one_line("No such option:\\n  --x\\x1b")
    'No such option: --x\\ufffd'
    """
    return printable(" ".join(text.split()), len(text))


def main() -> None:
    """Run the command line and exit with its exit code. A character that the terminal or the locale
    does not have, and a file name that is not UTF-8, are printed with escapes."""
    collect_rarely()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with suppress(OSError):  # another program has replaced the file by a pipe
                stream.reconfigure(errors="backslashreplace")
    sys.exit(run_command(cli, sys.argv[1:], "newsclean"))
