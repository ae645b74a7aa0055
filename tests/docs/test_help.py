"""Every example in ``--help`` of the commands is run, in a folder with its files."""

import re
import shutil
from contextlib import closing

import click
import pytest

from newsclean.cli.main import COMMANDS, cli
from tests.docs.blocks import Block, Reader
from tests.docs.paper import Paper, give_files
from tests.server import serve

# What lies on the desk of somebody who has worked with newsclean for a while.
BEFORE = """
mkdir -p saved feeds runs sites warcs
cp pages.warc.gz warcs/
mkdir -p ~/.local/share/bash-completion/completions ~/.config/fish/completions
cp page.html saved/7.html
gzip -k urls.txt
cp body.txt body.html
echo '{"id": 7, "content": "&lt;p&gt;Rain at last.&lt;/p&gt;"}' > feed.jsonl
echo https://news.example/ > sites.txt
printf 'hosts = ["news.example"]\\n[[versions]]\\nheadline = "h1"\\n' > sites/news.toml
newsclean get https://news.example/7 -o articles.jsonl --warc pages \\
  -s NEWSCLEAN_LEDGER=ledger.sqlite
newsclean site https://news.example/ -o articles.jsonl --warc pages --run-file run.json
cp run.json runs/1.json
gzip -c articles.jsonl > feeds/2026-11-01.jsonl.gz
newsclean init https://news.example/ --config made.toml
"""
# The example's words → why it is not run here.
ELSEWHERE = {"postgresql+psycopg": "tests/crawls/test_several_machines.py has the database"}


def examples():
    """Yield (command, example) for each line below ``Examples:``."""
    context = click.Context(cli)
    for name in ["", *COMMANDS]:
        command = cli.get_command(context, name) if name else cli
        _, _, listed = (command.epilog or "").partition("Examples:\n")
        for line in filter(None, map(str.strip, listed.splitlines())):
            yield pytest.param(line, id=line)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    with serve() as site, closing(Reader(folder, site)) as reader:
        give_files(folder, Paper(site))
        reader.take(Block("sh", BEFORE, 0, None, None))
        yield reader


def test_every_command_has_an_example():
    shown = {one.values[0] for one in examples()}
    for name in COMMANDS:
        assert any(re.search(rf"\bnewsclean {name}\b", line) for line in shown), name


@pytest.mark.parametrize("line", list(examples()))
def test_the_example_runs(line, desk, tmp_path):
    if any(words in line for words in ELSEWHERE):
        pytest.skip("needs a database on another machine")
    folder = tmp_path / "desk"
    shutil.copytree(desk.folder, folder, symlinks=True)
    if " run" in line and "init" not in line:  # init writes it
        (folder / "made.toml").rename(folder / "newsclean.toml")
    line = line.replace("/srv/news", str(folder))
    # An array of zsh's: its first element has the number 1.
    script = f'fpath=("" "$PWD")\n{line}\n'
    home = desk.folder
    try:
        desk.folder = folder
        desk.take(Block("sh", script, 0, None, None))
    finally:
        desk.folder = home
