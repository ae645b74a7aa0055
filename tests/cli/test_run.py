"""newsclean init and run: a crawl that a file describes."""

import re
import tomllib

from newsclean.cli.config import Config, read_config
from newsclean.cli.init import config_text
from newsclean.cli.main import cli, run_command
from tests.cli.test_get import newsclean
from tests.crawls.run import lines
from tests.server import article_page, serve

SITE = "https://news.example/"


def test_every_entry_has_its_comment_and_an_example():
    text = config_text([SITE])
    assert tomllib.loads(text) == {"sites": [SITE], "settings": {}}
    shown = tomllib.loads(re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE))
    assert shown.keys() == Config.model_fields.keys()
    config, plain = Config.model_validate(shown), Config(sites=(SITE,))
    for name in ("feeds", "ledger", "every"):  # shown as they are without the entry
        assert getattr(config, name) == getattr(plain, name)


def test_init_leaves_a_file_as_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run_command(cli, ["init", SITE], "newsclean") == 0
    assert read_config(tmp_path / "newsclean.toml").sites == (SITE,)
    assert run_command(cli, ["init", "https://other.example/"], "newsclean") == 2
    assert read_config(tmp_path / "newsclean.toml").sites == (SITE,)
    assert "the file exists" in capsys.readouterr().err


def test_the_timer_runs_this_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "newsclean.toml").write_text(f'sites = ["{SITE}"]\nevery = "2 h"')
    assert run_command(cli, ["run", "--timer"], "newsclean") == 0
    units = capsys.readouterr().out
    assert "OnUnitActiveSec=2 h" in units and f"WorkingDirectory={tmp_path}" in units
    (tmp_path / "100% $new").mkdir()
    (tmp_path / "newsclean.toml").rename(tmp_path / "100% $new" / "newsclean.toml")
    assert run_command(cli, ["run", "--timer", "-c", "100% $new/newsclean.toml"], "newsclean") == 0
    units = capsys.readouterr().out
    assert f"WorkingDirectory={tmp_path}/100%% $new\n" in units
    assert f"--config '{tmp_path}/100%% $$new/newsclean.toml'\n" in units


def test_run_crawls_what_the_file_names(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    with serve() as site:
        links = "".join(f"<a href=/news/{number}>Report {number}</a>" for number in range(9))
        site.pages["/"] = f"<html><body><h1>Bay</h1>{links}</body></html>".encode()
        for number in range(9):
            site.pages[f"/news/{number}"] = article_page(number)
        (folder / "newsclean.toml").write_text(
            f'sites = ["{site.url("/")}"]\nfeeds = ["a.jsonl"]\nreport = "report.html"\n'
            "[settings]\nDOWNLOAD_DELAY = 0\nNEWSCLEAN_ALLOW_NETWORKS = ['127.0.0.0/8']\n"
        )
        run = newsclean("run", "-c", "news/newsclean.toml", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert len(lines(folder / "a.jsonl")) == 9
    assert (folder / "report.html").exists() and (folder / "ledger.sqlite").exists()
