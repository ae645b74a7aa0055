"""``newsclean run``: crawl the sites in ``newsclean.toml``."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsclean.cli.options import CONFIG_FILE, Crawl, log_options, mistake

if TYPE_CHECKING:
    from newsclean.cli.config import Config

_UNITS = """\
# newsclean.service
[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={command}

# newsclean.timer
[Timer]
OnActiveSec=1min
OnUnitActiveSec={every}
RandomizedDelaySec=120

[Install]
WantedBy=timers.target"""


@click.command(
    "run",
    epilog="""\b
Examples:
  newsclean init https://news.example/ && newsclean run
  newsclean run --config /srv/news/newsclean.toml --log-file crawl.log
  newsclean run --timer
""",
)
@click.option(
    "-c",
    "--config",
    "name",
    metavar="FILE",
    default=CONFIG_FILE,
    show_default=True,
    help="Configuration file; its paths are relative to its folder.",
)  # fmt: skip
@click.option(
    "--timer", is_flag=True, help="Print systemd units that run the crawl on a timer, and exit."
)
@log_options
def command(name: str, timer: bool, **options: Any) -> int:
    """Find and store the articles of the sites in newsclean.toml. The first run stores all
    articles, later runs new and changed ones."""
    from newsclean.cli.config import read_config  # noqa: PLC0415 - pydantic

    path = Path(name)
    if options["log_file"]:
        options["log_file"] = str(Path(options["log_file"]).absolute())
    try:
        config = read_config(path)
        folder = path.absolute().parent
        if timer:
            run = [sys.executable, "-m", "newsclean", "run", "--config", str(path.absolute())]
            # systemd reads % as a specifier, and $ in a command as a variable.
            command = shlex.join(run).replace("%", "%%").replace("$", "$$")
            place = str(folder).replace("%", "%%")
            print(_UNITS.format(folder=place, command=command, every=config.every))
            return 0
        starts = config.starts(folder)
    except ValueError as error:
        raise mistake(error) from None
    os.chdir(folder)
    return _crawl(config, starts, options)


def _crawl(config: Config, starts: tuple[str, ...], options: dict[str, Any]) -> int:
    arguments: dict[str, Any] = {"url": starts, "sections": config.sections}
    if config.since is not None:
        arguments["since"] = config.since
    if config.max_articles is not None:
        arguments["max_articles"] = config.max_articles
    options |= {
        "output": config.feeds,
        "overwrite_output": (),
        "rules": config.rules,
        "report": config.report,
        "run_file": config.run_file,
    }
    settings = {
        "NEWSCLEAN_LEDGER": config.ledger,
        "NEWSCLEAN_FEED_ROTATE": config.rotate,
        "NEWSCLEAN_WARC": config.warc,
    }
    return Crawl("site", arguments, options).run(**(settings | config.settings))
