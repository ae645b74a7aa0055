"""``newsclean completion SHELL``: print the script for completion in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(
    "completion",
    epilog="""\b
Examples:
  newsclean completion bash > ~/.local/share/bash-completion/completions/newsclean
  newsclean completion zsh > "${fpath[1]}/_newsclean"
  newsclean completion fish > ~/.config/fish/completions/newsclean.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script for SHELL that completes commands, options and their values."""
    from newsclean.cli.main import cli  # noqa: PLC0415 - which loads this module

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "newsclean", "_NEWSCLEAN_COMPLETE").source())
