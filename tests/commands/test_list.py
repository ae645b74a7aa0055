"""Scrapy's own list of commands in newsclean's project."""

import pytest

from newsclean.cli.main import COMMANDS
from tests.crawls.run import ROOT, scrapy


def listed(folder):
    run = scrapy("--help", folder=folder)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode()


@pytest.mark.parametrize("name", ["clean", "checksite", "ledger", "report"])
def test_the_list_has_each_command_of_newsclean(name):
    assert f"{name:<13} {COMMANDS[name]}" in listed(ROOT)


def test_the_list_has_no_class_that_is_not_a_command(tmp_path):
    assert "adapter" not in listed(ROOT) + listed(tmp_path)
