"""Every example of every ``--help`` is run, as its reader would, in a folder that has its files."""

import shlex
import shutil
from contextlib import closing

import pytest

from newsclean.cli.main import COMMANDS, cli
from newsclean.exit_codes import NOTHING_FOUND
from tests.docs.blocks import Block, Reader
from tests.docs.paper import Paper
from tests.docs.test_pages import give_files
from tests.server import serve

RULE = 'hosts = ["news.example"]\n[[versions]]\nheadline = "h1"\n'
BODY = r"\u003cp\u003eRain at last.\u003c/p\u003e"
# What the examples take for granted, made with commands of the same kind.
MADE = """
newsclean get https://news.example/7 -O seven.jsonl --warc pages -s NEWSCLEAN_LEDGER=ledger.sqlite
newsclean site https://news.example/ -o articles.jsonl --warc pages --run-file run.json
mkdir -p saved feeds runs sites .local/share/bash-completion/completions .config/fish/completions
gzip -c articles.jsonl > feeds/1.jsonl.gz && gzip -c seven.jsonl > feeds/2.jsonl.gz
cp run.json runs/1.json && cp page.html saved/ && gzip -k urls.txt
"""
# An example's own place → one of the test's.
PLACES = {
    "/srv/news/newsclean.toml": "newsclean.toml",
    # It would wait for a lease before it takes another shard over.
    "postgresql+psycopg://news@db/ledger": "shard.sqlite -s NEWSCLEAN_TAKE_OVER=False",
    '"${fpath[1]}/': '"$HOME/',
    "newsclean run ": "newsclean init https://news.example/ && newsclean run ",
}
# What nothing is found for on the day of the test is no mistake of the example.
MAY_FIND_NOTHING = ("--since", "--sections", "--shard")


def examples():
    """Each example with the name of its command."""
    found = []
    commands = {"": cli, **{name: cli.get_command(None, name) for name in COMMANDS}}
    for name, command in commands.items():
        _, _, lines = command.epilog.partition("Examples:\n")
        for line in filter(str.strip, lines.splitlines()):
            found.append(pytest.param(name, line.strip(), id=line.strip()))
    return found


def told(command):
    return Block("sh", command, 0, None, None)


@pytest.fixture(scope="module")
def paper():
    with serve() as site:
        yield Paper(site)


@pytest.fixture(scope="module")
def home(paper, tmp_path_factory):
    """A folder with the files of the examples."""
    folder = tmp_path_factory.mktemp("home")
    give_files(folder, paper)
    (folder / "body.html").write_text(BODY)
    (folder / "sites.txt").write_text(f"{paper.site.url('/')}\n")
    (folder / "feed.jsonl").write_text('{"content": "<p>Rain.</p>"}\n')
    with closing(Reader(folder, paper.site)) as reader:
        reader.shell(told(MADE))
        (folder / "sites" / "news.toml").write_text(reader.here(RULE))
    shutil.rmtree(folder / ".bin")
    return folder


@pytest.mark.parametrize(("name", "example"), examples())
def test_an_example_runs(name, example, home, paper, tmp_path):
    assert shlex.split(example)  # it can be typed
    folder = tmp_path / "home"
    shutil.copytree(home, folder)
    command = example
    for place, here in PLACES.items():
        command = command.replace(place, here)
    if any(option in example for option in MAY_FIND_NOTHING):
        command = f"{command} || [ $? = {NOTHING_FOUND} ]"
    with closing(Reader(folder, paper.site)) as reader:
        reader.shell(told(command))


def test_every_command_has_examples():
    assert {one.values[0] for one in examples()} == {"", *COMMANDS}
