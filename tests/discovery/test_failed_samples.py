"""Samples that fail say nothing about their template, and the next run tries others."""

import pytest

from newsclean.discovery.entry import Entry
from newsclean.discovery.frontier import SiteFrontier
from newsclean.ledger import Ledger, utc_now

SITE = "https://paper.example"
URLS = [f"{SITE}/news/{number}.html" for number in range(20)]
LEFT_OUT = "links after failed samples"


def sampled(frontier, outcome):
    """Return the samples of *frontier*, each of which has the result *outcome*."""
    found = []
    while entries := frontier.samples():
        for entry in entries:
            found.append(entry.url)
            frontier.page_done(entry.url, outcome, has_date=True)
    return found


@pytest.fixture
def memory():
    with Ledger.open("sqlite://") as ledger:
        yield ledger.discovery.of_site("paper.example")


def begin(memory):
    return SiteFrontier("paper.example", [SITE + "/"], memory, now=utc_now())


def test_the_next_run_tries_other_links(memory):
    first = begin(memory)
    first.links.sort([Entry(url, "section", headline="Rain hits the harbour") for url in URLS])
    failed = sampled(first, "failed")
    assert 4 <= len(failed) < 10
    assert first.knowledge().dropped[LEFT_OUT] == len(URLS) - len(failed)
    first.save()
    second = begin(memory)
    good = sampled(second, "article")
    assert good and not set(good) & set(failed)
    assert second.links.is_decided("/news/#.html")
    assert second.knowledge().dropped[LEFT_OUT] == 0
    assert {entry.url for entry in memory.waiting("/news/#.html", 99)} == set()


def test_an_article_after_failures_decides_its_template_in_the_same_run(memory):
    frontier = begin(memory)
    frontier.links.sort([Entry(url, "section", headline="Rain hits the harbour") for url in URLS])
    outcomes = iter(["failed"] * 3 + ["article"] * 20)
    while entries := frontier.samples():
        for entry in entries:
            frontier.page_done(entry.url, next(outcomes), has_date=True)
    assert frontier.links.is_decided("/news/#.html")
    assert frontier.knowledge().dropped[LEFT_OUT] == 0
