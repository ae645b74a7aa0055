"""README and documentation say what the code does: commands, settings, links, dependencies.

`tests/docs` runs their code blocks and builds the documentation.
"""

import os
import re
import shlex
import subprocess
import sys
import tomllib

import click
import pytest

from newsclean.cli.main import COMMANDS, cli
from newsclean.own_settings import DEFAULTS
from tests.crawls.run import ROOT, lines
from tests.docs.blocks import blocks, pages
from tests.server import article_page, serve

README = (ROOT / "README.md").read_text("utf8")
MOST_WORDS = 900
PROSE = [*pages(), ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]


def page_id(path):
    return str(path.relative_to(ROOT))


def test_the_readme_is_short():
    assert len(README.split()) <= MOST_WORDS


def typed(path):
    """The words of each newsclean command in the shell blocks of the page *path*."""
    for block in blocks(path):
        for line in block.text.replace("\\\n", "").splitlines() if block.kind == "sh" else []:
            words, read = [], shlex.shlex(line, posix=True, punctuation_chars=True)
            read.whitespace_split = True
            for word in read:
                if set(word) <= set("|&;<>()"):
                    break
                words.append(word)
            if words and words[0] in {"newsclean", ".venv/bin/newsclean"}:
                yield line, words[1:]


@pytest.mark.parametrize("path", pages(), ids=page_id)
def test_commands_and_their_options_are_known(path):
    for line, words in typed(path):
        names = [word for word in words if not word.startswith("-")]
        name = "get" if "://" in words[0] else names[0] if names else ""
        if not name or name in {"crawl", "list"}:  # --version; Scrapy's
            continue
        assert name in COMMANDS, line
        command = cli.get_command(click.Context(cli), name)
        known = {one for param in command.params for one in param.opts}
        assert {word for word in words if word.startswith("-")} - {"-"} <= known, line


def test_there_are_commands():
    assert sum(1 for path in pages() for _ in typed(path)) > 60


@pytest.mark.parametrize("path", PROSE, ids=page_id)
def test_settings_are_known(path):
    named = set(
        re.findall(r"\bNEWSCLEAN_(?!TEST_|KILLS|REQUIRE_)[A-Z_]*[A-Z]", path.read_text("utf8"))
    )
    assert named - {"NEWSCLEAN_MAX_PAGE"} <= set(DEFAULTS)  # that one is the example of a typo


@pytest.mark.parametrize("path", PROSE, ids=page_id)
def test_links_lead_somewhere(path):
    """To a file, here. The build checks the headings of the documentation."""
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf8")):
        if "://" not in target and not target.startswith("#"):
            assert (path.parent / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("path", PROSE, ids=page_id)
def test_files_and_modules_are_there(path):
    text = path.read_text("utf8")
    # `newsclean/exported` is a stat; files have a suffix.
    named = r"newsclean/[\w./-]*\.\w+|(?:tests|bench|training)/[\w./-]*"
    for name in re.findall(rf"`({named})`", text):
        assert (ROOT / name.replace("CODE", "sk")).exists(), name
    for name in re.findall(r"python -m ((?:newsclean|tests|bench|training)[\w.]*)", text):
        module = ROOT / name.replace(".", "/")
        runs = module.with_suffix(".py").exists() or (module / "__main__.py").exists()
        assert runs, name


def test_every_extra_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    page = (ROOT / "docs" / "install.md").read_text("utf8")
    explained = re.findall(r"^\| `([a-z0-9]+)` \|", page, re.MULTILINE)
    developers = {"docs", "test", "train"}
    assert sorted(explained) == sorted(project["optional-dependencies"].keys() - developers)


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    named = {re.match(r"[\w-]+", line)[0] for line in project["dependencies"]}
    table = README.split("<!-- dependencies -->\n", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)) == named


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
    command = command.replace("make ", "make -o .venv/installed ")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


def test_the_first_article_on_the_terminal(checkout):
    (block,) = (one for one in blocks(ROOT / "README.md") if "make install" in one.text)
    run = shell(block.text, checkout)
    assert run.returncode == 0, run.stderr
    assert len(block.text.splitlines()) == 2
    assert "\nVillagers buy their bakery a summer\n" in run.stdout
    assert "&lt;" not in run.stdout and "NO_AD" not in run.stdout
    assert run.stderr == ""  # no output that is not about the page


def test_make_crawl_says_what_came_out_and_where(checkout):
    assert "`make crawl` reads all samples into `articles.jsonl`" in README
    run = shell("make crawl", checkout)
    assert run.returncode == 0, run.stderr
    assert len(lines(checkout / "articles.jsonl")) == 22
    assert len(lines(checkout / "articles.rejected.jsonl")) == 1
    assert "exported 22" in run.stderr
    assert "articles.jsonl: 22 lines" in run.stderr
    assert run.stderr.count("\n") <= 25


def test_make_crawl_with_a_page_of_yours(checkout):
    with serve() as site:
        site.pages["/a?b=1&c=$d"] = article_page(1)
        url = site.url("/a?b=1&c=$d").replace("$", "$$")
        run = shell(f"make crawl URL='{url}'", checkout)
    assert run.returncode == 0, run.stderr
    (line,) = lines(checkout / "articles.jsonl")
    assert line["headline"] == "Report number 1 from the harbour"
