"""Sites of unusual construction: their articles are found, and nothing else is."""

import json

import pytest

from newsclean.urls import page_key
from tests.crawls.run import crawl
from tests.generated_sites.serve import serve_sites
from tests.generated_sites.unusual import UNUSUAL, EndlessMore, LoadMoreScript


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """The sites after one crawl of all, each with the page keys of its lines."""
    folder = tmp_path_factory.mktemp("unusual")
    sites = {kind: kind(count=36) for kind in UNUSUAL}
    with serve_sites(sites.values()):
        starts = "".join(f"{site.root}{site.start}\n" for site in sites.values())
        (folder / "sites.txt").write_text(starts)
        crawl("site", "-a", "urls=sites.txt", "-O", "a.jsonl", folder=folder)
    lines = [json.loads(line) for line in (folder / "a.jsonl").read_text().splitlines()]
    found = {
        kind: sorted(page_key(one["url"]) for one in lines if one["url"].startswith(site.root))
        for kind, site in sites.items()
    }
    return sites, found


@pytest.mark.parametrize("kind", UNUSUAL, ids=lambda kind: kind.name)
def test_every_article_and_nothing_else(kind, crawled):
    sites, found = crawled
    site = sites[kind]
    assert found[kind] == sorted(page_key(site.url(one.path)) for one in site.ones)
    assert len(site.asked) < 1.5 * (len(site.ones) + len(site.listings()))


def test_an_endpoint_that_begins_again_is_bounded(crawled):
    site = crawled[0][EndlessMore]
    asked = [path for path in site.asked if path.startswith("/index.php/api/")]
    parts = sum(len(site.chunks(number)) - 1 for number in range(len(site.sections)))
    assert len(asked) <= parts + 4 * len(site.sections), asked


def test_robots_txt_applies_to_the_parts_of_a_list(tmp_path):
    site = LoadMoreScript(count=40)
    assert any(len(site.chunks(number)) > 1 for number in range(len(site.sections)))
    site.robots = lambda: b"User-agent: *\nDisallow: /index.php/api/\n"
    with serve_sites([site]):
        crawl("site", "-a", f"url={site.root}/", "-O", "a.jsonl", folder=tmp_path)
    assert (tmp_path / "a.jsonl").read_bytes()
    assert not [path for path in site.asked if path.startswith("/index.php/api/")]
