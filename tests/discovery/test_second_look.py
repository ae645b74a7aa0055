"""Pages that were classified before the templates of their links were decided."""

from newsclean.cleaning.tree import parse_html
from newsclean.discovery.frontier import SiteFrontier
from newsclean.discovery.learner import PageFacts
from newsclean.discovery.links import read_outline
from newsclean.ledger import Ledger, utc_now

SITE = "https://paper.example"


def outline_of(path, html):
    return read_outline(parse_html(html), SITE + path, "paper.example")


def test_a_section_of_short_titles_is_found_after_its_articles_were_read():
    memory = Ledger.open("sqlite://").discovery.of_site("paper.example")
    frontier = SiteFrontier("paper.example", [SITE + "/"], memory, now=utc_now())
    for number in range(4):  # no longer the first pages
        frontier.learner.add_page(outline_of(f"/p/{number}", f"<a href=/q/{number}>{number}</a>"))
    titles = "".join(f"<li><a href=/n/{n}.html>Rain {n}</a>" for n in range(5))
    section = outline_of("/d/28/node_2.htm", f"<ul>{titles}</ul>")
    frontier.learner.add_page(section)
    nothing = PageFacts()
    assert frontier.page_read(section.url, section, nothing, named=False) == "other"
    frontier.page_done(section.url, "other")
    assert frontier.second_look() == []
    for number in range(2):
        frontier.page_done(f"{SITE}/n/{number}.html", "article", has_date=True)
    ((url, _),) = frontier.second_look()
    assert url == section.url
    assert frontier.second_look(last=True) == []


def test_few_pages_with_many_links_are_classified_again():
    memory = Ledger.open("sqlite://").discovery.of_site("paper.example")
    frontier = SiteFrontier("paper.example", [SITE + "/"], memory, now=utc_now())
    for number in range(4):  # no longer the first pages
        frontier.learner.add_page(outline_of(f"/p/{number}", f"<a href=/q/{number}>{number}</a>"))
    sections = []
    for page in range(4):
        titles = "".join(f"<li><a href=/n/{page}-{n}.html>Rain {n}</a>" for n in range(4_000))
        section = outline_of(f"/d/{page}/node.htm", f"<ul>{titles}</ul>")
        frontier.learner.add_page(section)
        frontier.page_read(section.url, section, PageFacts(), named=False)
        frontier.page_done(section.url, "other")
        sections.append(section.url)
    for number in range(2):
        frontier.page_done(f"{SITE}/n/0-{number}.html", "article", has_date=True)
    assert [url for url, _ in frontier.second_look()] == sections[:2]
