"""Alerts as in the how-to: a crawl with a failed health check sends a message with the reason."""

import re

import pytest

from newsclean import monitoring  # its class is a TestCase, which pytest would run
from newsclean.reports.health import CHECKS
from tests.crawls.run import ROOT, crawl
from tests.docs.blocks import blocks
from tests.server import article_page, serve

ADDED = """
SPIDERMON_TELEGRAM_FAKE = True  # the message goes to the log
NEWSCLEAN_LEDGER = "ledger.sqlite"
"""


def test_each_check_has_its_monitor():
    tests = {
        name.removeprefix("test_")
        for name in vars(monitoring.HealthMonitor)
        if name.startswith("test_")
    }
    assert tests == {check.__name__ for check, *_ in CHECKS}


@pytest.fixture
def project(tmp_path):
    page = ROOT / "docs" / "howto" / "alerts.md"
    settings, alerts = (one.text for one in blocks(page) if one.note)
    (tmp_path / "monitored.py").write_text(settings + ADDED, "utf8")
    (tmp_path / "alerts.py").write_text(alerts, "utf8")
    return tmp_path


def test_a_site_that_yields_nothing_any_more_is_told(project):
    def run(url):
        done = crawl(
            *("article", "-a", f"url={url}", "-o", "a.jsonl"),
            folder=project,
            SCRAPY_SETTINGS_MODULE="monitored",
            PYTHONPATH=f"{ROOT}:{project}",
        )
        return done.stderr.decode()

    with serve() as site:
        site.pages["/good"] = article_page(1)
        site.pages["/bad"] = b"<html><body><p>Nothing.</p></body></html>"
        first = run(site.url("/good"))
        second = run(site.url("/bad"))
    assert "[Spidermon] newsclean health/test_site_yields_nothing... OK" in first, first
    assert "test_field_vanished... SKIPPED (no earlier run to compare)" in first
    assert "telegram" not in first
    assert "newsclean health/test_site_yields_nothing... FAIL" in second, second
    assert "failed: 127.0.0.1: 0 articles, usually 1" in second
    assert "newsclean health/test_bodies_shrank... OK" in second
    assert "'newsclean/health/site_yields_nothing': 'failed'" in second
    assert re.search(
        r"telegram\] INFO: .*`article`.*\n\n```\n.*/test_site_yields_nothing\n", second
    )
