"""A command imports only what it runs, so that it starts quickly."""

import json
import subprocess
import sys

import pytest

from newsclean.cli.running import crawl_settings

PAGE = "<title>The ferry</title><article><h1>The ferry</h1><p>It runs again today.</p></article>"
# Libraries that take long to import.
SCRAPY = {"scrapy", "twisted", "pydantic", "lxml", "sqlalchemy", "rich"}
CLIENTS = {"aiohttp", "twisted.conch", "scrapy.core.downloader.handlers.http11"}


def imported_by(*arguments, folder):
    """The modules that ``newsclean`` with *arguments* has imported when it ends."""
    code = (
        "import atexit, json, sys; from pathlib import Path\n"
        "atexit.register(lambda: Path('modules').write_text(json.dumps(list(sys.modules))))\n"
        "from newsclean.cli.main import main; main()"
    )
    subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, check=True, capture_output=True
    )
    return set(json.loads((folder / "modules").read_text()))


@pytest.mark.parametrize("arguments", [["--help"], ["archive", "--help"], ["completion", "bash"]])
def test_help_needs_no_library(tmp_path, arguments):
    assert not imported_by(*arguments, folder=tmp_path) & SCRAPY


def test_an_archive_without_a_ledger_and_a_terminal(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    modules = imported_by(
        "archive", "page.html", "-O", "a.jsonl", "-s", "NEWSCLEAN_MIN_LETTERS=1", folder=tmp_path
    )
    assert (tmp_path / "a.jsonl").read_text().count("\n") == 1
    assert not modules & ({"sqlalchemy", "rich"} | CLIENTS)


def test_what_is_turned_on_is_imported():
    found = crawl_settings({}, assignments=["TELNETCONSOLE_ENABLED=1"])["EXTENSIONS_BASE"]
    assert "scrapy.extensions.telnet.TelnetConsole" in found
    assert "scrapy.extensions.remote_control.RemoteControl" not in found
