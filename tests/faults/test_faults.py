"""An exception in any component costs no article, is counted, and shows in the exit code.

``NEWSCLEAN_TEST_FAULTS=all`` injects one into every method of Scrapy's own components as well.
"""

import json
import os

import pytest

from newsclean.extensions.error_net import ErrorNet
from tests import fork_server
from tests.crawls.run import ROOT

pytestmark = pytest.mark.slow

# What no crawl of the campaign calls: Scrapy prefers the asynchronous twin; the site spider's
# requests are never refused as duplicates.
NOT_CALLED = {
    "Executor.close",  # there is nothing to close without workers
    "DepthMiddleware.process_spider_output",
    "ErrorNet.request_dropped",
    "FeedExport.request_dropped",
    "RunReport.part_kept",  # only feeds with rotation have parts
}


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults")
    wanted = os.environ.get("NEWSCLEAN_TEST_FAULTS", "some")
    command = ["tests.faults.campaign", folder, wanted]
    run = fork_server.run(command, cwd=ROOT, env=os.environ, timeout=1500)
    assert run.returncode == 0, run.stderr.decode()[-3000:]
    return [json.loads(line) for line in run.stdout.decode().splitlines() if line[:1] == "{"]


def ids(records):
    return [one["name"] for one in records]


def urls(lines):
    return [line["url"] for line in lines]


def test_every_method_of_ours_was_reached(records):
    missed = {
        one["name"].split()[0]
        for one in records
        if not one["struck"] and one["ours"] and not one["off"]
    }
    assert missed <= NOT_CALLED
    struck = {one["name"].split(".")[0] for one in records if one["struck"]}
    assert {"CleanBodyPipeline", "FeedExport", "LedgerKeeper", "SiteSpider", "RunReport"} <= struck
    assert len([one for one in records if one["struck"]]) > 40


def test_no_article_is_lost(records):
    for one in records:
        if not one["struck"]:
            continue
        runs = [run for run in (one["first"], one["again"]) if run]
        exported = urls(runs[-1]["exported"])
        assert len(exported) == len(set(exported)), f"{one['name']}: exported twice"
        known = {*exported, *(url for run in runs for url in urls(run["lost"]))}
        assert not set(one["pages"]) - known, f"{one['name']}: lost"


def test_each_fault_is_counted_and_in_the_exit_code(records):
    for one in records:
        first = one["first"]
        if one["struck"]:
            assert first["code"] in {1, 8}, one["name"]
            assert first["errors"] + first["rejected"] >= 1 or first["code"] == 1, one["name"]
            in_feed = [line for line in first["lost"] if line["reason"] == "error"]
            assert len(in_feed) == first["rejected"], one["name"]


def test_health_names_it(records):
    """All but what raises when the health has been told already."""
    late = {"spider_closed", "close_spider", "closed", "stop", "engine_stopped", "feed_slot_closed"}
    for one in records:
        method = one["name"].split()[0].partition(".")[2]
        if one["struck"] and one["first"]["code"] == 8 and method not in late:
            assert one["first"]["health"] == "failed", one["name"]


def test_a_page_that_raised_is_put_off(records):
    for one in records:
        failed = {line["url"] for line in one["first"]["lost"] if line["reason"] == "error"}
        if one["again"]:
            assert not failed & set(urls(one["again"]["exported"])), one["name"]
            assert one["again"]["rejected"] == 0, one["name"]


def test_nothing_of_the_exception_but_class_and_place_is_told(records):
    for one in records:
        for line in one["first"]["lost"]:
            assert "page's text" not in line["detail"]
            if line["reason"] == "error":
                assert line["detail"].startswith(("Injected at ", "the page was fetched")), line
                assert "/tests/" not in line["detail"] and str(ROOT) not in line["detail"]


def test_the_net_comes_first_in_every_project():
    from newsclean import settings

    order = settings.EXTENSIONS
    assert order[f"{ErrorNet.__module__}.ErrorNet"] < min(
        number for path, number in order.items() if number is not None and "ErrorNet" not in path
    )
