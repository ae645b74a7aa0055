"""The README says what the code does: its tables are equal to the code, its commands work."""

import os
import re
import shlex
import subprocess
import sys
import tomllib

import click
import pytest

from newsclean import exit_codes
from newsclean.cleaning import STEPS
from newsclean.cli.main import COMMANDS, cli
from newsclean.items import Article, Metadata
from newsclean.own_settings import DEFAULTS
from tests.crawls.run import ROOT, lines
from tests.server import article_page, serve

README = (ROOT / "README.md").read_text("utf8")


def table(name):
    """The rows of the table behind ``<!-- name -->``, each a list of cells."""
    text = README.split(f"<!-- {name} -->\n", 1)[1].split("\n\n", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return rows[2:]


def codes(cell):
    return re.findall(r"`([^`]+)`", cell)


def test_fields():
    named = [name for row in table("fields") for name in codes(row[0])]
    assert sorted(named) == sorted(Article.__dataclass_fields__)
    (metadata,) = (row[1] for row in table("fields") if row[0] == "`metadata`")
    assert codes(metadata) == list(Metadata.__dataclass_fields__)


def test_steps_in_their_order():
    assert [codes(row[0])[0] for row in table("steps")] == [
        "unescape",
        *(step.__name__ for step in STEPS),
    ]


def test_settings_and_their_defaults():
    written = {codes(row[0])[0]: codes(row[1])[0] for row in table("settings")}
    assert written == {name: repr(value) for name, value in DEFAULTS.items()}


def test_commands():
    assert [codes(row[0])[0] for row in table("commands")] == list(COMMANDS)


def test_the_commands_of_the_readme_and_their_options_are_known():
    typed = re.findall(r"^(?:\.venv/bin/)?(newsclean .+)$", README, re.MULTILINE)
    assert len(typed) > 15
    for line in typed:
        words = shlex.split(line, comments=True)[1:]
        name, rest = (words[0], words[1:]) if "://" not in words[0] else ("get", words)
        assert name in COMMANDS, line
        command = cli.get_command(click.Context(cli), name)
        known = {one for param in command.params for one in param.opts}
        assert {word for word in rest if word.startswith("-")} - {"-"} <= known, line


def test_exit_codes():
    written = {int(code): meaning for code, meaning in table("exit codes")}
    assert written == exit_codes.MEANINGS


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    named = {re.match(r"[\w-]+", line)[0] for line in project["dependencies"]}
    assert {codes(row[0])[0] for row in table("dependencies")} == named


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """What git would take of this folder, in a new one."""
    folder = tmp_path_factory.mktemp("checkout")
    listing = ["git", "ls-files", "-z", "-co", "--exclude-standard"]
    files = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    for name in filter(None, files):
        source = ROOT / name.decode()
        if source.is_file():
            target = folder / name.decode()
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    return folder


def shell(command, folder):
    """Run *command* as the README has it, with this environment in place of a new .venv."""
    (folder / ".venv").exists() or (folder / ".venv").symlink_to(sys.prefix)
    command = command.replace("make crawl", "make -o .venv/installed crawl")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def test_make_crawl_says_what_came_out_and_where(checkout):
    assert "make crawl\nmake test\n" in blocks("sh")
    run = shell("make crawl", checkout)
    assert run.returncode == 0, run.stderr
    assert len(lines(checkout / "articles.jsonl")) == 22
    assert len(lines(checkout / "articles.rejected.jsonl")) == 1
    assert "exported 22" in run.stderr
    assert "articles.jsonl: 22 lines" in run.stderr
    assert run.stderr.count("\n") <= 25


def test_make_crawl_with_a_page_of_yours(checkout):
    (command,) = (block for block in blocks("sh") if block.startswith("make crawl URL="))
    with serve() as site:
        site.pages["/a?b=1&c=$d"] = article_page(1)
        url = site.url("/a?b=1&c=$d").replace("$", "$$")
        command = re.sub(r"URL=\S+", f"URL='{url}'", command)
        run = shell(command, checkout)
    assert run.returncode == 0, run.stderr
    (line,) = lines(checkout / "articles.jsonl")
    assert line["headline"] == "Report number 1 from the harbour"


def test_a_body_from_standard_input(checkout):
    (command,) = (block for block in blocks("sh") if "printf" in block)
    run = shell(command, checkout)
    assert (run.stdout, run.stderr) == (
        "Rain at last.\n",
        "-: unescape json 1; drop_markers NO_AD 1\n",
    )


def test_the_python_of_the_readme(checkout):
    (code,) = (block for block in blocks("python") if "read_article" in block)
    page = ROOT / "samples" / "plain-en" / "page.html"
    (checkout / "page.html").write_bytes(page.read_bytes())
    names = {}
    code = code.replace('"page.html"', repr(str(checkout / "page.html")))
    exec(code, names)
    assert names["article"].headline == "Footbridge reopens after fourteen months"
    assert names["body"].text == "Rain at last."
