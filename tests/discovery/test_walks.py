"""How far listings are followed, and which listings later runs do not request."""

import pytest
from parsel import Selector

from newsclean.discovery.ask import Limits, Wanted
from newsclean.discovery.entry import Entry
from newsclean.discovery.frontier import SiteFrontier
from newsclean.discovery.links import read_outline
from newsclean.ledger import Ledger, utc_now

SITE = "news.example"
SECTION = f"https://{SITE}/harbour"
LINKS = "".join(f"<li><a href='/n/{number}'>Rain {number}</a></li>" for number in range(8))
PAGE = Selector(f"<html><body><ul>{LINKS}</ul></body></html>").root


@pytest.fixture
def frontier(tmp_path):
    with Ledger.open(tmp_path / "ledger.sqlite") as ledger:

        def begin():
            memory = ledger.discovery.of_site(SITE)
            return SiteFrontier(
                *(SITE, [f"https://{SITE}/"], memory),
                now=utc_now(),
                wanted=Wanted(),
                limits=Limits(),
            )

        yield begin


def test_a_section_whose_links_a_killed_crawl_kept_is_asked_again(frontier):
    outline = read_outline(PAGE, SECTION, SITE)
    killed = frontier()
    assert killed.links.sort([Entry(url, "section") for url in outline.links])[0] == 8
    again = frontier()
    again.page_is_listing(SECTION, outline)
    assert again.memory.walk(SECTION).state == "walked"


def test_a_listing_that_repeats_another_is_left_out(frontier):
    crawl = frontier()
    for url in (SECTION, f"https://{SITE}/tag/harbour"):
        crawl.page_is_listing(url, read_outline(PAGE, url, SITE))
    assert crawl.memory.walk(SECTION).state == "walked"
    assert crawl.memory.walk(f"https://{SITE}/tag/harbour").state == "useless"
