"""How far listings are followed, and which listings later runs do not request."""

import pytest
from parsel import Selector

from newsclean.discovery.entry import Entry
from newsclean.discovery.frontier import SiteFrontier
from newsclean.discovery.learner import PageFacts
from newsclean.discovery.links import read_outline
from newsclean.discovery.listing_request import Limits, ListingRequest, Wanted
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


@pytest.mark.parametrize("is_listed", [False, True])
def test_a_section_among_the_first_pages_after_a_kill_is_asked_again(frontier, is_listed):
    outline = read_outline(PAGE, SECTION, SITE)
    frontier().links.sort([Entry(url, "section") for url in outline.links])
    again = frontier()
    front = f"https://{SITE}/"
    menu = Selector("<nav><a href='/harbour'>Harbour</a> <a href='/pier'>Pier</a></nav>").root
    again.read_section(ListingRequest(front, "front"), read_outline(menu, front, SITE))
    assert again.page_read(SECTION, outline, PageFacts(), named=False) == "listing"
    if is_listed:  # it is read as a listing of an earlier run, too
        again.read_section(ListingRequest(SECTION, "section", 1), outline)
    again.page_is_listing(SECTION, outline)
    assert not any(map(again.learner.is_common, outline.links))
    assert again.memory.walk(SECTION).state == "walked"


def test_titles_on_the_front_page_are_not_links_of_all_three_pages(frontier):
    outline = read_outline(PAGE, SECTION, SITE)
    frontier().links.sort([Entry(url, "section") for url in outline.links])
    again = frontier()
    front = f"https://{SITE}/"
    page = Selector(f"<nav><a href='/harbour'>Harbour</a></nav><ul>{LINKS}</ul>").root
    again.read_section(ListingRequest(front, "front"), read_outline(page, front, SITE))
    assert again.page_read(SECTION, outline, PageFacts(), named=False) == "listing"
    again.page_is_listing(SECTION, outline)
    url = f"{front}n/9"
    article = read_outline(Selector("<h1>Rain</h1><a href='/'>Home</a>").root, url, SITE)
    again.page_read(url, article, PageFacts(body=800, has_date=True), named=False)
    assert again.learner.pages == 3
    again.save()
    assert not any(map(again.learner.is_common, outline.links))
    assert again.memory.walk(SECTION).state == "walked"


def test_a_sample_is_kept_until_it_is_a_page_to_fetch(frontier, monkeypatch):
    crawl = frontier()
    entries = [Entry(f"https://{SITE}/n/{number}", "section") for number in range(8)]
    crawl.links.sort(entries)

    def killed(self, entries):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(crawl.memory), "discover", killed)
    with pytest.raises(KeyboardInterrupt):
        crawl.links.take(entries)
    assert sum(count for _, _, count in frontier().memory.waiting_counts()) == 8


def test_a_listing_that_repeats_another_is_left_out(frontier):
    crawl = frontier()
    for url in (SECTION, f"https://{SITE}/tag/harbour"):
        crawl.page_is_listing(url, read_outline(PAGE, url, SITE))
    assert crawl.memory.walk(SECTION).state == "walked"
    assert crawl.memory.walk(f"https://{SITE}/tag/harbour").state == "useless"


def test_subsections_come_before_tags_of_the_same_template(frontier):
    crawl = frontier()
    names = ("harbour", "pier", "market")
    menu = "".join(f"<a href='/{name}'>{name}</a> " for name in names)
    tags = "".join(f"<a href='/term/{number}'>tag</a> " for number in range(10, 20))

    def read(path, main):
        url = f"https://{SITE}/{path}"
        outline = read_outline(Selector(f"<nav>{menu}</nav>{main}").root, url, SITE)
        kind = "section" if path else "front"
        crawl.read_section(ListingRequest(url, kind, 1), outline)

    for number in range(2):
        crawl.learner.add_outcome(f"https://{SITE}/term/{number}", "listing")
    read("", tags)
    for number, name in enumerate(names):
        read(name, f"{tags}<a href='/term/7{number}'>Below</a>")
    entries = [Entry(f"https://{SITE}/term/{number}", "section") for number in range(10, 20)]
    crawl.learner.decide(utc_now())
    crawl.links.sort(entries)
    chosen = [entry.url[-2:] for entry in crawl._sampler._extra_listings()]
    assert chosen == ["70", "71"]
